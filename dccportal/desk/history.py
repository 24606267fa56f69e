"""The history of a row, for the admin's own history pages."""

from typing import Any

from django import template

from records.models import Event

register = template.Library()
# One page of reading; the list of all events has the rest.
SHOWN = 200


@register.simple_tag
def history_of(row: Any) -> dict[str, Any]:
    """Return the newest events of a row, and whether there are more."""
    newest = list(Event.objects.history_of(row)[: SHOWN + 1])
    return {"events": newest[:SHOWN], "is_cut": len(newest) > SHOWN, "shown": SHOWN}
