"""What a Party has to pay, what allows each amount, and what is to come."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.facts import besides, headline
from billing.forecast import (
    ForecastLine,
    ForecastSpan,
    ForecastTotals,
    all_lines,
)
from billing.forms import ChargeFilters
from billing.models import Charge, Invoice
from billing.views import charges_of, shown_state
from common.access import UserRequest, for_contacts
from common.charts import AmountsChart
from common.clock import uk_date
from common.csv_file import csv_download
from connections.models import Connection
from quotes.models import Quote

PER_PAGE = 10
LINES_PER_PAGE = 20
FORECAST_HEAD = (
    "Connection or order",
    "What it is",
    "What falls due",
    "Due on",
    "The day is only planned",
    "Pounds excluding VAT",
    "Committed",
    "Depends on",
)


@require_safe
@for_contacts
def billing(request: UserRequest) -> HttpResponse:
    filters, today = ChargeFilters(request.GET), uk_date(timezone.now())
    charges = charges_of(request, filters.terms)
    page = Paginator(charges, PER_PAGE).get_page(request.GET.get("page"))
    owed = list(Invoice.objects.visible_to(request.user).with_balance().owed())
    facts = {
        "filters": filters,
        "is_filtered": bool(filters.terms.words),
        "page": page,
        "rows": list(shown_charges(request, page)),
        "total": charges.total_net(),
        "today": today,
        "headline": headline(owed, today),
        "besides": besides(owed, today),
        "owed": sorted(owed, key=lambda row: (row.due_on, row.pk))[:3],
        "query": request.GET.urlencode(),
        **forecast_facts(request, ForecastSpan(today)),
    }
    return render(request, "billing/billing.html", facts)


# The charges, and what allows each


def shown_charges(
    request: UserRequest, charges: Iterable[Charge]
) -> Iterator[tuple[Charge, str, dict[str, str] | None]]:
    """Yield each charge, the page of what allows it, and the state of its invoice."""
    rows, today = list(charges), uk_date(timezone.now())
    numbers = [row.invoice_words for row in rows if row.invoice_words]
    invoices = Invoice.objects.visible_to(request.user).with_balance()
    states = {
        row.reference: shown_state(row, today)
        for row in invoices.filter(reference__in=numbers)
    }
    for row in rows:
        yield row, address_of_cause(row), states.get(row.invoice_words)


def address_of_cause(charge: Charge) -> str:
    """Return the page of what allows a charge; empty where there is none.

    Whoever reads the charge may open it: both belong to the Party. Source: R-2.9.1-4.
    """
    if charge.quote_line is not None:
        return charge.quote_line.quote.get_absolute_url()
    if charge.visit is not None:
        return reverse("visit", args=[charge.visit.reference])
    if charge.item_cost_id:
        return reverse("access", args=[charge.order.reference])
    pages = {
        "renewal": charge.period_id,
        "connection-end": charge.cancellation_id,
        "connection-rate": charge.rate_change_id,
    }
    name = next((name for name, cause in pages.items() if cause), "")
    if not name or charge.connection is None:
        return ""
    return reverse(name, args=[charge.connection.reference])


# What is to come


def visible_lines(request: UserRequest, span: ForecastSpan) -> Iterator[ForecastLine]:
    quotes = Quote.objects.visible_to(request.user)
    connections = Connection.objects.visible_to(request.user)
    return all_lines(quotes, connections.select_related("data_centre"), span)


def forecast_facts(request: UserRequest, span: ForecastSpan) -> dict[str, Any]:
    """Return the forecast of all that the reader may know of, and a page of its lines.

    The sums are of all lines, of which only one page is kept.
    """
    asked = request.GET.get("lines", "")
    wanted = int(asked) if asked.isdecimal() and asked != "0" else 1
    totals, kept, count = ForecastTotals(span), [], 0
    for line in visible_lines(request, span):
        totals.add(line)
        if count // LINES_PER_PAGE == wanted - 1:
            kept.append(line)
        count += 1
    page = Paginator(range(count), LINES_PER_PAGE).get_page(wanted)
    if page.number != wanted:
        # Somebody wrote the number of a page that there is not: it is the last one.
        end = page.end_index()
        kept = list(islice(visible_lines(request, span), page.start_index() - 1, end))
    return {
        "span": span,
        "totals": totals,
        "chart": AmountsChart(totals.months),
        "lines_page": page,
        "lines": [(line, line.of_years(span)) for line in kept],
    }


@require_safe
@for_contacts
def forecast_csv(request: UserRequest) -> HttpResponseBase:
    span = ForecastSpan(uk_date(timezone.now()))
    rows = (
        [
            line.reference,
            line.title,
            one.what,
            one.on,
            one.is_planned,
            one.net,
            one.is_committed,
            one.condition_words,
        ]
        for line in visible_lines(request, span)
        for one in line.amounts
    )
    return csv_download("forecast", FORECAST_HEAD, rows)
