"""Two people of DCC Billing bring in the same list at the same time."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from billing.commands import import_payments, issue_invoice
from billing.facts import ListedPayment
from billing.models import Payment
from common.files import CsvUpload
from tests.races import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def import_twice(connection, billing_clerk, monkeypatch):
    invoice = issue_invoice(connection.party_id)
    one = ListedPayment(2, "INV-1001", Decimal(10), invoice.issued_on, "FPS-1")
    file = CsvUpload(b"a", "a.csv", "", "a")

    def bring():
        return import_payments([one], file=file, by=billing_clerk, at=AT)

    def both(*, locked):
        with meeting(monkeypatch, locked=locked):
            return at_once(bring, bring)

    return both


def test_the_same_list_at_once_is_recorded_once(import_twice):
    found = import_twice(locked=True)

    assert sorted(len(one) for one in found) == [0, 1]
    assert Payment.objects.count() == 1


def test_without_the_lock_only_the_constraint_keeps_a_payment_from_counting_twice(
    import_twice,
):
    """The control: the race is real, and the constraint stops what the lock did not."""
    found = import_twice(locked=False)

    assert [type(one) for one in found].count(IntegrityError) == 1
    assert Payment.objects.count() == 1
