"""Where the lines and bars of a report's charts stand. Pure: rates in, places out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.axis import step_for
from common.clock import NOON, add_months
from connections.usage.figures import HOURS, DayUse, HourUse, LineUse, WeekUse

MEGABIT = 1_000_000
SMALL = 0.1
LEFT, RIGHT, TOP, BOTTOM = 44.0, 700.0, 40.0, 206.0
DAY = timedelta(days=1)
SATURDAY = 5
MOST_LINES = 5
# More days than these have no room for a gap between bars.
MANY_DAYS = 120
# What lies behind a date that matters, so that its words have room.
ROOM = timedelta(days=28)
EDGE = 40.0
# Of the words beside the line of the rating, in user units.
ROOM_FOR_WORDS = 150.0


def mbps(bits: int | None) -> str:
    """Return a rate as people read it: "12.1", "20", or "0.04" where it is small."""
    rate = (bits or 0) / MEGABIT
    if rate == round(rate):
        return f"{rate:.0f}"
    return f"{rate:.1f}" if rate >= SMALL else f"{rate:.2g}"


def hour_words(hour: int) -> str:
    """Return "6pm" of 18; an hour of the UK clock."""
    half = "am" if hour % HOURS < NOON else "pm"
    return f"{hour % NOON or NOON}{half}"


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, with its words."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Plane:
    """The ground of a chart: rates upward from 0, a line for the rating.

    Args:
        most: the highest rate that is drawn, bits per second.
        rating: what the connection carries.
    """

    most: int
    rating: int

    @property
    def step(self) -> float:
        """The distance of two lines of the grid in Mbps: 1, 2 or 5 times a ten."""
        return step_for(self.most / MEGABIT, MOST_LINES)

    @property
    def top(self) -> float:
        return max(self.most, self.rating) / MEGABIT * 1.02

    def y(self, bits: float) -> float:
        part = min(bits / MEGABIT / self.top, 1)
        return round(BOTTOM - (BOTTOM - TOP) * part, 1)

    @property
    def lines(self) -> list[Tick]:
        count = int(self.top / self.step)
        rates = [self.step * number for number in range(count + 1)]
        return [Tick(self.y(rate * MEGABIT), f"{rate:g}", "end") for rate in rates]

    @property
    def rating_y(self) -> float:
        return self.y(self.rating)


def plane_of(rates: Sequence[int], rating: int) -> Plane:
    return Plane(max([rating, *rates]), rating)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class DayChart:
    """A bar a day for its level, a mark for its highest five minutes."""

    days: list[DayUse]
    first_day: date
    last_day: date
    plane: Plane

    @property
    def pitch(self) -> float:
        return (RIGHT - LEFT) / ((self.last_day - self.first_day).days + 1)

    def x(self, day: date) -> float:
        return round(LEFT + self.pitch * (day - self.first_day).days, 1)

    @property
    def bars(self) -> list[Bar]:
        gap = 0.0 if len(self.days) > MANY_DAYS else self.pitch * 0.14
        width = round(max(self.pitch - 2 * gap, 0.5), 1)
        return [
            Bar(round(self.x(one.day) + gap, 1), y, width, round(BOTTOM - y, 1))
            for one in self.days
            for y in (self.plane.y(one.level),)
        ]

    @property
    def marks(self) -> str:
        """The highest five minutes of each day, as one SVG path."""
        width = round(self.pitch * 0.8, 1)
        parts = []
        for one in self.days:
            x, y = self.x(one.day) + self.pitch * 0.1, self.plane.y(one.highest)
            level = self.plane.y(one.level)
            parts.append(f"M{x:.1f} {y}h{width}M{x + width / 2:.1f} {y}V{level}")
        return "".join(parts)

    @property
    def weekends(self) -> list[Bar]:
        """The ground of Saturdays and Sundays, where days are wide enough to tell."""
        if len(self.days) > MANY_DAYS:
            return []
        width, height = round(self.pitch, 1), BOTTOM - TOP
        return [
            Bar(self.x(day), TOP, width, height)
            for day in self.all_days
            if day.weekday() >= SATURDAY
        ]

    @property
    def all_days(self) -> Iterator[date]:
        count = (self.last_day - self.first_day).days + 1
        return (self.first_day + DAY * number for number in range(count))

    @property
    def labels(self) -> list[Tick]:
        """A day a week, or the first of each month where there are many."""
        is_long = (self.last_day - self.first_day).days > 70  # noqa: PLR2004  ten weeks
        named = [
            day
            for day in self.all_days
            if (day.day == 1 if is_long else day.weekday() == 0)
        ]
        return [
            Tick(self.x(day), f"{day:%b}" if is_long else f"{day.day} {day:%b}")
            for day in named
            if LEFT + EDGE / 4 <= self.x(day) <= RIGHT - EDGE / 2
        ]


@dataclass(frozen=True)
class HourChart:
    """A bar an hour of the day, the busiest one set off."""

    hours: list[HourUse]
    busy: HourUse | None
    plane: Plane

    @property
    def bars(self) -> list[tuple[Bar, bool]]:
        pitch = (RIGHT - LEFT) / len(self.hours)
        return [
            (
                Bar(
                    round(LEFT + pitch * one.hour + 3, 1),
                    y,
                    round(pitch - 6, 1),
                    round(BOTTOM - y, 1),
                ),
                one == self.busy,
            )
            for one in self.hours
            if one.average is not None
            for y in (self.plane.y(one.average),)
        ]

    @property
    def labels(self) -> list[Tick]:
        pitch = (RIGHT - LEFT) / len(self.hours)
        every_third = range(0, len(self.hours), 3)
        return [
            Tick(round(LEFT + pitch * hour, 1), hour_words(hour), "start")
            for hour in every_third
        ]


@dataclass(frozen=True)
class TrendChart:
    """Weekly levels as steps, carried on as a broken line to where they meet it.

    Args:
        weeks: at least one.
        meets_on, ask_by: UK days; None where the rating is not met soon.
        today: the UK day on which the report was made.
    """

    weeks: list[WeekUse]
    meets_on: date | None
    ask_by: date | None
    today: date
    plane: Plane

    @property
    def first(self) -> date:
        return self.weeks[0].first_day

    @property
    def end(self) -> date:
        known = max(self.today, self.weeks[-1].last_day)
        return max(known, self.meets_on or known) + ROOM

    def x(self, day: date) -> float:
        part = (day - self.first).days / (self.end - self.first).days
        return round(LEFT + (RIGHT - LEFT) * min(max(part, 0), 1), 1)

    @property
    def path(self) -> str:
        """The steps, as an SVG path. A week without readings leaves a gap."""
        parts, before = [], None
        for week in self.weeks:
            x, y = self.x(week.first_day), self.plane.y(week.level)
            parts.append(f"V{y}" if before == week.first_day else f"M{x} {y}")
            parts.append(f"H{self.x(week.last_day + DAY)}")
            before = week.last_day + DAY
        return "".join(parts)

    @property
    def has_room_on_the_left(self) -> bool:
        """Whether the words of the rating stand clear of the day it was made."""
        return self.today_x > LEFT + ROOM_FOR_WORDS

    @property
    def carried_on(self) -> str:
        """The line to where the rating is met; nothing where it is not."""
        if self.meets_on is None:
            return ""
        newest = self.weeks[-1]
        x, y = self.x(newest.last_day + DAY), self.plane.y(newest.level)
        return f"M{x} {y}L{self.x(self.meets_on)} {self.plane.rating_y}"

    @property
    def today_x(self) -> float:
        return self.x(self.today)

    @property
    def meets_x(self) -> float:
        return self.x(self.meets_on) if self.meets_on else RIGHT

    @property
    def ask_x(self) -> float:
        return self.x(self.ask_by) if self.ask_by else RIGHT

    @property
    def lead_width(self) -> float:
        return round(max(self.meets_x - self.ask_x, 0), 1)

    @property
    def labels(self) -> list[Tick]:
        """The first day of each month, or of every third where they are many."""
        month = self.first.replace(day=1)
        found = [add_months(month, number) for number in range(1, 100)]
        inside = [day for day in found if day < self.end]
        every = 1 if len(inside) <= 10 else 3 if len(inside) <= 30 else 12  # noqa: PLR2004
        return [
            Tick(self.x(day), f"{day:%b %Y}" if day.month == 1 else f"{day:%b}")
            for day in inside
            if (day.month - 1) % every == 0 and LEFT + 16 < self.x(day) < RIGHT - 16
        ]


@dataclass(frozen=True)
class ReportCharts:
    """The three charts of one direction."""

    trend: TrendChart | None
    days: DayChart
    hours: HourChart


def charts_of(
    use: LineUse, span: tuple[date, date], *, ask_by: date | None, today: date
) -> ReportCharts:
    """Lay out the charts of a direction.

    Args:
        span: the first and the last UK day of the report.
        ask_by: the last UK day to ask for a change; None where none is to be asked.
        today: the UK day on which it was made.
    """
    plane = plane_of([day.highest for day in use.days], use.rating)
    weekly = plane_of([week.level for week in use.weeks], use.rating)
    meets_on = use.trend.meets_on if use.trend else None
    return ReportCharts(
        TrendChart(use.weeks, meets_on, ask_by, today, weekly) if use.weeks else None,
        DayChart(use.days, *span, plane),
        HourChart(use.hours, use.busy_hour, plane),
    )
