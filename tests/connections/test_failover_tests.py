"""Failover tests of a pair: planned, moved, called off, carried out, due again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from billing.models import Charge
from common.clock import uk_date
from connections import emails
from connections.commands import (
    call_off_failover_test,
    cancel_connection,
    commitment_of,
    end_connection,
    establish_session,
    move_failover_test,
    plan_failover_test,
    record_failover_test,
    remind_of_failover_test,
)
from connections.deadlines import failover_test_due_on, last_test_by
from connections.errors import (
    FailoverBeforePair,
    FailoverDayWrong,
    FailoverInTheFuture,
    FailoverNeedsPair,
    FailoverPlanned,
    FailoverUnexplained,
)
from connections.models import Connection, FailoverTest, Session, SessionAddress
from connections.tasks import remind_of_failover_tests
from orders.models import ConnectionRequest
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests.journey_on_site import request_session
from tests.reading import words_of
from worklist.models import WorkItem

DAY = date(2026, 3, 10)
SEEN = "DUIS moved within a minute; testing had no access, as shown."


def record(test, person, **said):
    said = {"done_on": DAY, "result": "passed", "seen": SEEN} | said
    return record_failover_test(test.pk, by=person, **said)


def told(kind):
    return Notice.objects.filter(kind=kind).order_by("pk")


@pytest.mark.guidance("R-7-1", "R-6-12")
def test_a_party_plans_a_test_and_dcc_and_its_configurer_are_told(
    failover_test, pair_in_service, submitter, configurer, settings
):
    link = pair_in_service[0]

    assert (failover_test.connection, failover_test.planned_on) == (link, DAY)
    notices = told("failover_test_told")
    assert {row.to for row in notices} == {
        configurer.email,
        settings.SERVICE_DESK_EMAIL,
    }
    for words in (f"{link}", "10 March 2026", "Sue at the rack", "carries it out"):
        assert words in notices[0].text


@pytest.mark.parametrize(
    "who", ["colleague", "authoriser", "outsider", "operator", "configurer"]
)
def test_only_a_submitter_of_the_party_has_a_say_in_a_test(request, failover_test, who):
    person, pk = request.getfixturevalue(who), failover_test.pk
    link = failover_test.connection_id

    for act in (
        lambda: plan_failover_test(link, by=person, planned_on=DAY),
        lambda: move_failover_test(
            pk, by=person, planned_on=date(2026, 4, 1), reason="x"
        ),
        lambda: call_off_failover_test(pk, by=person, reason="x"),
        lambda: record(failover_test, person, done_on=date(2026, 3, 3)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_test_needs_two_links_in_service(
    connection_in_service, paired_connections, submitter
):
    for link in (connection_in_service, paired_connections[0]):
        with pytest.raises(FailoverNeedsPair, match="no other link in service"):
            plan_failover_test(link.pk, by=submitter, planned_on=DAY)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "2 March 2026 is over"),
        (date(2028, 3, 4), "4 March 2028 is more than two years ahead"),
    ],
)
def test_a_test_is_planned_for_a_day_that_can_be(
    failover_test, pair_in_service, submitter, day, words
):
    with pytest.raises(FailoverDayWrong, match=words):
        plan_failover_test(pair_in_service[1].pk, by=submitter, planned_on=day)
    with pytest.raises(FailoverDayWrong, match=words):
        move_failover_test(failover_test.pk, by=submitter, planned_on=day, reason="x")


def test_each_link_has_one_planned_test_at_a_time(
    failover_test, pair_in_service, submitter
):
    first, second = pair_in_service
    with pytest.raises(FailoverPlanned, match="planned already, for 10 March 2026"):
        plan_failover_test(first.pk, by=submitter, planned_on=DAY)

    plan_failover_test(second.pk, by=submitter, planned_on=DAY)
    record(failover_test, submitter, done_on=date(2026, 3, 3))
    assert plan_failover_test(first.pk, by=submitter, planned_on=DAY).is_planned


def test_a_plan_is_moved_with_its_reason(failover_test, submitter):
    new = date(2026, 4, 14)
    with pytest.raises(FailoverUnexplained, match="why it is moved"):
        move_failover_test(failover_test.pk, by=submitter, planned_on=new, reason=" ")
    with pytest.raises(FailoverDayWrong, match="is its day already"):
        move_failover_test(failover_test.pk, by=submitter, planned_on=DAY, reason="x")

    why = "The engineer is away"
    moved = move_failover_test(
        failover_test.pk, by=submitter, planned_on=new, reason=why
    )

    event = Event.objects.get(name="move", subject_pk=moved.pk)
    assert (moved.planned_on, event.why) == (new, why)
    assert (event.day_from, event.day_to) == (DAY, new)
    last = told("failover_test_told").last()
    assert "from 10 March 2026 to 14 April 2026" in last.text


def test_a_plan_is_called_off_with_its_reason_and_is_over(failover_test, submitter):
    with pytest.raises(FailoverUnexplained, match="why it is called off"):
        call_off_failover_test(failover_test.pk, by=submitter, reason="")

    call_off_failover_test(failover_test.pk, by=submitter, reason="Not this spring")

    assert "Not this spring" in told("failover_test_told").last().text
    for act in (
        lambda: call_off_failover_test(failover_test.pk, by=submitter, reason="x"),
        lambda: record(failover_test, submitter, done_on=date(2026, 3, 3)),
        lambda: move_failover_test(
            failover_test.pk, by=submitter, planned_on=date(2026, 5, 1), reason="x"
        ),
    ):
        with pytest.raises(NotPossibleInState):
            act()
    assert not WorkItem.objects.open().filter(kind="record_failover_test").exists()


def test_a_result_says_when_and_what_was_seen(failover_test, submitter, clock):
    clock.move_to("2026-03-11T09:00Z")
    for wrong, refusal in (
        ({"seen": " "}, FailoverUnexplained),
        ({"done_on": date(2026, 3, 12)}, FailoverInTheFuture),
        ({"done_on": date(2026, 3, 2)}, FailoverBeforePair),
    ):
        with pytest.raises(refusal):
            record(failover_test, submitter, **wrong)

    done = record(failover_test, submitter)

    assert (done.done_on, done.result, done.seen) == (DAY, "passed", SEEN)
    assert Event.objects.get(name="record", subject_pk=done.pk).why == SEEN
    assert not told("failover_test_not_passed").exists()


@pytest.mark.parametrize("result", ["partly", "failed"])
def test_the_service_desk_is_told_of_a_test_that_did_not_pass(
    client, failover_test, submitter, *, settings, clock, result
):
    clock.move_to("2026-03-11T09:00Z")
    client.force_login(submitter)
    place = reverse("failover-test", args=[failover_test.connection, failover_test.pk])
    said = {"result": result, "seen": "DUIS stayed down"} | parts("done_on", DAY)

    answer = client.post(place, said, follow=True)

    assert "so ask the Service Desk" in words_of(answer)
    notice = told("failover_test_not_passed").get()
    assert notice.to == settings.SERVICE_DESK_EMAIL
    for words in ("DUIS stayed down", "10 March 2026", submitter.email):
        assert words in notice.text


def parts(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


@pytest.mark.guidance("R-6-12", "R-6-13", "R-7-1")
def test_a_failover_orders_nothing_and_leaves_every_address_as_it_was(
    pair_in_service, submitter, configurer, clock
):
    first, second = pair_in_service
    session = request_session(first, submitter, secondary=second.pk)
    establish_session(session.pk, by=configurer)

    def state():
        rows = (Session, SessionAddress, Charge, ConnectionRequest)
        kept = [sorted(map(str, model.objects.values_list())) for model in rows]
        links = Connection.objects.values_list(
            "state", "router_address", "pep_address", "virtual_address"
        )
        return kept, list(links), set(WorkItem.objects.open().values_list("kind"))

    before = state()
    test = plan_failover_test(first.pk, by=submitter, planned_on=DAY)
    clock.move_to("2026-03-11T09:00Z")
    record(test, submitter, result="failed")

    assert state() == before
    staff = WorkItem.objects.filter(subject_pk=test.pk, kind="record_failover_test")
    assert {row.turn for row in staff} == {"submitter"}


def test_a_result_is_owed_once_the_day_is_over(client, failover_test, submitter, clock):
    row = WorkItem.objects.open().get(kind="record_failover_test")

    assert row.starts_on == DAY + timedelta(days=1)
    pages = []
    for moment in ("2026-03-10T12:00Z", "2026-03-11T00:30Z"):
        clock.move_to(moment)
        client.force_login(submitter)
        pages.append(words_of(client.get("/orders/")))
    asks = f"Record how the failover test of {failover_test.connection} went"
    assert [asks in page for page in pages] == [False, True]
    record(failover_test, submitter)
    row.refresh_from_db()
    assert row.closed_at is not None


def test_the_page_shows_what_is_planned_what_was_seen_and_when_one_is_due_again(
    client, failover_test, pair_in_service, submitter, clock
):
    client.force_login(submitter)
    place = reverse("failover", args=[pair_in_service[1].reference])

    planned = words_of(client.get(place))
    clock.move_to("2026-03-11T09:00Z")
    record(failover_test, submitter)
    client.force_login(submitter)
    done = words_of(client.get(place))

    assert "none carried out yet" in planned
    assert "Sue at the rack" in planned
    assert "last tested on 10 March 2026" in done
    assert "we remind you on 10 March 2027" in done
    assert "12 months without one, which is our own figure" in done
    assert SEEN in done


def test_a_party_plans_moves_and_calls_off_on_its_pages(
    client, pair_in_service, submitter
):
    client.force_login(submitter)
    first = pair_in_service[0]
    new = reverse("failover-test-new", args=[first.reference])

    nothing = words_of(client.post(new, {}))
    wrong = words_of(
        client.post(new, {"link": first.pk} | parts("planned_on", date(2026, 3, 2)))
    )
    client.post(new, {"link": first.pk} | parts("planned_on", DAY))
    test = FailoverTest.objects.get()
    names = [first.reference, test.pk]
    later = parts("planned_on", date(2026, 3, 12)) | {"reason": "Away"}
    client.post(reverse("failover-test-move", args=names), later)
    moved = FailoverTest.objects.get().planned_on
    gone = {"reason": "Not now"}
    client.post(reverse("failover-test-call-off", args=names), gone)

    assert "Enter the day of the test" in nothing
    assert "2 March 2026 is over" in wrong
    assert moved == date(2026, 3, 12)
    assert not FailoverTest.objects.get().is_planned
    page = words_of(client.get(reverse("failover-test", args=names)))
    assert "It was called off: Not now" in page


def test_dcc_and_the_configurer_read_it_at_the_desk_and_the_installer_does_not(
    request, client, failover_test
):
    place = reverse("admin:connections_failovertest_changelist")
    found = {}
    for who in ("operator", "desk", "configurer", "installer"):
        client.force_login(request.getfixturevalue(who))
        page = words_of(client.get(place))
        found[who] = failover_test.connection.reference in page

    assert [who for who in found if not found[who]] == ["installer"]


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(min_value=-5, max_value=5),
)
@example(date(2028, 2, 29), 0)
def test_what_is_due_by_a_day_is_what_counts_forward_to_it(since, days):
    today = failover_test_due_on(since) + timedelta(days=days)

    assert (since <= last_test_by(today)) == (failover_test_due_on(since) <= today)


def run_at(clock, day):
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    remind_of_failover_tests()
    return told("failover_test_due").count()


def test_a_pair_that_goes_untested_is_reminded_once_a_year_however_often_it_runs(
    pair_in_service, submitter, clock
):
    days = [
        date(2027, 3, 2),
        date(2027, 3, 3),
        date(2027, 3, 3),
        # Nothing ran for a year and more: one reminder, then a year from that one.
        date(2028, 5, 9),
        date(2029, 5, 8),
        date(2029, 5, 9),
    ]

    assert [run_at(clock, day) for day in days] == [0, 1, 1, 2, 2, 3]
    notice = told("failover_test_due").first()
    assert notice.to == submitter.email
    assert "has not been tested for 12 months" in notice.text


def test_a_test_or_a_plan_puts_the_reminder_off(
    failover_test, pair_in_service, submitter, clock
):
    assert run_at(clock, date(2027, 3, 3)) == 0
    day = date(2027, 3, 2)
    record(failover_test, submitter, done_on=day)

    assert run_at(clock, date(2028, 3, 1)) == 0
    assert run_at(clock, date(2028, 3, 2)) == 1


def test_links_that_are_no_pair_in_service_are_not_reminded(
    connection_in_service, paired_connections, submitter, clock
):
    assert run_at(clock, date(2030, 3, 3)) == 0


def test_a_reminder_that_waited_is_not_sent_once_a_test_is_planned(
    pair_in_service, submitter, clock
):
    run_at(clock, date(2027, 3, 3))
    notice = told("failover_test_due").get()
    now = timezone.now()

    assert emails.no_failover_test_is_due(notice, now) == ""
    plan_failover_test(
        pair_in_service[0].pk, by=submitter, planned_on=uk_date(now), note=""
    )
    why = emails.no_failover_test_is_due(notice, timezone.now())
    assert "has been planned since" in why


def test_a_reminder_is_owed_by_the_command_only_when_it_is_due(pair_in_service):
    pk = pair_in_service[1].pk

    assert not remind_of_failover_test(pk, now=datetime(2027, 3, 2, 9, tzinfo=UTC))
    assert remind_of_failover_test(pk, now=datetime(2027, 3, 3, 9, tzinfo=UTC))
    assert not remind_of_failover_test(pk, now=datetime(2027, 3, 3, 9, tzinfo=UTC))


def test_with_the_end_of_a_link_nothing_is_left_to_test_or_to_fail_over_to(
    client, failover_test, pair_in_service, *, submitter, authoriser, configurer, clock
):
    first, second = pair_in_service
    session = request_session(second, submitter, secondary=first.pk)
    establish_session(session.pk, by=configurer)
    gone = request_session(
        first, submitter, name="Old", secondary=second.pk, addresses=["10.0.0.9"]
    )
    last_day = date(2026, 3, 5)
    net = commitment_of(first).balance(last_day)
    cancel_connection(first.pk, by=authoriser, last_day=last_day, acknowledged=net)
    with pytest.raises(FailoverNeedsPair):
        plan_failover_test(second.pk, by=submitter, planned_on=DAY)

    end_connection(first.pk, now=datetime(2026, 3, 6, 9, tzinfo=UTC))

    clock.move_to("2026-03-06T10:00Z")
    failover_test.refresh_from_db()
    assert (failover_test.why_not, gone.addresses.count()) == (f"{first} has ended", 0)
    client.force_login(submitter)
    page = words_of(client.get(reverse("failover", args=[second.reference])))
    assert "which stands alone" in page
    assert "No access" in page
    assert "It fails over to" not in page
    place = reverse("sessions", args=[second.reference])
    assert "1 session loses access" in words_of(client.get(place, {"failed": second}))
