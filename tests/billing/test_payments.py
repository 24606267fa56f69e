"""Payments come in from a list: all of it, or nothing; and rows are only added."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from billing.commands import (
    correct_charge,
    import_payments,
    remind_of_invoice,
    take_back_payment,
)
from billing.emails import nothing_overdue
from billing.errors import PaymentNotExplained, PaymentNotStanding, PaymentsWrong
from billing.facts import ListedPayment, besides, headline
from billing.models import Charge, Invoice, OverdueReminder, Payment, SetOff
from billing.pricing import shared_out, simple_interest
from billing.states import PaymentState
from billing.tasks import issue_invoices, remind_of_overdue_invoices
from common.files import CsvUpload
from common.wording import day_words
from records.models import Event, Notice
from tests.reading import read_to_the_end, words_of

HEAD = "Invoice number,Pounds including VAT,Paid on,Bank reference"
DAY = date(2026, 9, 1)
LATE = datetime(2026, 6, 9, 9, tzinfo=UTC)
IMPORT = "admin:billing_invoice_payments"


@pytest.fixture
def invoice(connection):
    """One invoice of £8,400.00 including VAT, issued today."""
    issue_invoices()
    return Invoice.objects.get()


@pytest.fixture
def desk_page(client, billing_clerk):
    def send(*lines, head=HEAD, **more):
        client.force_login(billing_clerk)
        file = SimpleUploadedFile("paid.csv", "\n".join([head, *lines]).encode())
        return client.post(reverse(IMPORT), {"file": file} | more)

    return send


@pytest.fixture
def record(client, desk_page):
    """Bring in a list and confirm what its preview shows."""

    def go(*lines):
        carried = desk_page(*lines).context["form"].initial
        return words_of(client.post(reverse(IMPORT), carried, follow=True))

    return go


def line(invoice, pounds="8400.00", day=None, reference="FPS-1", number="INV-1001"):
    return f"{number},{pounds},{day or invoice.issued_on},{reference}"


def now(invoice):
    return Invoice.objects.for_pages().get(pk=invoice.pk)


def paid(invoice, clerk, pounds, reference="FPS-1"):
    one = ListedPayment(
        2, invoice.reference, Decimal(pounds), invoice.issued_on, reference
    )
    return import_payments([one], file=CsvUpload(b"a", "a.csv", "", "a"), by=clerk)


@pytest.mark.guidance("R-2.9.1-9")
def test_a_list_is_shown_first_and_recorded_once_it_is_confirmed(
    client, invoice, desk_page, record, submitter
):
    preview = words_of(desk_page(line(invoice)))
    assert "Nothing is saved yet" in preview
    assert "£8,400.00" in preview
    assert not Payment.objects.exists()

    assert "one payment recorded" in record(line(invoice)).lower()

    payment = Payment.objects.get()
    assert (payment.amount, payment.paid_on) == (8400, invoice.issued_on)
    assert payment.file.kind == "payments"
    assert Event.objects.get(name="import_payments").tells_price
    client.force_login(submitter)
    page = words_of(client.get(reverse("invoice", args=[invoice.reference])))
    assert "bank reference FPS-1" in page
    assert "Nothing is to pay on it any more" in page
    listed = words_of(client.get(reverse("invoices")))
    assert "Nothing to pay" in listed
    assert f"on {day_words(payment.paid_on)}" in listed
    text = read_to_the_end(client.get(reverse("invoices-csv"))).decode("utf-8-sig")
    assert text.splitlines()[1].endswith(f"Paid,8400.00,0.00,0.00,{payment.paid_on}")


def test_the_same_list_a_second_time_changes_nothing_and_says_so(
    invoice, desk_page, record
):
    record(line(invoice))

    assert "recorded already. Nothing was changed" in words_of(desk_page(line(invoice)))
    assert Payment.objects.count() == 1


FAULTS = [
    ({"number": "INV-9"}, "Invoice number", "there is no invoice INV-9"),
    ({"number": ""}, "Invoice number", "there is no number"),
    ({"pounds": "a lot"}, "Pounds including VAT", "is no amount"),
    ({"pounds": "0"}, "Pounds including VAT", "is more than 0"),
    ({"pounds": "1.005"}, "Pounds including VAT", "parts of a penny"),
    ({"pounds": "8400.01"}, "Pounds including VAT", "more than the £8,400.00"),
    ({"day": "31 June"}, "Paid on", "is no day"),
    ({"day": "2027-01-01"}, "Paid on", "is still to come"),
    ({"day": "2026-01-01"}, "Paid on", "before INV-1001 was issued"),
    ({"reference": ""}, "Bank reference", "there is no reference"),
]


def test_what_is_wrong_is_named_by_line_and_column_and_nothing_is_recorded(
    invoice, desk_page
):
    lines = [line(invoice, pounds="1", reference="ok")]
    # Day and issue: one line each, so that no other fault stands before it.
    lines += [
        line(invoice, **{"reference": f"R{n}"} | fault)
        for n, (fault, *_) in enumerate(FAULTS)
    ]

    found = desk_page(*lines).context["faults"]

    told = {(fault.number, fault.column): fault.why for fault in found}
    assert len(told) == len(FAULTS)
    for number, (_, column, why) in enumerate(FAULTS, start=3):
        assert why.replace("£8,400.00", "£8,399.00") in told[number, column]
    assert not Payment.objects.exists()


def test_lines_are_held_against_each_other_and_against_what_is_recorded(
    invoice, desk_page, record, billing_clerk
):
    twice = desk_page(line(invoice, "10"), line(invoice, "10")).context["faults"]
    assert "line 2 is this payment" in twice[0].why
    both = desk_page(line(invoice, "8000"), line(invoice, "401", reference="B"))
    assert "more than the £400.00" in both.context["faults"][0].why

    record(line(invoice, "10"))
    other = desk_page(line(invoice, "20", reference="fps-1")).context["faults"]
    assert "has a payment of this reference already: £10.00" in other[0].why

    take_back_payment(Payment.objects.get().pk, by=billing_clerk, why="Another Party")
    again = desk_page(line(invoice, "10")).context["faults"]
    assert "was taken back: Another Party" in again[0].why
    record(line(invoice, "20"))
    assert now(invoice).paid == 20


def test_a_credit_note_is_paid_by_nobody(invoice, billing_clerk, desk_page, clock):
    for charge in Charge.objects.all():
        correct_charge(charge.pk, by=billing_clerk, net=None, why="Not done")
    clock.move_to(LATE)
    issue_invoices()

    found = desk_page(line(invoice, number="INV-1002")).context["faults"]

    assert "is a credit note" in found[0].why


def test_what_the_preview_would_not_show_is_refused_by_the_command(
    invoice, billing_clerk
):
    with pytest.raises(PaymentsWrong, match="Line 2, Pounds including VAT"):
        paid(invoice, billing_clerk, 8401)


def test_a_list_that_comes_to_something_else_meanwhile_is_shown_again(
    client, invoice, desk_page, billing_clerk
):
    carried = desk_page(line(invoice, "5"), line(invoice, "6", reference="B"))
    paid(invoice, billing_clerk, 5)

    answer = client.post(reverse(IMPORT), carried.context["form"].initial)

    assert "payments have changed since" in words_of(answer)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("who", ["desk", "installer", "authoriser"])
def test_only_billing_and_operations_record_payments(request, invoice, who):
    by = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        import_payments([], file=CsvUpload(b"a", "a.csv", "", "a"), by=by)


def test_a_wrong_payment_is_taken_back_by_a_row_that_says_why(
    client, invoice, billing_clerk, operator, submitter
):
    (payment,) = paid(invoice, billing_clerk, 8400)
    with pytest.raises(PaymentNotExplained):
        take_back_payment(payment.pk, by=operator, why=" ")
    page = reverse("admin:billing_invoice_take-back-payment", args=[invoice.pk])
    client.force_login(billing_clerk)

    client.post(page, {"payment": payment.pk, "why": "It was another Party’s"})

    back = Payment.objects.get(takes_back=payment)
    assert (back.amount, back.recorded_by) == (-8400, billing_clerk)
    assert now(invoice).left == 8400
    with pytest.raises(PaymentNotStanding):
        take_back_payment(payment.pk, by=operator, why="Again")
    with pytest.raises(PaymentNotStanding):
        take_back_payment(back.pk, by=operator, why="Again")
    client.force_login(submitter)
    shown = words_of(client.get(reverse("invoice", args=[invoice.reference])))
    assert "It was another Party’s" in shown


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_payment(
    invoice, billing_clerk, verb
):
    paid(invoice, billing_clerk, 10)
    rows = Payment.objects.all()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db) if verb == "delete" else rows.update(amount=1)


def test_the_database_refuses_the_same_payment_twice(invoice, billing_clerk):
    (payment,) = paid(invoice, billing_clerk, 10)
    payment.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save(force_insert=True)


# States


def states(today):
    """Return each invoice with its state, once its list is found to say the same."""
    found = {row.reference: row.state_on(today) for row in Invoice.objects.for_pages()}
    for state in PaymentState:
        rows = Invoice.objects.with_balance().in_state(state, today)
        assert {r.reference for r in rows} == {r for r in found if found[r] == state}
    return found


def test_an_invoice_is_due_part_paid_overdue_and_paid(invoice, billing_clerk):
    day, last = invoice.issued_on, invoice.due_on
    late = date(last.year, last.month, last.day + 1)
    assert states(last) == {"INV-1001": PaymentState.DUE}
    paid(invoice, billing_clerk, "8399.99")
    assert states(last) == {"INV-1001": PaymentState.PART_PAID}
    assert states(late) == {"INV-1001": PaymentState.OVERDUE}
    paid(invoice, billing_clerk, "0.01", "B")
    assert states(late) == {"INV-1001": PaymentState.PAID}
    assert day < late


def test_a_credit_note_is_set_off_against_the_invoice_that_it_gives_back(
    client, invoice, billing_clerk, submitter, clock
):
    first, second = Charge.objects.order_by("pk")
    correct_charge(first.pk, by=billing_clerk, net=None, why="Not done")
    clock.move_to(LATE)
    issue_invoices()
    off = SetOff.objects.get()
    assert (off.invoice, off.amount) == (invoice, 3600)
    assert now(invoice).left == 4800
    client.force_login(submitter)
    listed = words_of(client.get(reverse("invoices")))
    assert "£4,800.00 overdue: one invoice is not paid in time" in listed

    correct_charge(second.pk, by=billing_clerk, net=None, why="Not done")
    clock.move_to(datetime(2026, 7, 9, 9, tzinfo=UTC))
    issue_invoices()

    assert states(date(2026, 7, 9)) == {
        "INV-1001": PaymentState.CREDITED,
        "INV-1002": PaymentState.SET_OFF,
        "INV-1003": PaymentState.SET_OFF,
    }


def test_what_was_paid_and_is_given_back_is_shown_as_paid_too_much(
    client, invoice, billing_clerk, submitter, clock
):
    paid(invoice, billing_clerk, 8400)
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=None, why="Not done")
    clock.move_to(LATE)
    issue_invoices()

    client.force_login(submitter)
    shown = words_of(client.get(reverse("invoice", args=[invoice.reference])))

    assert "£3,600.00 more was paid than is owed on it" in shown
    assert now(invoice).state_on(DAY) == PaymentState.PAID


@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 10**6), max_size=5),
)
def test_credit_is_shared_out_whole_and_nobody_takes_more_than_it_can(pence, caps):
    most = {n: Decimal(cap) / 100 for n, cap in enumerate(caps)}
    amount = Decimal(pence) / 100

    shares = shared_out(amount, most)

    assert sum(shares.values()) == min(amount, sum(most.values()))
    assert all(0 < share <= most[key] for key, share in shares.items())


# What is overdue


def test_the_desk_finds_what_is_overdue(client, invoice, billing_clerk, clock):
    clock.move_to(LATE)
    client.force_login(billing_clerk)
    page = reverse("admin:billing_invoice_changelist")

    assert "£8,400.00 including VAT is overdue, on one invoice" in words_of(
        client.get(page)
    )
    assert "INV-1001" in words_of(client.get(page, {"state": "overdue"}))
    assert "INV-1001" not in words_of(client.get(page, {"state": "paid"}))


def test_the_desks_home_leads_to_what_is_overdue_once_anything_is(
    client, invoice, billing_clerk, clock, installer
):
    home = reverse("admin:index")
    client.force_login(billing_clerk)
    assert "Overdue invoices" not in words_of(client.get(home))

    clock.move_to(LATE)
    # A minute later at the latest.
    cache.clear()
    client.force_login(billing_clerk)
    shown = client.get(home)

    assert shown.context["overdue"]["count"] == 1
    assert "Overdue invoices" in words_of(shown)
    assert "INV-1001" in words_of(client.get(shown.context["overdue"]["url"]))
    client.force_login(installer)
    assert client.get(home).context["overdue"] is None


def test_a_party_is_reminded_once_of_an_invoice_that_is_overdue(
    invoice, clock, settings, authoriser
):
    clock.move_to(datetime(2026, 4, 8, 9, tzinfo=UTC))
    remind_of_overdue_invoices()
    assert not OverdueReminder.objects.exists()

    clock.move_to(LATE)
    settings.INVOICE_REMINDER_DAYS = 0
    remind_of_overdue_invoices()
    assert not OverdueReminder.objects.exists()
    settings.INVOICE_REMINDER_DAYS = 7
    remind_of_overdue_invoices()
    remind_of_overdue_invoices()
    assert not remind_of_invoice(invoice.pk, now=LATE)

    told = Notice.objects.filter(kind="invoice_overdue")
    assert {one.to for one in told} == {authoriser.email}
    assert "Still to pay: £8,400.00 including VAT" in told[0].text
    assert "(our rule)" in told[0].text
    assert nothing_overdue(told[0], LATE) == ""


def test_a_reminder_that_waits_is_not_sent_once_the_invoice_is_paid(
    invoice, clock, billing_clerk
):
    clock.move_to(LATE)
    remind_of_overdue_invoices()
    paid(invoice, billing_clerk, 8400)

    told = Notice.objects.filter(kind="invoice_overdue")
    assert "Nothing is owed" in nothing_overdue(told[0], LATE)


def test_interest_is_spoken_of_only_where_dcc_sets_a_rate(
    client, invoice, submitter, clock, settings
):
    clock.move_to(LATE)
    client.force_login(submitter)
    page = reverse("invoice", args=[invoice.reference])
    assert "interest" not in words_of(client.get(page))

    settings.LATE_INTEREST_PERCENT = Decimal(8)
    shown = words_of(client.get(page))
    days = (LATE.date() - invoice.due_on).days

    assert f"£{Decimal(8400 * 8 * days) / 36500:.2f} to today" in shown
    assert "is not charged (our rule)" in shown


def test_interest_is_simple_by_the_day_and_only_on_what_came_late():
    due, today = date(2026, 4, 2), date(2027, 4, 2)
    paid = [(date(2026, 4, 1), Decimal(500)), (date(2026, 4, 12), Decimal(365))]

    assert simple_interest(due, today, Decimal(10), left=Decimal(100), paid=paid) == 11
    assert simple_interest(due, due, Decimal(10), left=Decimal(100), paid=[]) == 0


def test_credit_notes_from_before_are_set_off_as_new_ones_are(
    invoice, billing_clerk, clock, monkeypatch
):
    monkeypatch.setattr("billing.commands.invoices.set_off", lambda *_: [])
    charge = Charge.objects.get(kind="connection")
    correct_charge(charge.pk, by=billing_clerk, net=Decimal(2900), why="As quoted")
    clock.move_to(LATE)
    issue_invoices()
    assert not SetOff.objects.exists()

    migration = import_module("billing.migrations.0016_payments_are_recorded")
    migration.set_off_earlier_notes(apps, None)

    off = SetOff.objects.get()
    assert (off.invoice, off.amount) == (invoice, 120)


def test_the_headline_says_what_is_to_pay_by_when_and_what_is_overdue_first():
    today, soon, later = date(2026, 11, 28), date(2026, 12, 2), date(2026, 12, 30)

    def owed(due_on, gross):
        row = Invoice(kind="invoice", due_on=due_on, gross=Decimal(gross))
        row.paid = row.set_off = Decimal(0)
        return row

    late = owed(date(2026, 11, 27), 100)
    for rows, words, more in (
        ([], "Nothing to pay", ""),
        ([owed(soon, 462)], "£462.00 to pay by 2 December 2026", ""),
        (
            [owed(later, 500), owed(soon, 462)],
            "£962.00 to pay, £462.00 of it by 2 December 2026",
            "",
        ),
        ([late], "£100.00 overdue: one invoice is not paid in time", ""),
        (
            [late, owed(soon, 462)],
            "£100.00 overdue: one invoice is not paid in time",
            "Besides, £462.00 to pay by 2 December 2026",
        ),
    ):
        assert (headline(rows, today), besides(rows, today)) == (words, more)
