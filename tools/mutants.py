"""`make mutants`: break each rule in turn, and see that its tests notice.

Each breakage of tests/mutants/ is made in a copy of the tree, where only its own tests
run. `ONLY=quotes` or `ONLY=1-20` takes a part of them.
"""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from tools import system, venv
from tools.breakages import Breakage, all_breakages, chosen
from tools.paths import DEV_LOCK, PYTHON, ROOT, VENV
from tools.says import step
from tools.servers import folder, postgresql, redis
from tools.signals import leave_by_the_door

LEAST_KILLED = 95
PERCENT = 100
AT_ONCE = min(2, os.cpu_count() or 1)
# A breakage may make a loop of something; an hour's wait would tell no more.
SECONDS = 900
FAILED, INTERRUPTED = 1, 2
QUICK_WITH_DATABASE = "tests/parties/test_nominated_today.py"
NOT_COPIED = (
    ".git",
    ".venv",
    ".*_cache",
    ".hypothesis",
    "__pycache__",
    "build",
    "var",
    "node_modules",
    "test-results",
)
# Not ours to obey while we test: what the caller's shell says of another portal.
OURS = ("DEPLOYMENT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR")


@dataclass
class Workshop:
    """A copy of the tree in which one rule at a time is broken."""

    place: Path
    servers: dict[str, str]
    sound: dict[str, bool] = field(default_factory=dict)

    @property
    def tree(self) -> Path:
        return self.place / "tree"

    @property
    def migrated(self) -> Path:
        return self.place / "migrated.sqlite3"

    @property
    def database(self) -> Path:
        return self.place / "tests.sqlite3"

    def furnish(self) -> None:
        """Copy the tree, and migrate a database once for all runs."""
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
        (self.tree / ".venv").symlink_to(VENV)
        if self.pytest(f"--create-db {QUICK_WITH_DATABASE}", self.on_sqlite()):
            sys.exit("✗ No database could be made: run the suite first.")
        self.database.rename(self.migrated)

    def is_killed(self, row: Breakage) -> bool:
        """Say whether the tests of a breakage pass without it and fail with it."""
        if not self.is_sound(row):
            return False
        path = self.tree / row.file
        whole = path.read_text()
        path.write_text(row.broken(whole))
        try:
            return self.run(row) in (FAILED, INTERRUPTED)
        except subprocess.TimeoutExpired:
            return True
        finally:
            path.write_text(whole)

    def is_sound(self, row: Breakage) -> bool:
        """Say whether the tests pass while nothing is broken; asked once for each."""
        if row.tests not in self.sound:
            self.sound[row.tests] = self.run(row) == 0
        return self.sound[row.tests]

    def run(self, row: Breakage) -> int:
        if row.needs_row_locks:
            return self.pytest(row.tests, self.servers)
        shutil.copy(self.migrated, self.database)
        return self.pytest(row.tests, self.on_sqlite())

    def on_sqlite(self) -> dict[str, str]:
        return {"TESTS_DATABASE": str(self.database), "PYTEST_ADDOPTS": "--reuse-db"}

    def pytest(self, words: str, more: dict[str, str]) -> int:
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        return subprocess.run(
            [str(PYTHON), "-m", "pytest", "-x", "-q", *shlex.split(words)],
            cwd=self.tree,
            env=env | more | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        ).returncode


@contextlib.contextmanager
def workshop(servers: dict[str, str]) -> Iterator[Workshop]:
    """Open a folder with a copy of the tree, which is gone afterwards."""
    with folder("mutants") as place:
        shop = Workshop(place, servers)
        shop.furnish()
        yield shop


def survivors(rows: list[Breakage], servers: dict[str, str]) -> list[Breakage]:
    """Break each rule, show what came of it, and return those that nothing noticed."""
    with contextlib.ExitStack() as stack:
        free: SimpleQueue[Workshop] = SimpleQueue()
        for _ in range(AT_ONCE):
            free.put(stack.enter_context(workshop(servers)))

        def tried(row: Breakage) -> bool:
            shop = free.get()
            try:
                return shop.is_killed(row)
            finally:
                free.put(shop)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(told(rows, pool.map(tried, rows)))


def told(rows: list[Breakage], killed: Iterable[bool]) -> Iterator[Breakage]:
    for row, is_killed in zip(rows, killed, strict=True):
        print(f"  {'killed  ' if is_killed else 'SURVIVED'} {row}", flush=True)
        if not is_killed:
            yield row


def share(killed: int, of: int) -> float:
    return PERCENT * killed / of


def servers_for(rows: list[Breakage], stack: contextlib.ExitStack) -> dict[str, str]:
    """Start what tests of row locks need, if any of the rows has such."""
    if not any(row.needs_row_locks for row in rows):
        return {}
    return {
        "DATABASE_URL": stack.enter_context(postgresql()),
        "REDIS_URL": stack.enter_context(redis()),
    }


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    venv.provide(DEV_LOCK)
    system.provide(system.TO_TEST)
    rows = chosen(all_breakages(), os.environ.get("ONLY", ""))
    if not rows:
        sys.exit(
            "✗ No breakage is like that. ONLY is part of a path, or numbers: 1-20."
        )
    step(f"Breaking {len(rows)} rules, one at a time")
    with contextlib.ExitStack() as stack:
        left = survivors(rows, servers_for(rows, stack))
    killed = len(rows) - len(left)
    step(f"{killed} of {len(rows)} killed: {share(killed, len(rows)):.1f} %")
    for row in left:
        print(f"  survived, or its tests fail as they are: {row}")
    sys.exit(0 if share(killed, len(rows)) >= LEAST_KILLED else 1)


if __name__ == "__main__":
    main()
