"""What is refused of a connection, or of a session, that is over."""

from common.errors import DomainError


class EndedAlready(DomainError):
    words = "{connection} ended on {day}, so {what}."


class SessionOver(DomainError):
    words = "Session {session} is closed, so nothing more is recorded of it."


class DccKiInTheFuture(DomainError):
    words = "{day} is still to come. Enter the day on which it was followed."
