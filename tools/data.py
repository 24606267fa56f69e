"""The folder of the trial's data: one portal at a time, prepared and thrown away."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import TextIO

from tools.paths import PYTHON, ROOT
from tools.says import stop

FOLDERS = ("broker", "broker-done", "broker-control", "documents", "cache")
FILES = ("portal.sqlite3*", "timer*")


def only_one(data: Path) -> TextIO:
    """Return the lock of the data folder, or stop if another portal holds it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "running").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stop(f"A portal already runs on the data in {data}. Stop that one first.")
    return lock


def prepare(data: Path) -> None:
    """Make folders, tables, style sheets and, in an empty database, the demo world."""
    for folder in FOLDERS:
        (data / folder).mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [PYTHON, "-m", "tools.prepare"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(data)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        stop(f"The data in {data} could not be prepared; the lines above say why.")


def throw_away(data: Path) -> None:
    """Remove what the trial has stored; its secret stays."""
    for folder in FOLDERS:
        shutil.rmtree(data / folder, ignore_errors=True)
    for pattern in FILES:
        for path in data.glob(pattern):
            path.unlink()
