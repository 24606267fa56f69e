"""What a performance report says: levels, the busy hour, the trend. Pure.

All rates are bits per second; days are UK days, hours those of UK clocks. Nothing here
is money, so the slope of the trend may be a float.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, linear_regression

from common.clock import UK
from connections.usage.readings import SECONDS, Readings, readings_between

PERCENT = 95
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# A trend of fewer weeks would be a guess; of more, an old story.
LEAST_WEEKS, MOST_WEEKS = 4, 26
# A week or an hour of which half is missing says nothing of its level.
LEAST_PART = 0.5
# Beyond this no trend is worth a date.
FARTHEST = timedelta(days=5 * 365)
HOURS = 24
READINGS_A_WEEK = 7 * 24 * 3600 // SECONDS


@dataclass(frozen=True)
class DayUse:
    """One UK day: the level that 95 of 100 readings do not exceed, and the highest."""

    day: date
    level: int
    highest: int


@dataclass(frozen=True)
class HourUse:
    """An hour of the UK clock, averaged over working days. None without readings."""

    hour: int
    average: int | None


@dataclass(frozen=True)
class WeekUse:
    """A week from Monday to Sunday."""

    first_day: date
    level: int

    @property
    def last_day(self) -> date:
        return self.first_day + WEEK - DAY


@dataclass(frozen=True)
class Trend:
    """The straight line through the weekly levels.

    Args:
        a_week: how much it rises, bits per second.
        meets_on: UK day on which it meets the rating; None where it does not soon.
    """

    a_week: int
    meets_on: date | None = None


@dataclass(frozen=True)
class LineUse:
    """Use in one direction over the days of a report.

    Args:
        rating: what the connection carries that way.
        weeks: whole weeks up to the report's last day, also from before its first.
        trend: None while fewer than four weeks are known.
    """

    rating: int
    level: int
    highest: int
    highest_on: date
    days: list[DayUse]
    hours: list[HourUse]
    weeks: list[WeekUse]
    trend: Trend | None

    @property
    def busy_hour(self) -> HourUse | None:
        known = [hour for hour in self.hours if hour.average is not None]
        return max(known, key=lambda hour: hour.average or 0, default=None)

    @property
    def quiet_hour(self) -> HourUse | None:
        known = [hour for hour in self.hours if hour.average is not None]
        return min(known, key=lambda hour: hour.average or 0, default=None)

    def of_rating(self, rate: int | None) -> int:
        """Return a rate as per cent of the rating, rounded."""
        return round(100 * (rate or 0) / self.rating)

    @property
    def above(self) -> list[DayUse]:
        """The days with a reading above the rating."""
        return [day for day in self.days if day.highest > self.rating]


@dataclass(frozen=True)
class UsageReport:
    """A report over UK days, both inside.

    Args:
        readings, missing: how many there were, and how many of the days' five
            minutes had none.
        up, down: towards DCC, and from it.
    """

    first_day: date
    last_day: date
    readings: int
    missing: int
    up: LineUse
    down: LineUse


def level_of(rates: Sequence[int]) -> int:
    """Return the nearest-rank 95th percentile: 95 in 100 readings do not exceed it.

    Source: R-2.8-9.
    """
    ranked = sorted(rates)
    return ranked[math.ceil(len(ranked) * PERCENT / 100) - 1]


def report_of(
    days: dict[date, Readings],
    first_day: date,
    last_day: date,
    *,
    ratings: tuple[int, int],
    is_working_day: Callable[[date], bool],
) -> UsageReport | None:
    """Work out a report; None where its days have no reading.

    Args:
        days: readings by UK day, of the report and of the weeks before it.
        ratings: bits per second that the connection carries, up and down.

    Source: R-2.8-9, R-2.8-10.
    """
    inside = {
        day: found
        for day, found in sorted(days.items())
        if first_day <= day <= last_day
    }
    count = sum(map(len, inside.values()))
    if not count:
        return None
    expected = readings_between(first_day, last_day)
    weeks = weeks_of(days, last_day)
    return UsageReport(
        first_day,
        last_day,
        count,
        expected - count,
        *(
            use_of(name, rating, inside, weeks, is_working_day)
            for name, rating in zip(("up", "down"), ratings, strict=True)
        ),
    )


def use_of(
    name: str,
    rating: int,
    days: dict[date, Readings],
    weeks: dict[date, list[Readings]],
    is_working_day: Callable[[date], bool],
) -> LineUse:
    """Work out one direction, `up` or `down`, over days that have readings."""
    by_day = {day: getattr(found, name) for day, found in days.items()}
    each = [DayUse(day, level_of(rates), max(rates)) for day, rates in by_day.items()]
    top = max(each, key=lambda day: day.highest)
    working = [found for day, found in days.items() if is_working_day(day)]
    by_week = [
        WeekUse(first, level_of([rate for one in found for rate in getattr(one, name)]))
        for first, found in sorted(weeks.items())
    ]
    return LineUse(
        rating=rating,
        level=level_of([rate for rates in by_day.values() for rate in rates]),
        highest=top.highest,
        highest_on=top.day,
        days=each,
        hours=hours_of(working, name),
        weeks=by_week,
        trend=trend_of(by_week, rating),
    )


def hours_of(days: list[Readings], name: str) -> list[HourUse]:
    """Return the average by hour of the UK clock.

    Where the clocks go back an hour comes twice, and both count for it.
    """
    rates: list[list[int]] = [[] for _ in range(HOURS)]
    for found in days:
        for at, rate in zip(found.at, getattr(found, name), strict=True):
            rates[datetime.fromtimestamp(at, UTC).astimezone(UK).hour].append(rate)
    return [
        HourUse(hour, round(fmean(of_hour)) if of_hour else None)
        for hour, of_hour in enumerate(rates)
    ]


def weeks_of(days: dict[date, Readings], last_day: date) -> dict[date, list[Readings]]:
    """Return whole weeks up to a day by their Monday, without those half empty."""
    found: dict[date, list[Readings]] = {}
    for day, readings in days.items():
        monday = day - DAY * day.weekday()
        if monday + WEEK - DAY <= last_day:
            found.setdefault(monday, []).append(readings)
    least = READINGS_A_WEEK * LEAST_PART
    newest = sorted(found)[-MOST_WEEKS:]
    return {
        first: found[first] for first in newest if sum(map(len, found[first])) >= least
    }


def trend_of(weeks: list[WeekUse], rating: int) -> Trend | None:
    """Return the straight line through weekly levels; None of fewer than four.

    A week's level stands at its last day. Our own working: advice, never a promise.

    Source: R-2.8-10.
    """
    if len(weeks) < LEAST_WEEKS:
        return None
    start = weeks[0].last_day
    places = [(week.last_day - start).days / 7 for week in weeks]
    line = linear_regression(places, [week.level for week in weeks])
    rise = round(line.slope)
    if rise <= 0:
        return Trend(rise)
    ahead = (rating - line.intercept) / line.slope
    meets_on = start + DAY * math.ceil(ahead * 7) if ahead * 7 < 10**5 else date.max
    newest = weeks[-1].last_day
    is_soon = meets_on <= newest + FARTHEST
    return Trend(rise, max(meets_on, newest) if is_soon else None)
