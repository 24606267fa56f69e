"""What a Party owes, and what allows each amount."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from billing.commands.ledger import instead_of
from billing.models import Charge

BILLING = "/billing/"
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


def test_the_page_asks_the_database_few_questions(client, submitter, connection):
    client.force_login(submitter)

    with CaptureQueriesContext(database) as asked:
        client.get(BILLING)

    assert len(asked) <= 8


def test_a_charge_without_words_of_its_own_is_named_once(client, submitter, connection):
    charge = Charge.objects.first()
    words = charge.get_kind_display()
    said_anew(charge, words)
    client.force_login(submitter)

    assert f">{words}</span>" not in client.get(BILLING).content.decode()
