"""What the two routes of a pair have in common, for the people of their Party."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.unsent import give_back
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.forms import PathAnswerForm
from sites.models import PathCheck


def check_or_404(order: ConnectionRequest) -> PathCheck:
    """Return what the check of an order's route and its pair's found."""
    check: PathCheck | None = getattr(order.group, "path_check", None)
    if check is None:
        raise Http404
    return check


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def paths(request: UserRequest, reference: str) -> HttpResponse:
    """Show what is in common and what waits; a POST accepts it or asks otherwise."""
    visible = ConnectionRequest.objects.visible_to(request.user)
    rows = visible.select_related("party", "group__path_check__answered_by")
    order = get_object_or_404(rows, reference=reference)
    check = check_or_404(order)
    may_answer = policies.may_answer_paths(order, request.user)
    is_post = request.method == "POST"
    if is_post and not may_answer:
        raise PermissionDenied
    form = PathAnswerForm(request.POST if is_post else None)
    form.initial["which"] = check.which
    give_back(request, form)
    if form.is_valid():
        answer(request, order, form)
        return redirect("paths", order.reference)
    pair = sorted(filter(None, (order, order.partner)), key=lambda one: one.pk)
    facts = {
        "order": order,
        "pair": pair,
        "second": next(filter(commands.is_held_back, pair), None),
        "check": check,
        "form": form,
        "may_answer": may_answer,
    }
    return render(request, "sites/paths.html", facts)


def answer(
    request: UserRequest, order: ConnectionRequest, form: PathAnswerForm
) -> None:
    """Answer what was read; what is refused has changed, and is read from the start."""
    try:
        commands.answer_common_points(order.pk, by=request.user, **form.for_command())
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Your answer is kept with both orders of the pair.")
