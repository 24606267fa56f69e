"""Lists of work that people keep under a name, as the home page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from worklist.models import SavedList
from worklist.staff import narrow


@dataclass(frozen=True)
class CountedList:
    """A saved list as the home page shows it; what is searched for is not counted."""

    pk: int
    name: str
    url: str
    count: int | None


def kept_by(reader: narrow.Reader) -> list[SavedList]:
    return list(SavedList.objects.filter(user=reader.user.pk))


def counts_of(kept: Iterable[SavedList], reader: narrow.Reader) -> dict[str, Count]:
    """Return what counts each list beside all other work, by a name for it."""
    asked = {one.pk: narrow.read(one.asked) for one in kept}
    return {
        name_of(pk): Count("pk", filter=narrow.condition(each, reader))
        for pk, each in asked.items()
        if narrow.SEARCH not in each
    }


def counted_lists(
    kept: Iterable[SavedList], counted: list[dict[str, Any]]
) -> list[CountedList]:
    """Return the lists of a person, each with what it holds by what was counted."""
    return [counted_list(one, counted) for one in kept]


def counted_list(one: SavedList, counted: list[dict[str, Any]]) -> CountedList:
    asked, name = narrow.read(one.asked), name_of(one.pk)
    is_counted = narrow.SEARCH not in asked
    count = sum(row[name] for row in counted) if is_counted else None
    return CountedList(one.pk, one.name, narrow.list_url(asked), count)


def name_of(pk: int) -> str:
    return f"list_{pk}"
