"""How far an installation is, and what is in the rack, for the Party's people."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from orders.file import OrderFile
from orders.models import ConnectionRequest
from sites import policies
from sites.file import site_of
from sites.sections import completion_papers, stages_shown

JOINED = ("party", "data_centre", "completion__certificate", "circuit_order")


@require_safe
@for_contacts
def installation(request: UserRequest, reference: str) -> HttpResponse:
    """Show how far it is and what is in the rack; before an authority nothing is."""
    visible = ConnectionRequest.objects.visible_to(request.user)
    joined = visible.select_related(*JOINED)
    order: ConnectionRequest = get_object_or_404(joined, reference=reference)
    file = OrderFile(order, request.user, timezone.now(), as_party=True)
    site = site_of(file)
    if not site.has_visits:
        raise Http404
    facts = {
        "order": order,
        "site": site,
        "stages": stages_shown(file),
        "may_report": not request.user.is_staff
        and policies.may_report_damage(order, request.user),
        "papers": completion_papers(file),
        "removed": [item for item in site.equipment if item.removed_on is not None],
    }
    return render(request, "sites/installation.html", facts)
