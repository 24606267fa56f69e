"""Charges are a ledger: rows are only added, and one takes back what was wrong."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from billing.commands import correct_charge
from billing.errors import (
    ChargeNotStanding,
    ChargeUnchanged,
    CorrectedBelowNothing,
    CorrectionNotExplained,
)
from billing.models import Charge
from common.money import pounds
from records.models import Notice
from tests.reading import words_of

WHY = {"why": "The quotation says 2,800"}


@pytest.fixture
def charge(connection):
    return Charge.objects.get(kind="connection")


@pytest.mark.guidance("R-2.9.1-4")
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_charge(charge, verb):
    rows = Charge.objects.filter(pk=charge.pk)
    how = {"net": Decimal(1)} if verb == "update" else {}

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db) if verb == "delete" else rows.update(**how)

    assert Charge.objects.get(pk=charge.pk).net == 3000


@pytest.mark.guidance("R-2.9.1-4")
def test_a_wrong_amount_is_taken_back_and_the_right_one_raised_for_the_same_cause(
    charge, billing_clerk
):
    right = correct_charge(charge.pk, by=billing_clerk, net=Decimal(2800), **WHY)

    back = Charge.objects.get(reverses=charge)
    assert (back.net, back.raised_by, back.why) == (-3000, billing_clerk, WHY["why"])
    assert (right.net, right.quote_line, right.attempt) == (2800, charge.quote_line, 2)
    assert right.due_on == right.tax_point == charge.due_on
    assert Charge.objects.total_net() == 2800 + 4000
    assert set(Charge.objects.standing().values_list("net", flat=True)) == {2800, 4000}
    text = Notice.objects.filter(kind="charge_corrected").first().text
    assert "£3,000.00 excluding VAT" in text
    assert "£2,800.00 excluding VAT" in text
    assert WHY["why"] in text


def test_what_is_not_owed_at_all_is_taken_back(charge, operator):
    correct_charge(charge.pk, by=operator, **WHY)

    assert Charge.objects.total_net() == 4000
    assert "It is: nothing" in Notice.objects.filter(kind="charge_corrected")[0].text


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"why": "  "}, CorrectionNotExplained),
        ({"net": Decimal(3000), **WHY}, ChargeUnchanged),
        ({"net": Decimal(-1), **WHY}, CorrectedBelowNothing),
        ({"net": Decimal(0), **WHY}, CorrectedBelowNothing),
    ],
)
def test_a_correction_changes_something_and_says_why(charge, operator, how, refusal):
    with pytest.raises(refusal):
        correct_charge(charge.pk, by=operator, **how)
    assert Charge.objects.count() == 2


def test_nothing_is_taken_back_twice(charge, operator):
    last = correct_charge(charge.pk, by=operator, **WHY)

    for row in (charge, last):
        with pytest.raises(ChargeNotStanding):
            correct_charge(row.pk, by=operator, **WHY)


@pytest.mark.parametrize("who", ["desk", "installer", "authoriser"])
def test_only_billing_and_operations_put_a_charge_right(request, charge, who):
    with pytest.raises(PermissionDenied):
        correct_charge(charge.pk, by=request.getfixturevalue(who), **WHY)


def test_billing_puts_it_right_on_the_page_of_the_order_and_its_party_sees_all(
    client, charge, billing_clerk, submitter
):
    step = "admin:orders_connectionrequest_correct-charge"
    page = reverse(step, args=[charge.order_id])
    client.force_login(billing_clerk)
    typed = {"charge": charge.pk, "is_owed": "yes", "net": "", **WHY}
    assert "Enter the right amount" in words_of(client.post(page, typed))
    asked = words_of(client.post(page, {**typed, "net": "28"}))
    assert "£28.00" in asked
    assert Charge.objects.count() == 2

    client.post(page, {**typed, "net": "2800"})

    client.force_login(submitter)
    shown = words_of(client.get(reverse("billing")))
    assert f"{pounds(-charge.net)}<" in shown
    assert "taken back since, see its own row" in shown
    assert "<strong>£6,800.00</strong>" in shown
