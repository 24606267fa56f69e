"""`make test` and `make check`: every check in turn, and what came of each.

A check that fails does not hide the ones after it. A missing tool is a failure.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, RESULTS, ROOT, in_venv
from tools.says import step
from tools.servers import folder, postgresql, redis
from tools.signals import ended_with_us, leave_by_the_door

MANAGE = (str(PYTHON), "manage.py")
# A worker that is done takes over from the other; until then each keeps to its files,
# so that what the cast builds once in a process is built seldom.
PYTEST = (str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "worksteal")
SUITE = (
    *PYTEST,
    "--ignore=tests/browser",
    "--ignore=tests/bench",
    "--ignore=tests/faults",
)
# Not ours to obey while we test: what the caller's shell says of another portal.
OURS = ("DEPLOYMENT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR")


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
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


def suites(database_url: str, redis_url: str) -> list[Check]:
    servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    return [
        Check(
            "suite on PostgreSQL and Redis",
            (*SUITE, "-m", "not browser and not once"),
            servers,
        ),
        Check(
            "suite on SQLite",
            (*SUITE, "-m", "(portable or once) and not browser and not race"),
        ),
        Check(
            "browser tests",
            (*PYTEST, "tests/browser", f"--output={RESULTS}"),
            servers,
        ),
    ]


def output_of(check: Check, data: str) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.Popen(
        check.command,
        env=env | {"DATA_DIR": data, "PYTHONUNBUFFERED": "1"} | check.env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(check: Check, data: str) -> Outcome:
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
    return Outcome(check.name, passed, time.monotonic() - began, last_line)


def summarise(outcomes: Iterable[Outcome]) -> None:
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
        outcomes = [run(check, data) for check in plain_checks()]
        if with_tests:
            step("Starting a private PostgreSQL and Redis")
            addresses = [stack.enter_context(start()) for start in (postgresql, redis)]
            outcomes += [run(check, data) for check in suites(*addresses)]
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
