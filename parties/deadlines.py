"""Until when things of the register hold. Pure."""

from datetime import datetime, timedelta

from django.conf import settings

from common.clock import end_of_uk_day, uk_date


def invitation_expires_at(made_at: datetime) -> datetime:
    """Return the instant from which an invitation made at `made_at` works no longer.

    It works for so many calendar days, of which the last counts to its end: a UK
    midnight, aware. Our own rule; the figure is a setting.

    Source: R-1.3-1.
    """
    last_day = uk_date(made_at) + timedelta(days=settings.INVITATION_DAYS)
    return end_of_uk_day(last_day)
