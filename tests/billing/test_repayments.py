"""What was paid beyond what is owed is paid back, by a row that says why."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing.commands import correct_charge, record_repayment, take_back_payment
from billing.errors import NothingToPayBack, RepaidOnWrongDay, RepaidTooMuch
from billing.models import Charge, Invoice, Payment
from billing.tasks import issue_invoices
from records.models import Event
from tests.billing.test_payments import now, paid
from tests.cast import NOW
from tests.reading import words_of

TODAY = NOW.date()

pytestmark = pytest.mark.guidance("R-2.9.1-9", "R-2.9.1-4")


@pytest.fixture
def overpaid(connection, billing_clerk, operator):
    """An invoice of £8,400.00, paid, of which a charge was lowered since."""
    issue_invoices()
    invoice = Invoice.objects.get()
    paid(invoice, billing_clerk, "8400.00")
    charge = Charge.objects.order_by("-net").first()
    less = charge.net - 1000
    correct_charge(charge.pk, by=operator, net=less, why="Priced too high.")
    issue_invoices()
    assert now(invoice).left_back > 0
    return now(invoice)


def repay(invoice, clerk, amount, *, paid_on=TODAY):
    return record_repayment(
        invoice.pk,
        by=clerk,
        amount=Decimal(amount),
        paid_on=paid_on,
        reference="BACS-77",
        why="The charge was lowered after you had paid it.",
    )


def test_what_was_paid_too_much_is_paid_back_and_stands_on_the_invoice(
    client, overpaid, billing_clerk, submitter
):
    client.force_login(billing_clerk)
    page = reverse("admin:billing_invoice_record-repayment", args=[overpaid.pk])
    answers = {
        "amount": overpaid.left_back,
        "paid_on": TODAY,
        "reference": "BACS-77",
        "why": "The charge was lowered after you had paid it.",
    }
    refused = client.post(page, answers | {"amount": overpaid.left_back + 1})
    assert f"from £0.01 to £{overpaid.left_back:,.2f}" in words_of(refused)

    client.post(page, answers)

    row = Payment.objects.latest("pk")
    assert (row.amount, row.recorded_by) == (-overpaid.left_back, billing_clerk)
    assert (now(overpaid).left, now(overpaid).left_back) == (0, 0)
    told = Event.objects.get(name="record_repayment")
    assert told.why.startswith("The charge was lowered")
    assert "no repayment to record" in words_of(client.get(page))
    client.force_login(submitter)
    own = words_of(client.get(reverse("invoice", args=[overpaid.reference])))
    assert "Paid back to you, bank reference BACS-77" in own
    assert "The charge was lowered after you had paid it." in own


def test_nothing_is_paid_back_that_was_not_paid_too_much(
    overpaid, billing_clerk, submitter
):
    before = date(2020, 1, 1)
    with pytest.raises(RepaidTooMuch):
        repay(overpaid, billing_clerk, "0")
    with pytest.raises(RepaidTooMuch):
        repay(overpaid, billing_clerk, overpaid.left_back + 1)
    for day in (before, date(2030, 1, 1)):
        with pytest.raises(RepaidOnWrongDay):
            repay(overpaid, billing_clerk, "1", paid_on=day)
    with pytest.raises(PermissionDenied):
        repay(overpaid, submitter, "1")


def test_a_repayment_that_was_wrong_is_taken_back_and_can_be_recorded_anew(
    overpaid, billing_clerk
):
    most = overpaid.left_back
    wrong = repay(overpaid, billing_clerk, most)
    with pytest.raises(NothingToPayBack):
        repay(overpaid, billing_clerk, "1")

    take_back_payment(wrong.pk, by=billing_clerk, why="The bank sent it back.")

    assert now(overpaid).left_back == most
    assert "repayment of" in Event.objects.get(name="take_back_payment").what
    assert repay(overpaid, billing_clerk, most).attempt == 2
    assert now(overpaid).last_paid_on == overpaid.last_paid_on
