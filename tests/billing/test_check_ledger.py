"""The standing check finds each kind of fault of the ledger, and none where none is."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from billing.check import ledger_faults
from billing.commands import correct_charge, correct_completion_day
from billing.health import ledger_in_order
from billing.models import Charge, InvoiceLine
from billing.tasks import (
    charge_cancellations,
    charge_years,
    check_ledger,
    issue_invoices,
)
from connections.models import Connection
from quotes.models import QuoteLine
from records.models import Counter
from tests.factories.parties import PartyFactory
from tests.owed import passes

SECOND = date(2027, 3, 3)
WHY = "Not as it was agreed"


def faults():
    return list(ledger_faults(timezone.now()))


@pytest.fixture
def on(clock):
    def move(day):
        clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))

    return move


@pytest.fixture
def charge(connection):
    """What connecting costs, invoiced; two years are charged."""
    issue_invoices()
    return Charge.objects.get(kind="connection")


def another(charge, **changed):
    """Add a row as no command does."""
    row = Charge.objects.get(pk=charge.pk)
    for name, value in {"pk": None, "attempt": 2, **changed}.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def take_back(charge, **changed):
    how = {"attempt": 1, "quote_line": None, "net": -charge.net, "reverses": charge}
    return another(charge, **{**how, **changed})


def add_line(charge):
    line = charge.quote_line
    line.pk, line.description = None, "Monitoring"
    line.save(force_insert=True)


def ends_before_its_second_year(charge):
    """It was charged for a year that had not begun."""
    year = {"kind": "annual", "year": 2, "due_on": SECOND, "attempt": 1}
    line = Charge.objects.get(kind="annual").quote_line
    another(charge, quote_line=line, **year)
    rows = Connection.objects.filter(pk=charge.connection_id)
    rows.update(state="ended", ends_on=SECOND - timedelta(days=1))


def change_line(**changed):
    return lambda charge: QuoteLine.objects.filter(pk=charge.quote_line_id).update(
        **changed
    )


def complete_a_day_later(charge):
    rows = Connection.objects.filter(pk=charge.connection_id)
    rows.update(completed_on=F("completed_on") + timedelta(days=1))


def invoice_it_again(charge):
    """A line of money that nobody owes, on an invoice that does not count it."""
    line, more = charge.invoice_line, another(charge, attempt=3)
    line.pk, line.charge, line.vat = None, more, Decimal(1)
    line.save(force_insert=True)


def give_a_number_away(charge):
    Counter.objects.filter(name="INV").update(value=F("value") + 1)


@pytest.mark.guidance("R-2.9.1-4", "R-2.9.1-5", "R-2.9.3-4")
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (add_line, "Monitoring is not charged."),
        (another, "is charged 2 times."),
        (lambda row: another(row, party=PartyFactory()), "charged to another Party."),
        (lambda row: another(row, kind="annual", year=7), "and nothing calls for it."),
        (ends_before_its_second_year, "and nothing calls for it."),
        (take_back, "is taken back and not charged anew."),
        (
            lambda row: take_back(row, net=Decimal(-1), raised_by=row.order.created_by),
            "is taken back by a row unlike it.",
        ),
        (change_line(net=Decimal(2900)), "charged at £3,000.00 instead of £2,900.00."),
        (complete_a_day_later, "is due on 3 March 2026, not on 4 March 2026."),
        (invoice_it_again, "its lines come to £10,000.00 and £1,401.00 VAT."),
        (invoice_it_again, "VAT of Connection charge is not 20% of it."),
        (give_a_number_away, "Number 1002 was given to no invoice"),
    ],
)
def test_it_names_what_was_done_to_the_ledger(charge, spoil, words):
    assert faults() == []

    spoil(charge)

    assert [one for one in faults() if one.endswith(words) or words in one]


@pytest.mark.guidance("R-2.9.1-6")
def test_a_year_that_nobody_charged_is_named_from_the_day_after_its_anniversary(
    charge, on
):
    on(SECOND)
    assert faults() == []

    on(SECOND + timedelta(days=1))
    assert [words.partition(": ")[2] for words in faults()] == [
        "Year 2 is not charged."
    ]

    charge_years()
    assert faults() == []


@pytest.mark.guidance("R-2.9.1-4")
def test_what_the_monthly_run_left_out_is_named_with_what_it_comes_to(charge, on):
    on(date(2027, 4, 2))
    charge_years()
    on(date(2027, 5, 2))
    assert [words.partition(": ")[2] for words in faults()] == [
        "£4,800.00 with VAT was due by 1 May 2027 and is on no invoice."
    ]

    issue_invoices()

    assert faults() == []
    assert InvoiceLine.objects.count() == 3


def test_what_people_put_right_is_no_fault(charge, operator, on):
    correct_charge(charge.pk, by=operator, why=WHY, net=Decimal(2800))
    correct_charge(Charge.objects.get(kind="annual").pk, by=operator, why=WHY)
    on(date(2026, 3, 5))
    how = {"completed_on": date(2026, 3, 4), "why": WHY}
    correct_completion_day(charge.order_id, by=operator, **how)
    issue_invoices()

    assert faults() == []
    on(SECOND + timedelta(days=1))
    charge_years()
    assert faults() == []


@pytest.mark.parametrize("what", ["rdp_connection", "ended_connection"])
def test_a_free_connection_and_one_that_ended_are_in_order(request, what, on):
    request.getfixturevalue(what)
    charge_cancellations()
    issue_invoices()
    on(SECOND + timedelta(days=1))

    assert faults() == []


def test_the_command_names_each_fault_and_ends_with_an_error(charge):
    said = StringIO()
    call_command("check_ledger", stdout=said)
    assert "once each" in said.getvalue()
    another(charge)

    with pytest.raises(CommandError, match="Faults of the ledger: 1"):
        call_command("check_ledger", stdout=said)
    assert f"{charge.order}: Connection charge is charged 2 times." in said.getvalue()


def test_what_the_timer_found_stands_on_the_page_of_health(charge):
    def found():
        return ledger_in_order(timezone.now()).shown

    assert found() == "Not checked yet"
    check_ledger()
    assert found() == "In order"
    passes(timedelta(hours=25))
    assert found() == "Not checked lately"
    another(charge)
    check_ledger()
    assert found() == "Faults: 1"
