"""The history of a row, for the desk's order and the admin's own history pages."""

from typing import Any

from django import template

from records.models import Event

register = template.Library()
# One page of reading; the list of all events has the rest.
SHOWN = 200


@register.simple_tag(takes_context=True)
def history_of(context: Any, row: object) -> dict[str, Any]:
    """Return the newest events of a row, and whether there are more.

    A supplier reads no offer and no amount, here as on the page of an order.
    """
    events = Event.objects.history_of(row)
    if not context["request"].user.is_dcc:
        events = events.for_suppliers()
    newest = list(events[: SHOWN + 1])
    return {"events": newest[:SHOWN], "is_cut": len(newest) > SHOWN, "shown": SHOWN}


@register.inclusion_tag("desk/history_table.html")
def history_table(events: list[Event]) -> dict[str, Any]:
    """Draw events as a table, and mark those that only staff see.

    Where no Party reads any of them, as of a price, there is nothing to mark.
    """
    is_shared = any(event.is_public for event in events)
    return {"events": events, "is_shared": is_shared}
