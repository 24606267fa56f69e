"""Who looks after a thing: taken, put back. One thing, one owner."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from parties.models import User
from parties.policies import is_desk
from records.transitions import event_of, record_events
from records.unit import command
from worklist.commands.reconcile import ThreadWork
from worklist.errors import (
    NobodysAlready,
    TakenAlready,
    WorkIsOver,
)
from worklist.models import WorkItem
from worklist.policies import may_look_after


@command
def take_work(item_id: int, *, by: User, at: datetime | None = None) -> WorkItem:
    """Look after a thing that nobody looks after. Taking it twice takes it once.

    Raises:
        TakenAlready: a colleague has it; of two who take it at once, one does.
        WorkIsOver: it is not owed any more.
        PermissionDenied: it is not part of what `by` does.
    """
    (item,) = locked([item_id], by)
    if item.owner_id == by.pk:
        return item
    if item.owner_id is not None:
        raise TakenAlready(owner=item.owner)
    own([item], by, "take_work", "taken", by=by, at=at)
    return item


@command
def put_back_work(item_id: int, *, by: User, at: datetime | None = None) -> WorkItem:
    """Let a thing be nobody's again, so that somebody can take it.

    Raises:
        NobodysAlready: nobody has it.
        WorkIsOver: it is not owed any more.
        PermissionDenied: it is not part of what `by` does; or a colleague has it, and
            `by` is not at the desk.
    """
    (item,) = locked([item_id], by)
    if item.owner_id is None:
        raise NobodysAlready
    if item.owner_id != by.pk and not is_desk(by):
        raise PermissionDenied
    own([item], None, "put_back_work", "put back", by=by, at=at)
    return item


def follow_again(rows: "QuerySet[Any]", was: int | None) -> None:
    """Let open things follow the owner of what they are about, who has changed.

    What nobody has, and what the owner before had, goes along; what another colleague
    took stays theirs. Called by the command that changes that owner.
    """
    theirs = Q(owner=None) | Q(owner=was)
    rows.filter(theirs, closed_at=None, is_owned_apart=True).update(
        is_owned_apart=False
    )


def locked(item_ids: Iterable[int], by: User) -> list[WorkItem]:
    """Return open things that `by` may look after, each held with its thread.

    The roots are locked first, as in every command, by those who read what is owed.
    """
    wanted = set(item_ids)
    visible = WorkItem.objects.visible_to(by).filter(pk__in=wanted)
    threads = sorted(set(visible.values_list("thread", flat=True)))
    ThreadWork(threads, is_locking=True).facts  # noqa: B018  they hold the locks
    found = list(visible.locked().select_related("owner", "party").order_by("pk"))
    if len(found) < len(wanted):
        raise PermissionDenied
    for item in found:
        if not may_look_after(item.declared, by):
            raise PermissionDenied
        if item.closed_at is not None:
            raise WorkIsOver(work=item)
    return found


def own(
    items: list[WorkItem],
    owner: User | None,
    name: str,
    words: str,
    *,
    by: User,
    at: datetime | None,
    why: str = "",
) -> None:
    """Keep who looks after things now, and that it was said. No Party is told.

    However many they are, it costs two statements.
    """
    at = at or timezone.now()
    for item in items:
        item.owner, item.is_owned_apart = owner, True
    rows = WorkItem.objects.filter(pk__in=[item.pk for item in items])
    rows.update(owner=owner, is_owned_apart=True)
    record_events(
        event_of(
            item,
            name,
            by=by,
            at=at,
            what=f"{item.what}: {words}",
            why=why,
            is_public=False,
        )
        for item in items
    )
