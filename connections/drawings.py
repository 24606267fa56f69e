"""The chart of what ending costs by the day. Pure: days and amounts in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from common.money import ZERO

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
