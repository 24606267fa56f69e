"""The long form: real workers on a real broker, killed fifty times while they send.

`make faults` runs it. The short form of each fault is in tests/records/test_faults.py.
"""

import os
import random
import signal
import subprocess
import time

import pytest
from django.conf import settings as portal
from django.db import connection
from redis import Redis

from records.commands import jobs
from records.models import Job, Notice
from records.states import NoticeState
from tests.factories.records import NoticeFactory
from tests.mail_server import mail_server
from tests.owed import passes
from tools.paths import PYTHON, ROOT
from tools.servers import redis

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, LETTERS = 50, 400
LIVES = (1.0, 4.0)
LONGEST_WAIT = 600
WORKER = ("worker", "--concurrency=2", "--loglevel=ERROR", "--queues=mail,timers")
OWE = """
from django.db import transaction
from records.commands import nudge_ready
from records.commands.notices import owe_delivery
from records.models import Notice
with transaction.atomic():
    for notice in Notice.objects.all():
        owe_delivery(notice)
"""
SWEEP = "from records.commands import nudge_ready; nudge_ready()"


def environment(broker, server):
    at = connection.settings_dict
    address = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(portal.DATA_DIR),
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": address,
        "REDIS_URL": broker,
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }


def started(env):
    return subprocess.Popen(
        [PYTHON, "-m", "celery", "--quiet", "-A", "dccportal", *WORKER],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def call(code, env):
    command = [PYTHON, "manage.py", "shell", "-v0", "-c", code]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def some_sent(server, before):
    """Wait until the worker has begun to send; how long it lives then is chance."""
    deadline = time.monotonic() + LONGEST_WAIT
    while len(server.taken) == before and time.monotonic() < deadline:
        if not Job.objects.open().exists():
            return
        time.sleep(0.05)
    time.sleep(random.uniform(*LIVES) / 10)  # noqa: S311


@pytest.fixture
def server():
    with mail_server() as one:
        yield one


@pytest.fixture
def env(server):
    NoticeFactory.create_batch(LETTERS)
    with redis() as broker:
        found = environment(broker, server)
        call(OWE, found)
        yield found


def killed(env, server):
    """Let a worker begin to send, and kill it with all its processes."""
    worker = started(env)
    some_sent(server, len(server.taken))
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    passes(jobs.LEASE)
    call(SWEEP, env)


def finished(env):
    """Let one worker send what is left."""
    worker = started(env)
    deadline = time.monotonic() + LONGEST_WAIT
    while Job.objects.open().exists() and time.monotonic() < deadline:
        time.sleep(1)
        passes(jobs.LEASE)
        call(SWEEP, env)
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait()


def test_after_fifty_killed_workers_every_letter_went_and_no_queue_outgrew_what_is_owed(
    env, server
):
    queue, lengths = Redis.from_url(env["REDIS_URL"]), []
    for _ in range(KILLS):
        killed(env, server)
        lengths.append((queue.llen("mail"), Job.objects.open().count()))
    finished(env)

    taken = len(server.taken)
    print(f"{LETTERS} letters, {KILLS} kills: {taken} taken; queue and owed: {lengths}")
    assert len(set(server.taken)) == LETTERS
    assert taken <= LETTERS + 2 * KILLS
    assert not Notice.objects.exclude(state=NoticeState.SENT).exists()
    assert all(length <= owed for length, owed in lengths)
