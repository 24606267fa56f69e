from common.errors import DomainError


class QuoteLapsed(DomainError):
    words = (
        "Quotation {quote} lapsed at the end of {last_day}. To go ahead, start a new "
        "request from the old one."
    )


class NothingToAnnounce(DomainError):
    words = (
        "Quotation {quote} is not waiting to be received: it was received, or is not "
        "open any more."
    )


class NobodyToTell(DomainError):
    words = (
        "{party} has nobody nominated to write to. Ask the Party by phone whom it "
        "nominates, record that, and send the e-mail then."
    )


class AuthorityBeingChecked(DomainError):
    words = (
        "A signed authority is being checked by DCC, so this has to wait for the "
        "outcome. Phone the Service Desk if it was a mistake."
    )


class NotADraft(DomainError):
    words = "Quotation {quote} is {state}, so it can no longer be changed."


class AlreadyBeingIssued(DomainError):
    words = (
        "Quotation {quote} is being issued already. Wait for its document to be ready."
    )


class LinesMissing(DomainError):
    words = "A quotation needs {kind}. Enter 0 with the reason where it is free."


class MustBeFree(DomainError):
    words = (
        "This is the one LV connection that {party} has free of charge (guidance, "
        "section 2.9.2). Enter 0 for each charge, with the reason."
    )


class DiversityOpen(DomainError):
    words = (
        "It is not known yet whether the routes of {order} can be diverse, and a firm "
        "quotation says which. Change the site review: say whether they can, or that a "
        "survey is needed."
    )


class ChargingUndecided(DomainError):
    words = (
        "{order} is an RDP’s order for HV. The guidance does not say whether that is "
        "charged, so DCC Operations first records a decision for this order: "
        "chargeable or free. That is our own rule."
    )


class NotForDccToDecide(DomainError):
    words = (
        "{order} is not an RDP’s order for HV, so there is nothing to decide: the "
        "guidance says what is charged."
    )


class OfferIsOut(DomainError):
    words = (
        "{order} is {state}. The decision on its charges is recorded before a "
        "quotation is issued; take an open quotation back first."
    )


class DecidedFree(DomainError):
    words = (
        "DCC has decided that this connection is free. Enter 0 for each charge, or "
        "record another decision first."
    )


class DecidedChargeable(DomainError):
    words = (
        "DCC has decided that this connection is chargeable. Enter its charges, or "
        "record another decision first."
    )


class DeliveryDateMissing(DomainError):
    words = "Give the estimated delivery date: every quotation states one."


class SiteReviewFirst(DomainError):
    words = (
        "Record the site review first: it says whether a survey is needed, and so "
        "whether the quotation is firm or indicative."
    )


class TypeNotAvailable(DomainError):
    words = (
        "The site review found that this type is not available, so there is nothing "
        "to quote. Close an order for LV instead: the Party can then ask for HV."
    )


class NoQuoteHere(DomainError):
    words = "This order is {state}, so no quotation can be prepared for it."


class SurveyMissing(DomainError):
    words = "Record the survey’s result first: the updated quotation follows from it."


class ReviewChanged(DomainError):
    words = (
        "The order or its site review has changed since somebody asked for quotation "
        "{quote} to be issued. Check the draft and issue it again."
    )


class DocumentOvertaken(DomainError):
    words = (
        "Something changed while the document of {quote} was being made, so it will be "
        "made again."
    )


class NoneToCancel(DomainError):
    words = "This order has no accepted quotation, so withdraw it instead: it is free."


class CancellationChargeChanged(DomainError):
    words = (
        "Cancelling now costs {amount} excluding VAT. Confirm that amount to go ahead."
    )


class SignatoryNotNominated(DomainError):
    words = (
        "{person} was not nominated to authorise orders on {day}. Record the "
        "authority as not effective, and say so."
    )


class AlreadyVerified(DomainError):
    words = "This authority has already been checked: {outcome}."


class AccessAnswerMissing(DomainError):
    words = (
        "Say whether the site has rules for visits. 'None' is an answer; without one "
        "the authority is not complete."
    )


class RackSpaceMissing(DomainError):
    words = (
        "Confirm that {units}U of rack space is free at the site: installation cannot "
        "be booked without it."
    )


