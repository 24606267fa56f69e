"""What is due is invoiced once, and numbers leave no gap."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from billing.commands import correct_charge, issue_invoice, make_invoice_paper
from billing.deadlines import last_run_on
from billing.models import Charge, Invoice, InvoiceLine
from billing.tasks import charge_years, issue_invoices
from common.money import vat_on
from parties.commands import nominate
from parties.policies import may_share_calendar
from parties.states import Purpose
from quotes.models import VatRate
from records.models import Event, Notice
from tests.orders.test_papers import text_of
from tests.reading import read_to_the_end, words_of

SECOND = date(2027, 3, 3)


@pytest.fixture
def on(clock):
    def move(day):
        clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))

    return move


@pytest.fixture
def invoice(connection):
    issue_invoices()
    return Invoice.objects.get()


@pytest.mark.guidance("R-2.9.1-3")
@pytest.mark.guidance("R-2.9.3-4")
def test_completion_is_invoiced_at_once_with_the_items_and_amounts_approved(invoice):
    lines = list(invoice.lines.select_related("charge"))

    assert [line.net for line in lines] == [Decimal(3000), Decimal(4000)]
    assert [line.charge for line in lines] == list(Charge.objects.order_by("pk"))
    assert [line.vat for line in lines] == [Decimal(600), Decimal(800)]
    assert (invoice.net, invoice.vat, invoice.gross) == (7000, 1400, 8400)
    assert (invoice.due_on - invoice.issued_on).days == 30
    assert invoice.kind == "invoice"


@pytest.mark.guidance("R-2.9.1-4")
def test_late_and_doubled_runs_issue_nothing_twice(invoice, on):
    issue_invoices()
    on(date(2026, 9, 9))
    issue_invoices()

    assert Invoice.objects.get() == invoice


def test_what_falls_due_later_waits_for_the_day_of_the_monthly_run(invoice, on):
    on(SECOND)
    charge_years()
    issue_invoices()
    on(date(2027, 3, 31))
    issue_invoices()
    assert Invoice.objects.count() == 1

    on(date(2027, 4, 2))
    issue_invoices()

    later = Invoice.objects.first()
    assert (later.net, later.issued_on) == (4000, date(2027, 4, 2))


@pytest.mark.guidance("R-2.9.1-4")
def test_what_was_invoiced_and_is_taken_back_is_given_back_by_a_credit_note(
    invoice, billing_clerk, on
):
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=None, why="It was not done")
    on(SECOND)
    issue_invoices()

    note = Invoice.objects.first()
    assert (note.kind, note.net, note.vat, note.gross) == (
        "credit_note",
        -3000,
        -600,
        -3600,
    )
    assert note.lines.get().charge.reverses == charge


def test_what_is_taken_back_before_it_is_invoiced_stands_on_it_with_its_opposite(
    connection, billing_clerk
):
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=None, why="It was not done")
    issue_invoices()

    found = Invoice.objects.get()
    nets = [line.net for line in found.lines.all()]
    assert sorted(nets) == [-3000, 3000, 4000]
    assert found.net == 4000


def test_nothing_is_invoiced_for_nothing(connection, billing_clerk):
    for charge in Charge.objects.all():
        correct_charge(charge.pk, by=billing_clerk, net=None, why="It was not done")

    assert issue_invoice(connection.party_id) is None


def test_a_number_that_an_unfinished_invoice_took_is_given_again(
    connection, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(QuerySet, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            issue_invoice(connection.party_id)

    assert issue_invoice(connection.party_id).reference == "INV-1001"


def fails(*args, **kwargs):
    raise RuntimeError


@pytest.mark.guidance("R-2.9.1-4")
@pytest.mark.parametrize("rows", [Invoice, InvoiceLine])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_invoice(invoice, rows, verb):
    found = rows.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        found._raw_delete(found.db) if verb == "delete" else found.update(net=1)


def test_the_database_refuses_a_second_line_for_one_charge(invoice):
    line = invoice.lines.first()
    line.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.guidance("R-2.9.3-4")
def test_each_line_has_the_rate_of_its_tax_point(connection, on, billing_clerk):
    VatRate.objects.create(from_on=SECOND, percent=Decimal(25))
    on(date(2027, 4, 2))
    charge_years()
    issue_invoices()

    lines = [
        (row.tax_point, row.vat_rate, row.vat)
        for row in Invoice.objects.get().lines.all()
    ]
    assert lines[1:] == [(connection.completed_on, 20, 800), (SECOND, 25, 1000)]


@given(st.integers(-(10**7), 10**7))
def test_vat_is_rounded_at_halves_away_from_nothing_and_a_credit_is_its_opposite(n):
    net = Decimal(n) / 100

    assert vat_on(-net, Decimal(20)) == -vat_on(net, Decimal(20))
    assert vat_on(Decimal("0.10"), Decimal(5)) == Decimal("0.01")


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 28))
def test_the_last_monthly_run_was_on_its_day_less_than_32_days_ago(today, day):
    run = last_run_on(today, day)

    assert run.day == day
    assert 0 <= (today - run).days < 31


INVOICES = "/billing/invoices/"


def test_the_party_reads_its_invoice_and_what_allows_each_line(
    client, submitter, invoice
):
    client.force_login(submitter)
    listed = client.get(INVOICES).content.decode()
    shown = client.get(f"{INVOICES}{invoice.reference}/").content.decode()

    assert invoice.reference in listed
    assert "£8,400.00" in listed
    for charge in Charge.objects.all():
        assert charge.why in shown
    assert "£8,400.00, including VAT, is due by" in shown
    assert "Explicit Charges" in shown
    assert f"{INVOICES}{invoice.reference}/" in client.get("/billing/").content.decode()


def test_nobody_reads_the_invoices_of_another_party(client, outsider, invoice):
    client.force_login(outsider)

    assert client.get(f"{INVOICES}{invoice.reference}/").status_code == 404
    assert "You have no invoices" in client.get(INVOICES).content.decode()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("INV-1001", True), ("CON-1001", True), ("ORD-1001", True), ("CON-9", False)],
)
def test_an_invoice_is_found_by_its_number_and_by_what_it_is_for(
    client, submitter, invoice, words, is_found
):
    client.force_login(submitter)
    shown = client.get(INVOICES, {"q": words}).content.decode()

    assert ("<strong>£8,400.00</strong>" in shown) is is_found
    assert ("No invoice matches" in shown) is not is_found


def test_the_spreadsheet_of_invoices_adds_up(client, submitter, invoice):
    client.force_login(submitter)
    text = client.get("/billing/invoices.csv").getvalue().decode("utf-8-sig")

    assert text.splitlines()[1].startswith("INV-1001,Invoice,")
    assert text.splitlines()[1].endswith(
        "Explicit Charges,7000.00,1400.00,8400.00,Due,0.00,0.00,8400.00,"
    )


@pytest.mark.guidance("R-2.9.1-3", "R-2.9.1-7")
def test_an_invoice_is_a_pdf_that_repeats_what_was_approved(
    client, invoice, submitter, outsider
):
    page, pdf = f"{INVOICES}{invoice.reference}/", f"{INVOICES}{invoice.reference}/pdf/"
    client.force_login(submitter)
    assert "Its PDF is being made" in words_of(client.get(page))
    assert client.get(pdf).status_code == 404

    assert make_invoice_paper(invoice.paper.pk)
    assert not make_invoice_paper(invoice.paper.pk)

    assert pdf in words_of(client.get(page))
    text = " ".join(text_of(read_to_the_end(client.get(pdf))).split())
    assert f"Invoice {invoice.reference}" in text
    assert "Explicit Charges" in text
    assert "£8,400.00" in text
    assert "accepted by authority to proceed" in text
    client.force_login(outsider)
    assert client.get(pdf).status_code == 404


@pytest.mark.guidance("R-2.9.1-3")
def test_its_party_is_told_what_to_pay_by_when(invoice, authoriser):
    told = Notice.objects.filter(kind="invoice_issued")

    assert {notice.to for notice in told} == {authoriser.email}
    assert "To pay: £8,400.00 including VAT, £7,000.00 without." in told[0].text
    assert "30 calendar days after its issue (our rule)" in told[0].text
    assert Event.objects.filter(name="issue_invoice").count() == 1


def test_invoices_go_to_whoever_is_nominated_to_receive_them(
    client, connection, colleague, authoriser, desk
):
    client.force_login(authoriser)
    page = words_of(client.get(INVOICES))
    assert f"New invoices are e-mailed to {authoriser}" in page
    nominate(colleague.pk, purpose=Purpose.BILLING, from_on=date(2026, 3, 3), by=desk)

    issue_invoices()

    told = Notice.objects.filter(kind="invoice_issued")
    assert [notice.to for notice in told] == [colleague.email]
    page = words_of(client.get(INVOICES))
    assert f"New invoices are e-mailed to {colleague}." in page
    assert "Receiving invoices" in words_of(client.get("/account/"))
    assert not may_share_calendar(colleague, connection.party_id)
