"""All writes to charges: each is raised once, by what allows it."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from billing import emails
from billing.errors import AlreadyCharged
from billing.models import Charge
from billing.states import ChargeKind
from common.clock import uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections.models import Connection
from orders.models import ConnectionRequest
from quotes.models import Quote, QuoteLine
from quotes.pricing import lines_due_on_completion
from records.transitions import SYSTEM, record_event
from records.unit import command
from sites.commands import locked_claim, settle_claim


@command
def raise_completion_charges(
    connection: Connection, *, quote: Quote, at: datetime
) -> list[Charge]:
    """Raise what falls due with completion: once-only items and the first year.

    Every line of the accepted quotation becomes a charge, a free one too, with its
    reason. The order is locked; the database too refuses to have them twice.

    Raises:
        AlreadyCharged: they were raised before.

    Source: R-2.9.1-1, R-2.9.1-2, R-2.9.1-3, R-2.9.1-4, R-2.9.1-5, R-2.9.2-1, R-3.7-5.
    """
    if connection.charges.exists():
        raise AlreadyCharged(subject=connection)
    charges = [
        Charge.objects.create(
            order=connection.order,
            connection=connection,
            party=connection.party,
            kind=line.kind,
            description=called,
            net=line.net,
            due_on=connection.completed_on,
            quote_line=line,
            why=why_charged(quote, line),
            raised_at=at,
        )
        for line, called in lines_due_on_completion(quote.lines.all())
    ]
    net = pounds(sum((charge.net for charge in charges), ZERO))
    what = f"Charges raised on completion: {net} excluding VAT"
    order = connection.order
    name = "raise_completion_charges"
    record_event(order, name, by=SYSTEM, at=at, what=what, tells_price=True)
    emails.installation_complete(connection, charges, at)
    return charges


def why_charged(quote: Quote, line: QuoteLine) -> str:
    """Return the sentence that says what allows a charge. Source: R-2.9.1-4."""
    why = f"Quotation {quote}, accepted by your authority to proceed"
    if line.net > ZERO:
        return why
    return f"{why}. Free: {line.description or 'so quoted'}"


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
    row: Charge = Charge.objects.create(
        order=order,
        party=order.party,
        kind=ChargeKind.CANCELLATION,
        description=f"Cancellation of {order} before completion",
        net=charge,
        due_on=uk_date(at),
        why=f"Quotation {quote}: authority to proceed committed you to its full cost",
        raised_at=at,
    )
    what = f"Cancellation charge raised: {pounds(charge)} excluding VAT"
    name = "raise_cancellation_charge"
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
    row: Charge = Charge.objects.create(
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
