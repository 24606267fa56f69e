"""Who may open the pages for contacts at all; which rows, `visible_to` decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from common.unsent import is_anothers, store_unsent, typed_in

View = Callable[..., HttpResponseBase]


FORBIDDEN = 403
# The server takes no longer line of a request.
LONGEST_ADDRESS = 4000


class UserRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Any


def for_contacts(view: View) -> View:
    """Let in a Party's contacts, and DCC to see what they see; a supplier gets a 404.

    Suppliers work on the staff pages, where they meet no prices. Source: R-1.3-3.
    """

    @wraps(view)
    def opened(request: Any, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_staff and not request.user.is_dcc:
            raise Http404
        return view(request, *args, **kwargs)

    return storing_unsent(login_required(opened))


def storing_unsent(view: View) -> View:
    """Keep what is sent by nobody, or from a page that was shown to somebody else.

    Who signs in as somebody else in the same browser does nothing in that name by
    sending an older page, and reads nothing of it.
    """

    @wraps(view)
    def guarded(request: Any, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST":
            if not request.user.is_authenticated:
                store_unsent(request)
            elif is_anothers(request):
                return not_acted_on(request)
        return view(request, *args, **kwargs)

    guarded.stores_unsent = True  # type: ignore[attr-defined]  # as Django marks views
    return guarded


def read_from_address(place: str) -> Callable[[View], View]:
    """Mark a view that takes what the public page `place` reads from its address too.

    What is typed there is nobody's secret and needs no sign-in, so nothing is stored:
    the address alone gives it back.
    """

    def marked(view: View) -> View:
        view.read_at = place  # type: ignore[attr-defined]  # as Django marks views
        return view

    return marked


def given_back_at(request: HttpRequest) -> str:
    """Return the address at which what was sent stands again; nothing if none does."""
    match = request.resolver_match
    place = getattr(match.func, "read_at", "") if match is not None else ""
    address = f"{reverse(place)}?{typed_in(request).urlencode()}" if place else ""
    return address if len(address) <= LONGEST_ADDRESS else ""


def not_acted_on(request: HttpRequest) -> HttpResponseBase:
    """Say that nothing was done with a sent form, and what became of its text.

    What is sent to the page of signing in and the like is never kept.
    """
    match = request.resolver_match
    may_store = match is not None and (
        hasattr(match.func, "stores_unsent") or "admin" in match.app_names
    )
    is_stored = may_store and store_unsent(request)
    facts = {
        "is_stored": is_stored,
        "is_anothers": is_stored and is_anothers(request),
        "again": request.get_full_path() if is_stored else given_back_at(request),
    }
    return render(request, "403_csrf.html", facts, status=FORBIDDEN)
