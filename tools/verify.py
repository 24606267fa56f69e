"""`make test` and `make check`: every check, and what came of each.

Two lanes share the processors. The suite on PostgreSQL and the browser tests show
their lines as they come; lint, types and the suite on SQLite run beside them, where
each shows its lines when it is done. A check that fails does not hide the ones after
it. A missing tool is a failure.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, RESULTS, ROOT, in_venv
from tools.says import step
from tools.servers import folder, postgresql, redis
from tools.signals import ended_with_us, leave_by_the_door

MANAGE = (str(PYTHON), "manage.py")
# A worker that is done takes over from the other; until then each keeps to its files,
# so that what the cast builds once in a process is built seldom.
# More than two on two cores: while one waits for PostgreSQL or a browser, another goes
# on, and no lane leaves a core idle while its last test runs.
IN_FRONT, BESIDE = ("-n", "3"), ("-n", "1")
PYTEST = (str(PYTHON), "-m", "pytest", "--dist", "worksteal")
SUITE = (
    *PYTEST,
    "--ignore=tests/browser",
    "--ignore=tests/bench",
    "--ignore=tests/faults",
)
# The database that the workers of the suites copy, and what makes it.
TEMPLATE = "tests_template"
CREATE = (
    "from django.db import connection as c; "
    f"c.cursor().execute('CREATE DATABASE {TEMPLATE}')"
)
# Not ours to obey while we test: what the caller's shell says of another portal, and
# that nothing compiled is kept, or each of some hundred programs compiles all anew.
OURS = (
    "DEPLOYMENT",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DATA_DIR",
    "PYTHONDONTWRITEBYTECODE",
)


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckOutcome:
    name: str
    passed: bool
    seconds: float
    last_line: str


PRODUCTION = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "REDIS_URL": "redis://redis.example:6379",
    "SITE_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://portal:word@mail.example:587",
}


def plain_checks() -> list[Check]:
    """Return the checks that start no server."""
    return [
        Check("lint", (in_venv("ruff"), "check", ".")),
        Check("format", (in_venv("ruff"), "format", "--check", ".")),
        # A second run from its cache sees managers that are not there.
        Check("types", (in_venv("mypy"), "--no-incremental", ".")),
        Check("import contracts", (in_venv("lint-imports"),)),
        Check("templates", (in_venv("djlint"), "--lint", "templates")),
        Check(
            "security",
            (in_venv("bandit"), "-q", "-c", "pyproject.toml", "-r", "."),
        ),
        Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Check(
            "production settings",
            (*MANAGE, "check", "--deploy", "--fail-level=DEBUG"),
            PRODUCTION,
        ),
    ]


@contextlib.contextmanager
def migrating(
    address: str, name: str, data: str
) -> Iterator[Callable[[], dict[str, str]]]:
    """Migrate a database beside the checks, and give what names it when it is done.

    Each worker of the suites copies it, where it would take half a minute to migrate
    its own.
    """
    command = Check("", (*MANAGE, "migrate", "-v0"), {"DATABASE_URL": address})
    with output_of(command, data) as running, ended_with_us(running):

        def wait() -> dict[str, str]:
            said, _ = running.communicate()
            is_there = running.returncode == 0
            print("" if is_there else said, end="", flush=True)
            return {"TESTS_TEMPLATE": name} if is_there else {}

        yield wait


def created(database_url: str, data: str) -> str:
    """Create an empty database beside another, and return its address."""
    subprocess.run(
        [*MANAGE, "shell", "-v0", "-c", CREATE],
        env=of_tests(data, {"DATABASE_URL": database_url}),
        cwd=ROOT,
        check=True,
    )
    return f"{database_url.rpartition('/')[0]}/{TEMPLATE}"


def suites_in_front(servers: dict[str, str], template: dict[str, str]) -> list[Check]:
    """Return the suites that need servers.

    Args:
        servers: what names PostgreSQL and Redis.
        template: what names the migrated database to copy.
    """
    return [
        Check(
            "suite on PostgreSQL and Redis",
            (*SUITE, *IN_FRONT, "-m", "not browser and not once and not any_database"),
            servers | template,
        ),
        Check(
            "browser tests",
            (*PYTEST, *IN_FRONT, "tests/browser", f"--output={RESULTS}"),
            servers | template,
        ),
    ]


def suite_on_sqlite(template: dict[str, str]) -> Check:
    """Return the suite that needs no server; `template` is the database to copy."""
    portable = "(portable or once) and not browser and not race"
    return Check("suite on SQLite", (*SUITE, *BESIDE, "-m", portable), template)


def of_tests(data: str, more: dict[str, str]) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    return env | {"DATA_DIR": data, "PYTHONUNBUFFERED": "1"} | more


def output_of(check: Check, data: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        check.command,
        env=of_tests(data, check.env),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ignore(running: subprocess.Popen[str]) -> None:
    """Nobody else has to know that a check began."""


def run(
    check: Check,
    data: str,
    *,
    is_live: bool = True,
    began: Callable[[subprocess.Popen[str]], None] = ignore,
) -> CheckOutcome:
    """Run a check and keep its last line.

    Args:
        is_live: show its lines as they come, rather than all when it is done.
        began: told the program that runs.
    """
    since, lines = time.monotonic(), []
    if is_live:
        step(check.name)
    try:
        with output_of(check, data) as running, ended_with_us(running):
            began(running)
            for line in running.stdout or ():
                lines.append(line)
                if is_live:
                    print(line, end="", flush=True)
        passed = running.returncode == 0
    except FileNotFoundError as missing:
        passed, lines = False, [f"{missing.filename} is missing\n"]
    if not is_live:
        print(f"→ {check.name}\n", *lines, sep="", end="", flush=True)
    last_line = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return CheckOutcome(check.name, passed, time.monotonic() - since, last_line)


class Lane:
    """Checks in turn, beside others, in a thread of their own."""

    def __init__(self, checks: Iterable[Check], data: str) -> None:
        self.checks, self.data = checks, data
        self.running: subprocess.Popen[str] | None = None
        self.is_left = False

    def began(self, running: subprocess.Popen[str]) -> None:
        self.running = running
        if self.is_left:
            running.terminate()

    def outcomes(self) -> list[CheckOutcome]:
        found = []
        for check in self.checks:
            found.append(run(check, self.data, is_live=False, began=self.began))
            if self.is_left:
                break
        return found

    def leave(self) -> None:
        """End what runs, and begin nothing more."""
        self.is_left = True
        if self.running is not None:
            self.running.terminate()


@contextlib.contextmanager
def beside(
    checks: Iterable[Check], data: str
) -> Iterator[Callable[[], list[CheckOutcome]]]:
    """Run checks beside what is done meanwhile, and give what came of them."""
    lane = Lane(checks, data)
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(lane.outcomes).result
        except BaseException:
            lane.leave()
            raise


def summarise(outcomes: Iterable[CheckOutcome]) -> None:
    step("Summary")
    for outcome in outcomes:
        word = "ok    " if outcome.passed else "FAILED"
        print(
            f"  {word} {outcome.name:30} {outcome.seconds:6.1f} s  "
            f"{outcome.last_line[:70]}",
            flush=True,
        )


def checked_only(data: str) -> list[CheckOutcome]:
    """Run the checks that start no server."""
    return [run(check, data) for check in plain_checks()]


def all_of_it(data: str) -> list[CheckOutcome]:
    """Run every check: in front what needs servers, the others beside."""
    with contextlib.ExitStack() as stack:
        step("Starting a private PostgreSQL and Redis")
        database_url = stack.enter_context(postgresql())
        redis_url = stack.enter_context(redis())
        address = created(database_url, data)
        template = stack.enter_context(migrating(address, TEMPLATE, data))
        name = f"{data}/{TEMPLATE}.sqlite3"
        file = stack.enter_context(migrating(f"sqlite:///{name}", name, data))
        others = stack.enter_context(beside(others_of(file), data))
        servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        in_front = suites_in_front(servers, template())
        outcomes = [run(check, data) for check in in_front]
        return others() + outcomes


def others_of(file: Callable[[], dict[str, str]]) -> Iterator[Check]:
    """Yield what runs beside; `file` waits for the database of the last of them."""
    yield from plain_checks()
    yield suite_on_sqlite(file())


def verify(*, with_tests: bool) -> bool:
    """Run the checks and say what came of each; return whether all passed."""
    with folder("data") as data:
        outcomes = all_of_it(str(data)) if with_tests else checked_only(str(data))
    summarise(outcomes)
    return all(outcome.passed for outcome in outcomes)


def main() -> None:
    with_tests = "--no-tests" not in sys.argv
    os.chdir(ROOT)
    leave_by_the_door()
    venv.provide(DEV_LOCK)
    system.provide(system.TO_TEST if with_tests else system.TO_RUN)
    sys.exit(0 if verify(with_tests=with_tests) else 1)


if __name__ == "__main__":
    main()
