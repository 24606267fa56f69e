"""What is refused of forms that came by another way than the portal."""

from common.errors import DomainError


class NotKeyedIn(DomainError):
    words = (
        "{order} came through the portal, so it is its Party’s own. Only what the desk "
        "keyed in is moved, set aside or put right as its own slip."
    )


class SlipOfOneForm(DomainError):
    words = (
        "{order} states this too, and its form did not come with this one. Correct "
        "it as a contact tells you."
    )


class AnsweredSince(DomainError):
    words = (
        "{party} gave these answers itself after the form was keyed in: {answers}. "
        "Correct them as a contact tells you."
    )


class StillInAPair(DomainError):
    words = "{order} is one of a pair. Take the pair apart first."


class SamePartyAlready(DomainError):
    words = "{order} is for {party} already. Choose the right Party."


class SenderNotNominated(DomainError):
    words = (
        "{party} had not nominated {email} to submit requests on {day}. Check the "
        "address, or record the nomination first if an officer named them by then."
    )


class KeyedInAlready(DomainError):
    words = "{refused} has been keyed in already, as {order}."
