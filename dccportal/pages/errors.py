"""Pages that say why a request was turned away, or what went wrong on our side."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template

from common.access import not_acted_on

RETRY_SECONDS = "30"


def csrf_failure(
    request: HttpRequest,
    reason: str = "",
) -> HttpResponseBase:
    """Say that nothing was saved, and how to go on. The reason is for logs only."""
    return not_acted_on(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong; of a database that is away, that it is.

    Django calls this while it holds the fault. Neither page asks the database.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(
            get_template("500.html").render(), status=HTTPStatus.INTERNAL_SERVER_ERROR
        )
    answer = HttpResponse(
        get_template("503.html").render(), status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    answer["Retry-After"] = RETRY_SECONDS
    return answer
