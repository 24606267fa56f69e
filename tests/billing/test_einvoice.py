"""Invoices as EN 16931 XML: they follow the schema and add up to the invoice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from lxml import etree

from billing.commands import correct_charge
from billing.documents import render_xml
from billing.models import Charge, Invoice
from billing.tasks import charge_years, issue_invoices
from quotes.models import VatRate
from tests.reading import words_of

SCHEMA = "FACTUR-X_EN16931"
NAMESPACES = {
    "ram": (
        "urn:un:unece:uncefact:data:standard:"
        "ReusableAggregateBusinessInformationEntity:100"
    ),
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
}


class Read:
    """What a file says, by the names of its elements."""

    def __init__(self, invoice):
        self.root = etree.fromstring(render_xml(invoice, schema=SCHEMA))

    def all(self, path):
        found = self.root.xpath(f"//{path}", namespaces=NAMESPACES)
        return [one.text for one in found]

    def one(self, path):
        (found,) = self.all(path)
        return found

    def amounts(self, path):
        return [Decimal(text) for text in self.all(path)]


TOTAL = "ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
LINE = "ram:IncludedSupplyChainTradeLineItem//ram:"
TAX = "ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:"


def assert_adds_up(read, invoice, sign=1):
    """Hold lines, breakdown and totals against each other and against the invoice."""
    nets = read.amounts(f"{LINE}LineTotalAmount")
    prices = read.amounts(f"{LINE}NetPriceProductTradePrice/ram:ChargeAmount")
    pieces = read.amounts(f"{LINE}BilledQuantity")
    assert [p * n for p, n in zip(prices, pieces, strict=True)] == nets
    assert min(prices) >= 0
    assert sum(nets) == sum(read.amounts(f"{TAX}BasisAmount")) == invoice.net * sign
    assert sum(read.amounts(f"{TAX}CalculatedAmount")) == invoice.vat * sign
    for name, amount in (
        ("LineTotalAmount", invoice.net),
        ("TaxBasisTotalAmount", invoice.net),
        ("TaxTotalAmount", invoice.vat),
        ("GrandTotalAmount", invoice.gross),
        ("DuePayableAmount", invoice.gross),
    ):
        assert Decimal(read.one(TOTAL + name)) == amount * sign


@pytest.mark.guidance("R-2.9.3-4")
def test_an_invoice_has_the_rate_of_each_tax_point_and_adds_up(
    connection, clock, settings
):
    settings.SELLER_ADDRESS = "1 High Street, Upper Floor, Leeds, LS97 1AA"
    settings.SELLER_VAT_NUMBER = "GB 000 0000 00"
    VatRate.objects.create(from_on=date(2027, 3, 3), percent=Decimal("17.5"))
    clock.move_to(datetime(2027, 4, 2, 9, tzinfo=UTC))
    charge_years()
    issue_invoices()
    invoice = Invoice.objects.get()

    read = Read(invoice)

    assert_adds_up(read, invoice)
    assert read.amounts(f"{TAX}RateApplicablePercent") == [Decimal("17.5"), 20]
    assert read.amounts(f"{LINE}RateApplicablePercent") == [20, 20, Decimal("17.5")]
    assert read.one("rsm:ExchangedDocument/ram:ID") == "INV-1001"
    assert read.one("rsm:ExchangedDocument/ram:TypeCode") == "380"
    assert read.one("ram:BuyerTradeParty/ram:Name") == connection.party.name
    assert read.one("ram:SellerTradeParty/ram:Name") == "DCC"
    assert read.one("ram:SellerTradeParty//ram:PostcodeCode") == "LS97 1AA"
    assert read.one("ram:SpecifiedTaxRegistration/ram:ID") == "GB 000 0000 00"
    assert render_xml(invoice) == render_xml(Invoice.objects.get())


def test_a_credit_note_tells_what_it_gives_back_and_of_which_invoice(
    connection, billing_clerk, clock
):
    issue_invoices()
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=Decimal("2799.99"), why="Quoted")
    clock.move_to(datetime(2026, 6, 9, 9, tzinfo=UTC))
    issue_invoices()
    note = Invoice.objects.get(kind="credit_note")

    read = Read(note)

    assert_adds_up(read, note, sign=-1)
    assert read.amounts(f"{LINE}BilledQuantity") == [1, -1]
    assert read.one("rsm:ExchangedDocument/ram:TypeCode") == "381"
    earlier = "ram:InvoiceReferencedDocument/ram:IssuerAssignedID"
    assert read.one(earlier) == "INV-1001"


def test_nothing_is_made_up_where_nothing_is_set(connection):
    issue_invoices()

    read = Read(Invoice.objects.get())

    assert read.all("ram:SpecifiedTaxRegistration") == []
    assert read.all("ram:SellerTradeParty/ram:SpecifiedLegalOrganization") == []


def test_the_party_takes_it_from_the_page_of_the_invoice(
    client, connection, submitter, outsider
):
    issue_invoices()
    client.force_login(submitter)
    address = reverse("invoice-xml", args=["INV-1001"])
    assert address in words_of(client.get(reverse("invoice", args=["INV-1001"])))

    answer = client.get(address)

    assert answer["Content-Type"] == "application/xml"
    assert answer["Content-Disposition"] == 'attachment; filename="INV-1001.xml"'
    assert answer.content == render_xml(Invoice.objects.get())
    client.force_login(outsider)
    assert client.get(address).status_code == 404
