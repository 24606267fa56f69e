"""What DCC asked about a form, what was answered, and what the review found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from common.money import pounds
from orders.commands.snapshot import FOLLOWS, AnswerDifference, changes_between, rows_of
from orders.file import OrderFile
from orders.models import Question, QuestionRound, SiteReview
from orders.words import bandwidth_words


@dataclass(frozen=True)
class Round:
    """One round of questions, and what the form that came back with them changed."""

    sent: QuestionRound
    questions: list[Question]
    changes: list[AnswerDifference]


def rounds_of(file: OrderFile) -> list[Round]:
    """Return the conversation, the oldest round first. Source: R-3.2-6."""
    if not file.questions:
        return []
    changed = dict(enumerate(changes_by_form(file), start=1))
    grouped = groupby(file.questions, key=lambda row: row.round)
    return [
        Round(sent, list(questions), changed.get(sent.number, []))
        for sent, questions in grouped
        if sent is not None
    ]


def changes_by_form(file: OrderFile) -> Iterator[list[AnswerDifference]]:
    """Yield what each form changed since the one before it.

    What the other form of the pair is called follows that form: nobody changed it.
    """
    is_paired = file.order.partner is not None
    for before, after in pairwise(reversed(file.versions)):
        found = changes_between(rows_of(before), rows_of(after))
        yield [row for row in found if not (is_paired and row.field == FOLLOWS)]


def review_facts(file: OrderFile) -> list[tuple[str, str]]:
    """Return what the site review found, as the Party reads it.

    Source: R-3.2-8, R-2.14-5, R-2.6-4, R-2.6-7.
    """
    review = file.review
    if review is None:
        return []
    survey = "Needed: the first quotation is indicative until it is done"
    days = review.lead_time_days
    return [
        ("Verdict", review.get_verdict_display()),
        ("Why", review.reason),
        ("Line", review.get_line_kind_display() if review.line_kind else ""),
        ("Expected bandwidth", bandwidth_words(file.order)),
        ("Survey", survey if review.is_survey_needed else "Not needed"),
        ("Diverse routing", diversity_words(file)),
        (
            "Expected lead time",
            f"{days} calendar days, once authorised" if days else "",
        ),
    ]


def diversity_words(file: OrderFile) -> str:
    """Say what was found about diverse routing, if it was asked for. R-2.14-5."""
    review = file.review
    if review is None or not file.order.wants_diverse_routing:
        return ""
    if review.is_diversity_available is None:
        return "Not known yet"
    if not review.is_diversity_available:
        return "Cannot be had. You can go on without it"
    apart = routes_words(review)
    if review.diversity_cost is None:
        return f"Can be had{apart}; the quotation says at what cost"
    amount = pounds(review.diversity_cost)
    return f"Can be had{apart}, for about {amount} excluding VAT: indicative"


def routes_words(review: SiteReview) -> str:
    """Say by what the two routes differ, as far as it is known. R-2.14-3."""
    apart = [
        (review.has_separate_exchanges, "different exchanges"),
        (review.has_separate_roads, "different roads"),
    ]
    known = [words for is_so, words in apart if is_so]
    return f" by {' and '.join(known)}" if known else ""
