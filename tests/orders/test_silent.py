"""A returned form that stays silent is reminded of, and closed if DCC wants that."""

from datetime import timedelta

import pytest
from django.urls import reverse

from common.clock import uk_date
from orders import commands
from orders.deadlines import answer_last_day, answer_reminder_due
from orders.tasks import follow_up_returned
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from worklist.models import WorkItem

DAY = timedelta(days=1)
RETURNED_ON = uk_date(NOW)


def told(kind="answer_reminder"):
    return Notice.objects.filter(kind=kind).order_by("pk")


def after(clock, days):
    """Let so many days go by, and each timer run twice."""
    clock.move_to(NOW + days * DAY)
    follow_up_returned()
    follow_up_returned()


@pytest.mark.parametrize(
    ("gone", "close_after", "due"),
    [
        (13, 0, None),
        (14, 0, 14),
        (27, 0, 14),
        (28, 0, 28),
        (400, 0, 28),
        (14, 30, 14),
        (22, 30, 14),
        (23, 30, 23),
        (0, 3, None),
        (1, 3, 1),
    ],
)
def test_which_reminder_is_due(gone, close_after, due):
    today = RETURNED_ON + gone * DAY
    days = [14, 28]

    found = answer_reminder_due(RETURNED_ON, today, days=days, close_after=close_after)

    assert found == due


def test_a_warning_that_went_late_leaves_a_week_all_the_same():
    assert answer_last_day(RETURNED_ON, RETURNED_ON + 23 * DAY, 30) == (
        RETURNED_ON + 30 * DAY
    )
    assert answer_last_day(RETURNED_ON, RETURNED_ON + 90 * DAY, 30) == (
        RETURNED_ON + 97 * DAY
    )


@pytest.mark.guidance("R-3.2-6", "T35")
def test_a_silent_form_is_reminded_of_twice_and_waits_for_ever(
    returned_order, submitter, clock
):
    after(clock, 13)
    assert not told().exists()
    after(clock, 14)
    after(clock, 20)
    assert [notice.to for notice in told()] == [submitter.email]
    assert "1 question has no answer yet" in told()[0].text
    assert "the request waits for you" in told()[0].text

    after(clock, 28)
    after(clock, 400)
    assert told().count() == 2
    assert journey.fresh(returned_order).state == "returned"


@pytest.fixture
def closing(settings):
    settings.RETURNED_CLOSE_DAYS = 30


@pytest.fixture
def warned(closing, returned_order, authoriser, clock):
    after(clock, 23)
    return journey.fresh(returned_order)


@pytest.mark.guidance("R-3.2-6", "T35")
def test_the_last_reminder_names_the_day_to_everybody_and_the_register_knows_it(
    warned, submitter, authoriser, client
):
    assert warned.answer_by == RETURNED_ON + 30 * DAY
    assert {notice.to for notice in told()} == {submitter.email, authoriser.email}
    assert "2 April 2026" in told()[0].text
    assert "(our rule)" in told()[0].text
    item = WorkItem.objects.open().get(kind="answer_questions")
    assert item.due_on == warned.answer_by
    client.force_login(submitter)
    page = client.get(warned.get_absolute_url()).content.decode()
    assert "by the end of Thursday 2 April 2026, DCC closes the request" in page


@pytest.mark.guidance("R-3.2-6", "T35")
def test_it_is_closed_after_its_day_and_a_copy_begins_again(
    warned, submitter, clock, client
):
    after(clock, 30)
    assert not commands.close_unanswered(warned.pk, now=NOW + 30 * DAY)
    assert journey.fresh(warned).state == "returned"

    after(clock, 31)
    order = journey.fresh(warned)
    assert (order.state, order.is_unanswered) == ("withdrawn", True)
    event = Event.objects.get(name="close_unanswered")
    assert (event.by, event.why) == (None, "No answer for 31 days")
    notice = told("closed_unanswered").get(to=submitter.email)
    assert reverse("order-copy", args=[order.reference]) in notice.text
    client.force_login(submitter)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "DCC had no answer to its questions" in page
    assert commands.copy_request(order.pk, by=submitter).state == "draft"


def test_an_answer_takes_the_last_day_away(warned, submitter, clock):
    journey.answer_all(warned, submitter)
    journey.submit(warned, submitter)

    after(clock, 40)
    order = journey.fresh(warned)
    assert (order.state, order.answer_by) == ("submitted", None)
    assert not commands.close_unanswered(order.pk, now=NOW + 40 * DAY)


def test_nothing_ends_while_nobody_could_be_told(
    closing, returned_order, submitter, authoriser, clock
):
    for person in (submitter, authoriser):
        person.nominations.update(until_on=RETURNED_ON)

    after(clock, 60)
    assert journey.fresh(returned_order).answer_by is None
    assert journey.fresh(returned_order).state == "returned"


def test_once_dcc_closes_nothing_any_more_a_day_that_was_named_closes_nothing(
    warned, settings, clock
):
    settings.RETURNED_CLOSE_DAYS = 0

    after(clock, 40)
    assert journey.fresh(warned).state == "returned"
