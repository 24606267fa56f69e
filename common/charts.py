"""Charts of amounts by month and by name. Pure: pounds in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.axis import step_for
from common.clock import MONTHS_A_YEAR
from common.money import ZERO

LEFT, RIGHT, TOP, BOTTOM = 76.0, 1010.0, 56.0, 240.0
MOST_LINES = 4
THOUSAND, MILLION = 1_000, 1_000_000
# With more bars than these, their figures have no room over them.
MOST_LABELLED = 18


@dataclass(frozen=True)
class MonthSum:
    """What falls due in one month, in pounds: for certain, and only if so decided."""

    first: date
    committed: Decimal = ZERO
    undecided: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.committed + self.undecided


@dataclass(frozen=True)
class AmountPart:
    """A piece of a month's bar: its edges, and whether it is certain."""

    y: float
    height: float
    is_committed: bool


@dataclass(frozen=True)
class AmountBar:
    """The amounts of one month; without words where there is no room for them."""

    month: MonthSum
    x: float
    width: float
    parts: list[AmountPart]
    words: str
    name: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def top(self) -> float:
        return self.parts[-1].y


@dataclass(frozen=True)
class AmountLine:
    """A line of the grid, with its figure."""

    y: float
    words: str


@dataclass(frozen=True)
class YearSpan:
    """Twelve months of the chart, with what they come to."""

    x: float
    middle: float
    first: date
    last: date
    total: Decimal


@dataclass(frozen=True)
class AmountsChart:
    """Amounts by month as bars: what is certain below, what is not on top.

    Args:
        months: one after the other, whole years of them.
    """

    months: Sequence[MonthSum]

    @property
    def most(self) -> Decimal:
        return max([one.total for one in self.months] + [Decimal(1)])

    @property
    def unit(self) -> int:
        return MILLION if self.most >= MILLION else THOUSAND

    @property
    def unit_words(self) -> str:
        return "£ million" if self.unit == MILLION else "£ thousand"

    @property
    def pitch(self) -> float:
        return (RIGHT - LEFT) / len(self.months)

    def y(self, amount: Decimal) -> float:
        part = float(max(amount, ZERO) / self.most)
        return round(BOTTOM - (BOTTOM - TOP) * part, 1)

    @property
    def lines(self) -> list[AmountLine]:
        step = Decimal(str(step_for(float(self.most), MOST_LINES)))
        count = int(self.most / step)
        marks = [step * number for number in range(count + 1)]
        return [
            AmountLine(self.y(mark), f"{float(mark) / self.unit:g}") for mark in marks
        ]

    @property
    def bars(self) -> list[AmountBar]:
        shown = [(at, one) for at, one in enumerate(self.months) if one.total > ZERO]
        has_room = len(shown) <= MOST_LABELLED
        every = 1 if has_room else 3
        width = round(self.pitch * 0.73, 1)
        return [
            AmountBar(
                one,
                round(LEFT + self.pitch * at + self.pitch * 0.135, 1),
                width,
                self.parts(one),
                self.short(one.total) if has_room else "",
                f"{one.first:%b}" if at % every == 0 else "",
            )
            for at, one in shown
        ]

    def short(self, amount: Decimal) -> str:
        """Return an amount in the unit of the axis: "12.25" of £12,250.00."""
        return f"{float(amount) / self.unit:.3g}"

    def parts(self, month: MonthSum) -> list[AmountPart]:
        found, ground = [], BOTTOM
        height = BOTTOM - self.y(month.committed)
        if height > 0:
            ground = round(BOTTOM - height, 1)
            found.append(AmountPart(ground, round(height, 1), is_committed=True))
        height = BOTTOM - self.y(month.undecided)
        if height > 0 or not found:
            top = round(ground - height, 1)
            found.append(AmountPart(top, round(height, 1), is_committed=False))
        return found

    @property
    def years(self) -> list[YearSpan]:
        wide = self.pitch * MONTHS_A_YEAR
        return [
            YearSpan(
                round(LEFT + wide * number, 1),
                round(LEFT + wide * (number + 0.5), 1),
                part[0].first,
                part[-1].first,
                sum((one.total for one in part), ZERO),
            )
            for number, part in enumerate(years_of(self.months))
        ]

    @property
    def largest(self) -> MonthSum:
        return max(self.months, key=lambda one: one.total)


def years_of(months: Sequence[MonthSum]) -> list[Sequence[MonthSum]]:
    """Return months in groups of twelve."""
    starts = range(0, len(months), MONTHS_A_YEAR)
    return [months[at : at + MONTHS_A_YEAR] for at in starts]


BARS_LEFT, BARS_WIDE, BARS_PITCH = 300.0, 300.0, 34


@dataclass(frozen=True)
class NamedAmount:
    name: str
    amount: Decimal


@dataclass(frozen=True)
class NamedBar:
    """One amount as a bar to the right of its name."""

    row: NamedAmount
    y: float
    length: float

    @property
    def base(self) -> float:
        return self.y + 15

    @property
    def end(self) -> float:
        return round(BARS_LEFT + self.length + 8, 1)


@dataclass(frozen=True)
class NamedBars:
    """Amounts by name, as bars one below the other."""

    rows: Sequence[NamedAmount]

    @property
    def bars(self) -> list[NamedBar]:
        most = max([row.amount for row in self.rows] + [Decimal(1)])
        return [
            NamedBar(
                row,
                6.0 + BARS_PITCH * at,
                round(BARS_WIDE * float(max(row.amount, ZERO) / most), 1),
            )
            for at, row in enumerate(self.rows)
        ]

    @property
    def height(self) -> int:
        return BARS_PITCH * len(self.rows) + 6
