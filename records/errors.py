from common.errors import DomainError


class NotPossibleInState(DomainError):
    words = "{subject} is {state}, so this cannot be done now."


class NoticeNotFailed(DomainError):
    words = "This e-mail has not failed, so there is nothing to send again."


class GivenUp(DomainError):
    words = "Each attempt ended without a word. Look into the worker's log, then retry."


class UnknownKind(DomainError):
    words = "No part of this release does work of the kind {kind}."


class JobNotFailed(DomainError):
    words = "This work has not failed, so there is nothing to try again."


class JobIsOver(DomainError):
    words = "This work is over, so there is nothing to give up."


class WhyGivenUpMissing(DomainError):
    words = "Say why it is given up. Whoever looks later reads it."


class AddressRefused(DomainError):
    words = "The mail server does not take this address. It says: {answer}"


class LetterRefused(DomainError):
    words = "The mail server does not take this e-mail. It says: {answer}"


class NotTold(DomainError):
    words = "It was sent. What should follow from that has failed. {fault}"


class NobodyToHaveIt(DomainError):
    words = "Nobody who may sign in has this address."


class MailPausedAlready(DomainError):
    words = "Outgoing e-mails are paused already."


class MailGoes(DomainError):
    words = "Outgoing e-mails are not paused, so there is nothing to let go."


class WhyPausedMissing(DomainError):
    words = "Say why e-mails are held back. Everybody at the desk reads it meanwhile."


class WhySentAgainMissing(DomainError):
    words = "Say why it is sent once more. The history keeps it."


class SecretNotSentAgain(DomainError):
    words = (
        "It held a link that signs its reader in, and such a link is made for one "
        "sending. Ask them to choose a new password from the sign-in page."
    )


class StillOnItsWay(DomainError):
    words = "It is still to be sent, so it is not sent once more."


class AddressUnknown(DomainError):
    words = "Nobody who may sign in has the address {to}. Check it, or add the person."


class NoLongerTrue(DomainError):
    words = "What it says is no longer true for that reader, so it is not sent. {why}"
