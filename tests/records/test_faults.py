"""What happens to machines' work when something breaks half-way. Real servers."""

import os
import subprocess
import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as portal
from django.db import connection
from django.utils import timezone

from records import commands
from records.commands import jobs, notices
from records.jobs import KINDS, job, pause_after
from records.models import Document, Job, Notice
from records.states import JobQueue
from tests.factories.records import NoticeFactory
from tests.mail_server import mail_server
from tests.owed import do, passes, the_job
from tests.races import SECONDS_TO_HANG, at_once
from tools.paths import PYTHON, ROOT
from tools.servers import redis

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MANY = 20


@pytest.fixture
def smtp(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 1
        yield server


@pytest.fixture
def notice(transactional_db):
    made = NoticeFactory()
    notices.owe_delivery(made)
    return made


def deliver(notice):
    return do(notices.deliver_notice, notice.pk)


def state(notice):
    return Notice.objects.get(pk=notice.pk).state


def elsewhere(code, **more):
    """Start a program of the portal's own on the data of this test."""
    at = connection.settings_dict
    address = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(portal.DATA_DIR)}
    return subprocess.Popen(
        [PYTHON, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT,
        env=env | {"DATABASE_URL": address, "SECRET_KEY": "x" * 60} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


RUN = "from records.commands import run_job; run_job({pk})"


def test_a_worker_killed_between_sending_and_noting_it_sends_the_same_email_once_more(
    notice, smtp
):
    owed = the_job(notices.deliver_notice, notice.pk)
    where = f"smtp://127.0.0.1:{smtp.port}"
    worker = elsewhere(RUN.format(pk=owed.pk), EMAIL_URL=where)
    smtp.kills.append(worker.pid)
    worker.communicate()
    assert state(notice) == "queued"
    assert not deliver(notice), "the dead worker's lease holds"

    passes(jobs.LEASE)
    assert deliver(notice)

    assert smtp.taken == [notice.message_id] * 2, "a receiver drops the repeat"
    assert state(notice) == "sent"


def test_a_mail_server_that_dies_after_the_email_gets_it_again_by_the_same_name(
    notice, smtp
):
    smtp.hangs_up = True
    assert not deliver(notice)
    smtp.hangs_up = False

    passes(pause_after(1))
    assert deliver(notice)
    assert smtp.taken == [notice.message_id] * 2


def test_a_mail_server_that_hangs_holds_nothing_up_for_long(notice, smtp):
    smtp.hangs = True
    assert not deliver(notice)
    assert "timed out" in the_job(notices.deliver_notice, notice.pk).last_error
    assert not commands.greet_mail_server()
    smtp.hangs = False

    passes(pause_after(1))
    assert deliver(notice)
    assert commands.greet_mail_server()


def test_a_mail_server_that_refuses_is_waited_for(notice, smtp, settings):
    here, settings.EMAIL_PORT = smtp.port, 1
    assert not deliver(notice)
    settings.EMAIL_PORT = here

    passes(pause_after(1))
    assert deliver(notice)
    assert len(smtp.taken) == 1


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(days=1)], ids=str)
def test_a_worker_whose_clock_is_off_takes_nothing_that_another_holds(notice, skew):
    owed = the_job(notices.deliver_notice, notice.pk)
    held = jobs.claimed(owed.pk)

    with time_machine.travel(timezone.now() + skew):
        assert not commands.run_job(owed.pk)
        assert commands.nudge_ready() == 0

    passes(jobs.LEASE)
    with time_machine.travel(timezone.now() + skew):
        again = jobs.claimed(owed.pk)
    assert again.lease_until - held.lease_until < jobs.LEASE


@pytest.fixture
def stores():
    """A kind of work that stores a file."""

    def store_a_file(_):
        commands.store_document(
            b"%PDF-",
            kind=Document.Kind.QUOTATION,
            name="a.pdf",
            content_type="application/pdf",
            thread="T-1",
            by=None,
            at=timezone.now(),
        )

    job("Storing a file", queue=JobQueue.DOCUMENTS)(store_a_file)
    yield store_a_file
    del KINDS["store_a_file"]


def test_a_storage_that_is_away_is_waited_for(stores, settings, tmp_path):
    away = tmp_path / "no-folder"
    away.write_text("A file stands where the folder should be.")
    commands.owe(stores)
    settings.MEDIA_ROOT, there = away, settings.MEDIA_ROOT
    assert not do(stores)
    settings.MEDIA_ROOT = there

    passes(pause_after(1))
    assert do(stores)
    with Document.objects.get().file.open() as kept:
        assert kept.read() == b"%PDF-"


@pytest.fixture
def nudges(monkeypatch):
    """Many jobs whose messages were lost, and what is nudged of them."""
    sent = []
    for notice in NoticeFactory.create_batch(MANY):
        notices.owe_delivery(notice)
    passes(jobs.NUDGED)
    monkeypatch.setattr(jobs, "nudge", lambda pk, _: sent.append(pk))
    monkeypatch.setattr(jobs, "waiting_in", lambda _: 0)
    return sent


def sweep_twice(monkeypatch, claim):
    """Sweep twice at once: both have read what is lost before either nudges."""
    met, both = threading.local(), threading.Barrier(2)

    def together(job_id):
        if not hasattr(met, "once"):
            met.once = True
            both.wait(SECONDS_TO_HANG)
        return claim(job_id)

    monkeypatch.setattr(jobs, "claim_nudge", together)
    at_once(commands.nudge_ready, commands.nudge_ready)


def test_two_sweeps_at_once_nudge_each_job_once(nudges, monkeypatch):
    sweep_twice(monkeypatch, jobs.claim_nudge)

    assert sorted(nudges) == sorted(Job.objects.values_list("pk", flat=True))


def test_the_control_without_the_claim_both_sweeps_nudge(nudges, monkeypatch):
    sweep_twice(monkeypatch, lambda _: True)

    assert len(nudges) == 2 * MANY


SWEEP = """
from celery import current_app
from records.commands import jobs, nudge_ready
from records.models import Job
import redis, os
broker = redis.Redis.from_url(os.environ["REDIS_URL"])
from tests.owed import passes
said = []
nudge_ready(); nudge_ready(); said.append(jobs.waiting_in("mail"))
passes(jobs.NUDGED); nudge_ready(); said.append(jobs.waiting_in("mail"))
broker.flushall(); said.append(jobs.waiting_in("mail"))
nudge_ready(); nudge_ready(); said.append(jobs.waiting_in("mail"))
passes(jobs.NUDGED); nudge_ready(); nudge_ready(); said.append(jobs.waiting_in("mail"))
print(said)
"""


def test_a_queue_is_never_longer_than_what_is_owed_and_a_flushed_broker_costs_time_only(
    transactional_db,
):
    for notice in NoticeFactory.create_batch(MANY):
        notices.owe_delivery(notice)
    passes(jobs.NUDGED)

    with redis() as broker:
        sweeps = elsewhere(SWEEP, REDIS_URL=broker, PYTHONPATH=str(ROOT))
        said, _ = sweeps.communicate()

    expected = [MANY, MANY, 0, MANY, MANY]
    assert said.splitlines()[-1] == str(expected), said
