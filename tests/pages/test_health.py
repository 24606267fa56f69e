"""A stopped worker or timer is seen."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from common.clock import uk_date
from dccportal.celery import app
from orders.models import BankHoliday
from records.commands import greet_mail_server, leave_word, owe
from records.health import PROGRAMS, SILENT
from records.heartbeats import EVERY_SECONDS
from records.jobs import KINDS
from records.models import Heartbeat, Job
from tests.cast import NOW
from tests.owed import all_programs_run, passes
from worklist.staff.queues import all_standings

HEALTH = "/health/"
JSON = {"Accept": "application/json"}
LONG = timedelta(minutes=16)
SHORT = timedelta(minutes=14)


@pytest.fixture(autouse=True)
def programs(db):
    all_programs_run()


def do_all():
    Job.objects.update(done_at=timezone.now())


def waiting(client):
    return client.get(HEALTH, headers=JSON).json()["waiting"]


def test_all_is_well_says_so_in_words_and_to_machines(client, db):
    shown = client.get(HEALTH)
    told = client.get(HEALTH, headers=JSON)

    assert (shown.status_code, told.status_code) == (200, 200)
    assert "Everything runs" in shown.content.decode()
    assert told.json()["is_fine"] is True


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_work_of_each_kind_that_nobody_takes_up_is_counted(
    client, db, kind, late, count
):
    owe(KINDS[kind].work, 1)

    passes(late)

    assert waiting(client)[kind] == count


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_has_failed_is_the_desks_and_not_late(client, db, kind):
    row = owe(KINDS[kind].work, 1)
    Job.objects.filter(pk=row.pk).update(failed_at=NOW, last_error="No.")
    passes(LONG)

    assert waiting(client)[kind] == int(KINDS[kind].is_missed)


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_offers_that_no_timer_lapses_are_counted(
    client, issued_quote, clock, late, count
):
    do_all()
    clock.move_to(issued_quote.lapses_at + late)

    answer = client.get(HEALTH, headers=JSON)

    assert answer.json()["waiting"]["quotes"] == count
    assert answer.status_code == (503 if count else 200)


@pytest.mark.guidance("R-2.5-4")
@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 1)])
def test_renewal_notices_that_did_not_go_are_counted(
    client, period, clock, days, count
):
    day = period.renewal_due_on + timedelta(days=days)
    clock.move_to(f"{day}T12:00Z")

    assert waiting(client)["renewals"] == count


@pytest.mark.parametrize(
    ("last", "count"), [(date(2027, 3, 3), 0), (date(2027, 3, 2), 1)]
)
def test_bank_holidays_that_end_within_a_year_are_missed_in_time(
    client, db, last, count
):
    BankHoliday.objects.filter(day__gt=last).delete()
    BankHoliday.objects.get_or_create(division="ENG", day=last, name="A holiday")

    assert waiting(client)["bank_holidays"] == count


def test_the_page_names_no_party_and_no_order(client, quoted_order):
    passes(LONG)

    shown = client.get(HEALTH).content.decode()

    assert "Something is late" in shown
    assert quoted_order.reference not in shown
    assert quoted_order.party.name not in shown


def test_a_record_that_failed_is_counted_until_it_is_made(client, submitted_order):
    failing = Job.objects.filter(kind="record_form")
    failing.update(failed_at=NOW, last_error="The font is missing.")
    assert waiting(client)["record_form"] == 1

    failing.update(failed_at=None, done_at=NOW)
    assert waiting(client)["record_form"] == 0


@pytest.mark.parametrize(("many", "still"), [(1, 1), (2, 0)])
def test_what_very_many_jobs_come_to_is_counted_for_some_seconds(
    client, submitted_order, monkeypatch, *, many, still
):
    do_all()
    work = KINDS["record_form"].work
    owe(work, 1)
    monkeypatch.setattr("common.remembered.MANY", many)
    passes(LONG)
    assert waiting(client)["record_form"] == 1

    do_all()
    assert waiting(client)["record_form"] == still
    all_programs_run()
    Heartbeat.objects.filter(name="mail").update(at=F("at") - 2 * SILENT)
    assert waiting(client)["silent mail"] == 1


@pytest.mark.parametrize("name", [row[0] for row in PROGRAMS])
def test_a_program_that_has_stopped_is_seen_within_two_minutes_also_when_nothing_is_due(
    client, name
):
    passes(timedelta(seconds=60))
    for other, *_ in PROGRAMS:
        if other != name:
            leave_word(other)
    assert client.get(HEALTH).status_code == 200

    Heartbeat.objects.filter(name=name).update(at=F("at") - timedelta(seconds=60))
    late = {key for key, count in waiting(client).items() if count}
    assert late == {f"silent {name}"}
    assert client.get(HEALTH).status_code == 503


def test_a_program_that_never_ran_is_seen(client):
    Heartbeat.objects.filter(name="beat").delete()

    assert "Silent" in client.get(HEALTH).content.decode()


def test_a_mail_server_that_refuses_is_seen_at_once_and_runs_again(client, monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError("no")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
        greet_mail_server()
    assert waiting(client)["silent mail server"] == 1
    assert "Away" in client.get(HEALTH).content.decode()

    greet_mail_server()
    assert waiting(client)["silent mail server"] == 0


def test_programs_leave_word_often_enough():
    beats = (EVERY_SECONDS, app.conf.beat_schedule["greet_mail_server"]["schedule"])

    assert all(timedelta(seconds=2 * often) < SILENT for often in beats)
    assert timedelta(minutes=2) > SILENT


@pytest.mark.parametrize(("moment", "late"), [("2026-03-05", 0), ("2026-03-06", 1)])
def test_work_of_people_that_is_late_is_a_figure_and_no_failure(
    client, clock, submitted_order, *, moment, late
):
    do_all()
    clock.move_to(f"{moment}T12:00Z")
    # A Party's own work is never late for DCC.
    told = client.get(HEALTH, headers=JSON)

    assert told.json()["work_overdue"] == late
    assert "work_overdue" not in told.json()["waiting"]
    shown = client.get(HEALTH).content.decode()
    assert f"past their last day: {late}." in shown


@pytest.mark.parametrize(
    ("order", "number"), [("submitted_order", 1), ("accepted_order", 0)]
)
def test_the_watch_counts_the_forms_that_wait_and_none_that_was_checked(
    request, order, number
):
    request.getfixturevalue(order)
    counted = {one.slug: one.count for one in all_standings(uk_date(timezone.now()))}

    assert counted["forms"] == number
