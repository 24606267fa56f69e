"""All that may be refused while files are taken over."""

from common.errors import DomainError


class FileHasFaults(DomainError):
    words = "{file} has faults, so nothing of it was taken over. {first}"


class FileIsOver(DomainError):
    words = "{file} was taken over already, or is being taken over."


class FileNotChecked(DomainError):
    words = "{file} is still being checked. Wait for what is found, then confirm it."
