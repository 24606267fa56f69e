"""`make run` for real: it starts, answers, and leaves nothing behind."""

import os
import re
import signal
import subprocess
import threading
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest

from tools.paths import PYTHON, ROOT
from tools.ports import free_port

pytestmark = pytest.mark.once
SECONDS_TO_START = 120
OF_THE_TESTS = {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"}


def started(folder, **more):
    env = {
        name: value for name, value in os.environ.items() if name not in OF_THE_TESTS
    }
    return subprocess.Popen(
        [PYTHON, "-m", "tools.start"],
        cwd=ROOT,
        env=env | {"DATA_DIR": str(folder), "PORT": str(free_port())} | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


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
def portal(tmp_path):
    with started(tmp_path) as running:
        # Nothing waits for ever: a portal that never starts is ended.
        limit = threading.Timer(SECONDS_TO_START, running.terminate)
        limit.start()
        yield running
        running.terminate()
        limit.cancel()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_leaves_nothing_running(portal, tmp_path, sign):
    address = address_said_by(portal)
    with urlopen(address) as page:
        assert page.status == HTTPStatus.OK
    assert len(processes_of(tmp_path)) >= len(("web", "worker", "timer"))

    portal.send_signal(sign)

    assert portal.stdout.read().endswith("→ Stopped\n")
    assert portal.wait() == 0
    assert processes_of(tmp_path) == []


def test_a_signal_in_the_first_moment_leaves_nothing_running(portal, tmp_path):
    for line in portal.stdout:
        if "Starting web" in line:
            break
    portal.send_signal(signal.SIGINT)

    assert portal.stdout.read().endswith("→ Stopped\n")
    assert processes_of(tmp_path) == []


def test_a_busy_port_is_said_in_words(portal, tmp_path):
    port = address_said_by(portal).rstrip("/").rsplit(":")[-1]

    with started(tmp_path / "second", PORT=port) as second:
        said = second.stdout.read()

    assert f"Port {port} is busy" in said
    assert second.returncode == 1


def test_a_second_portal_on_the_same_data_is_refused(portal, tmp_path):
    address_said_by(portal)

    with started(tmp_path) as second:
        said = second.stdout.read()

    assert "already runs on the data" in said
    assert second.returncode == 1


@pytest.mark.parametrize("port", ["", "web", "0", "65536", "-1", "٣"])
def test_a_port_that_is_no_port_is_said_in_words(tmp_path, port):
    with started(tmp_path, PORT=port) as portal:
        said = portal.stdout.read()

    assert f"PORT is '{port}'. Give a number" in said
