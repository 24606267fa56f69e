"""What all lines of a file have in common while they are written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from common.working_days import WorkingCalendar
from guidance.commands import version_in_force
from orders.commands import working_calendar
from parties.models import User
from quotes.commands.prices import vat_rate_on
from records.transitions import event_of, record_events
from takeover.check.known import KnownRows
from takeover.models import TakenFile, TakenLine
from takeover.tables import ReadLine


class Subject(Protocol):
    """What a line becomes: a row with a history."""

    pk: Any

    @property
    def thread(self) -> str: ...


@dataclass
class Taking:
    """A file that is written: by whom, when, and what its lines refer to."""

    file: TakenFile
    by: User
    at: datetime
    known: KnownRows
    calendar: WorkingCalendar = field(default_factory=working_calendar)
    guidance: str = field(default_factory=version_in_force)
    rates: dict[date, Decimal] = field(default_factory=dict)

    def vat_rate_on(self, day: date) -> Decimal:
        """Return the rate of a UK day, in percent; each is read once."""
        if day not in self.rates:
            self.rates[day] = vat_rate_on(day)
        return self.rates[day]

    def from_where(self, line: ReadLine) -> str:
        """Say of which file and line something is, and how that called it."""
        return f"{self.file}, line {line.number}, where it is {line.reference}"


def keep_lines(
    taking: Taking, became: Iterable[tuple[ReadLine, Subject]], *, more: str = ""
) -> None:
    """Record in the history of each row whence it comes, and of each line what it is.

    Args:
        more: what else the history says of all of them.
    """
    pairs = list(became)
    record_events(
        event_of(
            row,
            "take_over_file",
            by=taking.by,
            at=taking.at,
            what=f"Taken over from {taking.from_where(line)}{more}",
        )
        for line, row in pairs
    )
    TakenLine.objects.bulk_create(
        TakenLine(
            kind=taking.file.kind,
            reference=line.reference,
            file=taking.file,
            number=line.number,
            cells=dict(line.cells),
            subject_pk=row.pk,
            thread=row.thread,
        )
        for line, row in pairs
    )
