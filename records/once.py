"""A form that is sent twice takes effect once: one mechanism for every page.

A double click, a reload and an impatient second try send the same form again. Each page
carries a token against forgery that is drawn anew whenever the page is, so what was
typed together with that token names one sending. The row of it is kept in the same
transaction as what the form did: the second sending waits for the first, and is led to
what came of it.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from common.held_files import let_go
from records.models import Sent
from records.unit import unit

FORGERY_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
# The same words sent again without a token within so long are the same sending.
WITHOUT_TOKEN = timedelta(seconds=10)
STARTS = {"order-new", "order-new-pair", "order-copy", "enquiry-new"}
REMEMBERED_FOR = timedelta(days=2)
FOUND = 302


class SentOnce:
    """Stands last of all, so that what is refused before it leaves no trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer a form that was sent before as the first time; else let it through."""
        if not is_counted(request, view):
            return None
        try:
            return answered(request, lambda: view(request, *args, **kwargs))
        except ReauthenticationRequired:
            # Raised before anything is done. The sign-in library's own middleware
            # asks for the password, but only when the view itself raises it.
            return None


def is_counted(request: HttpRequest, view: object) -> bool:
    """Say whether a request is a form of ours. Signing in and out stays as it is."""
    is_known = FORGERY_TOKEN in request.POST or starts_something(request)
    is_sign_in = view.__module__.startswith(("allauth.", "django.contrib.auth."))
    return request.method == "POST" and not is_sign_in and bool(is_known)


def starts_something(request: HttpRequest) -> bool:
    """Say whether a form begins something new, which even without a token is one."""
    place = request.resolver_match
    is_start = place is not None and place.url_name in STARTS
    return is_start and bool(request.user.is_authenticated)


def answered(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what the view answers, or what it did answer to the same form."""
    now = timezone.now()
    with unit():
        sent, is_first = claimed(request, now)
        if not is_first:
            return HttpResponseRedirect(sent.answer)
        response = view()
        if response.status_code == FOUND:
            Sent.objects.filter(pk=sent.pk).update(answer=response["Location"])
            let_go(request)
        else:
            # Nothing was done: what is shown is what has to be mended first.
            sent.delete()
    return response


def claimed(request: HttpRequest, now: datetime) -> tuple[Sent, bool]:
    """Return the row of what is sent, and whether this is the first to have it."""
    key = key_of(request)
    if FORGERY_TOKEN not in request.POST:
        Sent.objects.filter(key=key, at__lt=now - WITHOUT_TOKEN).delete()
    return Sent.objects.get_or_create(key=key, defaults={"at": now})


def key_of(request: HttpRequest) -> str:
    """Return the fingerprint of who sent what to which address."""
    files = [
        (name, file.name, file.size)
        for name, several in sorted(request.FILES.lists())
        for file in several
    ]
    typed = sorted(request.POST.lists())
    told = (request.user.pk, request.get_full_path(), typed, files)
    return hashlib.sha256(repr(told).encode()).hexdigest()
