"""A PostgreSQL and a Redis of our own: private, quick to start, always stopped."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.ports import free_port
from tools.says import stop
from tools.system import postgres_folder

SECONDS_TO_START = 30
# The data lives for one run, so nothing is owed to the disk, nor to other servers. It
# is tidied up all the same: what tests take back is in the way of what they read.
FORGETFUL = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off "
    "-c wal_level=minimal -c max_wal_senders=0"
)


@contextmanager
def folder(name: str) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=f"dccportal-{name}-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def as_postgres(*command: object) -> None:
    """Run a server program, as `postgres` when we are root: it refuses root."""
    change = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*change, *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        stop(f"PostgreSQL: {Path(str(command[0])).name} failed.\n{done.stdout}")


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the address of a PostgreSQL that is gone when the block ends."""
    programs = postgres_folder()
    if programs is None:
        stop("PostgreSQL's server programs are not installed.")
    number = free_port()
    with folder("postgresql") as home:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        data, log = home / "data", home / "log"
        options = ["-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        as_postgres(programs / "initdb", "-D", data, "-U", "postgres", *options)
        listen = f"-p {number} -h 127.0.0.1 -c unix_socket_directories='' {FORGETFUL}"
        pg_ctl = (programs / "pg_ctl", "-D", data, "-w", "-l", log)
        as_postgres(*pg_ctl, "-o", listen, "start")
        try:
            yield f"postgres://postgres@127.0.0.1:{number}/postgres"
        finally:
            as_postgres(*pg_ctl, "-m", "immediate", "stop")


def wait_for(number: int, running: subprocess.Popen[bytes], what: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                return
        time.sleep(0.02)
    stop(f"{what} did not start.")


@contextmanager
def redis() -> Iterator[str]:
    """Yield the address of a Redis that is gone when the block ends."""
    number = free_port()
    with folder("redis") as home:
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", str(home)]
        listen = ["--port", str(number), "--bind", "127.0.0.1"]
        running = subprocess.Popen(
            ["redis-server", *listen, *keep_nothing],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for the tests; this server ends with the block.
            start_new_session=True,
        )
        try:
            wait_for(number, running, "Redis")
            yield f"redis://127.0.0.1:{number}"
        finally:
            running.terminate()
            running.wait()
