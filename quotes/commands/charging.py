"""DCC's decision whether an RDP's HV connection is charged, and what follows."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.money import ZERO
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from parties.policies import is_operations
from quotes import emails
from quotes.errors import (
    AlreadyBeingIssued,
    ChargingUndecided,
    DecidedChargeable,
    DecidedFree,
    MustBeFree,
    NotForDccToDecide,
    OfferIsOut,
)
from quotes.models import (
    ChargingDecision,
    Quote,
    charging_of,
    is_for_dcc_to_decide,
)
from records.transitions import record_event
from records.unit import command

FREE_REASON = (
    "Free: the one LV connection of a Registration Data Provider, used only to provide "
    "registration data (guidance, section 2.9.2)"
)
DECIDED_FREE = "Free: DCC’s own decision for this order, not a rule of the guidance"
BEFORE_AN_OFFER = (OrderState.ACCEPTED, OrderState.SURVEY)


@command
def record_charging_decision(
    order_id: int,
    *,
    by: User,
    is_chargeable: bool,
    why: str,
    at: datetime | None = None,
) -> ChargingDecision:
    """Record whether an RDP's HV connection is charged; a new entry corrects it.

    Args:
        why: for the Gateway Party to read.

    Raises:
        NotForDccToDecide: it is no RDP's HV connection, so the guidance says.
        OfferIsOut: no quotation is being prepared; an open one is taken back first.
        AlreadyBeingIssued: the document of a quotation is being made.
        ReasonMissing: no word why.

    Source: T25.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    check_may_be_decided(order)
    if not why.strip():
        raise ReasonMissing
    decision = ChargingDecision.objects.create(
        order=order, is_chargeable=is_chargeable, why=why.strip(), by=by, at=at
    )
    what = f"DCC’s decision on the charges of this HV connection: {decision.words}"
    record_event(
        order,
        "record_charging_decision",
        by=by,
        at=at,
        what=what,
        why=decision.why,
        tells_price=True,
    )
    emails.charging_decided(decision, at)
    return decision


def check_may_be_decided(order: ConnectionRequest) -> None:
    """Refuse a decision that no quotation could follow any more. Source: T25."""
    if not is_for_dcc_to_decide(order):
        raise NotForDccToDecide(order=order)
    if order.state not in BEFORE_AN_OFFER or order.quotes.open().exists():
        raise OfferIsOut(order=order, state=order.get_state_display().lower())
    waiting: Quote | None = order.quotes.waiting_for_document().first()
    if waiting is not None:
        raise AlreadyBeingIssued(quote=waiting)


def require_charging_decision(order: ConnectionRequest) -> None:
    """Refuse an offer for an RDP's HV while nobody has decided about it. Source: T25.

    Raises:
        ChargingUndecided: in words that say whose decision it is.
    """
    if is_for_dcc_to_decide(order) and charging_of(order) is None:
        raise ChargingUndecided(order=order)


def free_reason(order: ConnectionRequest) -> str:
    """Return why an order is free of charge, or nothing. Source: R-2.9.2-1, T25."""
    if ConnectionRequest.objects.is_free(order):
        return FREE_REASON
    decision = charging_of(order)
    return DECIDED_FREE if decision and not decision.is_chargeable else ""


def check_charged(quote: Quote) -> None:
    """Refuse a total that is not what the rule or DCC's decision says.

    Raises:
        MustBeFree: an RDP's one free LV connection has a price.
        DecidedFree, DecidedChargeable: the total says otherwise than DCC has decided.

    Source: R-2.9.2-1, T25.
    """
    order, is_priced = quote.order, quote.total.net > ZERO
    if is_priced and ConnectionRequest.objects.is_free(order):
        raise MustBeFree(party=order.party)
    decision = charging_of(order)
    if decision is None or decision.is_chargeable == is_priced:
        return
    raise DecidedChargeable if decision.is_chargeable else DecidedFree
