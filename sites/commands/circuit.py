"""That the circuit is ordered with its provider, as soon as that is known."""

from datetime import date, datetime

from django.utils import timezone

from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from records.transitions import record_event
from records.unit import command
from sites.commands.install import require_past
from sites.commands.stages import order_to_build, require_not_done
from sites.commands.visit import require_first
from sites.errors import CircuitAlreadyOrdered, ProviderMissing
from sites.models import CircuitOrder
from sites.states import StageKind, VisitPurpose

ORDERED_IN = (OrderState.AUTHORISED, OrderState.INSTALL)


@command
def record_circuit_order(
    order_id: int,
    *,
    by: User,
    provider: str,
    provider_reference: str,
    ordered_on: date,
    at: datetime | None = None,
) -> CircuitOrder:
    """Record with whom the circuit is ordered, and the reference there.

    Args:
        ordered_on: UK day, not to come.

    Raises:
        CircuitAlreadyOrdered: what stands there is corrected instead.
        StageAlreadyComplete: the circuit is installed, which names both.
        WrongPurpose: its quotation waits for a survey.
        ProviderMissing, DoneInTheFuture, NotPossibleInState, PermissionDenied.

    Source: R-1.3-4, R-2.12-1.
    """
    at = at or timezone.now()
    order: ConnectionRequest = order_to_build(order_id, by, ORDERED_IN)
    if order.state == OrderState.AUTHORISED:
        require_first(order, VisitPurpose.CIRCUIT)
    require_not_done(order, StageKind.CIRCUIT)
    known = CircuitOrder.objects.filter(order=order).first()
    if known is not None:
        raise CircuitAlreadyOrdered(order=order, provider=known.provider)
    provider, provider_reference = provider.strip(), provider_reference.strip()
    if not (provider and provider_reference):
        raise ProviderMissing
    require_past(ordered_on, at)
    row = CircuitOrder.objects.create(
        order=order,
        provider=provider,
        provider_reference=provider_reference,
        ordered_on=ordered_on,
        by=by,
        at=at,
    )
    what = f"Circuit ordered with {provider} on {day_words(ordered_on)}"
    why = f"Their reference {provider_reference}"
    record_event(row, "record_circuit_order", by=by, at=at, what=what, why=why)
    return row
