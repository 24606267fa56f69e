from common.errors import DomainError


class WorkIsOver(DomainError):
    words = "{work} is not owed any more: it was done, or it is no longer needed."


class TakenAlready(DomainError):
    words = (
        "{owner} has it already. Ask {owner} to put it back, or hand it over with a "
        "note."
    )


class NobodysAlready(DomainError):
    words = "Nobody looks after it, so there is nothing to put back."


class NotTheirPart(DomainError):
    words = "{to} cannot look after all of it. Not part of their work: {what}."


class TheirsAlready(DomainError):
    words = "{to} looks after it already."


class UndoneAlready(DomainError):
    words = "This was undone before, so there is nothing to give back."


class NothingToGiveBack(DomainError):
    words = (
        "Somebody has acted on all of it since: it was done, taken or handed on. "
        "Nothing was given back."
    )


class NothingChosen(DomainError):
    words = "Choose the work that is to be handed over."


class ListNeedsName(DomainError):
    words = "Give the list a name of up to {longest} characters."


class ListNameTaken(DomainError):
    words = "You have a list called “{name}”. Give this one another name."


class ListTooLong(DomainError):
    words = "This list asks for too much to be kept. Search for fewer words."


class TooManyLists(DomainError):
    words = "You keep {most} lists, which is as many as fit. Forget one first."
