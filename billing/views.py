from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.forms import ChargeFilters
from billing.models import Charge
from billing.querysets import ChargeQuerySet
from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.csv_file import csv_download
from common.search import Terms

PER_PAGE = 50
CSV_HEAD = (
    "Due on",
    "Category",
    "Charge",
    "Description",
    "Order",
    "Connection",
    "Pounds excluding VAT",
    "What allows it, or why it is taken back",
)


def charges_of(request: UserRequest, terms: Terms) -> ChargeQuerySet:
    found: ChargeQuerySet = Charge.objects.visible_to(request.user)
    return found.for_pages().search(terms)


@require_safe
@for_contacts
def billing(request: UserRequest) -> HttpResponse:
    filters = ChargeFilters(request.GET)
    charges = charges_of(request, filters.terms)
    facts = {
        "filters": filters,
        "is_filtered": bool(filters.terms.words),
        "page": Paginator(charges, PER_PAGE).get_page(request.GET.get("page")),
        "total": charges.total_net(),
        "today": uk_date(timezone.now()),
        "query": request.GET.urlencode(),
    }
    return render(request, "billing/billing.html", facts)


@require_safe
@for_contacts
def billing_csv(request: UserRequest) -> HttpResponseBase:
    terms = ChargeFilters(request.GET).terms
    charges = charges_of(request, terms).iterator(chunk_size=500)
    rows = (
        [
            charge.due_on,
            charge.category,
            charge.get_kind_display(),
            charge.description,
            charge.order.reference,
            charge.connection.reference if charge.connection else "",
            charge.net,
            charge.why,
        ]
        for charge in charges
    )
    return csv_download("charges", CSV_HEAD, rows)
