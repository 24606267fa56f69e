"""What it costs to end a connection. Pure: days and amounts in, amounts out.

Amounts are in pounds, net of VAT.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from common.money import ZERO
from connections.deadlines import year_begins_on

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CommittedLine:
    """One amount that the original order commits to, and the UK day it falls due."""

    name: str
    due_on: date
    net: Decimal


@dataclass(frozen=True)
class LineLeft:
    """One line of the order: what it commits to, and how much of that is invoiced."""

    name: str
    due_on: date
    committed: Decimal
    invoiced: Decimal

    @property
    def left(self) -> Decimal:
        """Source: R-2.10-2."""
        return self.committed - self.invoiced


@dataclass(frozen=True)
class Stretch:
    """UK days, both inside, on which ending costs the same."""

    first: date
    last: date
    invoiced: Decimal
    charge: Decimal


@dataclass(frozen=True)
class Commitment:
    """What the original order commits to, from completion to the minimum's end.

    Args:
        completed_on: UK day from which the years count.
        once: what was charged once, by name.
        annual: for each year, in advance.
        years: of the minimum period; 0 where there is none (T30).
    """

    completed_on: date
    once: tuple[tuple[str, Decimal], ...]
    annual: Decimal
    years: int

    def year_begins(self, number: int) -> date:
        """Return the UK day on which a year begins, 1 for the first.

        By corresponding date from completion, never from another year's.

        Source: R-2.5-1, R-2.9.1-6.
        """
        return year_begins_on(self.completed_on, number)

    @property
    def lines(self) -> list[CommittedLine]:
        """Each amount in the order in which it falls due. Source: R-2.10-2."""
        once = [CommittedLine(name, self.completed_on, net) for name, net in self.once]
        years = [
            CommittedLine(f"Year {number}", self.year_begins(number), self.annual)
            for number in range(1, self.years + 1)
        ]
        return once + years

    @property
    def total(self) -> Decimal:
        """Source: R-2.10-2."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def ends_on(self) -> date:
        """The UK day after the minimum period. Source: R-2.5-1."""
        return self.year_begins(self.years + 1)

    @property
    def last_day(self) -> date:
        """The last UK day of the minimum period. Source: R-2.5-1, R-2.7.1-4."""
        return self.ends_on - DAY

    def invoiced_by(self, day: date) -> Decimal:
        """Return what has fallen due by the end of a UK day. Source: R-2.10-2."""
        return sum((line.net for line in self.lines if line.due_on <= day), ZERO)

    def left_by(self, day: date) -> list[LineLeft]:
        """Return each line with what is left of it by the end of a UK day.

        Source: R-2.10-2.
        """
        return [
            LineLeft(
                line.name,
                line.due_on,
                line.net,
                line.net if line.due_on <= day else ZERO,
            )
            for line in self.lines
        ]

    def balance(self, last_day: date) -> Decimal:
        """Return what ending costs if the connection's last UK day is `last_day`.

        The committed total less what the original order has been invoiced by then;
        nothing once a renewal runs, since its year was invoiced in advance, and
        nothing without a minimum period.

        Source: R-2.10-2, R-2.10-4, T6, T30.
        """
        return self.total - self.invoiced_by(last_day)

    def stretches(self) -> Iterator[Stretch]:
        """Yield the days of the minimum period, parted where the charge changes.

        Source: R-2.10-2.
        """
        for number in range(1, self.years + 1):
            first, after = self.year_begins(number), self.year_begins(number + 1)
            yield Stretch(
                first, after - DAY, self.invoiced_by(first), self.balance(first)
            )
