from common.errors import DomainError


class AccessNotRecorded(DomainError):
    words = (
        "Record first how the site lets people in: no visit is booked before access "
        "is agreed."
    )


class AccessNotWanted(DomainError):
    words = "{order} is {state}, so there is no access to arrange."


class RackSpaceNotConfirmed(DomainError):
    words = (
        "The Gateway Party has not confirmed that {units}U of rack space is free. "
        "Record its confirmation with the access to the site, then book the visit."
    )


class WrongPurpose(DomainError):
    words = "The next visit for {order} is the {expected}: {reason}."


class PreviousStageFirst(DomainError):
    words = "The {previous} comes first: record it as complete, then go on."


class StageAlreadyComplete(DomainError):
    words = "The {stage} of {order} has been complete since {day}."


class SurveyAlreadyDone(DomainError):
    words = "{order} has already been surveyed. Its updated quotation comes next."


class VisitAlreadyBooked(DomainError):
    words = "{visit} is already booked for {day}. Move that visit instead."


class VisitOffered(DomainError):
    words = (
        "Days are offered for {visit} already. Choose one of them, offer others, or "
        "call it off."
    )


class SlotsMissing(DomainError):
    words = "Offer one, two or three different days, each with its times."


class OwnSlot(DomainError):
    words = (
        "These days were offered from your own side. The other side chooses one, or "
        "offers others."
    )


class SlotGone(DomainError):
    words = "That day is not offered any more. Look at what is offered now."


class VisitInThePast(DomainError):
    words = "{day} has passed. Choose today or a later day."


class WindowOutOfOrder(DomainError):
    words = "Enter both times, the later one second, or leave both empty."


class VisitNotYet(DomainError):
    words = "{visit} is on {day}, so there is nothing to record before that day."


class ArrivedTooEarly(DomainError):
    words = "{moment} is still to come. Enter when the engineer came."


class ArrivalMissing(DomainError):
    words = "Enter at what time the engineer came: nobody is turned away unseen."


class CostNotUnderstood(DomainError):
    words = (
        "It is too late to do this free of charge. Say first that you understand "
        "what the next visit costs."
    )


class AmountMissing(DomainError):
    words = (
        "DCC’s price list names no amount for a visit that has to be made again. "
        "Enter one in the price list first: nothing is charged without it."
    )


class DisputeTooLate(DomainError):
    words = "The last day to dispute it was {day}."


class DisputeStillOpen(DomainError):
    words = "It can be disputed until the end of {day}, so it is not charged yet."


class SameDay(DomainError):
    words = "{visit} is already on {day}. Choose another day."


class VisitMissing(DomainError):
    words = "Book the visit for the {stage} first: this stage is done on site."


class ExpectedBandwidthMissing(DomainError):
    words = (
        "Enter the expected download and upload in Mbps: the Gateway Party of an LV "
        "connection on standard broadband is told both after the survey."
    )


class LineStillOpen(DomainError):
    words = (
        "Say whether the line is superfast or standard broadband: the site review left "
        "it to the survey, and the quotation that follows is firm."
    )


class DiversityStillOpen(DomainError):
    words = (
        "Say whether diverse routing can be had: the site review left it to the "
        "survey, and the quotation that follows is firm."
    )


class MeasuredBandwidthMissing(DomainError):
    words = (
        "Enter the download and upload that the circuit test measured, in Mbps: until "
        "then the Gateway Party has only an estimate. That is our own rule."
    )


class MeasuredNotPositive(DomainError):
    words = "Enter both measured figures, above 0 Mbps, or leave both empty."


class BandwidthNotPositive(DomainError):
    words = "Enter expected Mbps above 0, or leave them empty."


class CircuitResultMissing(DomainError):
    words = "Enter the result of the basic test: equipment follows a tested line."


class ProviderMissing(DomainError):
    words = (
        "Enter the telecom provider of the circuit and the reference of its order with "
        "that provider: a fault is reported with both."
    )


class DoneInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was done."


class DoneBefore(DomainError):
    words = "{day} is too early: {earlier} was on {earlier_day}."


class CivilWorksNotDescribed(DomainError):
    words = "Say which civil works are needed: the Gateway Party reads it."


class CivilWorksDenied(DomainError):
    words = "You described civil works and answered that there are none."


