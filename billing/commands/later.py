"""Charges that something later brings about: an end, a visit, a change."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from billing.commands.ledger import added
from billing.errors import AlreadyCharged
from billing.models import Charge
from billing.states import ChargeKind
from common.clock import uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections.models import Cancellation, RateChange
from orders.models import ConnectionRequest
from quotes.models import Quote
from records.transitions import SYSTEM, record_event
from records.unit import command
from sites.commands import (
    locked_claim,
    locked_cost,
    settle_claim,
    settle_item_cost,
)


@command
def raise_cancellation_charge(
    order: ConnectionRequest, *, quote: Quote, charge: Decimal, at: datetime
) -> Charge | None:
    """Raise what a cancellation costs, in pounds net; None when it is free.

    The order is locked; the database too refuses to have it twice.

    Raises:
        AlreadyCharged: it was raised before.

    Source: R-2.10-2, R-2.10-3, R-2.9.1-4.
    """
    if charge <= ZERO:
        return None
    if order.charges.filter(kind=ChargeKind.CANCELLATION).exists():
        raise AlreadyCharged(subject=order)
    row = added(
        order=order,
        party=order.party,
        kind=ChargeKind.CANCELLATION,
        description=f"Cancellation of {order} before completion",
        net=charge,
        due_on=uk_date(at),
        why=f"Quotation {quote}: authority to proceed commits to its full cost",
        # What came by letter is charged now: its own month was exported already.
        raised_at=max(at, timezone.now()),
    )
    what = f"Cancellation charge raised: {pounds(charge)} excluding VAT"
    name = "raise_cancellation_charge"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row


@command
def raise_charge_for_ending(
    cancellation_id: int, *, at: datetime | None = None
) -> Charge | None:
    """Raise what ending a connection costs, due on its last day; None where it is not.

    Nothing where it is free, or charged already: the database too refuses it twice.

    Source: R-2.10-2, R-2.10-3, R-2.9.1-4.
    """
    at = at or timezone.now()
    orders = ConnectionRequest.objects.locked()
    order: ConnectionRequest = orders.get(connection__cancellation=cancellation_id)
    due = Cancellation.objects.to_charge().filter(pk=cancellation_id).first()
    if due is None:
        return None
    connection = due.connection
    row = added(
        order=order,
        connection=connection,
        party=connection.party,
        kind=ChargeKind.CANCELLATION,
        description=f"Cancellation of {connection} on {day_words(due.last_day)}",
        net=due.net,
        due_on=due.last_day,
        cancellation=due,
        why=(
            f"The original order commits to {pounds(due.committed)}, of which "
            f"{pounds(due.invoiced)} is invoiced by then"
        ),
        raised_at=at,
    )
    what = f"Cancellation charge raised: {pounds(due.net)} excluding VAT"
    name = "raise_charge_for_ending"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row


@command
def raise_visit_charge(claim_id: int, *, at: datetime | None = None) -> Charge | None:
    """Raise what a visit that had to be made again costs; None while it is not due.

    The database too refuses to have a visit charged twice.

    Source: R-2.9.1-4, R-2.9.1-10, R-2.9.2-4, T11, T26.
    """
    at = at or timezone.now()
    claim, today = locked_claim(claim_id), uk_date(at)
    visit = settle_claim(claim, at=at)
    if visit is None:
        return None
    order, before, net = claim.visit.order, claim.visit, claim.net or ZERO
    row = added(
        order=order,
        party=order.party,
        kind=ChargeKind.RESCHEDULED_VISIT,
        description=f"{visit.get_purpose_display()} again on {day_words(visit.on)}",
        net=net,
        due_on=today,
        visit=visit,
        why=f"Visit {before} on {day_words(before.on)}. {claim.reasoning}",
        raised_at=at,
    )
    what = f"Rescheduled visit charged: {pounds(net)} excluding VAT"
    name = "raise_visit_charge"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row


@command
def raise_item_charge(cost_id: int, *, at: datetime | None = None) -> Charge | None:
    """Raise what an authoriser accepted for something before a visit; None: not due.

    It is due once that is done. The database too refuses to have it twice.

    Source: R-2.13-5, R-3.5-5, R-2.9.1-4.
    """
    at = at or timezone.now()
    cost = locked_cost(cost_id)
    if not settle_item_cost(cost, at=at):
        return None
    order, today = cost.item.order, uk_date(at)
    on = cost.answered_at and uk_date(cost.answered_at)
    row = added(
        order=order,
        party=order.party,
        kind=ChargeKind.BEFORE_VISIT,
        description=cost.item.what,
        net=cost.net,
        due_on=today,
        item_cost=cost,
        why=f"Accepted by {cost.answered_by} on {day_words(on)}: {cost.acknowledged}",
        raised_at=at,
    )
    what = f"Charged before a visit: {pounds(cost.net)} excluding VAT"
    name = "raise_item_charge"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row


@command
def raise_rate_change_charge(
    change_id: int, *, at: datetime | None = None
) -> Charge | None:
    """Raise what a change that is done costs, as it was accepted; None: not due.

    The database too refuses to have it twice.

    Source: R-2.7.2-2, R-2.10-4, R-2.9.1-4.
    """
    at = at or timezone.now()
    orders = ConnectionRequest.objects.locked()
    order: ConnectionRequest = orders.get(connection__rate_changes=change_id)
    due = RateChange.objects.for_pages().to_charge()
    change: RateChange | None = due.filter(pk=change_id).first()
    if change is None:
        return None
    net, connection = change.net or ZERO, change.connection
    on = change.answered_at and uk_date(change.answered_at)
    who = f"{change.answered_by} on {day_words(on)}"
    row = added(
        order=order,
        connection=connection,
        party=connection.party,
        kind=ChargeKind.RATE_CHANGE,
        description=change.charged_as,
        net=net,
        due_on=change.done_on or uk_date(at),
        rate_change=change,
        why=f"Accepted by {who}: {change.acknowledged}",
        raised_at=at,
    )
    what = f"Change charged: {pounds(net)} excluding VAT"
    name = "raise_rate_change_charge"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    return row
