"""Machines' work: a row first, a nudge second, and whatever happens in between."""

from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse

from common.errors import DomainError
from records import commands
from records.commands import jobs
from records.errors import JobIsOver, JobNotFailed, WhyGivenUpMissing
from records.jobs import KINDS, MOST_ATTEMPTS, MOST_LOST, job, pause_after
from records.models import Event, Job
from records.querysets import OVERDUE
from records.states import JobQueue
from tests.owed import owe_and_do, passes

MOMENT = timedelta(seconds=1)


class Busy(Exception):
    pass


class Wrong(DomainError):
    words = "The form has no answers."


@pytest.fixture
def work():
    """A kind of work that does what a test tells it to, and remembers."""
    done, told = [], []

    def test_work(subject):
        if test_work.fails:
            raise test_work.fails
        done.append(subject)

    test_work.fails = None
    test_work.done, test_work.told = done, told
    job(
        "Work of a test",
        queue=JobQueue.DOCUMENTS,
        transient=(Busy,),
        failed=lambda pk, words: told.append(("failed", pk, words)),
        given_up=lambda pk, words: told.append(("given up", pk, words)),
        again=lambda pk: told.append(("again", pk)),
    )(test_work)
    yield test_work
    del KINDS["test_work"]


@pytest.fixture
def nudges(monkeypatch):
    sent = []

    def send(job_id, queue):
        sent.append((job_id, queue))

    monkeypatch.setattr(jobs, "nudge", send)
    return sent


@pytest.fixture
def row(db, work):
    return commands.owe(work, 7, about="Form 7", thread="ORD-1")


def fresh(row):
    return Job.objects.get(pk=row.pk)


def test_what_is_owed_is_done_once(row, work):
    assert commands.run_job(row.pk)
    assert not commands.run_job(row.pk)

    assert work.done == [7]
    assert fresh(row).state == "done"


def test_owing_twice_owes_once(row, work):
    assert commands.owe(work, 7) == row
    assert commands.owe(work, 8) != row


def test_the_database_refuses_a_second_open_row_for_the_same_work(row):
    twin = Job(kind=row.kind, subject=7, queue=row.queue)
    twin.asked_at = twin.ready_at = fresh(row).asked_at

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_what_was_done_can_be_owed_again(row, work):
    commands.run_job(row.pk)

    assert commands.owe(work, 7) != row


def test_while_one_worker_has_it_no_other_takes_it(row, work):
    assert jobs.claimed(row.pk)

    assert not commands.run_job(row.pk)
    assert work.done == []


def test_what_a_dead_worker_held_is_done_when_its_lease_is_over(row, work):
    jobs.claimed(row.pk)
    passes(jobs.LEASE - MOMENT)
    assert not commands.run_job(row.pk)

    passes(MOMENT)
    assert commands.run_job(row.pk)
    assert work.done == [7]


def test_a_lease_outlasts_the_longest_that_a_worker_may_take(settings):
    assert timedelta(seconds=settings.JOB_SECONDS) < jobs.LEASE


def test_a_worker_that_comes_late_does_not_undo_what_the_next_one_did(row, work):
    late = jobs.claimed(row.pk)
    passes(jobs.LEASE)
    commands.run_job(row.pk)

    jobs.put_back(KINDS["test_work"], late, Wrong())

    assert fresh(row).state == "done"
    assert work.told == []


def test_what_is_asked_for_anew_while_it_is_done_is_done_again(row, work):
    held = jobs.claimed(row.pk)
    commands.owe(work, 7)

    assert not jobs.in_hand(held).update(done_at=held.asked_at)
    assert commands.run_job(row.pk)


PASS = [
    OSError("disk away"),
    TimeoutError("no answer"),
    OperationalError("no database"),
    EndpointConnectionError(endpoint_url="https://store.example"),
    Busy("one moment"),
]


