"""Answers to what the apps below tell."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from orders import search
from orders.commands.link_sharer import link_sharers_called
from orders.models import ConnectionRequest
from parties.models import Party
from parties.signals import register_changed

# So many orders are read at once.
CHUNK = 200


@receiver(register_changed)
def link_who_was_named_before(
    *, party: Party, known_as: str, by: Any, at: datetime, **kwargs: object
) -> None:
    if known_as:
        link_sharers_called(known_as, party_id=party.pk, by=by, at=at)


@receiver(register_changed)
def find_orders_by_what_is_right(
    *, party: Party, changed: frozenset[str], **kwargs: object
) -> None:
    """Let the orders of a Party be found by what its register says now."""
    if not changed:
        return
    rows = ConnectionRequest.objects.filter(party=party).order_by("pk")
    threads = list(rows.values_list("reference", flat=True))
    for first in range(0, len(threads), CHUNK):
        search.write_texts(threads[first : first + CHUNK])
