"""`make test` and `make check`: every check in turn, and what came of each.

A check that fails does not hide the ones after it. A missing tool is a failure.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, RESULTS, ROOT, in_venv
from tools.says import step
from tools.servers import folder, postgresql, redis
from tools.signals import ended_with_us, leave_by_the_door

MANAGE = (str(PYTHON), "manage.py")
# A worker that is done takes over from the other; until then each keeps to its files,
# so that what the cast builds once in a process is built seldom.
# Three on two cores: while one waits for PostgreSQL or a browser, another goes on.
PYTEST = (str(PYTHON), "-m", "pytest", "-n", "3", "--dist", "worksteal")
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
# Not ours to obey while we test: what the caller's shell says of another portal.
OURS = ("DEPLOYMENT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR")


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


def suites(servers: dict[str, str], file: dict[str, str]) -> list[Check]:
    """Return the suites.

    Args:
        servers: what names PostgreSQL, Redis and the migrated database to copy.
        file: what names the migrated database of SQLite to copy.
    """
    return [
        Check(
            "suite on PostgreSQL and Redis",
            (*SUITE, "-m", "not browser and not once and not any_database"),
            servers,
        ),
        Check(
            "suite on SQLite",
            (*SUITE, "-m", "(portable or once) and not browser and not race"),
            file,
        ),
        Check(
            "browser tests",
            (*PYTEST, "tests/browser", f"--output={RESULTS}"),
            servers,
        ),
    ]


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


def run(check: Check, data: str) -> CheckOutcome:
    """Run a check, show its lines as they come, and keep the last one."""
    step(check.name)
    began, last_line = time.monotonic(), ""
    try:
        with output_of(check, data) as running, ended_with_us(running):
            for line in running.stdout or ():
                last_line = line.strip() or last_line
                print(line, end="", flush=True)
        passed = running.returncode == 0
    except FileNotFoundError as missing:
        passed, last_line = False, f"{missing.filename} is missing"
    return CheckOutcome(check.name, passed, time.monotonic() - began, last_line)


def summarise(outcomes: Iterable[CheckOutcome]) -> None:
    step("Summary")
    for outcome in outcomes:
        word = "ok    " if outcome.passed else "FAILED"
        print(
            f"  {word} {outcome.name:30} {outcome.seconds:6.1f} s  "
            f"{outcome.last_line[:70]}",
            flush=True,
        )


def verify(*, with_tests: bool) -> bool:
    """Run the checks and say what came of each; return whether all passed."""
    with contextlib.ExitStack() as stack:
        data = str(stack.enter_context(folder("data")))
        if with_tests:
            step("Starting a private PostgreSQL and Redis")
            database_url = stack.enter_context(postgresql())
            redis_url = stack.enter_context(redis())
            address = created(database_url, data)
            template = stack.enter_context(migrating(address, TEMPLATE, data))
            name = f"{data}/{TEMPLATE}.sqlite3"
            file = stack.enter_context(migrating(f"sqlite:///{name}", name, data))
        outcomes = [run(check, data) for check in plain_checks()]
        if with_tests:
            servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
            wanted = suites(servers | template(), file())
            outcomes += [run(check, data) for check in wanted]
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
