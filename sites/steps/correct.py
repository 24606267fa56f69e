"""What was recorded of the work on site, put right by Operations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from common.asking_back import AsksBack
from common.errors import DomainError
from common.fields import Day, Moment
from common.pages import Answers, still_there
from common.staff_fields import mbps, words, yes_or_no
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.steps.base import OrderPage
from parties.models import User
from records.rehearsal import ReadFirst
from sites import commands, policies
from sites.commands.correct import outcome_of, what_follows
from sites.commands.targets import CORRECTED_IN, Target, held_by, targets_of
from sites.errors import ArrivalMissing
from sites.file import site_of
from sites.models import Correction, value_words
from sites.states import ANEW, Happened, ValueKind, VisitState
from sites.states import Correctable as What

RECORD_ANEW = (ANEW, "It is to be recorded anew what became of the visit")
LONGEST_LINE = {What.PROVIDER: 100, What.PROVIDER_REFERENCE: 60}
HINTS = {What.CIVIL_WORKS: "Leave it empty if none are needed."}
WRITTEN = (ValueKind.WORDS, ValueKind.LINE)


class RightForm(AsksBack):
    """What is right and why; it shows what changes and follows before that is kept."""

    why = words(
        "Why it was wrong", "The Gateway Party reads it.", "Say why it was wrong", 3
    )

    def __init__(self, posted: Any, *, file: OrderFile, target: Target | None) -> None:
        super().__init__(posted)
        self.file, self.target = file, target
        if target is not None:
            self.fields = {"value": field_of(target), **self.fields}

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        """Every correction is shown before it is kept. Source: R-2.9.1-10."""
        target, value = self.target, answers.get("value")
        if target is None or self.errors:
            return
        was, right = outcome_of(target), value_words(target.what, value)
        yield f"{target}: “{right}” instead of “{value_words(target.what, was)}”."
        try:
            yield from what_follows(self.file.order, target, value)
        except DomainError:
            # The command refuses it in its own words.
            return


def field_of(target: Target) -> forms.Field:
    """Return the question for a value of the kind that stands there."""
    label = f"What is right: {target.what.label[0].lower()}{target.what.label[1:]}"
    missing = {"required": "Enter what is right"}
    plain: dict[ValueKind, forms.Field] = {
        ValueKind.DAY: Day(label=label, error_messages=missing),
        ValueKind.MOMENT: Moment(
            label=label, help_text="UK time.", error_messages=missing
        ),
        ValueKind.ANSWER: yes_or_no(label, "Choose yes or no"),
        ValueKind.MBPS: mbps(label, "In Mbps."),
        ValueKind.WORDS: words(label, HINTS.get(target.what, ""), rows=3),
        ValueKind.LINE: forms.CharField(
            label=label,
            max_length=LONGEST_LINE.get(target.what, 60),
            error_messages=missing,
        ),
        ValueKind.OUTCOME: forms.ChoiceField(
            label=label, choices=outcomes_of(target), error_messages=missing
        ),
    }
    field = plain[target.kind]
    if target.kind in WRITTEN:
        field.initial = target.value
    return field


def outcomes_of(target: Target) -> list[tuple[str, str]]:
    """Return what may have become of a visit instead of what was recorded."""
    if target.value == VisitState.COMPLETED:
        return [RECORD_ANEW]
    others = [one for one in Happened.choices if one[0] != outcome_of(target)]
    return [("", "Choose what is right"), *others, RECORD_ANEW]


class CorrectRecord(ReadFirst[OrderFile, User, Correction], OrderPage[Correction]):
    slug = "correct-site"
    puts_right = True
    label = "Correct what was recorded on site"
    hint = (
        "The order keeps what stood there, what is right, who corrected it and why. "
        "The Gateway Party is told by e-mail."
    )
    button = "Correct it"
    template = "desk/correct_site.html"
    states = CORRECTED_IN
    not_due = "Nothing is recorded of the work on site yet."
    tells = ("site_corrected",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_correct(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        site = site_of(file)
        over = (VisitState.COMPLETED, VisitState.FAILED, VisitState.MISSED)
        is_known = site.circuit_order is not None and not site.done
        is_over = any(visit.state in over for visit in site.visits)
        return super().is_listed(file) and (is_known or is_over)

    def target(self, file: OrderFile) -> Target | None:
        """Return what the address of the page names."""
        key = file.chosen.get("what")
        found = (one for one in targets_of(file.order) if one.key == key)
        return next(found, None) if key else None

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return RightForm(posted, file=subject, target=self.target(subject))

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        target = self.target(subject)
        shown = {"target": target, "corrections": site_of(subject).corrections}
        if target is not None:
            held = held_by(subject.order, target)
            is_held = {"held": held, "is_to_choose": bool(held)}
            return {**shown, **is_held, "was": was_words(target)}
        rows = [
            (one, was_words(one), held_by(subject.order, one))
            for one in targets_of(subject.order)
        ]
        return {**shown, "targets": rows, "is_to_choose": True}

    def follows(self, file: OrderFile) -> list[str]:
        return ["What stood there stays in the history. All of it is shown first."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Correction:
        target = still_there(self.target(subject))
        return commands.correct_record(
            subject.pk,
            by=user,
            what=target.what,
            visit_id=target.visit.pk if target.visit else None,
            value=answers["value"],
            why=answers["why"],
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, ArrivalMissing):
            return None
        return "why" if isinstance(refusal, ReasonMissing) else "value"

    def message(self, subject: OrderFile, result: Correction) -> str:
        right = result.after_words
        return f"Corrected: {right}. The Gateway Party of {subject} is told."


def was_words(target: Target) -> str:
    return value_words(target.what, outcome_of(target))


PAGES: list[OrderPage[Any]] = [CorrectRecord()]
