"""Lists of work that people keep under a name, as the home page shows them."""

from dataclasses import dataclass

from django.db.models import Count

from worklist.models import SavedList, WorkItem
from worklist.staff import narrow


@dataclass(frozen=True)
class CountedList:
    """A saved list as the home page shows it; what is searched for is not counted."""

    pk: int
    name: str
    url: str
    count: int | None


def saved_lists(reader: narrow.Reader) -> list[CountedList]:
    """Return the lists of a person, each with what it holds: two queries for all."""
    kept = list(SavedList.objects.filter(user=reader.user.pk))
    if not kept:
        return []
    asked = {one.pk: narrow.read(one.asked) for one in kept}
    rows = WorkItem.objects.visible_to(reader.user).calling_on(reader.today)
    counted = rows.order_by().aggregate(
        **{
            f"list_{pk}": Count("pk", filter=narrow.condition(each, reader))
            for pk, each in asked.items()
            if narrow.SEARCH not in each
        }
    )
    return [
        CountedList(
            one.pk,
            one.name,
            narrow.list_url(asked[one.pk]),
            counted.get(f"list_{one.pk}"),
        )
        for one in kept
    ]
