"""What something costs before a visit, for the people of the Party who pays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.unsent import give_back
from sites import commands, policies
from sites.forms import ItemCostForm
from sites.forms.access_item import ACCEPT
from sites.models import ItemCost
from sites.views.access import access_or_404
from sites.views.access_item import item_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def access_item_cost(request: UserRequest, reference: str, number: int) -> HttpResponse:
    """Show what is asked and what waits for it; a POST accepts or declines."""
    order = access_or_404(request, reference).order
    item = item_or_404(order, number, request)
    visible = ItemCost.objects.visible_to(request.user).for_pages()
    costs = list(visible.filter(item=item).order_by("-pk"))
    if not costs:
        raise Http404
    newest = costs[0]
    may_answer = policies.may_answer_cost(newest, request.user)
    is_post = request.method == "POST"
    if is_post and not may_answer:
        raise PermissionDenied
    form = ItemCostForm(
        request.POST if is_post else None, to_acknowledge=newest.to_acknowledge
    )
    form.initial["cost"] = newest.pk
    give_back(request, form)
    if form.is_valid():
        # What was refused has changed: what is asked now is read from the start.
        if not answered(request, costs, form):
            return redirect("access-item-cost", order.reference, number)
        return redirect("access", order.reference)
    facts = {
        "order": order,
        "site": order.data_centre,
        "item": item,
        "cost": newest,
        "earlier": costs[1:],
        "form": form,
        "may_answer": may_answer,
    }
    return render(request, "sites/access_item_cost.html", facts)


def answered(request: UserRequest, costs: list[ItemCost], form: ItemCostForm) -> bool:
    """Accept or decline the amount that was read; False: it is refused, in words."""
    answers = form.cleaned_data
    read = next((cost for cost in costs if str(cost.pk) == answers["cost"]), None)
    if read is None:
        raise Http404
    try:
        if answers["answer"] == ACCEPT:
            tick = answers["is_understood"]
            commands.accept_item_cost(read.pk, by=request.user, is_understood=tick)
            words = f"You accepted what “{read.item}” costs. It can be begun now."
        else:
            why = answers["reason"]
            commands.decline_item_cost(read.pk, by=request.user, reason=why)
            words = "You declined it. The Service Desk asks otherwise, or does without."
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, words)
    return True
