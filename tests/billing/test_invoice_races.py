"""Two workers invoice one Party at the same time."""

import pytest
from django.db import IntegrityError

from billing.commands import issue_invoice
from billing.models import Invoice, InvoiceLine
from tests.races import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issue_twice(connection, monkeypatch):
    def issue():
        return issue_invoice(connection.party_id)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            return at_once(issue, issue)

    return both


@pytest.mark.guidance("R-2.9.1-4")
def test_two_workers_issue_one_invoice_and_take_one_number(issue_twice):
    found = issue_twice(locked=True)

    assert found.count(None) == 1
    assert Invoice.objects.get().reference == "INV-1001"
    assert InvoiceLine.objects.count() == 2


def test_without_the_lock_only_the_constraint_keeps_a_charge_on_one_invoice(
    issue_twice,
):
    """The control: the race is real, and the constraint stops what the lock did not."""
    found = issue_twice(locked=False)

    assert [type(one) for one in found].count(IntegrityError) == 1
    assert Invoice.objects.get().reference == "INV-1001"
