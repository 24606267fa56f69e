"""What hangs from a form and its findings ask of it: read for many forms at once.

A list has fifty forms to check. Django could read ahead for them too, but makes a
manager and a query of each relation of each form: that took half of the time of the
list.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Count, QuerySet

from common.dated_rows import DatedQuerySet
from common.prepared import prepared
from orders.models import (
    Acknowledgement,
    ConnectionRequest,
    Question,
    QuestionRound,
    Sharer,
)
from orders.querysets import OrderQuerySet
from parties.models import Party, PartyStanding

T = TypeVar("T")
# Keys of orders, each with something of it.
Pairs = QuerySet[Any, tuple[int, T]]


@dataclass
class Hanging:
    """What hangs from one form.

    Args:
        kinds: of what was acknowledged on it.
        sharers: who is to share it, by name.
        unsent: how many questions its Party has not been asked yet.
        rounds: how often it was sent back with questions.
        partner: the other form of its pair.
    """

    kinds: set[str] = field(default_factory=set)
    sharers: list[str] = field(default_factory=list)
    unsent: int = 0
    rounds: int = 0
    partner: ConnectionRequest | None = None


def read_ahead(orders: Sequence[ConnectionRequest]) -> None:
    """Let each form carry what hangs from it. The queries do not grow."""
    found: dict[int, Hanging] = defaultdict(Hanging)
    keys = tuple(order.pk for order in orders)
    for pk, kind in kinds_of(keys):
        found[pk].kinds.add(kind)
    for pk, name in sharers_of(keys):
        found[pk].sharers.append(name)
    for pk, number in counts_of_unsent(keys):
        found[pk].unsent = number
    for pk, number in counts_of_rounds(keys):
        found[pk].rounds = number
    for order in orders:
        order.hanging = found[order.pk]
    for pk, partner in partners_of(orders):
        found[pk].partner = partner
    share_parties(orders)


@prepared
def kinds_of(orders: tuple[int, ...]) -> Pairs[str]:
    rows = Acknowledgement.objects.filter(order__pk__in=orders).order_by()
    return rows.values_list("order", "what")


@prepared
def sharers_of(orders: tuple[int, ...]) -> Pairs[str]:
    return Sharer.objects.filter(order__pk__in=orders).values_list("order", "name")


@prepared
def counts_of_unsent(orders: tuple[int, ...]) -> Pairs[int]:
    rows = Question.objects.filter(order__pk__in=orders).unsent().order_by()
    return rows.values_list("order").annotate(Count("pk"))


@prepared
def counts_of_rounds(orders: tuple[int, ...]) -> Pairs[int]:
    rows = QuestionRound.objects.filter(order__pk__in=orders).order_by()
    return rows.values_list("order").annotate(Count("pk"))


@prepared
def others_in(groups: tuple[int, ...], but: tuple[int, ...]) -> OrderQuerySet:
    rows: OrderQuerySet = ConnectionRequest.objects.filter(group__pk__in=groups)
    return rows.exclude(pk__in=but).select_related("data_centre")


def partners_of(
    orders: Sequence[ConnectionRequest],
) -> Iterator[tuple[int, ConnectionRequest]]:
    """Yield which form belongs with which: most stand on the same list."""
    paired = [order for order in orders if order.group_id]
    here = {order.pk: order for order in paired}
    groups = {order.group_id for order in paired if order.group_id}
    by_group = defaultdict(list)
    for order in paired:
        by_group[order.group_id].append(order)
    # Where both of a pair are listed, neither is read again.
    single = tuple(key for key in groups if len(by_group[key]) == 1)
    for order in others_in(single, tuple(here)):
        by_group[order.group_id].append(order)
    for order in paired:
        for other in by_group[order.group_id]:
            if other is not order:
                yield order.pk, other


def share_parties(orders: Sequence[ConnectionRequest]) -> None:
    """Let the orders of one Party carry one object of it, with its standings read."""
    parties: dict[int, Party] = {}
    for order in orders:
        order.party = parties.setdefault(order.party_id, order.party)
    read: dict[int, list[PartyStanding]] = defaultdict(list)
    for row in standings_of(tuple(parties)):
        read[row.party_id].append(row)
    for pk, party in parties.items():
        party.standings_read = read[pk]


@prepared
def standings_of(parties: tuple[int, ...]) -> DatedQuerySet[PartyStanding]:
    return PartyStanding.objects.filter(party__pk__in=parties)


def accepted_kinds(order: ConnectionRequest) -> set[str]:
    """Return of which kinds something was acknowledged on a form."""
    if order.hanging is not None:
        return set(order.hanging.kinds)
    return {row.what for row in order.acknowledgements.all()}


def sharer_names(order: ConnectionRequest) -> list[str]:
    if order.hanging is not None:
        return list(order.hanging.sharers)
    return [row.name for row in order.sharers.all()]


def unsent_questions(order: ConnectionRequest) -> int:
    """Return how many questions wait that the Party has not been asked."""
    if order.hanging is not None:
        return int(order.hanging.unsent)
    return sum(not row.is_sent for row in order.questions.all())
