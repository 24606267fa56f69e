"""An order as its contacts' pages read it."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from common.prepared import one_or_404, prepared
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from parties.models import User
from planner.models import Plan


def orders_for(user: User) -> OrderQuerySet:
    orders = ConnectionRequest.objects.visible_to(user).for_pages()
    began = Plan.objects.filter(orders=OuterRef("pk")).values("token")
    around = (
        "access",
        "connection",
        "circuit_order",
        "completion__certificate",
        "group__path_check",
    )
    joined = orders.select_related(*around)
    found: OrderQuerySet = joined.annotate(plan_token=Subquery(began[:1]))
    return found


@prepared
def orders_called(reference: str, party: int, *, role: str) -> OrderQuerySet:
    return orders_for(User.like(party, role)).filter(reference=reference)


def order_or_404(user: User, reference: str) -> ConnectionRequest:
    found = orders_called(reference, user.party_id or 0, role=user.role)
    return one_or_404(found)


def file_of(order: ConnectionRequest, user: User) -> OrderFile:
    """Return all of an order that its Party reads, though somebody of DCC looks."""
    return OrderFile(order, user, timezone.now(), as_party=True)
