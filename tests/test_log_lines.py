"""In production each line of web, worker and timer is JSON, tracebacks included.

Neither database nor broker answers here, which gives each program something to say.
"""

import json
import os
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from tests.test_settings import SAFE
from tools.paths import PYTHON, ROOT
from tools.ports import free_port
from tools.servers import redis

pytestmark = pytest.mark.once
ADDRESS = "priya.nair@brightmoor.example"
ENV = {
    "PATH": os.environ["PATH"],
    **SAFE,
    "REDIS_URL": "redis://127.0.0.1:1",
    "SSL_REDIRECT": "false",
}
CELERY = ["-m", "celery", "--quiet", "-A", "dccportal"]


@contextmanager
def running(*command, **more):
    """Run one of the programs; what it says comes line by line, for two minutes."""
    program = subprocess.Popen(
        [PYTHON, *command],
        cwd=ROOT,
        env=ENV | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Its children are in its group, and end with it.
        start_new_session=True,
    )
    limit = threading.Timer(120, os.killpg, [program.pid, signal.SIGKILL])
    limit.start()
    try:
        yield program
    finally:
        limit.cancel()
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        program.stdout.close()


def collect_files(into):
    """Collect style sheets and pictures as a release does: each page names them."""
    collect = [PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=ENV | {"DATA_DIR": str(into)}, check=True)


def lines_until(program, is_last):
    lines = []
    for said in program.stdout:
        lines.append(json.loads(said))
        if is_last(lines[-1]):
            break
    assert all({"timestamp", "level", "logger", "event"} <= set(line) for line in lines)
    return lines


def ask(port, path, program):
    """Ask until the server listens; the answer is a fault, since no database does."""
    address = f"http://127.0.0.1:{port}{path}"
    request = Request(address, headers={"Host": "portal.example"})
    while program.poll() is None:
        try:
            return urlopen(request).status
        except HTTPError as error:
            return error.code
        except (URLError, ConnectionError):
            continue
    return None


def test_a_fault_of_a_page_is_one_line_with_its_request_and_its_traceback(tmp_path):
    collect_files(tmp_path)
    port = free_port()
    with running(
        "-m", "gunicorn", "dccportal.wsgi", PORT=str(port), DATA_DIR=str(tmp_path)
    ) as web:
        # The lines are read meanwhile: a program whose pipe is full waits for a reader.
        with ThreadPoolExecutor() as beside:
            answer = beside.submit(ask, port, f"/guidance/?q={ADDRESS}", web)
            lines = lines_until(web, lambda line: line["logger"] == "gunicorn.access")
        assert answer.result() == 503

    fault = next(line for line in lines if "exception" in line)
    assert "OperationalError" in fault["exception"]
    assert fault["request_id"]
    assert ADDRESS not in json.dumps(lines)


def test_the_worker_says_in_json_that_the_broker_is_away(tmp_path):
    worker = ["worker", "--pool=solo", "--loglevel=WARNING"]

    with running(*CELERY, *worker, DATA_DIR=str(tmp_path)) as program:
        lines = lines_until(program, lambda line: line["level"] == "error")

    assert "Cannot connect to redis" in lines[-1]["event"]


def test_a_task_that_fails_is_one_line_with_its_task_and_its_traceback(tmp_path):
    name = "records.tasks.nudge_ready_jobs"
    owe = f"from dccportal.celery import app; app.send_task({name!r})"
    worker = ["worker", "--pool=solo", "--loglevel=WARNING"]

    with redis() as broker:
        facts = {"DATA_DIR": str(tmp_path), "REDIS_URL": broker}
        subprocess.run([PYTHON, "-c", owe], cwd=ROOT, env=ENV | facts, check=True)
        with running(*CELERY, *worker, **facts) as program:
            lines = lines_until(program, lambda line: "exception" in line)

    assert "OperationalError" in lines[-1]["exception"]
    assert lines[-1]["task_id"]


def test_the_timer_says_in_json_that_it_starts(tmp_path):
    timer = ["beat", "--pidfile=", f"--schedule={tmp_path / 'timer'}"]

    with running(*CELERY, *timer, DATA_DIR=str(tmp_path)) as program:
        (line,) = lines_until(program, lambda _: True)

    assert line["event"] == "beat: Starting..."
