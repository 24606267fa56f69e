"""The way back to the check page, for whoever came from it to change an answer.

It stands in the address, so that it outlives a mistake, a second page and a new
sign-in, and needs no script.
"""

from django.http import HttpRequest
from django.urls import reverse

FROM_CHECK = "?from=check"


def way_of(request: HttpRequest) -> str:
    """Return what the addresses of further pages end with; empty without a way back."""
    return FROM_CHECK if request.GET.get("from") == "check" else ""


def check_page(reference: str, slug: str = "") -> str:
    """Return the check page, at the answers of one section."""
    address = reverse("order-check", args=[reference])
    return f"{address}#{slug}" if slug else address
