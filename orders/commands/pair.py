"""Two requests that belong together, made and kept as a pair."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orders.commands.fill_in import start_request
from orders.models import ConnectionRequest, ResilienceGroup
from orders.states import Option, PairRole
from parties.models import User
from records.transitions import record_event


@transaction.atomic
def start_pair(
    party_id: int, *, by: User, option: str, at: datetime | None = None
) -> list[ConnectionRequest]:
    """Start two empty requests that name each other; the primary comes first.

    Each has a reference, and later a quotation and an authority, of its own. Until
    the Party says otherwise, our reference is also its own name for each.

    Args:
        option: medium (two at one site) or high (two at two sites).

    Source: R-1.3-6, R-2.4.1-1, R-2.4.2-1, R-2.14-2.
    """
    at = at or timezone.now()
    pair = [start_request(party_id, by=by, at=at) for _ in PairRole]
    group = ResilienceGroup.objects.create(
        party_id=party_id, option=Option(option), created_by=by, created_at=at
    )
    for order, other, role in zip(pair, reversed(pair), PairRole, strict=True):
        order.group, order.role = group, role
        order.customer_reference = order.reference
        order.related_reference = other.reference
        order.save()
        what = f"Paired with {other.reference}: {group.get_option_display()}"
        record_event(order, "start_pair", by=by, at=at, what=what)
    return pair
