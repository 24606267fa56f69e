"""What hangs from a form and its findings ask of it: read for many forms at once.

A list has fifty forms to check. Django could read ahead for them too, but makes a
manager and a query of each relation of each form: that took half of the time of the
list.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, prefetch_related_objects

from orders.models import (
    Acknowledgement,
    ConnectionRequest,
    Question,
    QuestionRound,
    Sharer,
)
from parties.models import Party


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
    of_these = {"order__in": [order.pk for order in orders]}
    kinds = Acknowledgement.objects.filter(**of_these).order_by()
    for pk, kind in kinds.values_list("order", "what"):
        found[pk].kinds.add(kind)
    for pk, name in Sharer.objects.filter(**of_these).values_list("order", "name"):
        found[pk].sharers.append(name)
    unsent = Question.objects.filter(round=None, **of_these).order_by()
    for pk, number in unsent.values_list("order").annotate(Count("pk")):
        found[pk].unsent = number
    rounds = QuestionRound.objects.filter(**of_these).order_by()
    for pk, number in rounds.values_list("order").annotate(Count("pk")):
        found[pk].rounds = number
    for order in orders:
        order.hanging = found[order.pk]
    for pk, partner in partners_of(orders):
        found[pk].partner = partner
    share_parties(orders)


def partners_of(
    orders: Sequence[ConnectionRequest],
) -> Iterator[tuple[int, ConnectionRequest]]:
    """Yield which form belongs with which: most stand on the same list."""
    paired = [order for order in orders if order.group_id]
    here = {order.pk: order for order in paired}
    groups = {order.group_id for order in paired}
    elsewhere = ConnectionRequest.objects.filter(group__in=groups).exclude(pk__in=here)
    by_group = defaultdict(list)
    for order in (*paired, *(elsewhere if groups else ())):
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
    prefetch_related_objects(list(parties.values()), "standings")


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
