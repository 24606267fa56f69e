"""Prepare the data and run web, worker and timer until told to stop.

Runs inside the virtual environment.
"""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from honcho.environ import parse_procfile
from honcho.manager import Manager

from tools.paths import ROOT, data_dir
from tools.ports import port
from tools.says import step, stop

STOPPED_BY_HAND = {130, 143}


def only_one(data: Path) -> TextIO:
    """Return the lock of the data folder, or stop if another portal holds it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "running").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stop(f"A portal already runs on the data in {data}. Stop that one first.")
    return lock


def manage(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *arguments], check=False)
    if done.returncode:
        stop(f"`manage.py {' '.join(arguments)}` failed; the lines above say why.")


def prepare(data: Path) -> None:
    """Make folders, tables, style sheets and, in an empty database, the demo world."""
    for folder in ("broker", "broker-done", "broker-control", "documents", "cache"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    step(f"Bringing the database in {data} up to date")
    manage("migrate", "--verbosity=0")
    step("Collecting style sheets, fonts and scripts")
    manage("collectstatic", "--noinput", "--verbosity=0")
    step("Looking for the demo world")
    manage("load_demo", "--if-empty")


def supervise() -> int:
    """Run what the Procfile names until one ends or we are told to stop."""
    manager = Manager()
    # Each finds its programs in the environment that runs this one.
    bin_folder = str(Path(sys.executable).parent)
    env = os.environ | {
        "PATH": f"{bin_folder}:{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
    }
    procfile = parse_procfile((ROOT / "Procfile").read_text())
    for name, command in procfile.processes.items():
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
