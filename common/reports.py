"""What a report of some months is made of: a chart of counts, and tables. Pure.

Each app offers its own, as `MonthlyReport`s of its module `reports`; the desk arranges
them. The counting is the database's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import TruncMonth

from common.axis import step_for
from common.charts import BOTTOM, LEFT, MOST_LINES, RIGHT, TOP, AmountLine
from common.clock import MONTHS_A_YEAR, UK, add_months, start_of_uk_day

MOST_MONTHS, USUAL_MONTHS = 36, 12
# With more months than these, not each name has room below its bar.
MOST_NAMED = 18
# Three can be told apart without colour: full, hatched, empty.
MOST_SERIES = 3


@dataclass(frozen=True)
class MonthSpan:
    """Whole UK months, one after the other: the first day of the first and the last."""

    first: date
    last: date

    @property
    def after(self) -> date:
        """The first UK day that is not in it."""
        return add_months(self.last, 1)

    @property
    def months(self) -> list[date]:
        count = (self.last.year - self.first.year) * MONTHS_A_YEAR
        count += self.last.month - self.first.month + 1
        return [add_months(self.first, number) for number in range(count)]

    def of_days(self, name: str) -> dict[str, Any]:
        """Return the condition that a column of days lies in it."""
        return {f"{name}__gte": self.first, f"{name}__lt": self.after}

    def of_instants(self, name: str) -> dict[str, datetime]:
        """Return the condition that a column of instants lies in it."""
        begins, ends = start_of_uk_day(self.first), start_of_uk_day(self.after)
        return {f"{name}__gte": begins, f"{name}__lt": ends}


def span_asked(first: str, last: str, today: date) -> MonthSpan:
    """Return the months that are asked for as 2026-03; what is wrong is left out.

    The last twelve without any, the later 36 of more, and in their order.
    """
    this = today.replace(day=1)
    until = month_of(last) or this
    since = month_of(first) or add_months(until, 1 - USUAL_MONTHS)
    since, until = min(since, until), max(since, until)
    return MonthSpan(max(since, add_months(until, 1 - MOST_MONTHS)), until)


def month_of(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def uk_month(name: str) -> TruncMonth:
    """Return in a query the first day of the UK month of a column of instants."""
    return TruncMonth(F(name), tzinfo=UK)


def day_of(month: date | datetime) -> date:
    """Return the first day of a month as a query gives it."""
    return month.date() if isinstance(month, datetime) else month


def month_words(month: date) -> str:
    return f"{month:%B %Y}"


@dataclass(frozen=True)
class CountSeries:
    """One kind of things, counted in each month."""

    name: str
    counts: Sequence[int]


@dataclass(frozen=True)
class CountPart:
    """A piece of a month's bar: its edges, and of which series it is, from 0."""

    y: float
    height: float
    series: int


@dataclass(frozen=True)
class CountBar:
    """The bar of one month; without its name where there is no room."""

    x: float
    width: float
    parts: list[CountPart]
    name: str
    total: int
    top: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class CountsChart:
    """Counts by month as bars, the series one on top of the other.

    Args:
        unit: what is counted, or "%".
    """

    name: str
    months: Sequence[date]
    series: Sequence[CountSeries]
    unit: str = ""

    @property
    def totals(self) -> list[int]:
        columns = [one.counts for one in self.series]
        return [sum(column) for column in zip(*columns, strict=True)]

    @property
    def most(self) -> int:
        return max([*self.totals, 1])

    def y(self, count: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / self.most, 1)

    @property
    def lines(self) -> list[AmountLine]:
        """The grid, at whole counts alone."""
        step = max(int(step_for(float(self.most), MOST_LINES)), 1)
        marks = range(0, self.most + 1, step)
        return [AmountLine(self.y(mark), f"{mark:,}{self.sign}") for mark in marks]

    @property
    def sign(self) -> str:
        return "%" if self.unit == "%" else ""

    @property
    def bars(self) -> list[CountBar]:
        pitch = (RIGHT - LEFT) / len(self.months)
        every = 1 if len(self.months) <= MOST_NAMED else 3
        return [
            CountBar(
                round(LEFT + pitch * at + pitch * 0.135, 1),
                round(pitch * 0.73, 1),
                self.parts(at),
                f"{month:%b %y}" if at % every == 0 else "",
                total,
                self.y(total),
            )
            for at, (month, total) in enumerate(
                zip(self.months, self.totals, strict=True)
            )
        ]

    def parts(self, at: int) -> list[CountPart]:
        found, below = [], 0
        for number, one in enumerate(self.series):
            count = one.counts[at]
            if count:
                top = self.y(below + count)
                height = round(self.y(below) - top, 1)
                found.append(CountPart(top, height, number))
            below += count
        return found

    @property
    def has_figures(self) -> bool:
        """Whether each bar has room for its figure."""
        return len(self.months) <= MOST_NAMED

    @property
    def words(self) -> str:
        """Say in a sentence a month what the bars show."""
        months = zip(self.months, self.totals, strict=True)
        told = (f"{month_words(month)}: {n:,}{self.sign}." for month, n in months if n)
        return " ".join(told) or "Nothing in any of these months."


@dataclass(frozen=True)
class ReportTable:
    """A table of a report: words first, then counts."""

    name: str
    heads: tuple[str, ...]
    rows: list[list[Any]]
    nothing: str = "Nothing in these months."


@dataclass(frozen=True)
class ReportFound:
    """What one report found."""

    chart: CountsChart
    tables: list[ReportTable]


@dataclass(frozen=True)
class MonthlyReport:
    """One report of the desk: its address, its name, what it is, what finds it.

    Args:
        find: takes the months, and the UK day of today.
    """

    slug: str
    title: str
    lead: str
    find: Callable[[MonthSpan, date], ReportFound] = field(repr=False)


def by_month(
    span: MonthSpan, rows: Iterable[tuple[Any, ...]]
) -> dict[date, dict[Any, int]]:
    """Return counts by month and by what is counted; each month has its row.

    Args:
        rows: of a query: the month, what is counted, how many.
    """
    found: dict[date, dict[Any, int]] = {month: {} for month in span.months}
    for month, what, count in rows:
        of_month = found[day_of(month)]
        of_month[what] = of_month.get(what, 0) + count
    return found


def monthly_table(
    name: str, counts: dict[date, dict[Any, int]], columns: Sequence[tuple[Any, str]]
) -> ReportTable:
    """Return a row a month with a column for each kind, and what they come to."""
    rows: list[list[Any]] = [
        [month_words(month), *(of.get(key, 0) for key, _ in columns)]
        for month, of in counts.items()
    ]
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    heads = ("Month", *(head for _, head in columns))
    return ReportTable(name, heads, [*rows, ["In all", *sums]])


def series_of(
    name: str, counts: dict[date, dict[Any, int]], keys: Iterable[Any]
) -> CountSeries:
    """Return what some kinds together come to, month by month."""
    wanted = list(keys)
    totals = [sum(of.get(key, 0) for key in wanted) for of in counts.values()]
    return CountSeries(name, totals)
