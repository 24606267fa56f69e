"""All for which a form cannot be accepted, each beside the answer that it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from common.errors import DomainError
from orders.errors import AnswerMissing, NotAcknowledged, QuestionsUnsent
from orders.findings.acknowledged import missing_kinds
from orders.findings.ahead import unsent_questions
from orders.findings.eligible import check_eligible
from orders.findings.pairs import check_pair
from orders.findings.sharing import check_sharing
from orders.models import ConnectionRequest
from orders.models.sections import ACKNOWLEDGEMENT

# What an obstacle about the Party itself is about, where no answer is.
PARTY = "party"


@dataclass(frozen=True)
class Obstacle:
    """Why a form cannot be accepted: about which answer, in which words."""

    field: str
    refusal: DomainError
    section: str


def obstacles(order: ConnectionRequest, today: date) -> list[Obstacle]:
    """Return all for which `accept_request` refuses, and nothing else.

    Source: R-3.2-4, R-2.2-1, R-2.14-2, R-4.1-4.
    """
    found = [
        Obstacle(name.removesuffix("_id"), AnswerMissing(answer=words), "3.2")
        for name, words in order.missing_fields.items()
    ]
    found += [
        Obstacle(f"{ACKNOWLEDGEMENT}{kind}", NotAcknowledged(what=kind.label), "3.2")
        for kind in missing_kinds(order)
    ]
    for field, check, section in CHECKS:
        try:
            check(order, today)
        except DomainError as refusal:
            found.append(Obstacle(field, refusal, section))
    return found


def check_questions(order: ConnectionRequest, today: date) -> None:
    """Refuse while a question waits that the Party has not been asked."""
    count = unsent_questions(order)
    if count:
        one = count == 1
        raise QuestionsUnsent(
            count=f"{count} question{'' if one else 's'}",
            is_or_are="is" if one else "are",
            it_or_them="it" if one else "them",
        )


CHECKS: tuple[tuple[str, Callable[[ConnectionRequest, date], None], str], ...] = (
    (PARTY, check_eligible, "2.2"),
    ("related_reference", lambda order, _: check_pair(order), "2.14"),
    ("is_shared", check_sharing, "2.3"),
    ("", check_questions, "3.2"),
)
