"""Prepare the data and run web, worker and timer until told to stop.

Runs inside the virtual environment.
"""

import os
import signal
import sys

from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Message, Printer

from tools.data import only_one, prepare
from tools.paths import ROOT, VENV, data_dir
from tools.ports import port
from tools.says import step
from tools.signals import leave_by_the_door

STOPPED_BY_HAND = {130, 143}
MOMENT = 0.05


class Lines(Printer):
    """What the programs say, for as long as somebody reads it."""

    def write(self, message: Message) -> None:
        try:
            super().write(message)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            os.kill(os.getpid(), signal.SIGTERM)


class Supervisor(Manager):
    """honcho's own, that may also be told to stop while it starts."""

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
        else:
            signal.signal(signal.SIGALRM, lambda *_: self.terminate())
            signal.setitimer(signal.ITIMER_REAL, MOMENT)


def supervise() -> int:
    """Run what the Procfile names until one ends or we are told to stop."""
    manager = Supervisor(Lines(sys.stdout))
    env = os.environ | {
        "PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
        # In a container one is root, and the trial listens to this machine only.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
    }
    procfile = parse_procfile((ROOT / "Procfile").read_text())
    for name, command in procfile.processes.items():
        # Without a shell in between, a signal reaches the program itself.
        manager.add_process(name, f"exec {command}", env=env)
    # A terminal that is closed must not leave them behind.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    return 0 if manager.returncode in STOPPED_BY_HAND else manager.returncode or 1


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    data = data_dir()
    os.environ |= {"DATA_DIR": str(data), "PORT": str(port())}
    with only_one(data):
        prepare(data)
        step("Starting web, worker and timer")
        code = supervise()
    step("Stopped" if code == 0 else "Stopped: one of the programs ended by itself")
    sys.exit(code)


if __name__ == "__main__":
    main()
