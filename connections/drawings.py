"""Charts of costs, loads and renewals. Pure: days and amounts in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from common.money import ZERO
from connections.failover import LinkLoad, WhatIf

DAY = timedelta(days=1)


class Level(Protocol):
    """UK days, both inside, on which something costs the same."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...

    @property
    def charge(self) -> Decimal: ...


@dataclass(frozen=True)
class ChartStep:
    """One level of the chart: its edges, its height, and what it costs there."""

    x: float
    end_x: float
    y: float
    charge: Decimal

    @property
    def middle(self) -> float:
        return round((self.x + self.end_x) / 2, 1)


@dataclass(frozen=True)
class StepChart:
    """What ending costs over the minimum period, as steps.

    Args:
        stretches: days of one charge, one after the other; at least one.
        today, chosen: UK days, shown at the edge when outside.
        window: first and last UK day to leave free of charge; None where unknown.
        left, right, top, bottom: edges in user units.
    """

    stretches: Sequence[Level]
    today: date
    chosen: date
    window: tuple[date, date] | None
    left: float = 90
    right: float = 1000
    top: float = 50
    bottom: float = 210

    def x(self, day: date) -> float:
        first, after = self.stretches[0].first, self.stretches[-1].last + DAY
        part = (day - first).days / (after - first).days
        place = self.left + (self.right - self.left) * part
        return round(min(max(place, self.left), self.right), 1)

    def y(self, charge: Decimal) -> float:
        most = max(step.charge for step in self.stretches) or Decimal(1)
        return round(self.bottom - (self.bottom - self.top) * float(charge / most), 1)

    @property
    def steps(self) -> list[ChartStep]:
        return [
            ChartStep(
                self.x(one.first),
                self.x(one.last + DAY),
                self.y(one.charge),
                one.charge,
            )
            for one in self.stretches
        ]

    @property
    def path(self) -> str:
        """The line of the steps, as an SVG path."""
        steps = self.steps
        moves = "".join(f"V{step.y}H{step.end_x}" for step in steps)
        return f"M{self.left} {steps[0].y}{moves}"

    @property
    def today_x(self) -> float:
        return self.x(self.today)

    @property
    def chosen_x(self) -> float:
        return self.x(self.chosen)

    @property
    def chosen_y(self) -> float:
        found = (
            one.charge for one in self.stretches if one.first <= self.chosen <= one.last
        )
        return self.y(next(found, ZERO))

    @property
    def window_x(self) -> float:
        return self.x(self.window[0]) if self.window else self.left

    @property
    def window_width(self) -> float:
        return round(self.x(self.window[1]) - self.window_x, 1) if self.window else 0


@dataclass(frozen=True)
class LoadPart:
    """A piece of what a connection is asked to carry: its edges, and what it is."""

    x: float
    width: float
    kind: str
    words: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def has_room(self) -> bool:
        """Whether its words fit into it."""
        return self.width > len(self.words) * LETTER


@dataclass(frozen=True)
class LoadRow:
    """One connection of the chart: where it stands, and its pieces."""

    load: LinkLoad
    y: float
    rating_x: float
    parts: list[LoadPart]

    @property
    def end_x(self) -> float:
        last = self.parts[-1] if self.parts else None
        return round(last.x + last.width, 1) if last else BAR_LEFT


BAR_LEFT, BAR_RIGHT, BAR_TOP, PITCH = 164.0, 760.0, 30.0, 88.0
# Of a letter, in user units, on the safe side.
LETTER = 7.0


