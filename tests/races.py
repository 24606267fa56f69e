"""Two at once on a real server, and how they are made to meet."""

import threading
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, close_old_connections, connection
from django.db.models import Model
from django_fsm import ConcurrentTransition

from common.errors import DomainError
from orders.querysets import OrderQuerySet
from parties.querysets import PartyQuerySet
from worklist.querysets import WorkItemQuerySet

REFUSALS = (DomainError, PermissionDenied, ConcurrentTransition, IntegrityError)
# Nothing waits for time to pass. This only ends a run in which two wait for ever.
SECONDS_TO_HANG = 120
SECONDS_TO_LOOK_AGAIN = 0.01
# Says whether a session waits for what this one holds; unlike most of PostgreSQL's
# statistics it is true at any moment of a transaction.
HOLDS_ANOTHER_UP = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
)
"""


class Racer(threading.Thread):
    """Takes one step on a connection of its own, once all have come to the start."""

    def __init__(self, number, step, at_start):
        super().__init__()
        self.number, self.step, self.at_start = number, step, at_start
        self.other = self.answer = None
        self.is_done = False

    def run(self):
        close_old_connections()
        try:
            self.at_start.wait(SECONDS_TO_HANG)
            self.answer = self.step()
        except REFUSALS as refusal:
            self.answer = refusal
        finally:
            self.is_done = True
            connection.close()


def at_once(*steps):
    """Run all at the same moment, each on a connection of its own.

    Returns:
        What each returned, or the refusal that it met.
    """
    at_start = threading.Barrier(len(steps))
    racers = [Racer(number, step, at_start) for number, step in enumerate(steps)]
    for racer, other in zip(racers, reversed(racers), strict=True):
        racer.other = other
        racer.start()
    for racer in racers:
        racer.join(SECONDS_TO_HANG)
    return [racer.answer for racer in racers]


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


class Meeting:
    """Where each of two waits, before it first writes, for the other to come as far.

    With a lock the second cannot come: it waits for the first, which then goes on.
    Without one both have read the same. Then they write one after the other, in the
    order in which they were given, so that nothing hangs on how busy the machine is.
    """

    def __init__(self):
        self.news, self.came = threading.Condition(), set()

    def come(self):
        """Wait for the other, if this is a racer's first write."""
        racer = threading.current_thread()
        if not isinstance(racer, Racer) or racer in self.came:
            return
        with self.news:
            self.came.add(racer)
            self.news.notify_all()
            while not self.may_go_on(racer):
                self.news.wait(SECONDS_TO_LOOK_AGAIN)

    def may_go_on(self, racer):
        other = racer.other
        if other.is_done or holds_another_up():
            return True
        return other in self.came and racer.number < other.number


def holds_another_up():
    with connection.cursor() as cursor:
        cursor.execute(HOLDS_ANOTHER_UP)
        return cursor.fetchone()[0]


@contextmanager
def meeting(monkeypatch, *, locked):
    """Make two commands meet when each has read all and neither has written."""
    meeting, save = Meeting(), Model.save_base

    def save_together(row, *args, **kwargs):
        meeting.come()
        save(row, *args, **kwargs)

    monkeypatch.setattr(Model, "save_base", save_together)
    if not locked:
        for rows in (OrderQuerySet, PartyQuerySet, WorkItemQuerySet):
            monkeypatch.setattr(rows, "locked", lambda found: found.all())
    yield
