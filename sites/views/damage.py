"""A report of damage to the equipment, by the people of its Party."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.errors import DomainError
from common.unsent import give_back
from sites import commands, policies
from sites.forms import DamageForm
from sites.views.access_log import order_or_404


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def damage_new(request: UserRequest, reference: str) -> HttpResponse:
    """Ask what happened to the equipment, when, where, and whether in an emergency."""
    order = order_or_404(request, reference)
    is_post = request.method == "POST"
    may = policies.may_report_damage(order, request.user) and not request.user.is_staff
    if is_post and not may:
        raise PermissionDenied
    sent = (request.POST, request.FILES) if is_post else ()
    items = list(order.installed_items.filter(removed_on=None))
    form = DamageForm(*sent, items=items)
    give_back(request, form)
    if form.is_valid():
        try:
            commands.report_damage(order.pk, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your report is with DCC, which answers it.")
            return redirect("installation", order.reference)
    facts = {"order": order, "form": form, "may_report": may}
    return render(request, "sites/damage_new.html", facts)