@pytest.mark.parametrize("error", PASS, ids=lambda error: type(error).__name__)
def test_an_error_that_passes_puts_the_job_back_for_later(row, work, error):
    work.fails = error
    assert not commands.run_job(row.pk)
    left = fresh(row)
    assert (left.state, left.attempts) == ("waiting", 1)
    assert type(error).__name__ in left.last_error

    work.fails = None
    assert not commands.run_job(row.pk), "too early"
    passes(pause_after(1))
    assert commands.run_job(row.pk)
    assert fresh(row).last_error == ""
    assert work.told == []


@pytest.mark.parametrize(
    ("error", "words"),
    [(Wrong(), "The form has no answers."), (ValueError("no"), "ValueError: no")],
)
def test_any_other_error_ends_it_at_once_and_its_subject_is_told(
    row, work, error, words
):
    work.fails = error

    assert not commands.run_job(row.pk)

    assert (fresh(row).state, fresh(row).last_error) == ("failed", words)
    assert work.told == [("failed", 7, words)]
    passes(timedelta(days=1))
    assert not commands.run_job(row.pk)


def test_attempts_go_on_for_a_day_and_longer_with_pauses_that_grow_to_an_hour():
    pauses = [pause_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]

    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert pauses[-1] == timedelta(hours=1)
    assert sum(pauses, timedelta()) >= timedelta(hours=24)


def test_what_fails_for_more_than_a_day_has_failed(row, work):
    work.fails = OSError("disk away")
    Job.objects.update(attempts=MOST_ATTEMPTS - 2)
    commands.run_job(row.pk)
    assert fresh(row).state == "waiting"

    passes(pause_after(MOST_ATTEMPTS))
    commands.run_job(row.pk)
    assert fresh(row).state == "failed"


def test_a_job_that_kills_its_worker_each_time_is_left_alone(row, work):
    for _ in range(MOST_LOST):
        assert jobs.claimed(row.pk)
        passes(jobs.LEASE)

    assert not commands.run_job(row.pk)
    assert (fresh(row).state, work.done) == ("failed", [])
    assert "worker's log" in fresh(row).last_error


def test_work_of_another_release_waits_for_a_worker_that_knows_it(row):
    Job.objects.update(kind="work_of_tomorrow")

    commands.run_job(row.pk)

    assert fresh(row).state == "waiting"
    assert "work_of_tomorrow" in fresh(row).last_error


