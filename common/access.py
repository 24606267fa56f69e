"""Who may open the pages for contacts at all; which rows, `visible_to` decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from common.kept import keep_typed

View = Callable[..., HttpResponseBase]


class UserRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Any


def for_contacts(view: View) -> View:
    """Let in a Party's contacts, and DCC to see what they see; a supplier gets a 404.

    Suppliers work on the staff pages, where they meet no prices. Source: R-1.3-3.
    """

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_staff and not request.user.is_dcc:
            raise Http404
        return view(request, *args, **kwargs)

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            keep_typed(request)
        return login_required(opened)(request, *args, **kwargs)

    return guarded
