"""What has to be seen to at an order's site, and the evidence that it is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.errors import DomainError
from common.unsent import give_back
from orders.file import OrderFile
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.facts import AFTER_AUTHORITY
from sites.forms import EvidenceForm
from sites.models import SiteDuty
from sites.sections import duties_shown


def order_after_authority(request: UserRequest, reference: str) -> ConnectionRequest:
    """Return an order for whose site something has to be seen to."""
    visible = ConnectionRequest.objects.visible_to(request.user)
    joined = visible.select_related("party", "data_centre", "group")
    order: ConnectionRequest = get_object_or_404(joined, reference=reference)
    if order.state not in AFTER_AUTHORITY:
        raise Http404
    return order


@require_safe
@for_contacts
def duties(request: UserRequest, reference: str) -> HttpResponse:
    """List each thing with its newest evidence, or that there is none yet."""
    order = order_after_authority(request, reference)
    file = OrderFile(order, request.user, timezone.now(), as_party=True)
    facts = {
        "order": order,
        "duties": duties_shown(file),
        "may_keep": policies.may_keep_evidence(order, request.user),
    }
    return render(request, "sites/duties.html", facts)


@for_contacts
@require_http_methods(["GET", "HEAD", "POST"])
def duty_evidence(request: UserRequest, reference: str, code: str) -> HttpResponse:
    """Ask what shows that one thing is seen to; a POST keeps it."""
    order = order_after_authority(request, reference)
    duty: SiteDuty = get_object_or_404(SiteDuty.objects.of_order(order), code=code)
    is_post = request.method == "POST"
    may_keep = policies.may_keep_evidence(order, request.user)
    if is_post and not may_keep:
        raise PermissionDenied
    sent = (request.POST, request.FILES) if is_post else ()
    form = EvidenceForm(*sent, today=uk_date(timezone.now()))
    give_back(request, form)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            commands.keep_evidence(order.pk, by=request.user, duty=code, **answers)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Evidence is kept for “{duty}”.")
            return redirect("duties", order.reference)
    facts = {"order": order, "duty": duty, "form": form, "may_keep": may_keep}
    return render(request, "sites/duty_evidence.html", facts)