@dataclass(frozen=True)
class LoadChart:
    """What each connection is asked to carry, against its rating, as bars."""

    outcome: WhatIf

    @property
    def most(self) -> Decimal:
        loads = self.outcome.loads
        return max(max(one.total, one.link.rating) for one in loads) or Decimal(1)

    def width(self, mbps: Decimal) -> float:
        return round((BAR_RIGHT - BAR_LEFT) * float(mbps / self.most), 1)

    @property
    def rows(self) -> list[LoadRow]:
        return [
            LoadRow(
                load,
                BAR_TOP + PITCH * number,
                round(BAR_LEFT + self.width(load.link.rating), 1),
                self.parts(load),
            )
            for number, load in enumerate(self.outcome.loads)
        ]

    def parts(self, load: LinkLoad) -> list[LoadPart]:
        """Return the sessions that it carries, its own before those that moved."""
        here = [way for way in self.outcome.ways if way.across == load.link.key]
        found, x = [], BAR_LEFT
        for way in sorted(here, key=lambda way: way.has_moved):
            width = self.width(way.tunnel.load)
            kind = "moved" if way.has_moved else "own"
            words = f"{way.tunnel.name} {way.tunnel.load.normalize():f}"
            found.append(LoadPart(round(x, 1), width, kind, words))
            x += width
        return [part for part in found if part.width]

    @property
    def height(self) -> float:
        return BAR_TOP + PITCH * len(self.outcome.loads) + 24

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Where the scale is marked, and with which Mbps."""
        step = next(
            step
            for power in range(-2, 5)
            for step in (Decimal(base).scaleb(power) for base in (1, 2, 5))
            if self.most / step <= MOST_TICKS
        )
        count = int(self.most / step)
        marks = [step * number for number in range(count + 1)]
        return [
            (round(BAR_LEFT + self.width(mark), 1), f"{mark.normalize():f}")
            for mark in marks
        ]


MOST_TICKS = 6


@dataclass(frozen=True)
class NoticesOfMonth:
    """How many renewal notices fall due in a month, by how far each is.

    Args:
        first: its first UK day.
    """

    first: date
    sent: int = 0
    ready: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.ready + self.missing

    @property
    def when(self) -> str:
        """What the list's filter calls it."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class MonthPart:
    """A piece of a month's bar: its edges, and how far its notices are."""

    y: float
    height: float
    kind: str


@dataclass(frozen=True)
class MonthBar:
    """The notices of one month, as a bar over its name."""

    month: NoticesOfMonth
    x: float
    parts: list[MonthPart]

    @property
    def middle(self) -> float:
        return round(self.x + MONTH_BAR / 2, 1)

    @property
    def top(self) -> float:
        return self.parts[-1].y if self.parts else MONTHS_BOTTOM


MONTH_BAR, MONTHS_WIDE, MONTHS_TOP, MONTHS_BOTTOM = 52.0, 1224.0, 22.0, 112.0


@dataclass(frozen=True)
class MonthsChart:
    """Renewal notices by the month in which they fall due, as bars of three kinds.

    Args:
        months: one after the other; at least one.
    """

    months: Sequence[NoticesOfMonth]

    @property
    def pitch(self) -> float:
        return MONTHS_WIDE / len(self.months)

    @property
    def totals(self) -> NoticesOfMonth:
        return NoticesOfMonth(
            self.months[0].first,
            sum(one.sent for one in self.months),
            sum(one.ready for one in self.months),
            sum(one.missing for one in self.months),
        )

    @property
    def bars(self) -> list[MonthBar]:
        return [
            MonthBar(
                month,
                round(self.pitch * number + (self.pitch - MONTH_BAR) / 2, 1),
                self.parts(month),
            )
            for number, month in enumerate(self.months)
        ]

    def parts(self, month: NoticesOfMonth) -> list[MonthPart]:
        """Return the pieces of a bar, from the ground up: sent, ready, no charge."""
        most = max(one.total for one in self.months) or 1
        found, y = [], MONTHS_BOTTOM
        for kind in ("sent", "ready", "missing"):
            height = (MONTHS_BOTTOM - MONTHS_TOP) * getattr(month, kind) / most
            y -= height
            found.append(MonthPart(round(y, 1), round(height, 1), kind))
        return [part for part in found if part.height]
