from common.errors import DomainError


class DraftExists(DomainError):
    words = (
        "Version {number} is already being written. Finish it or set it aside first."
    )


class NumberNotLater(DomainError):
    words = (
        "The guidance already has a version {number}. Give the new one a higher number."
    )


class VersionClosed(DomainError):
    words = (
        "Version {number} is {state}, so its words stay as they are. Start a new "
        "version to change them."
    )


class SectionExists(DomainError):
    words = "This version already has a section {section}. Change that one instead."


class SectionIsLinked(DomainError):
    words = (
        "Section {section} is in the guidance in force, and other pages lead to it. "
        "Change its words instead of taking it out."
    )


class SectionUnknown(DomainError):
    words = "There is no section {section} in this version. Name one that it has."


class WrittenMeanwhile(DomainError):
    words = (
        "Somebody else has changed this since you opened it. Copy your words, open it "
        "again and look at theirs first."
    )


class NothingChanged(DomainError):
    words = (
        "Version {number} says the same as version {before}, which is in force. "
        "Change a section or a question before you publish it."
    )


class ApprovalMissing(DomainError):
    words = (
        "Enter {what} before you publish: the guidance says who approved it and when."
    )


class IssueDateWrong(DomainError):
    words = (
        "The issue date must not be in the future, nor before {before}, when the "
        "version in force was issued."
    )