def test_a_job_ends_only_together_with_what_its_subject_is_told(row, work):
    work.fails = Wrong()
    KINDS["test_work"] = replace(KINDS["test_work"], failed=lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        commands.run_job(row.pk)

    assert fresh(row).failed_at is None
    assert Job.objects.open().exists()


def test_staff_have_what_failed_tried_again(row, work, operator):
    work.fails = Wrong()
    commands.run_job(row.pk)
    work.fails = None

    commands.try_again(row.pk, by=operator)

    assert commands.run_job(row.pk)
    assert ("again", 7) in work.told
    event = Event.objects.get(name="try_again")
    assert (event.by, event.thread, event.is_public) == (operator, "ORD-1", False)


def test_only_what_failed_is_tried_again(row, operator):
    with pytest.raises(JobNotFailed):
        commands.try_again(row.pk, by=operator)


@pytest.mark.parametrize("who", ["submitter", "outsider", "installer"])
def test_nobody_but_dcc_decides_about_jobs(request, row, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        commands.try_again(row.pk, by=person)
    with pytest.raises(PermissionDenied):
        commands.give_up(row.pk, by=person, reason="Not needed.")


def test_staff_give_a_job_up_for_a_reason_that_is_kept(row, work, operator):
    commands.give_up(row.pk, by=operator, reason=" Sent by post. ")

    left = fresh(row)
    assert (left.state, left.given_up_because) == ("given_up", "Sent by post.")
    assert left.given_up_by == operator
    assert Event.objects.get(name="give_up").why == "Sent by post."
    assert work.told == [("given up", 7, "Sent by post.")]
    assert not commands.run_job(row.pk)


def test_without_a_reason_nothing_is_given_up_and_nothing_twice(row, operator):
    with pytest.raises(WhyGivenUpMissing):
        commands.give_up(row.pk, by=operator, reason=" ")
    commands.give_up(row.pk, by=operator, reason="Sent by post.")
    with pytest.raises(JobIsOver):
        commands.give_up(row.pk, by=operator, reason="Again.")


def test_the_sweep_nudges_once_what_is_ready_and_not_nudged(row, nudges):
    assert commands.nudge_ready() == 0, "its own nudge is on its way"

    passes(jobs.NUDGED)
    assert commands.nudge_ready() == 1
    assert commands.nudge_ready() == 0
    assert nudges == [(row.pk, "documents")]


def test_what_a_worker_holds_or_rests_is_not_nudged(row, work, nudges):
    work.fails = OSError("disk away")
    commands.run_job(row.pk)
    assert commands.nudge_ready() == 0

    passes(pause_after(1))
    jobs.claimed(row.pk)
    assert commands.nudge_ready() == 0


def test_while_nobody_takes_messages_none_are_added(row, nudges, monkeypatch):
    passes(jobs.NUDGED)
    monkeypatch.setattr(jobs, "waiting_in", lambda _: 1)

    assert commands.nudge_ready() == 0


def test_a_message_lives_as_long_as_the_sweep_waits_for_it(row, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "celery.canvas.Signature.apply_async", lambda _, **how: sent.append(how)
    )

    jobs.nudge(row.pk, "documents")

    assert sent == [{"queue": "documents", "expires": jobs.NUDGED.total_seconds()}]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_leaves_the_job_to_the_next_sweep(
    work, monkeypatch, caplog
):
    def refuse(*_, **__):
        raise ConnectionError("no broker")

    monkeypatch.setattr("celery.canvas.Signature.apply_async", refuse)
    row = commands.owe(work, 7)

    assert "no broker" in caplog.text
    assert Job.objects.ready().not_nudged().filter(pk=row.pk).exists()


def test_what_nobody_takes_up_is_overdue(row):
    passes(OVERDUE - MOMENT)
    assert not Job.objects.overdue().exists()

    passes(MOMENT)
    assert Job.objects.overdue().exists()


def test_the_figures_say_how_much_is_owed_of_each_kind_and_since_when(row, work):
    passes(timedelta(hours=1))
    commands.owe(work, 8)
    work.fails = Wrong()
    owe_and_do(work, 9)

    (figures,) = Job.objects.figures()
    assert (figures["kind"], figures["owed"], figures["failed"]) == ("test_work", 2, 1)
    assert timedelta(hours=1) <= figures["oldest"] < timedelta(hours=2)


def test_rows_of_what_is_over_go_after_a_month_and_no_others(row, work):
    commands.owe(work, 8)
    commands.run_job(row.pk)
    passes(timedelta(days=29))
    assert commands.forget_done(timedelta(days=30)) == 0

    passes(timedelta(days=2))
    commands.forget_done(timedelta(days=30))

    assert [left.subject for left in Job.objects.all()] == [8]


def test_the_desk_sees_what_failed_and_why_and_tries_again(row, work, client, desk):
    work.fails = Wrong()
    commands.run_job(row.pk)
    client.force_login(desk)
    listed = client.get(reverse("admin:records_job_changelist"), {"state": "failed"})
    assert "The form has no answers." in listed.content.decode()

    client.post(reverse("admin:records_job_try-again", args=[row.pk]))

    assert fresh(row).state == "waiting"


def test_the_desk_gives_up_with_a_reason(row, client, desk):
    client.force_login(desk)
    page = reverse("admin:records_job_give-up", args=[row.pk])

    assert "Write why it is given up" in client.post(page).content.decode()
    client.post(page, {"reason": "It was sent by post."})

    assert fresh(row).given_up_because == "It was sent by post."
