"""What a Party owes, and what allows each amount."""

import pytest

from billing.commands import issue_invoice
from billing.commands.ledger import instead_of
from billing.models import Charge
from connections.models import Connection
from orders.models import ConnectionRequest
from tests.reading import words_of

BILLING = "/billing/"
FORECAST = "/billing/forecast.csv"
PINNED = 13
CSV = "/billing/charges.csv"


def page(client, person, **query):
    client.force_login(person)
    return client.get(BILLING, query).content.decode()


@pytest.mark.guidance("R-2.9.1-4", "R-2.9.1-5", "R-2.9.1-7")
def test_each_charge_says_what_allows_it(client, submitter, connection):
    shown = page(client, submitter)

    for charge in Charge.objects.all():
        assert charge.why in shown
    assert "£3,000.00" in shown
    assert "<strong>£7,000.00</strong>" in shown


def test_another_partys_charges_are_not_shown(client, outsider, connection):
    assert "You have no charges" in page(client, outsider)


@pytest.mark.parametrize(
    ("words", "is_found"), [("CON-1001", True), ("ORD-1001", True), ("CON-9", False)]
)
def test_charges_are_found_by_order_and_connection(
    client, submitter, connection, words, is_found
):
    shown = page(client, submitter, q=words)

    assert ("£7,000.00" in shown) is is_found
    assert ("No charge matches" in shown) is not is_found


def said_anew(charge, description):
    """Raise the same again in other words: what was raised stays as it was."""
    how = {"why": charge.why, "raised_at": charge.raised_at}
    return instead_of(charge, description=description, **how)


def test_the_spreadsheet_holds_every_charge_and_runs_no_formula(
    client, submitter, connection
):
    for charge in Charge.objects.standing():
        said_anew(charge, "=1+1")
    client.force_login(submitter)

    answer = client.get(CSV)
    lines = answer.getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + Charge.objects.count()
    assert sum(",'=1+1," in line for line in lines) == Charge.objects.count() / 2
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_the_page_asks_the_database_few_questions(
    client, submitter, connection, django_assert_num_queries
):
    """No more for a Party that has many connections."""
    client.force_login(submitter)

    with django_assert_num_queries(PINNED):
        assert "£4,000.00 " in words_of(client.get(BILLING))
    for number in range(25):
        another(connection, number)
    with django_assert_num_queries(PINNED):
        page = words_of(client.get(BILLING))

    assert "£208,000.00 committed, £0.00 still to be decided" in page
    assert "CON-A24" not in page
    assert "CON-A24" in words_of(client.get(BILLING, {"lines": "9"}))


def another(connection, number):
    """Add a connection with the same period, of an order of its own."""
    period = connection.periods.get()
    order = ConnectionRequest.objects.get(pk=connection.order_id)
    order.pk, order.reference = None, f"ORD-A{number}"
    order.form_document = None
    order.save(force_insert=True)
    row = Connection.objects.get(pk=connection.pk)
    row.pk, row.order, row.reference = None, order, f"CON-A{number}"
    row.save(force_insert=True)
    period.pk, period.connection = None, row
    period.save(force_insert=True)


@pytest.mark.guidance("R-2.9.1-4")
def test_what_allows_a_charge_is_a_link_to_it(client, submitter, connection):
    shown = page(client, submitter)

    quote = connection.order.quotes.get()
    assert f'href="{quote.get_absolute_url()}">Quotation {quote}' in shown
    assert "£3,000.00" in shown


@pytest.mark.guidance("R-2.9.1-3")
def test_the_page_begins_with_what_is_to_pay_and_what_comes_next(
    client, submitter, connection
):
    assert "Nothing to pay</h1>" in page(client, submitter)
    invoice = issue_invoice(connection.party_id)

    shown = " ".join(page(client, submitter).split())

    assert "£8,400.00 to pay by 2 April 2026</h1>" in shown
    assert "£7,000.00 and VAT of £1,400.00 on " in shown
    assert invoice.reference in shown
    assert "Next: £4,000.00 for " in shown
    assert "on 3 March 2027." in shown


@pytest.mark.guidance("R-2.3-3")
def test_the_forecast_is_a_file_too_and_its_partys_alone(
    client, submitter, outsider, connection
):
    client.force_login(submitter)
    lines = client.get(FORECAST).getvalue().decode("utf-8-sig").splitlines()
    client.force_login(outsider)
    others = client.get(FORECAST).getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    what = "Year 2,2027-03-03,No,4000.00,Yes,"
    assert lines[1].endswith(what)
    assert len(others) == 1


def test_a_charge_without_words_of_its_own_is_named_once(client, submitter, connection):
    charge = Charge.objects.first()
    words = charge.get_kind_display()
    said_anew(charge, words)
    client.force_login(submitter)

    assert f'sub">{words}</span>' not in client.get(BILLING).content.decode()
