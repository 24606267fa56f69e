"""`make bench`: how long pages take in a world of SIZE orders, 1,000 unless told.

The world is made in a private PostgreSQL and lost with it. To measure again without
making it anew, name a database of your own in BENCH_DATABASE: it is filled once.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, ROOT
from tools.says import step
from tools.servers import postgresql
from tools.signals import leave_by_the_door


@contextmanager
def kept_or_private() -> Iterator[str]:
    """Yield the address of the database that holds the world."""
    if kept := os.environ.get("BENCH_DATABASE"):
        yield kept
        return
    step("Starting a private PostgreSQL")
    with postgresql() as database:
        yield database


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    venv.provide(DEV_LOCK)
    system.provide(system.TO_TEST)
    with kept_or_private() as database:
        env = os.environ | {"DATABASE_URL": database}
        bench = [str(PYTHON), "-m", "tests.bench"]
        done = subprocess.run(bench, cwd=ROOT, env=env, check=False)
    timed = [str(PYTHON), "-m", "pytest", "-s", "tests/bench"]
    sys.exit(done.returncode or subprocess.run(timed, check=False).returncode)


if __name__ == "__main__":
    main()
