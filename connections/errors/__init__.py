from common.errors import DomainError


class ConfiguredInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was configured."


class ConfiguredBeforeInstallation(DomainError):
    words = "{day} is too early: installation was complete on {completed_on}."


class ConnectivityResultMissing(DomainError):
    words = "Enter the result of the connectivity test: it is kept with the connection."


class ChargeNegative(DomainError):
    words = "Enter the annual charge in pounds, 0 or more."


class NothingToRemindOf(DomainError):
    words = (
        "There is nothing to remind anybody of: the renewal notice of {connection} has "
        "not gone, is answered, or the time to leave free of charge is over."
    )


class RemindedToday(DomainError):
    words = "A reminder of the renewal of {connection} was sent by hand today."


class NoticeAlreadySent(DomainError):
    words = "The renewal notice went on {day} and stated its charge, which stands."


class NotFreeYet(DomainError):
    words = (
        "The time to leave free of charge opens with the renewal notice, which is due "
        "on {day}."
    )


class WindowClosed(DomainError):
    words = (
        "The time to leave free of charge ended on {day}, so the answer to the notice "
        "stands: {connection} {outcome}."
    )


class AnsweredAlready(DomainError):
    words = "That is what {person} answered on {day}, and it still counts."


class EndingCostChanged(DomainError):
    words = (
        "Ending it on that day now costs {amount} excluding VAT. Confirm that amount."
    )


class EndsTooEarly(DomainError):
    words = "{day} is over. Choose today or a later day as the last one."


class EndsBeforeItCame(DomainError):
    words = (
        "{day} was over when it came, on {came}. Enter that day or a later one as the "
        "last one."
    )


class EndingCostNotTold(DomainError):
    words = (
        "Tell them first what ending it on that day costs. It is recorded once they "
        "agree to that amount."
    )


class EndsTooLate(DomainError):
    words = (
        "What {connection} costs after {day} is not known yet, so choose that day or "
        "an earlier one."
    )


class NotTakenBack(DomainError):
    words = (
        "{connection} was ended by its Party on a day of its choice, {day}, which "
        "cannot be taken back. A new connection can be ordered."
    )


class StillInService(DomainError):
    words = "{connection} is not cancelled, so its equipment stays where it is."


class CollectedAlready(DomainError):
    words = "The equipment of {connection} is collected already."


class CollectedBeforeEnd(DomainError):
    words = (
        "{day} is too early: {connection} works until the end of {ends}. Choose a "
        "later day."
    )


class CollectionDayPassed(DomainError):
    words = "{day} has passed. Enter the day that is agreed: today or later."


class CollectedInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was collected."


class NothingCollected(DomainError):
    words = "Choose what was collected: everything that is in the rack, or some of it."


class HasEnded(DomainError):
    words = "{connection} ended on {day}."


class AddressesMissing(DomainError):
    words = "Enter at least one IP address: DCC opens its firewalls for it."


class AddressesWrong(DomainError):
    words = "No usable IP address: {wrong}. Enter each as 192.0.2.10 or 2001:db8::10."


class AddressTwice(DomainError):
    words = "{address} is entered for two machines. Each needs an address of its own."


class VirtualWithoutPair(DomainError):
    words = (
        "{connection} is not one of a pair, so no two routers share a virtual address. "
        "Leave it empty."
    )


class NameMissing(DomainError):
    words = "Give the session a name, so that you can tell it from the others."


class NameTaken(DomainError):
    words = "{connection} already has a session named {name}. Choose another name."


class ConfiguredBefore(DomainError):
    words = (
        "{day} is too late: the router was configured on {configured_on}, after the "
        "installation was complete."
    )


class PeriodStated(DomainError):
    words = (
        "The renewal notice of {connection} has told its Gateway Party when the period "
        "ends, so the day of completion stands as it was signed and billed."
    )


class ReadingsWrong(DomainError):
    words = "{reason}"


class ReadingsDiffer(DomainError):
    words = (
        "{count} of these readings differ from what an earlier file said, the first "
        "at {at}. If this file is right, tick that it corrects the earlier one."
    )


class ReadingsOutOfTime(DomainError):
    words = (
        "The file has a reading of {at}, {why}. Leave such readings out, or choose the "
        "connection that they belong to."
    )


class NotMeasured(DomainError):
    words = (
        "No reading is known from {first} to {last}, the days of this report. Add a "
        "file that has them."
    )


class ReportTooEarly(DomainError):
    words = (
        "{connection} is not in service yet, so there is nothing to measure. Ask again "
        "when it is configured."
    )


class ReportAsked(DomainError):
    words = (
        "{report} is being prepared already, for {first} to {last}. Take it back first "
        "if you want other days."
    )


