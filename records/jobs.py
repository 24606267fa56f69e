"""The kinds of machines' work, and what each needs to know of itself.

A kind is declared beside its command, in an app above; records itself knows none. When
it is tried, how often, and what is told to staff is the register's business and stands
once, in `records.commands.jobs`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError

from common.errors import DomainError
from records.states import JobQueue

Work = TypeVar("Work", bound=Callable[..., Any])
WordsOf = Callable[[Exception], str]
Ended = Callable[[int, str], Any]
Again = Callable[[int], Any]

# Growing to an hour; together they last for more than a day.
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 31
# So many workers may die of one job without a word before it is left alone.
MOST_LOST = 6
LONGEST_WORDS = 500
OF_EVERY_KIND: tuple[type[Exception], ...] = (OSError, OperationalError, InterfaceError)
# Wherever files are kept, losing sight of it for a while is no fault of the job.
STORAGE_LIBRARIES = ("boto3", "botocore", "s3transfer")


def words_of(error: Exception) -> str:
    """Return what staff read of a failure: our own words as they are."""
    told = str(error)
    words = (
        told if isinstance(error, DomainError) else f"{type(error).__name__}: {told}"
    )
    return words[:LONGEST_WORDS]


def nothing_more(_pk: int, _words: str = "") -> None:
    """Leave it at the row of the job: its subject needs to know nothing."""


@dataclass(frozen=True)
class JobKind:
    """One kind of work: what does it, where it waits, which errors pass by themselves.

    Args:
        work: takes the pk of its subject. Safe to repeat and to race.
        transient: errors that are worth another attempt, beside those of every kind.
        failed: told, in the transaction that ends the attempts, the pk and the words.
        given_up: told the pk and the reason when staff leave it undone for good.
        again: told the pk when staff have a failed one tried again.
        words: what staff read of the error that ended it.
        is_missed: whether one that failed is still counted as late.

    What is told locks what it needs before the job itself is locked.
    """

    work: Callable[..., Any]
    label: str
    queue: JobQueue
    transient: tuple[type[Exception], ...] = ()
    words: WordsOf = words_of
    failed: Ended = nothing_more
    given_up: Ended = nothing_more
    again: Again = nothing_more
    is_missed: bool = False

    @property
    def name(self) -> str:
        return self.work.__name__

    def passes(self, error: Exception) -> bool:
        """Say whether another attempt may go well without anybody's hand."""
        known = isinstance(error, (*OF_EVERY_KIND, *self.transient))
        return known or is_of_storage(error)


KINDS: dict[str, JobKind] = {}


def job(label: str, *, queue: JobQueue, **more: Any) -> Callable[[Work], Work]:
    """Declare a command as a kind of work that machines owe, under its own name."""

    def declare(work: Work) -> Work:
        KINDS[work.__name__] = JobKind(work, label, queue, **more)
        return work

    return declare


def is_of_storage(error: Exception) -> bool:
    """Say whether a library that speaks to a bucket raised it. They share no base."""
    homes = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return not homes.isdisjoint(STORAGE_LIBRARIES)


def pause_after(attempts: int) -> timedelta:
    """Return how long a job rests after so many attempts: 1, 2, 4 … 60 minutes."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)
