"""What stands in a calendar that follows a Party: its visits, each last day told."""

from datetime import datetime

from common.calendar_file import feed_file
from common.clock import uk_date
from parties.models import Party, User
from sites.calendar import visits_from
from worklist.contacts.calendar import days_told


def feed_of(party: Party, reader: User, at: datetime) -> str:
    """Return the calendar file of all that the people of a Party read there."""
    today = uk_date(at)
    entries = [*visits_from(party, today), *days_told(party, reader, today)]
    return feed_file(entries, at=at, name=f"DCC Gateway Connections: {party}")
