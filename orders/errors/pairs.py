"""What is refused of two requests that are one pair."""

from common.errors import DomainError


class AlreadyPaired(DomainError):
    words = (
        "{order} is already one of a pair, with {partner}. A pair has two connections: "
        "take that pair apart first."
    )


class NotPaired(DomainError):
    words = "{order} is not one of a pair, so there is nothing to do here."


class PartnerUnfit(DomainError):
    words = (
        "{order} cannot be the other one of a pair: choose another request of yours "
        "that has not ended."
    )


class NoRolesToSwap(DomainError):
    words = (
        "SSI is on one of this pair and DUIS on the other: each is primary for its own "
        "service and stands by for the other’s, so there are no roles to swap."
    )


class RolesAreSettled(DomainError):
    words = (
        "DCC has accepted {partner}, so which of the two is the primary can no longer "
        "be changed here. Ask the Service Desk."
    )


class PartnerEnded(DomainError):
    words = (
        "{partner}, the other one of this pair, has ended ({state}). Take the pair "
        "apart or pair {order} with another request (guidance, section 2.4.1)."
    )


class CrossReferenceNotMutual(DomainError):
    words = (
        "{order} names {related} as its related form, but no form of {party} with that "
        "reference names it back. Both forms have to name each other (guidance, "
        "section 2.14)."
    )


class NotOneSite(DomainError):
    words = (
        "Medium resilience is two connections at one site, but {order} ends at {site} "
        "and {partner} at {other}. Give both the same data centre, or choose high "
        "resilience (guidance, section 2.4.1)."
    )


class NotTwoSites(DomainError):
    words = (
        "High resilience is two connections at two sites, but {order} and {partner} "
        "both end at {site}. Give them different data centres, or choose medium "
        "resilience (guidance, section 2.4.1)."
    )


class PairIncomplete(DomainError):
    words = (
        "Finish the section “Its pair” of {order}: {missing} (guidance, sections 2.14, "
        "4.2 and 4.3)."
    )


class DiversityOnOneForm(DomainError):
    words = (
        "{order} and {partner} say different things about diverse routing or how far "
        "apart the sites are. Both forms have to say the same, and DCC can return the "
        "one that it has (guidance, sections 2.14 and 4.3)."
    )


class SmallerStandbyNotAccepted(DomainError):
    words = (
        "{order} and {partner} differ in type or rating. Accept in the section “Its "
        "pair” that service is degraded while only the smaller one works (guidance, "
        "sections 2.4.2 and 4.2)."
    )
