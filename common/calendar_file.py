"""Calendar files (RFC 5545), as the calendars of all makers read them.

The same in all of them: a thing keeps its name (UID) for life, and a later word about
it has a higher number (SEQUENCE), so that a calendar puts it in its place. A
day without a time keeps nobody busy. What people typed becomes plain text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.mime.text import MIMEText

from icalendar import Calendar, Event, vCalAddress

from common.clock import UK
from common.lines import one_line, paragraphs

MADE_BY = "-//DCC//Gateway Connections portal//EN"
TYPE = "text/calendar; charset=utf-8"
# What a mail program does with the file by itself: put it in, take it out.
PUT_IN, TAKE_OUT = "REQUEST", "CANCEL"
# How often a calendar that follows a feed asks for it.
ASKED_AGAIN = timedelta(hours=4)


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar.

    Args:
        uid: what it is called for life, the same in each file about it.
        what: its title, in a line.
        on: the UK day.
        hours: from and until what UK time of that day; the whole day without.
        where: the address, if it is at one.
        words: paragraphs below the title.
        url: where the portal says more; absolute.
        number: higher in each later word about the same thing.
        is_off: whether it does not take place, so that calendars take it out.
    """

    uid: str
    what: str
    on: date
    hours: tuple[time, time] | None = None
    where: str = ""
    words: tuple[str, ...] = ()
    url: str = ""
    number: int = 0
    is_off: bool = False

    @property
    def span(self) -> tuple[date, date]:
        """Return when it begins, and the day or the instant with which it is over."""
        if self.hours is None:
            return self.on, self.on + timedelta(days=1)
        first, last = (
            datetime.combine(self.on, hour, UK).astimezone(UTC) for hour in self.hours
        )
        return first, last


def letter_file(entry: Entry, *, at: datetime, to: str, organiser: str) -> str:
    """Return the file of an e-mail about one thing, for the one person who gets it.

    Args:
        at: aware; the moment of the word about it.
        to, organiser: e-mail addresses.
    """
    event = event_of(entry, at)
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    guest = vCalAddress(f"mailto:{to}")
    # Nobody is asked for an answer: it goes ahead unless they speak to the desk.
    guest.params["RSVP"] = "FALSE"
    event.add("attendee", guest)
    calendar = empty_calendar()
    calendar.add("method", TAKE_OUT if entry.is_off else PUT_IN)
    calendar.add_component(event)
    return written(calendar)


def feed_file(entries: Iterable[Entry], *, at: datetime, name: str) -> str:
    """Return the file that a calendar follows, with all that it is to show now."""
    calendar = empty_calendar()
    calendar.add("method", "PUBLISH")
    # The older name of each is what most calendars still read.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, one_line(name))
    for key in ("refresh-interval", "x-published-ttl"):
        calendar.add(key, ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(event_of(entry, at))
    return written(calendar)


def empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def event_of(entry: Entry, at: datetime) -> Event:
    starts, ends = entry.span
    facts = {
        "uid": entry.uid,
        "dtstamp": at.astimezone(UTC),
        "dtstart": starts,
        "dtend": ends,
        "summary": one_line(entry.what),
        "location": one_line(entry.where),
        "description": paragraphs("\n\n".join(entry.words)),
        "url": entry.url,
        "sequence": entry.number,
        "status": "CANCELLED" if entry.is_off else "CONFIRMED",
        "transp": "TRANSPARENT" if entry.hours is None else "OPAQUE",
    }
    event = Event()
    for name, fact in facts.items():
        if fact != "":
            event.add(name, fact)
    return event


def written(calendar: Calendar) -> str:
    """Return its lines, none of more than 75 octets, as the standard asks."""
    lines: bytes = calendar.to_ical()
    return lines.decode()


def attached(text: str, name: str) -> MIMEText:
    """Return a calendar file as a part of an e-mail that mail programs act on."""
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", str(Calendar.from_ical(text)["method"]))
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part
