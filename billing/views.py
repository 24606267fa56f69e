from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.documents import render_xml
from billing.facts import (
    STATE_TONE,
    besides,
    headline,
    interest_on,
    state_words,
    told_of_invoices,
)
from billing.forms import ChargeFilters, InvoiceFilters
from billing.models import Charge, Invoice, InvoicePaper
from billing.querysets import ChargeQuerySet, InvoiceQuerySet
from billing.states import PaymentState
from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.csv_file import csv_download
from common.money import ZERO, to_pence
from common.search import Terms
from records.views import attachment

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
    "Invoice",
)
INVOICES_HEAD = (
    "Number",
    "Kind",
    "Gateway Party",
    "Issued on",
    "Due on",
    "Category",
    "Pounds excluding VAT",
    "VAT in pounds",
    "Pounds including VAT",
    "State",
    "Pounds paid",
    "Pounds set off",
    "Pounds to pay",
    "Last paid on",
)


def charges_of(request: UserRequest, terms: Terms) -> ChargeQuerySet:
    found: ChargeQuerySet = Charge.objects.visible_to(request.user)
    return found.for_pages().search(terms)


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
            charge.invoice_words,
        ]
        for charge in charges
    )
    return csv_download("charges", CSV_HEAD, rows)


def invoices_of(request: UserRequest, terms: Terms) -> InvoiceQuerySet:
    found: InvoiceQuerySet = Invoice.objects.visible_to(request.user)
    return found.for_pages().search(terms)


@require_safe
@for_contacts
def invoices(request: UserRequest) -> HttpResponse:
    filters = InvoiceFilters(request.GET)
    found = invoices_of(request, filters.terms)
    today = uk_date(timezone.now())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    owed = Invoice.objects.visible_to(request.user).with_balance().owed()
    unpaid = list(owed)
    facts = {
        "filters": filters,
        "is_filtered": bool(filters.terms.words),
        "page": page,
        "rows": [(row, shown_state(row, today)) for row in page],
        "headline": headline(unpaid, today),
        "more": besides(unpaid, today),
        "told": told_of_invoices(request.user.party_id or 0, today),
        "query": request.GET.urlencode(),
    }
    return render(request, "billing/invoices.html", facts)


def shown_state(invoice: Invoice, today: date) -> dict[str, str]:
    """Return the state of an invoice as its tag shows it, with what stands beside."""
    state = invoice.state_on(today)
    return {
        "label": str(state.label),
        "tone": STATE_TONE[state][0],
        "words": state_words(invoice, state),
    }


@require_safe
@for_contacts
def invoices_csv(request: UserRequest) -> HttpResponseBase:
    return invoices_file(invoices_of(request, InvoiceFilters(request.GET).terms))


def invoices_file(found: InvoiceQuerySet) -> HttpResponseBase:
    """Return invoices as a table for spreadsheets, the same for Parties and desk."""
    today = uk_date(timezone.now())
    rows = (
        [
            row.reference,
            row.get_kind_display(),
            row.party.name,
            row.issued_on,
            "" if row.is_credit else row.due_on,
            row.category,
            row.net,
            row.vat,
            row.gross,
            row.state_on(today).label,
            to_pence(row.paid),
            to_pence(row.set_off),
            max(row.left, ZERO),
            row.last_paid_on,
        ]
        for row in found.iterator(chunk_size=500)
    )
    return csv_download("invoices", INVOICES_HEAD, rows)


@require_safe
@for_contacts
def invoice(request: UserRequest, reference: str) -> HttpResponse:
    found = Invoice.objects.visible_to(request.user).for_pages()
    row = get_object_or_404(found, reference=reference)
    lines = row.lines.select_related("charge__order", "charge__connection")
    today = uk_date(timezone.now())
    facts = {
        "invoice": row,
        "lines": lines,
        "paper": paper_of(row),
        "state": shown_state(row, today),
        "is_late": row.state_on(today) == PaymentState.OVERDUE,
        "payments": row.payments.for_pages(),
        "set_offs": row.set_offs.select_related("credit_note"),
        "set_against": row.set_against.select_related("invoice"),
        "interest": interest_on(row, today),
    }
    return render(request, "billing/invoice.html", facts)


def paper_of(invoice: Invoice) -> InvoicePaper | None:
    paper: InvoicePaper | None = getattr(invoice, "paper", None)
    return paper


@require_safe
@for_contacts
def invoice_pdf(request: UserRequest, reference: str) -> FileResponse:
    """Send the PDF of an invoice to whoever may read the invoice."""
    found = Invoice.objects.visible_to(request.user).for_pages()
    paper = paper_of(get_object_or_404(found, reference=reference))
    if paper is None or paper.document is None:
        raise Http404
    return attachment(paper.document)


@require_safe
@for_contacts
def invoice_xml(request: UserRequest, reference: str) -> HttpResponse:
    """Send an invoice for accounting software to whoever may read the invoice."""
    found = Invoice.objects.visible_to(request.user).for_pages()
    row = get_object_or_404(found, reference=reference)
    answer = HttpResponse(render_xml(row), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{row.reference}.xml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
