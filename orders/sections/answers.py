"""The form as it was submitted, in plain words, with what stands out beside it."""

import dataclasses
from dataclasses import dataclass

from common.clock import uk_date
from common.wording import day_words
from orders.commands.snapshot import (
    FOLLOWS,
    changes_between,
    questions,
    rows_of,
    snapshot,
)
from orders.file import OrderFile
from orders.findings.looks import AUTHORISERS, PARTY, SUBMITTER, Finding
from orders.models import Question
from orders.models.checking import WHOLE_FORM, short_name
from orders.models.declared import DECLARED
from orders.models.sections import place_of, title_of
from orders.states import OrderState
from parties.models import User

STILL_UNDECIDED = (OrderState.SUBMITTED, OrderState.ACCEPTED, OrderState.QUOTED)
EMPTY = "Left empty"


@dataclass
class DeskRow:
    """One answer, what it was before, what was found and what was asked about it."""

    field: str
    question: str
    answer: str
    small: str = ""
    is_changed: bool = False
    findings: list[Finding] = dataclasses.field(default_factory=list)
    asked: list[Question] = dataclasses.field(default_factory=list)
    may_ask: bool = False
    section: str = ""

    @property
    def is_blocking(self) -> bool:
        return any(row.is_blocking for row in self.findings)

    @property
    def is_fine(self) -> bool:
        """It is answered, and the desk has asked nothing that is still open."""
        is_open = any(row.answered_at is None for row in self.asked)
        return self.answer not in ("", EMPTY) and not is_open

    @property
    def is_warning(self) -> bool:
        return bool(self.findings) and not self.is_blocking


def rows(file: OrderFile) -> list[DeskRow]:
    """Return who stands behind the form and every answer, each with what was found.

    A supplier reads what its work needs, and neither findings nor questions: these are
    between the Party and the desk. Source: R-1.3-3.
    """
    if not file.user.is_dcc:
        return [row for row in answers(file) if is_work_of(file.user, row.field)]
    found = {row.field: row for row in (*people(file), *answers(file))}
    for finding in file.findings:
        row_for(found, finding.field).findings.append(finding)
    for question in file.questions:
        row_for(found, question.field).asked.append(question)
    asked = {name for _, name, _ in questions()}
    for row in found.values():
        row.may_ask = row.field in asked
        row.section = title_of(row.field)
    return sorted(found.values(), key=lambda row: desk_place(row.field))


def is_work_of(supplier: User, name: str) -> bool:
    """Say whether a supplier's work needs the answer of this name."""
    return name in DECLARED and supplier.role in DECLARED[name].work_of


def desk_place(name: str) -> float:
    """Put people first, then answers as the form asks them, the whole form last."""
    if name in (PARTY, SUBMITTER, AUTHORISERS):
        return -1
    return place_of(name) if name else place_of(name) + 1


def row_for(found: dict[str, DeskRow], name: str) -> DeskRow:
    """Return the row of an answer, which may have been left empty."""
    if name not in found:
        is_whole = not name
        words = WHOLE_FORM if is_whole else short_name(name)
        found[name] = DeskRow(name, words, "" if is_whole else EMPTY)
    return found[name]


def people(file: OrderFile) -> list[DeskRow]:
    order = file.order
    found = [DeskRow(PARTY, "Gateway Party", str(order.party), standing_words(file))]
    if order.submitted_by is not None and order.submitted_at is not None:
        when = day_words(uk_date(order.submitted_at))
        found.append(DeskRow(SUBMITTER, "Submitted by", str(order.submitted_by), when))
    if file.state in STILL_UNDECIDED and file.user.is_dcc:
        names = ", ".join(str(row.user) for row in file.authorisers_today)
        found.append(DeskRow(AUTHORISERS, "Who may authorise today", names or "Nobody"))
    return found


def standing_words(file: OrderFile) -> str:
    return str(file.order.get_route_display())


def answers(file: OrderFile) -> list[DeskRow]:
    """Return the answers of the last form that was sent, and how they changed."""
    if not file.versions:
        shown = snapshot(file.order)
        return [DeskRow(row.field, row.question, row.answer) for row in shown]
    last, *earlier = file.versions
    found = {
        row.field: DeskRow(row.field, row.question, row.answer) for row in rows_of(last)
    }
    if earlier:
        for change in changes_between(rows_of(earlier[0]), rows_of(last)):
            row = found.setdefault(
                change.field, DeskRow(change.field, change.question, EMPTY)
            )
            was = change.before or "left empty"
            row.small = f"Before, in form {earlier[0].number}: {was}"
            row.is_changed = change.field != FOLLOWS or file.order.partner is None
    return list(found.values())
