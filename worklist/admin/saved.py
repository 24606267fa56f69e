"""What keeps a list of work under a name, and what forgets it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import DomainError
from parties.models import User
from parties.policies import signed_in
from worklist.commands import forget_list, save_list
from worklist.staff import narrow


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list that the form stood beside under the name that was typed."""
    user = staff_of(request)
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
    user = staff_of(request)
    name = forget_list(pk, by=user)
    if not name:
        raise Http404
    messages.success(request, f"The list “{name}” is no longer kept.")
    return redirect(reverse("admin:index"))


def staff_of(request: HttpRequest) -> User:
    user = signed_in(request)
    if not (user.is_active and user.is_staff) or user.only_reads:
        raise PermissionDenied
    return user
