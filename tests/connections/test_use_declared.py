"""Each year a Party says whether its free connection is for registration data alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from billing.models import Charge
from billing.tasks import charge_years
from common.clock import uk_date
from connections.commands import declare_sole_use, record_other_use
from connections.models import UseDeclaration
from orders.errors import NotNominated
from records.models import Event, Notice
from tests.connections.test_said import typed
from tests.factories.parties import StandingFactory
from tests.reading import words_of
from worklist.models import WorkItem

SECOND, THIRD = date(2027, 3, 3), date(2028, 3, 3)


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
def a_year_on(clock):
    def go(day=SECOND):
        clock.move_to(at(day))
        charge_years()

    return go


@pytest.fixture
def asked(rdp_connection, a_year_on):
    """A year after completion; its submitter is asked."""
    a_year_on()
    return UseDeclaration.objects.get()


def owed():
    return set(WorkItem.objects.open().values_list("kind", flat=True))


@pytest.mark.guidance("R-2.9.2-1", "R-2.9.2-2")
def test_on_each_anniversary_its_party_is_asked_and_nothing_is_charged(
    asked, a_year_on, rdp_submitter
):
    assert (asked.year, asked.due_on) == (2, date(2027, 4, 2))
    assert "declare_sole_use" in owed()
    text = Notice.objects.get(kind="use_asked", to=rdp_submitter.email).text
    assert "by the end of Friday 2 April 2027" in text
    declare_sole_use(asked.connection_id, by=rdp_submitter)

    a_year_on(THIRD)

    assert [row.year for row in UseDeclaration.objects.all()] == [2, 3]
    assert not Charge.objects.filter(net__gt=0).exists()


def test_years_missed_while_no_timer_ran_are_asked_about_once(
    rdp_connection, a_year_on
):
    a_year_on(date(2030, 1, 1))
    a_year_on(date(2030, 6, 1))

    assert UseDeclaration.objects.count() == 1


def test_a_connection_that_is_charged_for_is_not_asked_about(connection, a_year_on):
    a_year_on()

    assert Charge.objects.filter(year=2).exists()
    assert not UseDeclaration.objects.exists()


@pytest.mark.guidance("R-2.9.2-2")
def test_a_submitter_declares_it_on_its_page_and_that_is_kept(
    client, asked, rdp_submitter
):
    client.force_login(rdp_submitter)
    page = reverse("sole-use", args=[asked.connection.reference])
    own = words_of(client.get(asked.connection.get_absolute_url()))
    assert "Say whether CON-1001 is still for registration data alone" in own
    assert "Nothing needs you" not in own
    assert "Say what it is used for" in words_of(client.post(page, {}))

    shown = words_of(client.post(page, {"use": "sole"}, follow=True))

    assert "Declared for registration data alone on 3 March 2027" in shown
    row = UseDeclaration.objects.get()
    assert (row.declared_by, uk_date(row.declared_at)) == (rdp_submitter, SECOND)
    assert "purely for providing registration data" in row.words
    event = Event.objects.get(name="declare_sole_use")
    assert row.words in event.what
    assert not owed() & {"declare_sole_use", "call_about_sole_use"}
    assert "asks nothing" in words_of(client.get(page, follow=True))


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_whoever_says_that_it_carries_more_is_led_to_say_what_it_is(
    client, asked, rdp_submitter
):
    StandingFactory(party=asked.connection.party, standing="sec_party")
    client.force_login(rdp_submitter)
    page = reverse("sole-use", args=[asked.connection.reference])

    answer = client.post(page, {"use": "other"})

    assert answer.url == reverse("connection-use", args=[asked.connection.reference])
    assert not UseDeclaration.objects.get().is_declared
    record_other_use(
        asked.connection_id, by=rdp_submitter, use="More", is_charge_confirmed=True
    )
    assert not owed() & {"declare_sole_use", "call_about_sole_use"}
    assert not Charge.objects.filter(net__gt=0).exists()


def test_silence_charges_nothing_and_the_desk_calls(asked, clock):
    clock.move_to(at(asked.due_on + timedelta(days=1)))

    row = WorkItem.objects.open().get(kind="call_about_sole_use")
    assert (row.turn, row.due_on) == ("service_desk", date(2027, 4, 3))
    assert not Charge.objects.filter(net__gt=0).exists()


@pytest.mark.guidance("R-2.9.2-2", "R-2.2-5")
def test_nobody_else_declares_it(asked, outsider):
    with pytest.raises(NotNominated):
        declare_sole_use(asked.connection_id, by=outsider)


@pytest.mark.guidance("T35")
def test_what_a_contact_said_by_phone_counts_from_when_it_came(
    client, asked, rdp_submitter, desk, clock
):
    clock.move_to(at(SECOND + timedelta(days=2)))
    name = "admin:orders_connectionrequest_use-said"
    page = reverse(name, args=[asked.connection.order_id])
    client.force_login(desk)
    said = typed(rdp_submitter, came_at="2027-03-04T10:00")

    answer = client.post(page, said)

    assert answer.status_code == 302, words_of(answer)
    row = UseDeclaration.objects.get()
    assert row.declared_by == rdp_submitter
    assert row.declared_at == datetime(2027, 3, 4, 10, tzinfo=UTC)
    assert Notice.objects.filter(kind="recorded_for_you").exists()
