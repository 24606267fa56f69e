from common.errors import DomainError


class NotPossibleInState(DomainError):
    words = "{subject} is {state}, so this cannot be done now."


class NoticeNotFailed(DomainError):
    words = "This e-mail has not failed, so there is nothing to send again."


class GivenUp(DomainError):
    words = "Each attempt ended without a word. Look into the worker's log, then retry."


class NobodyToHaveIt(DomainError):
    words = "Nobody who may sign in has this address."


class UploadRefused(DomainError):
    """The file is none that we keep; the words say what to do."""

    words = "{reason}"
