"""Pages that whoever has their signed address may read, with no sign-in."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse


def refusal(request: HttpRequest, key: str) -> HttpResponse | None:
    """Return the answer to whoever asks for one link more often than we allow.

    Args:
        request: the one that is to be counted.
        key: names the link.
    """
    asked = {"app": "allauth.account", "action": "private_link", "key": key}
    if ratelimit.consume(request, limit_get=True, **asked):
        return None
    refused: HttpResponse = ratelimit.respond_429(request)
    return refused


def unlisted(response: HttpResponse) -> HttpResponse:
    """Let neither a shared cache nor a search engine keep an answer."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
