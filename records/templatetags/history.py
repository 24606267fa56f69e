"""The history of a row, for the desk's order and the admin's own history pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines

from common.clock import uk_time
from common.escaping import escaped
from records.models import Event

register = template.Library()
# Written here, since a template sets out each of its parts anew: a page has dozens.
ROW = """
        <tr>
          <td class="nowrap">{}</td>
          <td>{}</td>
          <td>{}</td>
        </tr>
      """
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
    rows = [row_of(event, is_shared=is_shared) for event in events]
    return {"rows": SafeString("".join(rows))}


def row_of(event: Event, *, is_shared: bool) -> str:
    """Return when, who and what, with what is to be read below it."""
    who = "The portal" if event.by is None else event.by
    is_marked = is_shared and not event.is_public
    below = (
        escaped(event.moved),
        escaped(normalize_newlines(event.why)).replace("\n", "<br>"),
        "Only staff see this" if is_marked else "",
    )
    small = "".join([f"<small>{words}</small>" for words in below if words])
    what = f"{escaped(event.what)}{small}"
    return ROW.format(uk_time(event.at), escaped(who), what)
