from common.errors import DomainError


class RequestIncomplete(DomainError):
    words = "Finish these sections first: {sections}."


class NotEligible(DomainError):
    words = (
        "{party} is not {standing} today, so it cannot place this request. "
        "Ask the Service Desk."
    )


class NoStanding(DomainError):
    words = (
        "{party} is neither a SEC Party nor a Registration Data Provider today, so it "
        "cannot start a request. Ask the Service Desk."
    )


class ProviderNotSecParty(DomainError):
    words = (
        "{party} is the shared service provider of {rdps}. It has to be a SEC Party "
        "before it can order a connection for them (guidance, section 2.2)."
    )


class NotOpenYet(DomainError):
    words = "The ordering service opened on 26 January 2015; nothing is dated before."


class NotNominated(DomainError):
    words = (
        "Only a person whom {party} nominated for submitting requests can do this. "
        "To nominate somebody, an officer of {party} writes to the Service Desk."
    )


class SiteReviewMissing(DomainError):
    words = "Record the site review first: it says what can be provided at the site."


class LineKindMissing(DomainError):
    words = (
        "Say which line the site can have: superfast broadband, or standard where "
        "superfast is not to be had."
    )


class ReferenceTaken(DomainError):
    words = (
        "{reference} is already your reference for {order}. "
        "Give each request its own, so that quotations are not mixed up."
    )


class NotEditable(DomainError):
    words = "This request is {state}, so its answers can no longer be changed."


class ForeignDataCentre(DomainError):
    words = "That data centre is not one of yours. Choose one from the list."


class OnlyUnavailableCloses(DomainError):
    words = (
        "The site review found that LV is available, so the order cannot be closed for "
        "want of it. Record another review first."
    )


class ReasonMissing(DomainError):
    words = "Say why: the Gateway Party reads it."


class WordsMissing(DomainError):
    words = "Say what you want to know or talk about: the Service Desk reads it."


class PhoneMissing(DomainError):
    words = "Give a phone number: DCC calls you on it."


class ForeignOrder(DomainError):
    words = "That order is not one of yours. Choose one from the list."


class CallInThePast(DomainError):
    words = "Choose a time that is still to come."


class OutcomeMissing(DomainError):
    words = "Write the answer, or what the call came to: the Gateway Party reads it."
