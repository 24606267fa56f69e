from common.errors import DomainError


class NotPossibleInState(DomainError):
    words = "{subject} is {state}, so this cannot be done now."


class NoticeNotFailed(DomainError):
    words = "This e-mail has not failed, so there is nothing to send again."


class UploadRefused(DomainError):
    """The file is none that we keep; the words say what to do."""

    words = "{reason}"
