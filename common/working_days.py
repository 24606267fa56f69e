"""Working-day arithmetic over a calendar of bank holidays. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """A working day is no Saturday, no Sunday and none of `holidays`."""

    holidays: Collection[date]

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which is itself not counted.

        Raises:
            ValueError: `count` is below 1.
        """
        return self._step(day, count, timedelta(days=1))

    def subtract(self, day: date, count: int) -> date:
        """Return the `count`-th working day before `day`, which is not counted.

        Raises:
            ValueError: `count` is below 1.
        """
        return self._step(day, count, timedelta(days=-1))

    def between(self, after: date, until: date) -> int:
        """Return how many working days lie after `after`, up to and with `until`.

        Negative when `until` is the earlier one.
        """
        if until < after:
            return -self.between(until, after)
        span = (until - after).days
        days = (after + timedelta(days=n) for n in range(1, span + 1))
        return sum(self.is_working_day(day) for day in days)

    def _step(self, day: date, count: int, step: timedelta) -> date:
        if count < 1:
            raise ValueError(f"Count at least one working day, not {count}.")
        while count:
            day += step
            count -= self.is_working_day(day)
        return day
