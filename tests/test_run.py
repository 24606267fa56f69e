"""`make run` for real: it starts, answers, and leaves nothing behind."""

import os
import re
import shutil
import signal
import subprocess
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tools.paths import PYTHON, ROOT
from tools.ports import free_port

pytestmark = pytest.mark.once
SECONDS_TO_START = 300
OF_THE_TESTS = {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"}


ONE_PERSON = """
from parties.models import User
User.objects.create(email="a@b.example", role="operations", is_staff=True)
"""


def environment(folder, **more):
    env = {
        name: value for name, value in os.environ.items() if name not in OF_THE_TESTS
    }
    return env | {"DATA_DIR": str(folder), "PORT": str(free_port())} | more


def started(folder, **more):
    return subprocess.Popen(
        [PYTHON, "-m", "tools.start"],
        cwd=ROOT,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="session")
def inhabited(tmp_path_factory):
    """Prepare data with a person in it, so that no demo world is loaded."""
    folder = tmp_path_factory.mktemp("inhabited")
    if settings.TESTS_TEMPLATE:
        shutil.copy(settings.TESTS_TEMPLATE, folder / "portal.sqlite3")
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", ONE_PERSON]):
        command = [PYTHON, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment(folder), check=True)
    return folder


@pytest.fixture
def data(inhabited, tmp_path):
    return shutil.copytree(inhabited, tmp_path / "data")


def processes_of(folder):
    """Return the ids of all processes that were started with this data folder."""
    mark = f"DATA_DIR={folder}\0".encode()
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environ.read_bytes():
                found.append(int(environ.parent.name))
        except OSError:
            continue
    return found


def address_said_by(portal):
    for line in portal.stdout:
        if ready := re.search(r"portal is ready: (http://\S+)", line):
            return ready[1]
    return None


@pytest.fixture
def portal(data):
    with started(data) as running:
        # Nothing waits for ever: a portal that never starts is ended.
        limit = threading.Timer(SECONDS_TO_START, running.terminate)
        limit.start()
        yield running
        running.terminate()
        limit.cancel()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_and_leaves_nothing_running(portal, data, sign):
    address = address_said_by(portal)
    with urlopen(address) as page:
        assert page.status == HTTPStatus.OK
    assert len(processes_of(data)) >= len(("web", "worker", "timer"))

    portal.send_signal(sign)

    assert portal.stdout.read().endswith("→ Stopped\n")
    assert portal.wait() == 0
    assert processes_of(data) == []


def test_a_signal_in_the_first_moment_leaves_nothing_running(portal, data):
    for line in portal.stdout:
        if "Starting web" in line:
            break
    portal.send_signal(signal.SIGINT)

    assert portal.stdout.read().endswith(" Stopped\n")
    assert processes_of(data) == []


def test_an_output_that_nobody_reads_any_more_stops_everything(portal, data):
    address_said_by(portal)

    portal.stdout.close()
    portal.send_signal(signal.SIGINT)

    portal.wait()
    assert processes_of(data) == []


def test_a_second_portal_is_refused_in_words(portal, data, tmp_path):
    port = address_said_by(portal).rstrip("/").rsplit(":")[-1]

    with started(tmp_path / "other", PORT=port) as same_port:
        assert f"Port {port} is busy" in same_port.stdout.read()
    with started(data) as same_data:
        assert "already runs on the data" in same_data.stdout.read()

    assert (same_port.returncode, same_data.returncode) == (1, 1)


@pytest.mark.parametrize("port", ["", "web", "0", "65536", "-1", "٣"])
def test_a_port_that_is_no_port_is_said_in_words(tmp_path, port):
    with started(tmp_path, PORT=port) as portal:
        said = portal.stdout.read()

    assert f"PORT is '{port}'. Give a number" in said
