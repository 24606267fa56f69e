"""What stands in one person's own calendar: visits to come, and each last day told."""

from datetime import datetime

from common.calendar_file import feed_file
from common.clock import uk_date
from parties.models import User
from sites.calendar import visits_to_come
from worklist.contacts.calendar import days_told


def feed_of(user: User, at: datetime) -> str:
    """Return the calendar file of all that `user`, of a Gateway Party, reads there."""
    today = uk_date(at)
    entries = [*visits_to_come(user, today), *days_told(user, today)]
    return feed_file(entries, at=at, name=f"DCC Gateway Connections: {user.party}")