class ReportDaysWrong(DomainError):
    words = "{reason}"


class RefusalMissing(DomainError):
    words = "Say why it cannot be made: the Gateway Party reads it."


class RateNotAStep(DomainError):
    words = "Choose a multiple of {step} Mbps, from {step} to {ceiling}."


class RateTooHigh(DomainError):
    words = (
        "More than {ceiling} Mbps cannot be had: larger connections are not permitted "
        "under the Smart Energy Code. Order another connection to share the load."
    )


class RateUnchanged(DomainError):
    words = "{connection} has {rate} Mbps already. Choose another rate."


class NeverToHv(DomainError):
    words = (
        "An LV connection cannot be changed to HV. Order an HV connection: this one "
        "stays until you end it."
    )


class SuperfastNotThere(DomainError):
    words = (
        "Superfast broadband is not known to be available for {connection}. DCC tells "
        "you when it is."
    )


class ChangeOpen(DomainError):
    words = (
        "A change of {connection} is open already: {change}. Withdraw it first, or "
        "wait until it is done."
    )


class NotInService(DomainError):
    words = "{connection} is not in service, so its rate cannot be changed."


class SharedTooEarly(DomainError):
    words = "{day} is too early: {connection} was installed on {installed}."


class SharingIsOver(DomainError):
    words = "{day} is over. Enter a last day that is today or later."


class SharingEndsBefore(DomainError):
    words = "{sharer} shares it from {day} only. Enter that day or a later one."


class SharingEndsAlready(DomainError):
    words = "{sharer} stops sharing it on {day} already, so it cannot end later."


class SharedConnectionEnds(DomainError):
    words = (
        "{connection} is cancelled and ends on {day}, so no new sharer and no "
        "other use can be recorded for it."
    )


class ResponsibilityNotAccepted(DomainError):
    words = (
        "Tick that communication with the organisation is your own responsibility "
        "(guidance, section 2.3)."
    )


class ChargeableNotConfirmed(DomainError):
    words = (
        "{connection} is free of charge only while it carries registration data alone. "
        "Confirm that it is chargeable from now on (guidance, section 2.9.2)."
    )


class UseNotDescribed(DomainError):
    words = "Say what it carries beside registration data: DCC prices it by that."


class ChargedAlready(DomainError):
    words = (
        "{connection} is not free of charge for carrying registration data alone, so "
        "there is no other use to record."
    )


class StillShared(DomainError):
    words = (
        "{names} shares {connection}, and a shared connection is not free. Ask the "
        "Gateway Party to end that first."
    )


class ChangeNotRead(DomainError):
    words = "Tick that you understand what is charged."


class ChangeNotDescribed(DomainError):
    words = "Say what the charge is for: its Gateway Party accepts it by that."


class ChangeBeforeRequest(DomainError):
    words = "{day} is too early: it was asked for on {asked}."


class ChangeInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was done."


class AddressUsed(DomainError):
    words = (
        "{address} is an address of session {session} already. Each address is used "
        "by one session of a connection."
    )


class SecondaryNotOfPair(DomainError):
    words = (
        "Only the other connection of its pair can stand by for {connection}. A "
        "session has one primary and at most one secondary: no third is possible, and "
        "traffic is never shared between the two."
    )


class LinkNotConfirmed(DomainError):
    words = (
        "{connection} and {other} end at different sites. Confirm that your own layer "
        "2 link joins the two, so that a session can move from one to the other."
    )


class PriorityNotAccepted(DomainError):
    words = (
        "Confirm that giving live traffic its priority over other traffic is your "
        "responsibility."
    )


class VersionOfOther(DomainError):
    words = (
        "{version} is a version of {service}. Choose one of what the session carries."
    )


class LoadNotPositive(DomainError):
    words = "Enter the expected load in Mbps, above 0, or leave it empty."


class SessionUnchanged(DomainError):
    words = "Nothing of session {session} would change. Change something, or leave it."


class DeferralUnexplained(DomainError):
    words = "Say why the session is put off: its Gateway Party reads it."


class FailoverNeedsPair(DomainError):
    words = (
        "{connection} has no other link in service that could take over, so there is "
        "nothing to test yet."
    )


class FailoverPlanned(DomainError):
    words = (
        "A test of {connection} is planned already, for {day}. Move that one, or call "
        "it off first."
    )


class FailoverDayWrong(DomainError):
    words = "{day} {why}. Choose today or another day of the next two years."


class FailoverInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was carried out."


class FailoverBeforePair(DomainError):
    words = "{day} is too early: both links have been in service since {since}."


class FailoverUnexplained(DomainError):
    words = "Say {what}: DCC reads it too."


class SessionListWrong(DomainError):
    words = "{reason}"
