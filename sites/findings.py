"""What is unusual about the day and the times of a visit, as sentences. Pure."""

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from common.asking_back import unusual_day
from common.clock import add_months
from common.wording import long_day_words, plural, time_words
from common.working_days import WorkingCalendar
from sites.deadlines import last_day_of_notice

if TYPE_CHECKING:
    from sites.models import SitePassport

MOST_MONTHS_AHEAD = 12
Times = tuple[time, time]


def unusual_visit(
    on: date,
    window: Times | None,
    *,
    passport: "SitePassport | None",
    calendar: WorkingCalendar,
    today: date,
) -> Iterator[str]:
    """Yield what to ask back about a visit before it is booked.

    Args:
        window: UK times; None where they are not given yet.
        passport: what is known of getting into the site; None: nothing.

    Source: R-2.13-2, R-3.5-1.
    """
    yield unusual_day(on, calendar)
    yield far_off(on, today)
    if passport is not None:
        yield closed_on(on, passport, calendar)
        yield outside_hours(window, passport)
        yield after_latest_arrival(window, passport)
        yield short_notice(on, passport, calendar, today)


def far_off(on: date, today: date) -> str:
    if on <= add_months(today, MOST_MONTHS_AHEAD):
        return ""
    return f"{long_day_words(on)} is more than {MOST_MONTHS_AHEAD} months away."


def closed_on(on: date, passport: "SitePassport", calendar: WorkingCalendar) -> str:
    if passport.is_open_on(on, calendar):
        return ""
    days = passport.get_days_display()
    return f"By its access details the site lets people in {days}."


def outside_hours(window: Times | None, passport: "SitePassport") -> str:
    if window is None or passport.is_open_at(*window):
        return ""
    opens, closes = passport.opens_at, passport.closes_at
    begin = f"from {time_words(opens)}" if opens else ""
    end = f"until {time_words(closes)}" if closes else ""
    hours = " ".join(filter(None, [begin, end]))
    return f"By its access details the site lets people in {hours}."


def after_latest_arrival(window: Times | None, passport: "SitePassport") -> str:
    latest = passport.arrive_by
    if window is None or latest is None or window[0] <= latest:
        return ""
    return f"By its access details nobody is let in after {time_words(latest)}."


def short_notice(
    on: date, passport: "SitePassport", calendar: WorkingCalendar, today: date
) -> str:
    days = passport.notice_working_days
    last = last_day_of_notice(on, days or 0, calendar)
    if not days or today <= last:
        return ""
    return (
        f"The site wants {plural(days, 'working day')}’ notice, so it had to know by "
        f"{long_day_words(last)}."
    )
