"""Keeps the one character away that PostgreSQL cannot hold. No form accepts it either.

A person never types it; a scanner does, and would otherwise be told that we are broken.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 where the address or a cookie holds a NUL."""

    def checked(request: HttpRequest) -> HttpResponse:
        asked = [value for _, values in request.GET.lists() for value in values]
        parts = [request.path, *request.GET, *asked, *request.COOKIES.values()]
        if any(NUL in part for part in parts):
            raise BadRequest("An address or a cookie holds a NUL.")
        return get_response(request)

    return checked
