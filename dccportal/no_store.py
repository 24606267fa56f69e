"""Keeps what a person saw from whoever sits at the same computer next."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def store_nothing_of_a_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser or proxy keep an answer that belongs to a session.

    Every answer to somebody signed in is one: pages, downloads, refusals. So is a form
    that is given back after the sign-in. Asking for the cookie costs no query.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = settings.SESSION_COOKIE_NAME
        if session in request.COOKIES or session in response.cookies:
            response["Cache-Control"] = "private, no-store"
        return response

    return answered
