"""The blank request form, for whoever does not fill it in here. Open to everybody."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orders import commands
from orders.forms.blank import blank_facts
from records.views import attachment

RETRY_SECONDS = "60"


@require_safe
def request_form_blank(request: HttpRequest) -> HttpResponseBase:
    """Serve the stored form; while a worker still makes it, say so.

    Source: R-3.2-1, R-1.3-5.
    """
    document = commands.blank_form(blank_facts())
    if document is not None:
        return attachment(document)
    answer: HttpResponse = render(
        request, "orders/blank_form.html", status=HTTPStatus.ACCEPTED
    )
    answer["Retry-After"] = RETRY_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer
