"""The last days of what is owed, as they stand in the calendars of a Party.

Without prices: whoever has the link of the calendar reads it.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from common.calendar_file import Entry
from parties.models import Party, User
from worklist.contacts.needs import Need, tell
from worklist.models import WorkItem
from worklist.people import people_of

# A calendar of more would show none of them.
MOST = 500


def days_told(party: Party, reader: User, today: date) -> Iterator[Entry]:
    """Yield the last day of each thing of which a Party is told one."""
    told = WorkItem.objects.told_to_party(party.pk).with_day_told(today)
    people = people_of(party.pk, reader, today)
    for need in tell(told.soonest_first()[:MOST], people, today):
        if need.left is not None:
            yield entry_of(need, need.left.last_day)


def entry_of(need: Need, last_day: date) -> Entry:
    item, kind = need.item, need.kind
    whose = [f"Who can do it: {need.who}."] if kind.is_of_party else ["DCC does this."]
    place = f"{settings.SITE_URL}{need.words.url or reverse('home')}"
    return Entry(
        uid=f"work-{item.pk}@{settings.SITE_HOST}",
        what=f"{item.thread}: {kind.brief}",
        on=last_day,
        words=(*whose, place),
        url=place,
    )