class PassportMissing(DomainError):
    words = "Nobody has written down how people get into this site yet. Do that first."


class PassportIncomplete(DomainError):
    words = (
        "Say who owns the building, on which days and hours people are let in, what "
        "notice the site needs, which RAMS it wants, and whom to call on the day: "
        "nobody is sent there before that is known."
    )


class PassportChanged(DomainError):
    words = (
        "Somebody else has changed the access details of {site} meanwhile: they are "
        "at version {number}. Look at that version first; what you typed is kept here."
    )


class PassportUnchanged(DomainError):
    words = (
        "Nothing here differs from version {number}. If that is right, go back and "
        "confirm it."
    )


class PassportWhyMissing(DomainError):
    words = "Say why it changed: whoever comes next reads it."


class PassportNotConfirmed(DomainError):
    words = (
        "Nobody has confirmed for this order how people get into the site. Confirm or "
        "correct its access details first."
    )


class LogBeforeEquipment(DomainError):
    words = "The access log begins when the equipment is installed at the site."


class AccessToCome(DomainError):
    words = "{moment} is still to come. Record access once it has happened."


class LeftBeforeComing(DomainError):
    words = "They cannot have left before they came in, {came}."


class CorrectionWhyMissing(DomainError):
    words = "Say why the entry is corrected: both stay in the log."


class AccessAlreadyCorrected(DomainError):
    words = "{by} has already corrected this entry. Correct the newer one instead."


class LogPlaceUnchanged(DomainError):
    words = "That is where the log is kept already, so nothing was changed."


class AccessItemsOpen(DomainError):
    words = "This has to be settled first, before anybody may come: {items}."


class AccessItemOnlyBefore(DomainError):
    words = (
        "{order} needs no visit any more, or none yet, so nothing has to be there "
        "before one."
    )


class DueDayPassed(DomainError):
    words = "{day} has passed. Enter by which day it is needed: today or later."


class NotValidLongEnough(DomainError):
    words = "It is valid until {until}. It has to be valid on {day} too."


class ValidityPassed(DomainError):
    words = "{day} has passed: a document that is no longer valid lets nobody in."


class EquipmentNotInstalled(DomainError):
    words = "Record the network equipment as installed first, then each item of it."


class NotOfThisType(DomainError):
    words = "That equipment is not for the type of connection of {order}."


class ModelMissing(DomainError):
    words = "Enter the model: the catalogue names none for this equipment."


class ItemAlreadyRemoved(DomainError):
    words = "{item} was taken out on {day} already."


class ItemOfAnotherSlot(DomainError):
    words = "{item} is equipment of another kind, so this cannot replace it."


class RemovalWhyMissing(DomainError):
    words = "Say why the item was taken out: the history keeps it."


class StageIssueOpen(DomainError):
    words = (
        "An issue of the {stage} is open: {description} Record first how it was "
        "resolved."
    )


class IssueNotDescribed(DomainError):
    words = "Say what was found, and who found it."


class IssueAlreadyResolved(DomainError):
    words = "That issue was resolved on {day} already."


class ResolutionMissing(DomainError):
    words = "Say how the issue was resolved: the Gateway Party reads it."


class StageDayUnchanged(DomainError):
    words = "{day} is the {kind} day of the {stage} already, so nothing was changed."


class StageDayPassed(DomainError):
    words = "{day} has passed. Set today or a later day."


class ChangeCauseMissing(DomainError):
    words = "Say whose doing it is that the day changes, and why: the order keeps it."


class CircuitAlreadyOrdered(DomainError):
    words = (
        "The circuit for {order} is ordered with {provider} already. If that is wrong, "
        "Operations corrects it."
    )


class CorrectionHeld(DomainError):
    words = "That cannot be corrected any more: {reason}."


class CorrectionUnchanged(DomainError):
    words = "That is what is recorded already, so nothing was changed."


class CorrectionEmpty(DomainError):
    words = "Enter what is right: it cannot be left empty."


class CorrectionNotOfThis(DomainError):
    words = "Nothing of that kind is recorded for {order}. Look at its page again."


class NoLongerPossible(DomainError):
    words = (
        "The survey left open what the quotation has to say then. Correct what became "
        "of the visit instead, and record its survey anew."
    )


class DoneAfter(DomainError):
    words = "{day} is too late: {later} was on {later_day}. Correct that first."
