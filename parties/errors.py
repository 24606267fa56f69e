from common.errors import DomainError


class AlreadyNominated(DomainError):
    words = "{person} is already nominated for {purpose} in those days."


class NominationEnded(DomainError):
    words = "This nomination has already ended."


class PartyRegistered(DomainError):
    words = "{name} is already in the register."


class StandingEnded(DomainError):
    words = "This standing has already ended."


class NotAnRdp(DomainError):
    words = (
        "{party} is not a Registration Data Provider on {day}, and only those appoint "
        "a shared service provider."
    )


class AppointsItself(DomainError):
    words = "{party} cannot be its own shared service provider. Choose another."


class SignInUnchanged(DomainError):
    words = "Nothing to do: {person} {words} already."


class EmailTaken(DomainError):
    words = "Somebody already signs in with {email}. Check the address."


class DataCentreNameTaken(DomainError):
    words = (
        "There is a data centre called {name} already. Choose it, or give this one "
        "another name."
    )


class RegisterChangeUnexplained(DomainError):
    words = "Say why it is changed: whoever reads the history wants to know."


class NothingPutRight(DomainError):
    words = "Nothing differs from what the register says. Change what is wrong."


class NameTakenByAnother(DomainError):
    words = "{party} has another data centre called {name}. Give this one another name."


class PostcodeMalformed(DomainError):
    words = "{postcode} is not a full UK postcode. Enter one like DE21 7QX."


class CorrectsOwnAddress(DomainError):
    words = (
        "You cannot change the address that you sign in with yourself. Ask a colleague."
    )


class BackDatedUnexplained(DomainError):
    words = "The first day is before today. Say why the nomination counts from then."


class SignInClosed(DomainError):
    words = "{person} may not sign in. Open the sign-in first."


class InvitationOver(DomainError):
    words = "This link no longer works. Nothing was changed."


class AnnulledLater(DomainError):
    words = "This day is to come. End the nomination with the day before instead."
