"""Who may order, and under which provision."""

from datetime import date
from typing import Any

from orders import policies
from orders.errors import (
    NoStanding,
    NotEditable,
    NotEligible,
    NotNominated,
    OtherDataNeedsSecParty,
    ProviderNotSecParty,
    SharingNeedsSecParty,
)
from orders.models import ConnectionRequest
from orders.states import BEING_CHECKED, UNDER_WAY, Route
from parties.models import Party, User
from parties.states import Standing
from records.behalf import OnBehalf

CORRECTABLE = (*BEING_CHECKED, *UNDER_WAY)


def route_of(party: Party, today: date) -> Route:
    """Return the one provision under which `party` may order; H15 goes first.

    Raises:
        NoStanding: it is neither a SEC Party nor an RDP today.
        ProviderNotSecParty: RDPs appointed it, but it is no SEC Party.

    Source: R-1.1-2, R-2.2-1, R-2.2-2, R-2.2-3.
    """
    if party.is_sec_party_on(today):
        return Route.H15
    if party.is_rdp_on(today):
        return Route.E3
    appointments = party.appointed_by.valid_on(today).select_related("rdp")
    rdps = ", ".join(str(row.rdp) for row in appointments)
    if rdps:
        raise ProviderNotSecParty(party=party, rdps=rdps)
    raise NoStanding(party=party)


def capacity_of(party: Party, today: date) -> dict[str, Any]:
    """Return the route of a new request, or that its Party says in which capacity.

    A SEC Party that is an RDP as well may ask under either provision, and says which.

    Raises:
        NoStanding, ProviderNotSecParty: as `route_of`.

    Source: R-2.2-2, T32.
    """
    is_asked = party.is_sec_party_on(today) and party.is_rdp_on(today)
    route = "" if is_asked else route_of(party, today)
    return {"route": route, "is_capacity_asked": is_asked}


def check_eligible(order: ConnectionRequest, today: date) -> None:
    """Refuse an order whose Party does not have its route's standing on `today`.

    Asked at submission, when the form is accepted, and again at authority.

    Raises:
        NotEligible: in words that name the standing.
        SharingNeedsSecParty: others are to use it, and its Party is no SEC Party (T1).
        OtherDataNeedsSecParty: an RDP that is no SEC Party wants it for more than its
            registration data (T2).

    Source: R-2.2-1, R-2.2-2, R-2.3-7, T2.
    """
    standing = Standing.SEC_PARTY if order.route == Route.H15 else Standing.RDP
    if not order.party.has_standing_on(standing, today):
        words = "a SEC Party" if order.route == Route.H15 else "an RDP"
        raise NotEligible(party=order.party, standing=words)
    if order.is_shared:
        require_sec_party(order.party, today)
    is_other = order.route == Route.E3 and order.is_registration_only is False
    if is_other and not order.party.is_sec_party_on(today):
        raise OtherDataNeedsSecParty(party=order.party)


def check_capacity(order: ConnectionRequest, route: str) -> None:
    """Refuse another capacity than the Party may ask in. Source: R-2.2-2, T32."""
    if route != order.route and not order.is_capacity_asked:
        words = Route(route).label if route else "nobody"
        raise NotEligible(party=order.party, standing=words)


def require_sec_party(party: Party, today: date) -> None:
    """Refuse sharing to a Party that is no SEC Party in its own right (T1). R-2.3-7."""
    if not party.is_sec_party_on(today):
        raise SharingNeedsSecParty(party=party)


def require_editable(order: ConnectionRequest, by: User) -> None:
    """Refuse once DCC has the form; the desk corrects it, for a contact (T35)."""
    is_recorded = isinstance(by, OnBehalf) and order.state in CORRECTABLE
    if not (order.is_editable or is_recorded):
        raise NotEditable(state=order.get_state_display().lower())


def require_submitter(order: ConnectionRequest, by: User) -> None:
    """Refuse who may not fill in this form: neither nominated nor keying it in."""
    if not policies.may_fill_in(order, by):
        raise NotNominated(party=order.party)
