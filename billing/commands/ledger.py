"""Rows of the ledger: added, taken back by another row, and put right by a third."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing import emails, policies
from billing.errors import (
    ChargeNotStanding,
    ChargeUnchanged,
    CorrectedBelowNothing,
    CorrectionNotExplained,
)
from billing.models import CAUSES, Charge
from common.money import ZERO, pounds, to_pence
from orders.models import ConnectionRequest
from parties.models import User
from records.transitions import record_event
from records.unit import command


def added(**facts: Any) -> Charge:
    """Add a charge; without another one, its tax point is the day it is due on."""
    row: Charge = Charge.objects.create(**{"tax_point": facts["due_on"], **facts})
    return row


def taken_back(charge: Charge, *, why: str, at: datetime, by: User | None) -> Charge:
    """Add the row that takes a charge back: the opposite amount, on the same days.

    Source: R-2.9.1-4.
    """
    return added(
        order=charge.order,
        connection=charge.connection,
        party=charge.party,
        kind=charge.kind,
        description=charge.description,
        net=-charge.net,
        due_on=charge.due_on,
        tax_point=charge.tax_point,
        reverses=charge,
        year=charge.year,
        why=why,
        raised_at=at,
        raised_by=by,
    )


def instead_of(charge: Charge, **changed: Any) -> Charge:
    """Add what is right instead of a charge that is taken back: of the same cause."""
    kept = ("order", "connection", "party", "kind", "description", "net", "due_on")
    causes = (name for name in CAUSES if name != "reverses")
    same = {name: getattr(charge, name) for name in (*kept, "year", *causes)}
    return added(**{**same, "attempt": charge.attempt + 1, **changed})


@command
def correct_charge(
    charge_id: int,
    *,
    by: User,
    why: str,
    net: Decimal | None = None,
    at: datetime | None = None,
) -> Charge:
    """Take a charge back, and raise another amount for the same cause instead.

    What was raised stays; the Party is told, with the reason.

    Args:
        net: the right amount in pounds, net of VAT; None where nothing is owed.

    Raises:
        ChargeNotStanding: it was taken back before, or takes another one back.
        ChargeUnchanged: that is what it costs already.
        CorrectedBelowNothing: 0 or below.
        CorrectionNotExplained: there is no reason.
        PermissionDenied: `by` is neither DCC Billing nor Operations.

    Source: R-2.9.1-4, R-2.9.1-7.
    """
    at, why = at or timezone.now(), why.strip()
    ConnectionRequest.objects.locked().get(charges=charge_id)
    charge: Charge = Charge.objects.for_pages().get(pk=charge_id)
    if not policies.may_correct_charge(charge, by):
        raise PermissionDenied
    require_correctable(charge, net, why)
    last = taken_back(charge, why=why, at=at, by=by)
    what = f"Charge taken back: {charge.description}, {pounds(charge.net)}"
    if net is not None:
        reason = f"{charge.why}. Put right from {pounds(charge.net)}: {why}"
        how = {"raised_at": at, "raised_by": by}
        last = instead_of(charge, net=to_pence(net), why=reason, **how)
        what = f"{what}; {pounds(last.net)} instead"
    name = "correct_charge"
    record_event(charge.order, name, by=by, at=at, what=what, why=why, tells_price=True)
    emails.charge_corrected(charge, last, at)
    return last


def require_correctable(charge: Charge, net: Decimal | None, why: str) -> None:
    """Refuse to put right what does not stand, by nothing or less, or unsaid.

    Raises:
        ChargeNotStanding, ChargeUnchanged, CorrectedBelowNothing,
        CorrectionNotExplained.
    """
    if not why:
        raise CorrectionNotExplained
    if charge.reverses_id or charge.is_taken_back:
        raise ChargeNotStanding(charge=charge)
    if net is not None and net <= ZERO:
        raise CorrectedBelowNothing
    if net == charge.net:
        raise ChargeUnchanged(amount=pounds(charge.net))
