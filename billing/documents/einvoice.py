"""An invoice for accounting software: EN 16931 as XML, beside its PDF.

Its totals are those of the invoice. VAT is rounded line by line, so that the VAT of a
rate may differ by pennies from the rate on its sum, which the standard lets it.
"""

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document as XmlDocument
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration
from drafthorse.models.payment import PaymentTerms
from drafthorse.models.tradelines import LineItem

from billing.models import Invoice, InvoiceLine
from common.money import ZERO
from common.wording import day_words

GUIDELINE = "urn:cen.eu:en16931:2017"
INVOICE, CREDIT_NOTE = "380", "381"
STERLING, COUNTRY = "GBP", "GB"
# One piece of something.
PIECE = "C62"
STANDARD, ZERO_RATED = "S", "Z"
MOST_LINES = 3
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")


def render_xml(invoice: Invoice, *, schema: str | None = None) -> bytes:
    """Return an invoice or credit note as EN 16931 XML: the same one, the same bytes.

    The amounts of a credit note are what it gives back, above nothing, as the standard
    has them.

    Args:
        schema: against which it is checked, for tests; what is made here follows it.

    Source: R-2.9.1-3, R-2.9.3-4. The form is our own offer.
    """
    sign = -1 if invoice.is_credit else 1
    lines = list(invoice.lines.select_related("charge__connection", "charge__order"))
    told: Any = XmlDocument()
    told.context.guideline_parameter.id = GUIDELINE
    told.header.id = invoice.reference
    told.header.type_code = CREDIT_NOTE if invoice.is_credit else INVOICE
    told.header.issue_date_time = noon(invoice.issued_on)
    told.header.notes.add(note(invoice.category))
    tell_parties(told.trade.agreement, invoice)
    for number, line in enumerate(lines, start=1):
        told.trade.items.add(item(line, number, sign))
    tell_settlement(told.trade.settlement, invoice, lines, sign)
    xml: bytes = told.serialize(schema=schema)
    return xml


def noon(day: date) -> datetime:
    """Return a moment that is on `day` in any reading of it."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def note(words: str) -> Any:
    told = IncludedNote()
    told.content = words
    return told


def tell_parties(told: Any, invoice: Invoice) -> None:
    """Say who sells and who buys; what the settings leave empty is left out."""
    told.seller.name = settings.SELLER_NAME
    if settings.SELLER_COMPANY_NUMBER:
        told.seller.legal_organization.id = settings.SELLER_COMPANY_NUMBER
    tell_address(told.seller.address, settings.SELLER_ADDRESS)
    if settings.SELLER_VAT_NUMBER:
        number = TaxRegistration()
        number.id = ("VA", settings.SELLER_VAT_NUMBER)
        told.seller.tax_registrations.add(number)
    # As the paper names and addresses it: what is known later does not change it.
    paper = getattr(invoice, "paper", None)
    facts = paper.facts if paper else {}
    told.buyer.id = invoice.party.reference
    told.buyer.name = facts.get("party", invoice.party.name)
    tell_address(told.buyer.address, facts.get("address", invoice.party.address))


def tell_address(told: Any, address: str) -> None:
    """Write an address of free words in three lines, with its postcode apart."""
    told.country_id = COUNTRY
    code = POSTCODE.search(address)
    if code:
        told.postcode = code[0]
        address = address[: code.start()] + address[code.end() :]
    parts = [part.strip() for part in re.split(r"[\n,]", address) if part.strip()]
    first, rest = parts[: MOST_LINES - 1], parts[MOST_LINES - 1 :]
    names = ("line_one", "line_two", "line_three")
    for name, words in zip(names, [*first, ", ".join(rest)], strict=False):
        if words:
            setattr(told, name, words)


def item(line: InvoiceLine, number: int, sign: int) -> Any:
    """Return a line. What is taken back is minus one piece: no price is negative."""
    charge, told = line.charge, LineItem()
    net = line.net * sign
    told.document.line_id = str(number)
    told.document.notes.add(note(f"Tax point {day_words(line.tax_point)}"))
    told.product.name = line.description
    told.product.description = f"{charge.connection or charge.order}: {charge.why}"
    told.agreement.net.amount = abs(net)
    told.delivery.billed_quantity = (Decimal(-1 if net < ZERO else 1), PIECE)
    tax = told.settlement.trade_tax
    tax.type_code = "VAT"
    tax.category_code = category(line.vat_rate)
    tax.rate_applicable_percent = line.vat_rate
    told.settlement.monetary_summation.total_amount = net
    return told


def category(rate: Decimal) -> str:
    return STANDARD if rate else ZERO_RATED


def tell_settlement(
    told: Any, invoice: Invoice, lines: list[InvoiceLine], sign: int
) -> None:
    """Say what it comes to: VAT by rate, the totals, and by when it is to be paid."""
    told.payment_reference = invoice.reference
    told.currency_code = STERLING
    for rate, (net, vat) in sorted(by_rate(lines).items()):
        tax = ApplicableTradeTax()
        tax.calculated_amount = vat * sign
        tax.type_code = "VAT"
        tax.basis_amount = net * sign
        tax.category_code = category(rate)
        tax.rate_applicable_percent = rate
        told.trade_tax.add(tax)
    if not invoice.is_credit:
        terms = PaymentTerms()
        terms.due = noon(invoice.due_on)
        told.terms.add(terms)
    tell_totals(told.monetary_summation, invoice, sign)
    taken_off = list(invoice.set_against.select_related("invoice")[:2])
    # The profile has room for one.
    if len(taken_off) == 1:
        earlier = taken_off[0].invoice.reference
        told.invoice_referenced_document.issuer_assigned_id = earlier


def tell_totals(total: Any, invoice: Invoice, sign: int) -> None:
    total.line_total = invoice.net * sign
    total.charge_total = total.allowance_total = ZERO
    total.tax_basis_total = invoice.net * sign
    total.tax_total = (invoice.vat * sign, STERLING)
    total.grand_total = invoice.gross * sign
    total.due_amount = invoice.gross * sign


def by_rate(lines: list[InvoiceLine]) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """Return for each rate of VAT what it is on, and how much it comes to."""
    sums: dict[Decimal, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for line in lines:
        net, vat = sums[line.vat_rate]
        sums[line.vat_rate] = net + line.net, vat + line.vat
    return sums
