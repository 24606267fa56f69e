"""Until when things of the register hold. Pure."""

from datetime import date, datetime, timedelta

from django.conf import settings

from common.clock import MONTHS_A_YEAR, add_months, end_of_uk_day, uk_date

# The one reminder goes so long before the last day: our own figure.
NOMINATIONS_REMINDER = timedelta(days=7)


def invitation_expires_at(made_at: datetime) -> datetime:
    """Return the instant from which an invitation made at `made_at` works no longer.

    It works for so many calendar days, of which the last counts to its end: a UK
    midnight, aware. Our own rule; the figure is a setting.

    Source: R-1.3-1.
    """
    last_day = uk_date(made_at) + timedelta(days=settings.INVITATION_DAYS)
    return end_of_uk_day(last_day)


def confirm_from(from_on: date, known_on: date) -> date:
    """Return the UK day from which a nomination is to be confirmed again.

    A year after the later of its first day and `known_on`, on which it was registered
    or confirmed last. Our own rule.

    Source: R-2.2-6.
    """
    return add_months(max(from_on, known_on), MONTHS_A_YEAR)


def nominations_due_on(asked_at: datetime) -> date:
    """Return the last UK day to answer a question asked at `asked_at`, aware.

    So many calendar days later. Our own rule; the figure is a setting.

    Source: R-2.2-6.
    """
    return uk_date(asked_at) + timedelta(days=settings.NOMINATIONS_DAYS)
