"""What an offer supplies, in words and for its drawing."""

from typing import Any

from django.conf import settings

from common.clock import uk_date
from common.money import pounds
from common.wording import day_words
from orders.models import ConnectionRequest, split_uses
from orders.states import ConnectionType, LineKind, Option, PairRole, Route
from orders.words import bandwidth_words
from quotes.models import ChargingDecision, Quote, charging_of
from quotes.states import ItemKind

# The line as the site review found it; speeds as the Party sees them.
LINES: dict[str, str] = {
    LineKind.SUPERFAST: (
        "superfast broadband, up to 40 Mbps from DCC and 10 Mbps to DCC"
    ),
    LineKind.STANDARD: "standard broadband, up to 20 Mbps from DCC and 2.5 Mbps to DCC",
}
ANY_LINE = "superfast broadband where the site can have it, otherwise standard"


def order_facts(order: ConnectionRequest) -> dict[str, Any]:
    site = order.data_centre
    return {
        "order": order.reference,
        "customer_reference": order.customer_reference,
        "guidance_version": order.guidance_version,
        "party": order.party.name,
        "title": order.title,
        "type": order.get_connection_type_display(),
        "short_type": order.connection_type.upper(),
        "rating": f"{order.hv_rating_mbps} Mbps" if order.hv_rating_mbps else "",
        "line": line_words(order),
        "bandwidth": bandwidth_words(order),
        "site": site.address if site else "",
        "short_site": str(site or ""),
        "route": order.get_route_display(),
        "is_rdp": order.route == Route.E3,
        "is_registration_only": bool(order.is_registration_only),
        "charging": charging_words(order),
        "rack_units": f"{order.rack_units}U",
    }


def line_words(order: ConnectionRequest) -> str:
    """Say what carries the connection. Source: R-2.6-1, R-2.6-2, R-2.6-6, R-2.6-13."""
    if order.connection_type == ConnectionType.HV:
        whole, rating = settings.HV_MAXIMUM_MBPS, order.hv_rating_mbps
        return f"{whole} Mbps Ethernet, rated at {rating} Mbps"
    review = getattr(order, "site_review", None)
    return LINES.get(review.line_kind, ANY_LINE) if review else ANY_LINE


def charging_words(order: ConnectionRequest) -> str:
    """Say what DCC decided about the charges of an RDP's HV; else nothing.

    Source: T25.
    """
    decision = charging_of(order)
    return decision_words(decision) if decision else ""


def decision_words(decision: ChargingDecision) -> str:
    """Return "Chargeable: DCC’s own decision …", never as a rule of the guidance."""
    day = day_words(uk_date(decision.at))
    return (
        f"{decision.words.capitalize()}: DCC’s own decision for this order, of {day}, "
        f"not a rule of the guidance. Why: {decision.why}"
    )


LOW = "Low: a single link. No availability is guaranteed if it fails"
PAIRS = {
    Option.MEDIUM: "Medium: the {role} of two links to this site",
    Option.HIGH: "High: the {role} of two links to two sites",
}
ROLES = {PairRole.PRIMARY: "main one", PairRole.BACKUP: "back-up"}


def supplied_facts(quote: Quote) -> dict[str, Any]:
    """Return the resilience that the connection is part of. Source: R-4.1-3, R-4-1."""
    order = quote.order
    partner = order.partner
    if partner is None or partner.is_closed:
        return {
            "resilience": LOW,
            "section": "4.1",
            "pair": None,
            "diversity": diversity_words(quote),
        }
    words = PAIRS[Option(order.option)].format(role=link_name(order))
    return {
        "resilience": f"{words}. Order {partner.reference} is for the other",
        "section": "4.2" if order.option == Option.MEDIUM else "4.3",
        "pair": pair_facts(order, partner),
        "diversity": diversity_words(quote),
    }


def pair_facts(order: ConnectionRequest, partner: ConnectionRequest) -> dict[str, Any]:
    """Return what the drawing of a pair shows, the main link first."""
    is_main = order.role == PairRole.PRIMARY
    both = (order, partner) if is_main else (partner, order)
    return {
        "is_two_sites": order.option == Option.HIGH,
        "other": partner.reference,
        "links": [link_facts(one, is_this=one.pk == order.pk) for one in both],
    }


def link_name(order: ConnectionRequest) -> str:
    """Return what a link of a pair is called: "main one", "one for SSI". R-2.4.3-1."""
    split = split_uses(order)
    if split is None:
        return ROLES[PairRole(order.role)]
    own, other = (use.upper() for use in split)
    return f"primary one for {own}, standby for {other},"


def link_label(order: ConnectionRequest) -> str:
    """Return the words beside a link in the drawing."""
    split = split_uses(order)
    if split is None:
        return "Main link" if order.role == PairRole.PRIMARY else "Back-up"
    return f"Primary for {split[0].upper()}"


def link_facts(order: ConnectionRequest, *, is_this: bool) -> dict[str, Any]:
    kind = order.connection_type.upper()
    rating = f", {order.hv_rating_mbps} Mbps" if order.hv_rating_mbps else ""
    return {
        "is_this": is_this,
        "name": link_name(order).rstrip(","),
        "label": link_label(order),
        "order": order.reference,
        "words": f"{kind}{rating}",
        "site": str(order.data_centre or ""),
    }


def diversity_words(quote: Quote) -> str:
    """Say whether diverse routing can be had, and where its cost stands. R-2.14-5.

    Empty where it was not asked for.
    """
    order = quote.order
    if not order.wants_diverse_routing:
        return ""
    review = getattr(order, "site_review", None)
    found = review.is_diversity_available if review else None
    if found is None:
        return "The survey finds out whether the two links can be routed apart"
    if not found:
        return "Not available at this site. Accepting this takes the link without it"
    civil = any(line.kind == ItemKind.CIVIL_WORKS for line in quote.lines.all())
    if civil:
        return "Available, and in this price: see civil works"
    if review is not None and review.diversity_cost:
        cost = pounds(review.diversity_cost)
        return f"Available for about {cost} more, which is not in this price"
    return "Available at no extra cost"
