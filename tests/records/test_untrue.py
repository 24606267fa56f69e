"""An e-mail is asked again when it is sent, and dropped if it has become untrue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from orders import commands as orders
from parties.commands import end_nomination, set_sign_in
from quotes import commands
from records.commands import deliver_notice
from records.models import Event, Notice
from sites import commands as sites
from tests import journey
from tests.cast import NOW
from tests.reading import words_of

DAY_20 = NOW + timedelta(days=20)


@pytest.fixture
def reminder(issued_quote, authoriser, clock):
    """Owed on day 20, and not sent yet."""
    clock.move_to(DAY_20)
    assert commands.remind_authorisers(issued_quote.pk, now=DAY_20)
    return Notice.objects.get(kind="authority_reminder")


def outcome(notice):
    """Try to send it; return its state and why."""
    deliver_notice(notice.pk)
    row = Notice.objects.get(pk=notice.pk)
    return row.state, row.dropped_because


@pytest.mark.guidance("R-3.4-4")
def test_a_reminder_that_is_still_true_goes(reminder, mailoutbox):
    assert outcome(reminder) == ("sent", "")
    assert "10 days left" in mailoutbox[0].subject


ENDS = {
    "answered": lambda quote, cast: journey.upload(quote, cast("authoriser")),
    "declined": lambda quote, cast: commands.decline_quote(
        quote.pk, by=cast("authoriser")
    ),
    "taken back": lambda quote, cast: commands.withdraw_quote(
        quote.pk, by=cast("operator"), reason="Anew."
    ),
    "withdrawn": lambda quote, cast: orders.withdraw_request(
        quote.order_id, by=cast("submitter")
    ),
}
WORDS = {
    "answered": "authority being checked",
    "declined": "declined",
    "taken back": "withdrawn",
    "withdrawn": "withdrawn",
}


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.parametrize("end", ENDS)
def test_a_reminder_of_an_offer_that_was_decided_meanwhile_is_dropped(
    request, reminder, issued_quote, mailoutbox, end
):
    ENDS[end](issued_quote, request.getfixturevalue)

    assert outcome(reminder) == ("dropped", f"Quotation QUO-1001-1 is {WORDS[end]}.")
    assert mailoutbox == []


@pytest.mark.guidance("R-3.4-4")
def test_a_reminder_is_dropped_after_the_last_day_whether_or_not_a_timer_ran(
    reminder, issued_quote, mailoutbox, clock
):
    clock.move_to(issued_quote.lapses_at)

    assert outcome(reminder) == (
        "dropped",
        "The last day of quotation QUO-1001-1 has passed.",
    )
    assert mailoutbox == []


NO_LONGER = "authoriser@northgate.example is no longer nominated by Northgate Energy."


@pytest.mark.guidance("R-3.4-4", "R-2.11-4")
def test_a_reminder_is_dropped_for_whom_the_party_no_longer_nominates(
    reminder, authoriser, desk
):
    last_day = date(2026, 3, 22)
    nomination = journey.authorising(authoriser)
    end_nomination(nomination.pk, last_day=last_day, by=desk)

    assert outcome(reminder) == ("dropped", NO_LONGER)


@pytest.mark.guidance("R-3.4-4", "R-2.11-4")
def test_a_reminder_is_dropped_for_whom_may_no_longer_sign_in(
    reminder, authoriser, desk
):
    set_sign_in(authoriser.pk, is_active=False, by=desk)

    assert outcome(reminder) == ("dropped", NO_LONGER)


@pytest.mark.guidance("R-3.4-4")
def test_a_reminder_that_goes_late_counts_the_days_that_are_then_left(
    reminder, mailoutbox, clock
):
    clock.shift(timedelta(days=3))

    assert outcome(reminder) == ("sent", "")
    assert mailoutbox[0].subject.startswith("7 days left")


@pytest.fixture
def due_quote(accepted_order, clock):
    """A warning that the quotation is due tomorrow, 10 March 2026."""
    clock.move_to(datetime(2026, 3, 9, 9, tzinfo=UTC))
    assert commands.warn_of_due_quote(accepted_order.pk, now=clock_now())
    return Notice.objects.get(kind="quote_due_soon")


def clock_now():
    return datetime.now(UTC)


@pytest.mark.guidance("R-3.3-1")
def test_a_warning_of_a_quotation_that_was_sent_meanwhile_is_dropped(
    due_quote, accepted_order, operator
):
    journey.offer(accepted_order, operator)

    assert outcome(due_quote) == (
        "dropped",
        "Order ORD-1001 waits for no quotation any more.",
    )


@pytest.mark.guidance("R-3.3-1")
def test_a_warning_that_came_too_late_is_dropped(due_quote, clock):
    clock.shift(timedelta(days=2))

    state, why = outcome(due_quote)
    assert state == "dropped"
    assert why.startswith("10 March 2026 has passed")


@pytest.mark.guidance("R-3.3-1")
def test_a_warning_that_is_still_true_goes(due_quote):
    assert outcome(due_quote) == ("sent", "")


@pytest.mark.guidance("R-3.3-1")
def test_the_report_of_a_missed_day_is_dropped_once_the_quotation_went(
    accepted_order, operator, clock
):
    clock.move_to(datetime(2026, 3, 11, 9, tzinfo=UTC))
    assert commands.report_missed_quote(accepted_order.pk, now=clock_now())
    journey.offer(accepted_order, operator)

    notice = Notice.objects.filter(kind="quote_overdue").first()
    assert outcome(notice)[0] == "dropped"


def test_an_offer_that_was_taken_back_is_not_announced(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Anew.")

    notice = Notice.objects.filter(kind="quote_issued").first()
    assert outcome(notice) == ("dropped", "Quotation QUO-1001-1 is withdrawn.")


def test_a_visit_that_was_moved_is_not_announced_for_its_old_day(
    circuit_visit, operator
):
    later = circuit_visit.on + timedelta(days=14)
    sites.rearrange_visit(circuit_visit.pk, by=operator, on=later, reason="Holiday.")

    notice = Notice.objects.filter(kind="visit_booked").latest("pk")
    assert outcome(notice)[0] == "dropped"
    assert outcome(Notice.objects.get(kind="visit_rearranged"))[0] == "sent"


def test_questions_that_were_answered_are_not_put_again(returned_order, submitter):
    journey.answer_all(returned_order, submitter)
    journey.submit(returned_order, submitter)

    notice = Notice.objects.get(kind="request_returned")
    assert outcome(notice) == ("dropped", "Order ORD-1001 is submitted.")


@pytest.fixture
def dropped(reminder, issued_quote, authoriser):
    commands.decline_quote(issued_quote.pk, by=authoriser)
    assert outcome(reminder)[0] == "dropped"
    return reminder


def test_what_was_dropped_is_not_sent_later(dropped, clock, mailoutbox):
    clock.shift(timedelta(hours=1))

    assert outcome(dropped)[0] == "dropped"
    assert mailoutbox == []


def test_staff_read_what_was_dropped_and_why(dropped, operator, client):
    event = Event.objects.get(name="drop")
    assert (event.by, event.is_public) == (None, False)
    assert event.why == "Quotation QUO-1001-1 is declined."

    client.force_login(operator)
    words = words_of(client.get(reverse("admin:records_notice_changelist")))
    assert "Not sent: no longer true" in words
    assert "Quotation QUO-1001-1 is declined." in words
