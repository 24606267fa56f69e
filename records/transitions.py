"""The only way a state changes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from records.behalf import OnBehalf
from records.errors import NotPossibleInState
from records.models import Event
from records.unit import touch

LONGEST = 200
EVENTS_AT_ONCE = 500
# From which day to which, both of the UK.
Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)


class System:
    """The portal itself, where a clock or another record moves a state."""

    pk = None

    def __str__(self) -> str:
        return "The portal"


SYSTEM = System()


def perform(
    transition: Any,
    *,
    by: object,
    at: datetime,
    why: str = "",
    is_public: bool = True,
    tells_price: bool = False,
    days: Days = NO_DAYS,
    cause: Event | None = None,
    **details: Any,
) -> Event:
    """Check, move, save and record one bound transition: the only way a state changes.

    django-fsm-2 checks state and conditions when a transition is called, but never its
    `permission=`, and it does not save. A clock's event bears the time of its deadline
    in `at`; `recorded_at` is when the portal did it.

    Args:
        transition: bound to its row, such as `order.submit`.
        by: a user, SYSTEM, or a user for another (`OnBehalf`).
        at: aware; passed to the transition's body.
        why: words for the history.
        is_public: whether the Gateway Party reads it in its history.
        tells_price: whether an amount stands in its words: no supplier reads those.
        days: which day it was of what moved, and to which it was moved.
        cause: what happened before and brought it about.

    Raises:
        NotPossibleInState: the state, or a condition, rules it out.
        PermissionDenied: `by` may not do it.
        ValueError: `at` is naive.
    """
    require_aware(at)
    subject = transition.__self__
    choices = {
        choice.name: choice for choice in subject.get_available_state_transitions()
    }
    choice = choices.get(transition.__name__)
    if choice is None:
        raise NotPossibleInState(
            subject=subject, state=subject.get_state_display().lower()
        )
    if by is not SYSTEM and not choice.has_perm(subject, by):
        raise PermissionDenied
    before = subject.state
    transition(at=at, **details)
    subject.save()
    return record_event(
        subject,
        choice.name,
        by=by,
        at=at,
        what=choice.custom["done"],
        why=why,
        is_public=is_public,
        tells_price=tells_price,
        moved=(before, subject.state),
        days=days,
        cause=cause,
    )


def require_aware(at: datetime) -> None:
    if timezone.is_naive(at):
        raise ValueError(f"A naive time says nothing in the history: {at!r}.")


def record_event(
    subject: Any,
    name: str,
    *,
    by: Any,
    at: datetime,
    what: str,
    why: str = "",
    is_public: bool = True,
    tells_price: bool = False,
    moved: tuple[str, str] = ("", ""),
    days: Days = NO_DAYS,
    cause: Event | None = None,
) -> Event:
    """Append to the history of `subject` (a saved row with a `thread`).

    What was recorded for another names both, and how and when it came (T35).
    """
    event = event_of(
        subject, name, by=by, at=at, what=what, why=why, is_public=is_public
    )
    event.tells_price = tells_price
    event.from_state, event.to_state = moved
    event.day_from, event.day_to = days
    event.cause = cause
    event.save(force_insert=True)
    return event


def record_events(events: Iterable[Event]) -> None:
    """Append many events at once, each as `event_of` returned it."""
    Event.objects.bulk_create(events, batch_size=EVENTS_AT_ONCE)


def event_of(
    subject: Any,
    name: str,
    *,
    by: Any,
    at: datetime,
    what: str,
    why: str = "",
    is_public: bool = True,
) -> Event:
    """Return what `record_event` appends, stored nowhere yet; its thread is noted."""
    require_aware(at)
    if isinstance(by, OnBehalf):
        by, why = by.recorder, "\n".join(filter(None, [by.words, why]))
    touch(subject.thread, at)
    return Event(
        thread=subject.thread,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_pk=subject.pk,
        subject_words=fitting(str(subject)),
        name=name,
        what=fitting(what),
        by=None if by is SYSTEM else by,
        at=at,
        recorded_at=timezone.now(),
        why=why,
        is_public=is_public,
    )


def fitting(words: str) -> str:
    """Return what fits one line of the history; a full address may not."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
