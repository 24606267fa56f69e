"""One unit of work: what a command changes and what follows from it, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from records.signals import threads_changed

P = ParamSpec("P")
R = TypeVar("R")
ONLY_READS = "You can read everything here and change nothing."

_touched: ContextVar[dict[str, datetime] | None] = ContextVar("touched", default=None)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one unit of work: every write of the portal is in one.

    It stands in place of `transaction.atomic`, which keeps what is written together
    but does not know what else has to follow from it. Whoever may only read is refused
    here, so that no command has to think of them.
    """

    @wraps(function)
    def in_one_unit(*args: P.args, **kwargs: P.kwargs) -> R:
        if getattr(kwargs.get("by"), "only_reads", False):
            raise PermissionDenied(ONLY_READS)
        with unit():
            return function(*args, **kwargs)

    return in_one_unit


@contextmanager
def unit() -> Iterator[None]:
    """Do several commands as one. The outermost unit tells which threads changed.

    Django has no hook before a commit, and one after it comes too late: a crash between
    the two would lose what follows. So the signal is sent inside the transaction, once,
    when all else is written.
    """
    if _touched.get() is not None:
        with transaction.atomic():
            yield
        return
    touched: dict[str, datetime] = {}
    with transaction.atomic():
        token = _touched.set(touched)
        try:
            yield
            if touched:
                threads_changed.send(Unit, threads=touched)
        finally:
            # Before the commit: what is called by it is a unit of its own.
            _touched.reset(token)


@contextmanager
def told_each() -> Iterator[None]:
    """Keep or lose all together, though each command within is a unit of its own.

    For a past that is told at once: what was owed on its way is opened and closed.
    """
    token = _touched.set(None)
    try:
        with transaction.atomic():
            yield
    finally:
        _touched.reset(token)


@contextmanager
def taken_back() -> Iterator[None]:
    """Do one unit to see what it would do, then take all of it back.

    What it refuses it refuses here too. No thread is told of it, and nothing that waits
    for a commit is begun.
    """
    token = _touched.set({})
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _touched.reset(token)


class Unit:
    """The sender of `threads_changed`."""


def touch(thread: str, at: datetime) -> None:
    """Note that something happened in a thread at `at`, the latest instant of several.

    What an inner unit took back is noted all the same: looking once more harms nobody.
    """
    touched = _touched.get()
    if touched is not None:
        touched[thread] = max(at, touched.get(thread, at))
