"""What staff see of an order's pair and of who else is to use its connection."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dccportal.desk.words import state_words
from orders.models import ConnectionRequest, Sharer
from parties.models import User


@dataclass(frozen=True)
class Member:
    """One of the two requests of a pair."""

    order: ConnectionRequest
    state: str


def pair_of(order: ConnectionRequest, user: User) -> list[Member]:
    """Return the requests of a pair that `user` may know of, the primary first."""
    if order.group_id is None:
        return []
    members = ConnectionRequest.objects.visible_to(user).filter(group=order.group_id)
    # "primary" comes after "backup".
    found: Any = members.select_related("data_centre", "group").order_by("-role")
    found = found.prefetch_related("group__members")
    return [Member(row, state_words(row.state)) for row in found]


def is_ground_lost(order: ConnectionRequest, today: date) -> bool:
    """Say whether others are to use it though its Party is no SEC Party on `today`.

    Source: R-2.3-7, T1.
    """
    found = ConnectionRequest.objects.filter(pk=order.pk)
    return bool(order.is_shared) and found.shared_without_standing(today).exists()


def sharers_of(order: ConnectionRequest) -> list[Sharer]:
    if not order.is_shared:
        return []
    return list(order.sharers.select_related("added_by"))
