"""Which queues stand in the strip of every page of the desk, on one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from common.escaping import escaped
from worklist.staff.queues import QueueStanding

# About what a letter, a digit, the box round a late number and a gap take, in pixels.
LETTER, DIGIT, BOX, GAP = 6.9, 8.5, 14, 20
# What a page of 1280, and one of 1840 pixels, leaves beside the list of all queues.
ROOM = {"narrow": 1070, "wide": 1630}
NARROW, WIDE = ROOM
FAR = date.max


@dataclass(frozen=True)
class StripEntry:
    """One queue in the strip.

    Args:
        place: from which width of page on it stands in the line: "narrow" at 1280
            pixels, "wide" at 1840; empty where it stands in the list of all alone.
        link: to its list, with how much is in it.
    """

    short: str
    url: str
    count: int
    is_late: bool
    is_here: bool
    place: str
    link: SafeString


LINK = '<a href="{}"{}>{}<b{}>{}</b></a>'
HERE, IS_LATE = ' aria-current="page"', ' class="is-late"'


def link_of(queue: QueueStanding, *, is_here: bool) -> SafeString:
    """Return the link to a queue, with how much is in it.

    Every page of the desk has two of each, so that they are written here and not in a
    template.
    """
    here, late = HERE if is_here else "", IS_LATE if queue.is_late else ""
    address, short = escaped(queue.url), escaped(queue.short)
    return SafeString(LINK.format(address, here, short, late, queue.count))


class Strip(list[StripEntry]):
    """The queues of a strip, and how much of what is late has no place in its line."""

    @property
    def late(self) -> int:
        return sum(1 for one in self if one.is_late)

    @property
    def late_behind(self) -> int:
        return sum(1 for one in self if one.is_late and one.place != NARROW)

    @property
    def late_behind_wide(self) -> int:
        return sum(1 for one in self if one.is_late and not one.place)


def strip_of(queues: list[QueueStanding], here: str) -> Strip:
    """Return the queues of a strip as they are declared, each with its place.

    What is late stands first of all, then the queue that the page shows, then what is
    due soonest. What has no room is behind the last word of the line, which says how
    much of it is late.

    Args:
        here: the address of the page.
    """
    pressing = sorted(queues, key=lambda queue: urgency(queue, here))
    wide = {one.slug for one in fitting(pressing, ROOM[WIDE])}
    narrow = {one.slug for one in fitting(pressing, ROOM[NARROW])}
    return Strip(
        StripEntry(
            short=queue.short,
            url=queue.url,
            count=queue.count,
            is_late=queue.is_late,
            is_here=queue.url == here,
            place=place_in(queue.slug, narrow, wide),
            link=link_of(queue, is_here=queue.url == here),
        )
        for queue in queues
    )


def urgency(queue: QueueStanding, here: str) -> tuple[bool, int, bool, bool, date]:
    is_elsewhere = queue.url != here
    first_on = queue.first_on or FAR
    return not queue.late, -queue.late, is_elsewhere, queue.count == 0, first_on


def fitting(queues: Iterable[QueueStanding], room: float) -> list[QueueStanding]:
    """Return the first of them that have room on one line."""
    found = []
    for queue in queues:
        room -= width_of(queue)
        if room < 0:
            break
        found.append(queue)
    return found


def width_of(queue: QueueStanding) -> float:
    box = BOX if queue.is_late else 0
    return LETTER * len(queue.short) + DIGIT * len(str(queue.count)) + box + GAP


def place_in(slug: str, narrow: set[str], wide: set[str]) -> str:
    if slug in narrow:
        return NARROW
    return WIDE if slug in wide else ""
