"""Pages that anybody may read, signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.clock import uk_date
from quotes.sections import indicative_prices


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    ballparks = indicative_prices(uk_date(timezone.now()))
    return render(request, "pages/start.html", {"ballparks": ballparks})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")
