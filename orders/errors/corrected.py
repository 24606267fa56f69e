"""What is refused of a form that is corrected for a contact (T35)."""

from common.errors import DomainError


class NothingCorrected(DomainError):
    words = "Change at least one answer: this is what the form says already."


class CorrectedTooLate(DomainError):
    words = (
        "The site review and what was agreed for {order} rest on what its form says "
        "about: {answers}. A signed price is never rewritten, so that stays. The "
        "Gateway Party can cancel and ask for something else in a new request, or for "
        "another rate once it is in service."
    )


class StillOffered(DomainError):
    words = (
        "A quotation for {order} is open that rests on this answer. It has to be taken "
        "back first."
    )
