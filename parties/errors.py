from common.errors import DomainError


class AlreadyNominated(DomainError):
    words = "{person} is already nominated for {purpose} in those days."


class NominationEnded(DomainError):
    words = "This nomination has already ended."


class EmailTaken(DomainError):
    words = "Somebody already signs in with {email}. Check the address."


class EndsBeforeItBegins(DomainError):
    words = "The last day is before the first. Check both dates."


class DataCentreNameTaken(DomainError):
    words = (
        "You already have a data centre called {name}. Choose it, or give this one "
        "another name."
    )