class NoVatRate(DomainError):
    words = "No VAT rate is entered for {day}. Add it to the VAT rates first."


class VatRateChanged(DomainError):
    words = (
        "VAT is at {rate} today, and the draft has another rate. Save the draft again "
        "and look at its preview."
    )


class FiguresOverlap(DomainError):
    words = (
        "{other} holds on some of these days. Choose a first day after the last day "
        "of that row, or end that row first."
    )


class FiguresGap(DomainError):
    words = (
        "Nothing would hold from {first} to {last}. Choose days that leave no gap "
        "between one row and the next."
    )


class NothingFollows(DomainError):
    words = (
        "Nothing would hold from {first} on. Leave the last day empty and add the row "
        "that follows: it ends this one by itself."
    )


class EnteredBefore(DomainError):
    words = (
        "{item} was entered {day}, and a figure can be put right only on the day on "
        "which it was entered: that is our own rule. Add a row with a later first day "
        "instead: it ends this one by itself."
    )


class PricePutRight(DomainError):
    words = "{item} was put right already: {now} has taken its place."


class SamePrice(DomainError):
    words = "{item} says that already. Enter the amount that is right."


class WrongPriceUnexplained(DomainError):
    words = "Say why it was wrong: staff read it in the history of the price list."


class PriceOvertaken(DomainError):
    words = (
        "{changes} Save the draft again: with the new amount, or with the reason why "
        "the old one stays."
    )


class LineReasonMissing(DomainError):
    words = (
        "Say why the {item} is {amount}. Only an amount of the price list, of the site "
        "review or of the version before needs no reason."
    )


class CivilWorksNotPriced(DomainError):
    words = (
        "The survey found that civil works are needed: {works}. Add a line for them "
        "with what they cost, or with 0 and the reason why they cost nothing."
    )


class ChangeReasonMissing(DomainError):
    words = (
        "Say why this version differs from version {version}: the Gateway Party reads "
        "it beside the differences."
    )


class NoteMissing(DomainError):
    words = (
        "{outside}. Say why in the note to the Gateway Party (guidance, section "
        "2.9.3), such as the civil works that the site needs."
    )


class SignedUploadNeeded(DomainError):
    words = (
        "DCC asks for the signature on paper. Print the quotation, have it signed and "
        "upload the scan."
    )


class SenderMissing(DomainError):
    words = "Say which address the e-mail came from."


class ReceivedInFuture(DomainError):
    words = "The e-mail cannot have come later than now."


class ReceivedBeforeIssue(DomainError):
    words = (
        "The e-mail cannot have come before quotation {quote} was issued on {day}. "
        "Check which version was signed."
    )


class ScanMissing(DomainError):
    words = "Choose the file with the signed quotation."


class UploadWaiting(DomainError):
    words = (
        "Signed pages of quotation {quote} were uploaded on {came}. They are handed in "
        "by {until} at the latest, so this has to wait. Whoever uploaded them can hand "
        "them in, replace them or throw them away."
    )


class UploadChanged(DomainError):
    words = (
        "What you looked at is no longer the latest: it was replaced, thrown away or "
        "checked meanwhile. Look at what is there now before you go on."
    )


class CheckBegun(DomainError):
    words = (
        "DCC began its check on {began}, so the signed quotation can no longer be "
        "replaced. Phone the Service Desk if it was a mistake."
    )


class ReplacementWaiting(DomainError):
    words = (
        "{person} uploaded another signed copy on {came}. It takes the place of this "
        "one by {until} at the latest: check that one."
    )


class NothingToRead(DomainError):
    words = "The scan has already been read, or is being read."


class SignedAlready(DomainError):
    words = (
        "Quotation {quote} has been signed, and a signed price is never rewritten. "
        "Verify the authority or find it not effective first."
    )


class SiteSigned(DomainError):
    words = (
        "Order {order} to this postcode has been signed for, and a signed price is "
        "never rewritten. Add the right place as another data centre, and agree with "
        "the Gateway Party whether it cancels this order."
    )


class AuthorityRestsOnIt(DomainError):
    words = (
        "Quotation {quote} was accepted on the authority that {person} gave on {day}, "
        "which DCC verified against this nomination. What was signed stays, so it "
        "cannot be annulled from before the day after. End it instead."
    )
