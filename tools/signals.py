"""Ctrl-C, `kill` and a closed terminal: all leave by the door, with nobody left."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tools.says import stop


def leave_by_the_door() -> None:
    """Turn the signals that end a program into an exit, which cleans up behind it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop("Stopped"))


@contextmanager
def ended_with_us(running: subprocess.Popen[str]) -> Iterator[None]:
    """Take a program along when we are told to stop, rather than wait for its end."""
    try:
        yield
    except BaseException:
        running.terminate()
        raise
