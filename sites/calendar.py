"""What stands in people's own calendars: visits, and each last day they are told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from common.calendar_file import Entry, feed_file
from common.clock import uk_date
from common.wording import long_day_words
from parties.models import CalendarFeed, Party, PartyCalendarFeed, User
from sites.models import SiteVisit
from sites.states import VisitState
from worklist.contacts.calendar import days_told

Visits = Mapping[int, SiteVisit]
# A calendar of more would show none of them.
MOST = 500


def feed_opened_by(token: str, at: datetime) -> CalendarFeed | PartyCalendarFeed | None:
    """Return a person's own calendar or one shared in a Party; the address is secret.

    Args:
        token: the last part of that address.
    """
    own = CalendarFeed.objects.opened_by(token).first()
    return own or PartyCalendarFeed.objects.opened_by(token, uk_date(at)).first()


def feed_of(party: Party, reader: User, at: datetime) -> str:
    """Return the calendar file of all that the people of a Party read there."""
    today = uk_date(at)
    entries = [*visits_from(party, today), *days_told(party, reader, today)]
    return feed_file(entries, at=at, name=f"DCC Gateway Connections: {party}")


def visits_from(party: Party, today: date) -> Iterator[Entry]:
    """Yield the visits of a Party's orders that are for today, UK, or later.

    One that does not take place is yielded as cancelled until its day is over, since
    not every calendar takes out what is merely gone; one that another day took the
    place of stands on that day alone.
    """
    last = Q(replacement=None) | Q(replacement__state=VisitState.PROPOSED)
    theirs = SiteVisit.objects.shown_to_people_of(party.pk).for_pages()
    dated = theirs.filter(last, on__gte=today).exclude(state=VisitState.PROPOSED)
    visits = list(dated.order_by("on", "pk")[:MOST])
    orders = {visit.order_id for visit in visits}
    others = by_key(SiteVisit.objects.filter(order__in=orders))
    for visit in visits:
        yield visit_entry(visit, others, today)


def by_key(visits: Iterable[SiteVisit]) -> Visits:
    return {visit.pk: visit for visit in visits}


def visit_entry(visit: SiteVisit, others: Visits, today: date) -> Entry:
    """Return a visit as a thing in a calendar, in the place of those that it replaces.

    One that does not take place any more is taken out. Source: R-3.6-2, R-3.5-7.

    Args:
        others: all visits of its order, by key.
        today: the UK day on which it is told.
    """
    order = visit.order
    first, moves = begun_by(visit, others)
    is_on = visit.is_to_come or visit.state == VisitState.COMPLETED
    return Entry(
        uid=f"{first.reference}@{settings.SITE_HOST}",
        what=f"{order}: {visit.get_purpose_display().lower()}",
        on=visit.on,
        hours=visit.window,
        where=order.data_centre.address if order.data_centre else "",
        words=tuple(words_of(visit, today) if is_on else over(visit)),
        url=place_of(visit),
        # Room for two words about each: that it is booked, and that it is off.
        number=2 * moves + (not is_on),
        is_off=not is_on,
    )


def place_of(visit: SiteVisit) -> str:
    """Return where the portal says all of a visit."""
    return f"{settings.SITE_URL}{reverse('visit', args=[visit.reference])}"


def begun_by(visit: SiteVisit, others: Visits) -> tuple[SiteVisit, int]:
    """Return the visit that was booked first, and how often it was replaced since."""
    first, moves = visit, 0
    while first.replaces_id is not None:
        first, moves = others[first.replaces_id], moves + 1
    return first, moves


def words_of(visit: SiteVisit, today: date) -> list[str]:
    """Return who comes and until when another day costs nothing. Source: R-3.5-7."""
    order = visit.order
    last = long_day_words(visit.last_free_day)
    is_free = visit.is_free_to_move_on(today)
    return [
        f"Who comes: {visit.visitor}. Let them in and have the rack ready.",
        f"You can move the visit free of charge until the end of {last} (our reading)."
        if is_free
        else f"The last day to move it free of charge was {last} (our reading).",
        f"Visit {visit} for order {order}, {order.title}:",
        place_of(visit),
    ]


def over(visit: SiteVisit) -> list[str]:
    return [f"Visit {visit} does not take place: {visit.get_state_display().lower()}."]
