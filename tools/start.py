"""Prepare the data and run web, worker and timer until told to stop.

Runs inside the virtual environment.
"""

import os
import signal
import sys

from honcho.environ import parse_procfile
from honcho.manager import Manager

from tools.data import only_one, prepare
from tools.paths import ROOT, VENV, data_dir
from tools.ports import port
from tools.says import step

STOPPED_BY_HAND = {130, 143}


def supervise() -> int:
    """Run what the Procfile names until one ends or we are told to stop."""
    manager = Manager()
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
    # A terminal that is closed must not leave the three behind.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    return 0 if manager.returncode in STOPPED_BY_HAND else manager.returncode or 1


def main() -> None:
    os.chdir(ROOT)
    data = data_dir()
    os.environ |= {"DATA_DIR": str(data), "PORT": str(port())}
    with only_one(data):
        prepare(data)
        step("Starting web, worker and timer")
        code = supervise()
    step("Stopped" if code == 0 else "Stopped: one of the three ended by itself")
    sys.exit(code)


if __name__ == "__main__":
    main()
