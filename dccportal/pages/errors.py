"""Pages that say why a request was turned away."""

from django.http import HttpRequest, HttpResponseBase

from common.access import not_taken


def csrf_failure(
    request: HttpRequest,
    reason: str = "",
) -> HttpResponseBase:
    """Say that nothing was saved, and how to go on. The reason is for logs only."""
    return not_taken(request)
