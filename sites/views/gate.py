"""The gate pass: one look tells a guard whether to let somebody in.

No sign-in, since a guard has none: its address is signed, and says no more than a
guard needs: neither the order, nor its Party, nor a price.
"""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from common.clock import uk_clock, uk_date
from common.private_links import refusal, unlisted
from sites.models import SiteVisit, gate_pass


@require_safe
def gate(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether this visit lets people in today, looked up at this moment."""
    now = timezone.now()
    found = gate_pass(token, uk_date(now))
    if found is None:
        raise Http404
    if refused := refusal(request, found.visit.reference):
        return refused
    facts = {
        "pass": found,
        "visit": found.newest,
        "standing": found.standing,
        "site": found.newest.order.data_centre,
        # Who to call there is told only while somebody may come in.
        "passport": found.passport if found.is_valid else None,
        "now": now,
        "clock": uk_clock(now),
    }
    return unlisted(render(request, "sites/gate.html", facts))


def code_of(visit: SiteVisit) -> SafeString:
    """Return the code that leads to a visit's gate pass, as a drawing for a page."""
    code = segno.make(visit.gate_url, error="m")
    drawing: str = code.svg_inline(scale=4, border=3, svgclass="dcc-gate-code")
    # Drawn by the library from an address of our own: nobody's words are in it.
    return mark_safe(drawing)
