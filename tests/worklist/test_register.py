"""The register follows the rows: it opens, moves and closes what they say."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from orders import commands as orders
from orders.models import ConnectionRequest
from quotes import commands as quotes
from records.unit import command, unit
from tests import journey, journey_on_site
from tests.cast import NOW
from worklist.commands import differences, mend, reconcile
from worklist.kinds import KINDS, WorkKind, declare
from worklist.models import WorkItem
from worklist.states import Turn
from worklist.tasks import check_register

LATER = datetime(2026, 3, 9, 15, tzinfo=UTC)


def work(kind):
    return WorkItem.objects.filter(kind=kind).latest("pk")


def test_what_is_done_is_closed_with_its_time_and_the_days_that_it_took(
    submitted_order, operator
):
    journey.accept(submitted_order, operator, at=LATER)

    row = work("check_form")
    assert (row.ending, row.closed_at) == ("done", LATER)
    # Tuesday to Monday: four working days.
    assert row.took == 4


@pytest.mark.parametrize(
    ("end", "ending"),
    [
        ("lapse", "lapsed"),
        ("decline", "done"),
        ("withdraw", "withdrawn"),
        ("take back", "withdrawn"),
    ],
)
def test_a_decision_ends_as_what_it_was(
    issued_quote, authoriser, operator, end, ending
):
    order = issued_quote.order
    {
        "lapse": lambda: journey.lapse(order),
        "decline": lambda: journey.decline(order, authoriser),
        "withdraw": lambda: orders.withdraw_request(order.pk, by=authoriser),
        "take back": lambda: quotes.withdraw_quote(
            issued_quote.pk, by=operator, reason="A wrong line"
        ),
    }[end]()

    assert work("decide_on_quotation").ending == ending


def test_what_a_deadline_closes_bears_the_time_of_the_deadline(issued_quote, clock):
    clock.move_to(datetime(2026, 4, 20, tzinfo=UTC))
    journey.lapse(issued_quote.order)

    assert work("decide_on_quotation").closed_at == issued_quote.lapses_at


def test_work_that_a_withdrawn_form_leaves_undone_was_not_done(
    submitted_order, submitter
):
    journey.withdraw(submitted_order, submitter)

    assert work("check_form").ending == "withdrawn"


def test_a_later_receipt_moves_the_last_day_and_ends_the_pause(unreceived_quote):
    row = work("decide_on_quotation")
    assert row.due_on is None
    assert row.paused_since == unreceived_quote.issued_at

    quotes.record_receipt(unreceived_quote.pk, at=LATER, how="email")

    row.refresh_from_db()
    assert (row.due_on, row.paused_since) == (date(2026, 4, 8), None)
    assert row.due_at == datetime(2026, 4, 8, 23, tzinfo=UTC)
    pause = row.pauses.get()
    assert (pause.since, pause.until) == (unreceived_quote.issued_at, LATER)
    assert pause.because == "Its days begin when it is received."


def test_a_clock_that_stood_still_took_no_time(unreceived_quote, authoriser):
    quotes.record_receipt(unreceived_quote.pk, at=LATER, how="email")
    journey.upload(
        journey.open_quote(unreceived_quote.order),
        authoriser,
        at=LATER + timedelta(days=2),
    )

    # From Tuesday to Monday it waited; Tuesday and Wednesday are what it took.
    assert work("decide_on_quotation").took == 2


def test_an_own_target_keeps_the_day_that_it_got(
    submitted_order, submitter, operator, settings
):
    settings.CHECK_FORM_WORKING_DAYS = 9
    orders.assign_order(submitted_order.pk, by=operator, owner_id=operator.pk)

    row = work("check_form")
    assert (row.owner, row.due_on) == (operator, date(2026, 3, 5))
    assert list(differences()) == []


def test_the_owner_of_an_order_owns_what_dcc_owes_in_it(accepted_order, operator):
    orders.assign_order(accepted_order.pk, by=operator, owner_id=operator.pk)

    owners = WorkItem.objects.open().values_list("owner", flat=True)
    assert set(owners) == {operator.pk}


def test_doing_it_again_changes_nothing(accepted_order):
    before = list(WorkItem.objects.values())

    reconcile({accepted_order.reference: LATER})

    assert list(WorkItem.objects.values()) == before


def test_a_thing_is_open_once(accepted_order):
    row = work("review_site")
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_command_that_fails_leaves_the_register_as_it_was(submitted_order, operator):
    with pytest.raises(ZeroDivisionError):
        failing(submitted_order, operator)

    assert work("check_form").closed_at is None
    assert not WorkItem.objects.filter(kind="review_site").exists()


@command
def failing(order, operator):
    journey.accept(order, operator)
    raise ZeroDivisionError


def test_several_commands_in_one_unit_are_one_change(submitted_order, operator):
    with unit():
        journey.accept(submitted_order, operator)
        journey.review(submitted_order, operator)

    # Nobody ever owed the review: it was there when the unit ended.
    assert not WorkItem.objects.filter(kind="review_site").exists()
    assert work("send_quotation").closed_at is None


@pytest.mark.django_db(transaction=True)
def test_what_is_done_once_another_command_is_committed_is_told_too(
    submitted_order, operator
):
    with unit():
        transaction.on_commit(lambda: journey.accept(submitted_order, operator))

    assert work("review_site").closed_at is None
    assert list(differences()) == []


def test_a_supplier_reads_its_own_turn_and_a_contact_their_partys(
    circuit_visit, installer, operator, submitter, outsider
):
    def seen(user):
        return set(WorkItem.objects.visible_to(user).values_list("kind", flat=True))

    assert seen(installer) == {"agree_access", "book_first_visit", "attend_circuit"}
    assert seen(outsider) == set()
    assert "move_visit_free" in seen(submitter)
    assert "attend_circuit" not in seen(submitter)
    assert seen(operator) > seen(installer)


def test_the_check_says_where_register_and_rows_differ(accepted_order):
    WorkItem.objects.filter(kind="review_site").delete()
    WorkItem.objects.filter(kind="send_quotation").update(due_on="2026-03-11")

    with pytest.raises(CommandError) as found:
        call_command("check_worklist")

    assert "ORD-1001: Record the site review is owed and not open." in str(found.value)
    assert "Send the quotation says something else in due_on." in str(found.value)


def test_the_check_mends_when_it_is_asked_to(accepted_order):
    ConnectionRequest.objects.filter(pk=accepted_order.pk).update(
        state="withdrawn", closed_at=NOW
    )
    out = StringIO()
    call_command("check_worklist", mend=True, stdout=out)

    assert out.getvalue() == "Threads brought in line: 1.\n"
    assert not WorkItem.objects.open().exists()
    assert list(differences()) == []
    assert mend() == 0


def test_the_timer_logs_what_differs_and_changes_nothing(accepted_order, caplog):
    check_register()
    assert not caplog.records

    WorkItem.objects.filter(kind="review_site").delete()
    check_register()

    assert "work owed differs" in caplog.text
    assert "Record the site review is owed and not open" in caplog.text
    assert not WorkItem.objects.filter(kind="review_site").exists()


def test_two_kinds_of_work_cannot_have_one_name():
    with pytest.raises(ValueError, match="are called check_form"):
        declare(
            WorkKind("check_form", "orders", Turn.BILLING, "Something else", "since")
        )

    assert KINDS["check_form"].turn == Turn.OPERATIONS


def test_after_a_whole_journey_the_register_says_what_the_rows_say(
    session, connection_in_service, configurer
):
    assert list(differences()) == []
    assert journey_on_site.today() == date(2026, 3, 3)
