from common.errors import DomainError


class AlreadyCharged(DomainError):
    words = "{subject} has already been charged, so nothing is raised again."
