from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dccportal.pages.health import checks_at


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    checks = checks_at(timezone.now())
    is_fine = all(check.is_fine for check in checks)
    status = HTTPStatus.OK if is_fine else HTTPStatus.SERVICE_UNAVAILABLE
    if request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    ):
        counts = {check.key: check.waiting for check in checks}
        return JsonResponse({"is_fine": is_fine, "waiting": counts}, status=status)
    facts = {"checks": checks, "is_fine": is_fine}
    return render(request, "pages/health.html", facts, status=status)
