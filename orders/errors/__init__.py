from common.errors import DomainError
from orders.errors.corrected import (
    CorrectedTooLate,
    NothingCorrected,
    StillOffered,
)
from orders.errors.keyed import (
    AnsweredSince,
    KeyedInAlready,
    NotKeyedIn,
    SamePartyAlready,
    SenderNotNominated,
    SlipOfOneForm,
    StillInAPair,
)
from orders.errors.pairs import (
    AlreadyPaired,
    CrossReferenceNotMutual,
    DiversityOnOneForm,
    NoRolesToSwap,
    NotOneSite,
    NotPaired,
    NotTwoSites,
    PairIncomplete,
    PartnerEnded,
    PartnerUnfit,
    RolesAreSettled,
    SmallerStandbyNotAccepted,
)

__all__ = [
    "AlreadyPaired",
    "AnsweredSince",
    "CorrectedTooLate",
    "CrossReferenceNotMutual",
    "DiversityOnOneForm",
    "KeyedInAlready",
    "NoRolesToSwap",
    "NotKeyedIn",
    "NotOneSite",
    "NotPaired",
    "NotTwoSites",
    "NothingCorrected",
    "PairIncomplete",
    "PartnerEnded",
    "PartnerUnfit",
    "RolesAreSettled",
    "SamePartyAlready",
    "SenderNotNominated",
    "SlipOfOneForm",
    "SmallerStandbyNotAccepted",
    "StillInAPair",
    "StillOffered",
]


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
    words = "The ordering service opened on 26 January 2015: no date can be earlier."


class NotNominated(DomainError):
    words = (
        "Only a person nominated by {party} to submit requests can do this. "
        "To nominate somebody, an officer of {party} writes to the Service Desk."
    )


class SiteReviewMissing(DomainError):
    words = "Record the site review first: it says what can be provided at the site."


class LineKindMissing(DomainError):
    words = (
        "Say which line the site can have: superfast broadband, or standard where "
        "superfast cannot be had, or that it is not known yet."
    )


class ReferenceTaken(DomainError):
    words = (
        "{reference} is already your reference for {order}. "
        "Give each request its own, so that quotations are not mixed up."
    )


class ChangedMeanwhile(DomainError):
    words = (
        "A colleague changed this section of {order} while you were writing. Nothing "
        "you typed is lost: see what changed, then choose which answers stand."
    )


class NotWhenItCame(DomainError):
    words = (
        "A form cannot have come in the future, nor before the ordering service opened "
        "on 26 January 2015."
    )


class NotAnotherChannel(DomainError):
    words = "Say whether the form came by e-mail or by the secure upload area."


class TooLateToRestore(DomainError):
    words = (
        "{order} could be put back until the end of {last_day}. You can still start a "
        "new request from its answers."
    )


class NotEditable(DomainError):
    words = "This request is {state}, so its answers can no longer be changed."


class ForeignDataCentre(DomainError):
    words = "That data centre is not one of yours. Choose one from the list."


class ReasonMissing(DomainError):
    words = "Say why: it goes into the history, and the Gateway Party reads it."


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


class EstimateMissing(DomainError):
    words = (
        "Enter the download and upload that the line check expects, in Mbps: the line "
        "is standard broadband or not known yet, and no survey is to find out. The "
        "quotation states them as an estimate."
    )


class EstimateNotPositive(DomainError):
    words = "Enter both the expected download and upload, above 0, or leave both empty."


class OtherDataNeedsSecParty(DomainError):
    words = (
        "{party} is not a SEC Party, so its connection can carry its registration data "
        "and nothing else. For other data as well, become a SEC Party first, or let a "
        "SEC Party order the connection and share it with you. That is our own reading."
    )


class SharingNeedsSecParty(DomainError):
    words = (
        "{party} is not a SEC Party in its own right today, so its connection cannot "
        "be shared (guidance, section 2.3). Name nobody who shares it, or ask the "
        "Service Desk."
    )


class SharerTaken(DomainError):
    words = "{name} is on the list of {order} for those days already."


class SharerIsOwner(DomainError):
    words = "{party} orders the connection itself, so it is not on the list of others."


class SharersStillThere(DomainError):
    words = (
        "You say that nobody else uses it, but the list names {names}. Remove them "
        "first, or answer yes."
    )


class ChargeNotConfirmed(DomainError):
    words = (
        "{order} asks for the connection that is free of charge for registration data "
        "alone. With others on it, it is chargeable. Confirm that to go on (guidance, "
        "section 2.9.2)."
    )


class SharingMissing(DomainError):
    words = (
        "The form says that others use the connection. Name them, and accept that "
        "communication with them is your responsibility (guidance, section 2.3)."
    )


class NotAcknowledged(DomainError):
    words = (
        "Nobody of the Gateway Party has accepted or confirmed on the form: {what}. "
        "DCC cannot do without it."
    )


class LowNotAccepted(DomainError):
    words = (
        "DCC has the form of {partner}, and by itself it would be one connection "
        "without an availability target. Tick the box to accept that (guidance, "
        "section 4.1)."
    )


class AnswerMissing(DomainError):
    words = "The form does not say: {answer}. DCC cannot do without it."


class QuestionsUnsent(DomainError):
    words = (
        "There {is_or_are} {count} that nobody has sent. Return the form with "
        "{it_or_them}, or discard {it_or_them}."
    )


class NoQuestions(DomainError):
    words = "Ask at least one question first: the Gateway Party answers each."


class QuestionEmpty(DomainError):
    words = "Write the question: the Gateway Party reads it."


class QuestionSent(DomainError):
    words = "This question has gone to the Gateway Party, so it stays as it was sent."


class QuestionNotOpen(DomainError):
    words = "This question is not open, so it takes no answer now."


class QuestionsUnanswered(DomainError):
    words = "Answer DCC’s questions first. Still open: {questions}."


class EnoughRequests(DomainError):
    words = (
        "You have started {most} requests today, copies included, and one person can "
        "start no more in a day. Go on with one that you have, start the next one "
        "tomorrow, or ask the Service Desk if you need more today."
    )


class EnoughEnquiries(DomainError):
    words = (
        "You have sent {most} enquiries today, and one person can send no more in a "
        "day. Phone the Service Desk if it cannot wait until tomorrow."
    )


class NoteEmpty(DomainError):
    words = "Write the note first."


class StillAvailable(DomainError):
    words = (
        "The site review found that the connection can be provided, so the order "
        "cannot be closed as not available. Record another review first."
    )


class NotInstead(DomainError):
    words = (
        "Only a request for LV that DCC closed, because LV is not available at the "
        "site, can be asked again as HV in this way."
    )


class NotBeside(DomainError):
    words = (
        "Only an LV connection that is installed can have an HV connection ordered "
        "beside it in this way."
    )


class RecordNotFailed(DomainError):
    words = "The record of {form} already exists, or is still being prepared."


class SaidInFuture(DomainError):
    words = "That has not happened yet. Enter when it came, in UK time."


class SaidTooEarly(DomainError):
    words = (
        "It cannot have come then: {what} only since {day}. Enter when it came, in UK "
        "time."
    )


class SaidByNobodyNominated(DomainError):
    words = (
        "{person} was not nominated by {party} for {purpose} on {day}, so what they "
        "said has no effect. Choose somebody who was."
    )


class NothingSaid(DomainError):
    words = "Enter the answer to at least one question."
