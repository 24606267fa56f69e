"""Where the two forms of a pair contradict each other. Reads, and writes nothing."""

from common.lines import look
from orders.errors import (
    CrossReferenceNotMutual,
    DiversityOnOneForm,
    NotOneSite,
    NotTwoSites,
    PairIncomplete,
    PartnerEnded,
    SmallerStandbyNotAccepted,
)
from orders.findings.ahead import accepted_kinds
from orders.models import Acknowledgement, ConnectionRequest
from orders.models.answers import SHARED_ANSWERS
from orders.models.request import BEFORE_ACCEPTANCE
from orders.states import AcknowledgementKind, Option

LAYER_2 = {
    Option.MEDIUM: AcknowledgementKind.LAYER_2_SWITCH,
    Option.HIGH: AcknowledgementKind.LAYER_2_LINK,
}


def check_pair(order: ConnectionRequest) -> None:
    """Refuse an order whose form contradicts the form that it belongs with.

    Raises:
        CrossReferenceNotMutual: it names a form that does not name it back.
        PartnerEnded, PairIncomplete, NotOneSite, NotTwoSites, DiversityOnOneForm,
        SmallerStandbyNotAccepted: as `check_partner`.

    Source: R-2.14-2, R-2.4.1-2.
    """
    if order.partner is None and order.related_reference:
        related = order.related_reference
        raise CrossReferenceNotMutual(order=order, related=related, party=order.party)
    check_partner(order)


def check_partner(order: ConnectionRequest) -> None:
    """Refuse what the two forms of a pair cannot both be; one that is alone passes.

    A form that is still being filled in contradicts nothing by what it leaves open.

    Raises:
        PartnerEnded: the other one was withdrawn, cancelled or closed.
        CrossReferenceNotMutual: the references on the forms do not match.
        NotOneSite, NotTwoSites: the sites are not those of the option.
        PairIncomplete: the form leaves open what a pair has to state or accept.
        DiversityOnOneForm: diverse routing is asked for on one form only.
        SmallerStandbyNotAccepted: the sizes differ, and nobody accepted the risk.

    Source: R-2.4.1-2, R-2.4.2-2, R-2.14-2, R-4.2-4, R-4.2-5, R-4.2-7, R-4.3-1,
    R-4.3-4, R-4.3-5, R-4.3-6.
    """
    partner = order.partner
    if partner is None:
        return
    if partner.is_closed:
        state = partner.get_state_display().lower()
        raise PartnerEnded(order=order, partner=partner, state=state)
    check_references(order, partner)
    missing = missing_of_pair(order)
    if missing:
        raise PairIncomplete(order=order, missing=", ".join(missing))
    check_sites(order, partner)
    check_diversity(order, partner)
    if order.is_unlike(partner) and not is_smaller_accepted(order, partner):
        raise SmallerStandbyNotAccepted(order=order, partner=partner)


def check_references(order: ConnectionRequest, partner: ConnectionRequest) -> None:
    there, back = look(order.related_reference), look(partner.related_reference)
    is_there = bool(there) and there == partner.customer_reference_look
    if not (is_there and back and back == order.customer_reference_look):
        related = order.related_reference
        raise CrossReferenceNotMutual(order=order, related=related, party=order.party)


def missing_of_pair(order: ConnectionRequest) -> list[str]:
    """Name what one of a pair has to state and to accept, and does not yet.

    Source: R-2.14-2, R-2.4.3-1, R-4.2-4, R-4.2-5, R-4.3-1, R-4.3-4, R-4.3-5.
    """
    is_high = order.option == Option.HIGH
    stated = {
        "diverse routing": order.wants_diverse_routing is not None,
        "how far apart the sites are": not is_high or order.site_separation,
    }
    kept = accepted_kinds(order)
    layer_2 = LAYER_2[order.option]
    boxes = [layer_2]
    if not order.is_split:
        boxes = [AcknowledgementKind.ACTIVE_STANDBY, layer_2]
    accepted = {str(what.label).lower(): what in kept for what in boxes}
    return [words for words, is_said in {**stated, **accepted}.items() if not is_said]


def check_sites(order: ConnectionRequest, partner: ConnectionRequest) -> None:
    """Medium is one site, high two, as far as both are chosen. R-2.4.1-2."""
    site, other = order.data_centre, partner.data_centre
    if site is None or other is None:
        return
    if order.option == Option.MEDIUM and site != other:
        raise NotOneSite(order=order, partner=partner, site=site, other=other)
    if order.option == Option.HIGH and site == other:
        raise NotTwoSites(order=order, partner=partner, site=site)


def check_diversity(order: ConnectionRequest, partner: ConnectionRequest) -> None:
    """What is shared is compared while DCC has neither form checked.

    Source: R-2.14-2, R-4.3-1.
    """
    if partner.state not in BEFORE_ACCEPTANCE:
        return
    if any(getattr(order, name) != getattr(partner, name) for name in SHARED_ANSWERS):
        raise DiversityOnOneForm(order=order, partner=partner)


def is_smaller_accepted(*pair: ConnectionRequest) -> bool:
    """The Party accepts it once for its pair, on either form. R-2.4.2-2, R-4.2-7."""
    what = AcknowledgementKind.SMALLER_STANDBY
    return Acknowledgement.objects.filter(order__in=pair, what=what).exists()
