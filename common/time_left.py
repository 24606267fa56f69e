"""How long is left until a last day, in the words and the tone that pages show.

Pure: dates in, words out. The dates themselves are computed by each app's deadlines.
"""

from dataclasses import dataclass
from datetime import date, datetime

from common.working_days import WorkingCalendar

SOON_DAYS = 2


@dataclass(frozen=True)
class TimeLeft:
    """The last day of something, how far off it is, and what happens otherwise.

    Args:
        last_day: UK date, inclusive: met by anything done before its midnight.
        days: days after today up to `last_day`; 0 on the day, negative when late.
        working: whether `days` counts working days only.
        how: how `last_day` was worked out, as a sentence.
        section: of the guidance, and what is ours: "3.6 T9"; empty for our own figure.
        if_nothing: what happens if nobody acts, as a sentence; may be empty.
        at: aware; the minute on `last_day`, where the time ends before its midnight.
    """

    last_day: date
    days: int
    working: bool = False
    how: str = ""
    section: str = ""
    if_nothing: str = ""
    at: datetime | None = None

    @property
    def words(self) -> str:
        if self.days == 0:
            return "Due today" if self.working else "Last day today"
        unit = "working day" if self.working else "day"
        plural = "" if abs(self.days) == 1 else "s"
        end = "left" if self.days > 0 else "late"
        return f"{abs(self.days)} {unit}{plural} {end}"

    @property
    def tone(self) -> str:
        if self.days < 0:
            return "late"
        return "soon" if self.days <= SOON_DAYS else "calm"

    @property
    def is_late(self) -> bool:
        return self.days < 0


def calendar_days_left(
    last_day: date,
    today: date,
    *,
    how: str = "",
    section: str = "",
    if_nothing: str = "",
) -> TimeLeft:
    """Return the time left until the end of `last_day`, in calendar days.

    Both are UK dates. On `last_day` itself 0 days are left and it is not yet late.
    """
    return TimeLeft(
        last_day,
        (last_day - today).days,
        how=how,
        section=section,
        if_nothing=if_nothing,
    )


def working_days_left(
    last_day: date,
    today: date,
    calendar: WorkingCalendar,
    *,
    how: str = "",
    section: str = "",
    if_nothing: str = "",
) -> TimeLeft:
    """Return the time left until the end of `last_day`, in working days.

    Both are UK dates. After a last day that lies behind at least 1 day is late, also
    when only a weekend lies between.
    """
    days = calendar.between(today, last_day)
    if last_day < today:
        days = min(days, -1)
    return TimeLeft(
        last_day,
        days,
        working=True,
        how=how,
        section=section,
        if_nothing=if_nothing,
    )
