from common.errors import DomainError


class AlreadyCharged(DomainError):
    words = "{subject} is charged already, so nothing is raised again."
