"""Pages that say why a request was turned away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(
    request: HttpRequest,
    reason: str = "",
) -> HttpResponse:
    """Say that nothing was saved, and how to go on. The reason is for logs only."""
    return render(request, "403_csrf.html", status=403)
