"""Charges that fall due with completion, and another day of completion."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing import emails
from billing.commands.ledger import added, instead_of, taken_back
from billing.errors import AlreadyCharged
from billing.models import Charge
from common.money import ZERO, pounds
from common.wording import day_words
from connections import commands as connections
from connections.deadlines import year_begins_on
from connections.models import Connection
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
        added(
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
        (
            f"{charge.description}, {pounds(charge.net)}, due on",
            charge.due_on,
            year_begins_on(completed_on, charge.year),
        )
        for charge in charges.order_by("pk")
    ]
    return [*connections.moved_days(connection, completed_on), *due]


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
    completion is taken back and raised again for it, with the same amount; what was
    raised stays as it was. The Party is told by e-mail.

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
    """Take back what fell due with completion, and raise it for another day."""
    charges = connection.charges.standing().filter(quote_line__isnull=False)
    for before in charges.order_by("pk"):
        was = day_words(before.due_on)
        because = f"Installation was complete on another day: {why}"
        taken_back(before, why=because, at=at, by=None)
        instead_of(
            before,
            due_on=year_begins_on(due_on, before.year),
            why=f"{before.why}. It replaces the one due on {was}: {why}",
            raised_at=at,
        )
    what = f"Charges of completion due on {day_words(due_on)}; amounts unchanged"
    record_event(connection.order, "replace_charges", by=SYSTEM, at=at, what=what)


def why_charged(quote: Quote, line: QuoteLine) -> str:
    """Return the sentence that says what allows a charge. Source: R-2.9.1-4."""
    why = f"Quotation {quote}, accepted by authority to proceed"
    if line.net > ZERO:
        return why
    return f"{why}. Free: {line.description or 'so quoted'}"
