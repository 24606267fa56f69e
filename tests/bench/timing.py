"""How long a page takes, by turns with a bare view that fetches the same rows."""

import cProfile
import pstats
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import bare

WARM_UP, TIMES = 3, 15
ADDITIONS = 3_000_000
# In a world that was kept for a while this page says that something is late.
HEALTH, LATE = "/health/", 503
# What every view behind the same middleware asks for by itself.
SIGNED_IN = ("django_session", "parties_user")


@dataclass
class Figures:
    """Medians in milliseconds: the process's own time, and the clock's.

    `calls` of Python functions do not depend on what else the machine does.
    """

    page: str
    queries: int
    calls: int
    size: int
    cpu: float
    wall: float
    bare_cpu: float
    bare_wall: float


def by_cpu(figures):
    return figures.cpu


def speed():
    """Say how quick the machine is just now, by a loop that anybody can repeat."""
    taken = []
    for _ in range(5):
        since, total = time.perf_counter(), 0
        for number in range(ADDITIONS):
            total += number
        taken.append(1000 * (time.perf_counter() - since))
    return f"three million additions take {min(taken):.0f} ms"


def timed(client, address):
    """Return milliseconds of the processor and of the clock, and the size in bytes."""
    cpu, wall = time.process_time(), time.perf_counter()
    answer = client.get(address)
    size = len(answer.getvalue() if answer.streaming else answer.content)
    taken = time.process_time() - cpu, time.perf_counter() - wall
    is_late = address == HEALTH and answer.status_code == LATE
    assert is_late or answer.status_code == 200, (address, answer.status_code)
    return (*(1000 * seconds for seconds in taken), size)


def statements_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        timed(client, address)
    sent = [query["sql"] for query in asked.captured_queries]
    return [sql.replace("%", "%%") for sql in sent if sql.startswith("SELECT")], len(
        sent
    )


def calls_of(client, address):
    """Return how many calls of functions the page takes."""
    counted = cProfile.Profile()
    counted.runcall(timed, client, address)
    return pstats.Stats(counted).total_calls


def measure(client, page, address):
    for _ in range(WARM_UP):
        size = timed(client, address)[2]
    bare.statements[:], queries = statements_of(client, address)
    rounds = [
        (*timed(client, address)[:2], *timed(client, bare.ADDRESS)[:2])
        for _ in range(TIMES)
    ]
    medians = (statistics.median(column) for column in zip(*rounds, strict=True))
    return Figures(page, queries, calls_of(client, address), size, *medians)
