"""Lists of work under a name: kept from the list, opened and counted on the home."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import DomainError
from dccportal.desk import narrow
from worklist.commands import forget_list, save_list
from worklist.models import SavedList, WorkItem


@dataclass(frozen=True)
class Shown:
    """A saved list as the home page shows it; what is searched for is not counted."""

    pk: int
    name: str
    url: str
    count: int | None


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the list that the form stood beside under the name that was typed."""
    require_staff(request)
    user: Any = request.user
    asked = narrow.read(request.POST.get("asked", ""))
    try:
        kept = save_list(request.POST.get("name", ""), narrow.written(asked), by=user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The list “{kept}” is on your home page now.")
    return redirect(narrow.list_url(asked))


@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a list of the person's own no longer."""
    require_staff(request)
    user: Any = request.user
    name = forget_list(pk, by=user)
    if not name:
        raise Http404
    messages.success(request, f"The list “{name}” is kept no longer.")
    return redirect(reverse("admin:index"))


def require_staff(request: HttpRequest) -> None:
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied


def saved_lists(reader: narrow.Reader) -> list[Shown]:
    """Return the lists of a person, each with what it holds: two queries for all."""
    kept = list(SavedList.objects.filter(user=reader.user.pk))
    if not kept:
        return []
    asked = {one.pk: narrow.read(one.asked) for one in kept}
    rows = WorkItem.objects.visible_to(reader.user).calling_on(reader.today)
    counted = rows.order_by().aggregate(
        **{
            f"list_{pk}": Count("pk", filter=narrow.condition(each, reader))
            for pk, each in asked.items()
            if narrow.SEARCH not in each
        }
    )
    return [
        Shown(
            one.pk,
            one.name,
            narrow.list_url(asked[one.pk]),
            counted.get(f"list_{one.pk}"),
        )
        for one in kept
    ]
