"""All writes to charges: each is raised once, by what allows it."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing import emails
from billing.errors import AlreadyCharged
from billing.models import Charge
from billing.states import ChargeKind
from common.clock import uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections import commands as connections
from connections.models import Cancellation, Connection, RateChange
from orders.models import ConnectionRequest
from orders.states import INSTALLED
from parties.models import User
from quotes.models import Quote, QuoteLine
from quotes.pricing import lines_due_on_completion
from records.errors import NotPossibleInState
from records.transitions import SYSTEM, record_event
from records.unit import command
from sites import policies
from sites.commands import (
    correct_completion,
    locked_claim,
    locked_cost,
    settle_claim,
    settle_item_cost,
)
from sites.models import Correction


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


def effects_of_completion(
    connection: Connection, completed_on: date
) -> list[tuple[str, date, date]]:
    """Return what moves with the UK day of completion: what, from which day, to which.

    Amounts do not: they are those of the quotation that was accepted.

    Raises:
        ConfiguredBefore, PeriodStated: what followed forbids it.

    Source: R-2.5-1, R-2.5-4, R-2.9.1-5, R-3.7-5.
    """
    charges = connection.charges.standing().filter(quote_line__isnull=False)
    due = [
        (f"{charge.description}, {pounds(charge.net)}, due on", charge.due_on)
        for charge in charges.order_by("pk")
    ]
    moved = connections.moved_days(connection, completed_on)
    return [*moved, *((what, day, completed_on) for what, day in due)]


@command
def correct_completion_day(
    order_id: int,
    *,
    by: User,
    completed_on: date,
    why: str,
    at: datetime | None = None,
) -> Correction:
    """Put right on which day an installation was complete; Operations confirms it.

    The contract period counts from the right day. Each charge that fell due with
    completion is replaced by one of the same amount that falls due on it; the one that
    it replaces stays as it was raised. The Party is told by e-mail.

    Args:
        completed_on: UK day; as of `complete_installation`.

    Raises:
        ConfiguredBefore, PeriodStated, CorrectionUnchanged, ReasonMissing,
        DoneInTheFuture, DoneBefore, NotPossibleInState, PermissionDenied.

    Source: R-2.5-1, R-2.9.1-4, R-2.9.1-5, R-3.7-5.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_correct(order, by):
        raise PermissionDenied
    connection: Connection | None = getattr(order, "connection", None)
    if connection is None or order.state not in INSTALLED:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    effects = effects_of_completion(connection, completed_on)
    follows = "\n".join(
        f"{what} {day_words(after)} instead of {day_words(before)}."
        for what, before, after in effects
    )
    row = correct_completion(
        order, completed_on=completed_on, why=why, follows=follows, by=by, at=at
    )
    connections.move_completion(connection, completed_on=completed_on)
    replace_charges(connection, due_on=completed_on, why=why, at=at)
    return row


def replace_charges(
    connection: Connection, *, due_on: date, why: str, at: datetime
) -> None:
    """Raise what fell due with completion for another day; what it replaces stays."""
    charges = connection.charges.standing().filter(quote_line__isnull=False)
    for before in charges.order_by("pk"):
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
        was = day_words(before.due_on)
        Charge.objects.create(
            order=before.order,
            connection=connection,
            party=before.party,
            kind=before.kind,
            description=before.description,
            net=before.net,
            due_on=due_on,
            quote_line=before.quote_line,
            year=before.year,
            why=f"{before.why}. It replaces the one due on {was}: {why}",
            raised_at=at,
            replaces=before,
        )
    what = f"Charges of completion due on {day_words(due_on)}; amounts unchanged"
    record_event(connection.order, "replace_charges", by=SYSTEM, at=at, what=what)


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
    row: Charge = Charge.objects.create(
        order=order,
        connection=connection,
        party=connection.party,
        kind=ChargeKind.CANCELLATION,
        description=f"Cancellation of {connection} on {day_words(due.last_day)}",
        net=due.net,
        due_on=due.last_day,
        cancellation=due,
        why=(
            f"The original order commits you to {pounds(due.committed)}, of which "
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
    row: Charge = Charge.objects.create(
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
    row: Charge = Charge.objects.create(
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
