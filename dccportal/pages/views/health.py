"""Whether the portal answers, can work, and does what is due."""

from http import HTTPStatus
from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from common.clock import uk_date
from dccportal.pages.health import checks_at
from dccportal.pages.metrics import figures
from dccportal.pages.ready import troubles
from worklist.staff.queues import all_standings

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. Nothing else is asked."""
    return HttpResponse("The portal answers.\n", content_type=PLAIN)


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say within a second or so whether the portal can work, and what is away."""
    found = troubles()
    words = "\n".join(found.values()) or "The portal can work."
    status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
    return HttpResponse(f"{words}\n", content_type=PLAIN, status=status)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to whoever has the token of the setting, and to nobody else."""
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not compare_digest(
        given.encode(), wanted.encode()
    ):
        raise Http404
    return HttpResponse(figures(), content_type=CONTENT_TYPE_LATEST)


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    checks = checks_at(now)
    # People's work: a figure, which says nothing of whether the portal runs.
    overdue = sum(queue.late for queue in all_standings(uk_date(now)))
    is_fine = all(check.is_fine for check in checks)
    status = HTTPStatus.OK if is_fine else HTTPStatus.SERVICE_UNAVAILABLE
    if request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    ):
        counts = {check.key: check.waiting for check in checks}
        told = {"is_fine": is_fine, "waiting": counts, "work_overdue": overdue}
        return JsonResponse(told, status=status)
    facts = {"checks": checks, "is_fine": is_fine, "overdue": overdue}
    return render(request, "pages/health.html", facts, status=status)
