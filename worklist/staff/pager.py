"""Where one stands in the list of work that one came from: "3 of 12", next, previous.

The address of an order's page carries it, and so do the pages of its steps. It costs
the same four queries wherever one stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from common import keyset
from worklist.models import WorkItem
from worklist.querysets import WorkItemQuerySet
from worklist.staff import narrow

ITEM, LIST = "work", "list"


@dataclass(frozen=True)
class Neighbour:
    """The row before or after: its reference, what is to be done, and its address.

    Args:
        trail: what the addresses of its own pages carry of the list.
    """

    thread: str
    what: str
    url: str
    kind: str
    trail: str


@dataclass(frozen=True)
class Place:
    """Where a thing stands in a list; `number` is None once it is out of it."""

    title: str
    url: str
    total: int
    number: int | None
    previous: Neighbour | None
    next: Neighbour | None


def trail(item: WorkItem, asked: Mapping[str, str]) -> str:
    """Return what an address carries of the list that a row was opened from."""
    return f"{ITEM}={item.pk}&{list_part(narrow.written(asked))}"


@lru_cache(maxsize=64)
def list_part(asked: str) -> str:
    """Return the part of an address that is the same for all rows of a list."""
    return urlencode({LIST: asked})


def carried(address: Mapping[str, str]) -> str:
    """Return what the address of a page hands on to the next one: `?…`, or nothing."""
    kept = {name: address[name] for name in (ITEM, LIST) if name in address}
    return f"?{urlencode(kept)}" if ITEM in kept else ""


def place_of(address: Mapping[str, str], reader: narrow.Reader) -> Place | None:
    """Return where the row that the address names stands; None if it names none."""
    pk = address.get(ITEM, "")
    if not narrow.is_key(pk):
        return None
    visible = WorkItem.objects.visible_to(reader.user)
    asked = narrow.read(address.get(LIST, ""))
    forwards = keyset.terms_of(WorkItem, narrow.ordering(asked))
    backwards = keyset.backwards(forwards)
    item = keyset.marked(visible, forwards).filter(pk=int(pk)).first()
    if item is None:
        return None
    calling = visible.calling_on(reader.today).filter(narrow.condition(asked, reader))
    rows, here = keyset.marked(calling, forwards), keyset.place_of(item, forwards)
    before, after = keyset.beyond(backwards, here), keyset.beyond(forwards, here)
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        before=Count("pk", filter=before),
        here=Count("pk", filter=Q(pk=item.pk)),
    )
    return Place(
        title=narrow.title_of(asked),
        url=narrow.list_url(asked),
        total=counted["total"],
        number=counted["before"] + 1 if counted["here"] else None,
        previous=neighbour(first(rows.filter(before), backwards), asked),
        next=neighbour(first(rows.filter(after), forwards), asked),
    )


def first(rows: WorkItemQuerySet, terms: list[keyset.SortKey]) -> WorkItem | None:
    return keyset.in_order(rows, terms).first()


def neighbour(item: WorkItem | None, asked: Mapping[str, str]) -> Neighbour | None:
    if item is None:
        return None
    url = reverse("admin:worklist_workitem_change", args=[item.pk])
    of_it = trail(item, asked)
    return Neighbour(item.thread, item.what, f"{url}?{of_it}", item.kind, of_it)
