"""Work that goes from hand to hand, several things at once, and back again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from parties.models import User
from parties.policies import is_desk
from records.unit import command
from worklist import emails
from worklist.commands.look_after import locked, own
from worklist.errors import (
    NothingChosen,
    NothingToGiveBack,
    NotTheirPart,
    TheirsAlready,
    UndoneAlready,
)
from worklist.models import HandedItem, HandOver, WorkItem
from worklist.policies import not_part_of
from worklist.threads import THREADS
from worklist.words import counted_words


@command
def hand_over_work(
    item_ids: Iterable[int],
    *,
    by: User,
    to_id: int | None,
    note: str = "",
    leaves_rest: bool = False,
    at: datetime | None = None,
) -> HandOver:
    """Give things to one colleague, or to nobody, all or none; one e-mail tells them.

    Args:
        leaves_rest: whether what can never be the colleague's stays as it is.

    Returns:
        What was done, which `undo_hand_over` takes back.

    Raises:
        NothingChosen: `item_ids` is empty.
        NotTheirPart: some of the things can never be the colleague's, or with
            `leaves_rest` all of them.
        TheirsAlready: all of them are the colleague's, or nobody's, as it is.
        WorkIsOver: one of them is not owed any more.
        PermissionDenied: one of them is not part of what `by` does; or a colleague has
            it, is to lose it to nobody, and `by` is not at the desk.
    """
    at = at or timezone.now()
    to = colleague(to_id)
    items = locked(item_ids, by)
    if not items:
        raise NothingChosen
    if to is None:
        require_own(items, by)
    left = not_part_of(items, to)
    if left and (not leaves_rest or len(left) == len(items)):
        what = counted_words((item.what, item.thread) for item in left)
        raise NotTheirPart(to=to, what=what)
    moved = [item for item in items if item.owner_id != to_id and item not in left]
    if not moved:
        raise TheirsAlready(to=to or "Nobody")
    return passed_on(moved, to, note, by=by, at=at)


def colleague(pk: int | None) -> User | None:
    if pk is None:
        return None
    found: User = User.objects.get(pk=pk, is_staff=True, is_active=True)
    return found


def require_own(items: list[WorkItem], by: User) -> None:
    if not is_desk(by) and any(item.owner_id not in (None, by.pk) for item in items):
        raise PermissionDenied


def passed_on(
    moved: list[WorkItem], to: User | None, note: str, *, by: User, at: datetime
) -> HandOver:
    """Write down who had each thing before, and who has it from now on."""
    done = HandOver.objects.create(by=by, to=to, at=at, note=note)
    had = [HandedItem(hand_over=done, item=one, was_id=one.owner_id) for one in moved]
    HandedItem.objects.bulk_create(had)
    words = f"handed over to {to}" if to else "put back"
    own(moved, to, "hand_over_work", words, by=by, at=at, why=note)
    if to is not None and to.pk != by.pk:
        emails.work_handed_over(moved, to, note, by=by, at=at)
    return done


@command
def hand_over_all(
    of_id: int,
    *,
    by: User,
    to_id: int | None,
    kinds: Collection[str],
    note: str = "",
    with_orders: bool = False,
    leaves_rest: bool = False,
    at: datetime | None = None,
) -> HandOver:
    """Give all that somebody who is away looks after to a colleague, or to nobody.

    Args:
        kinds: of which kinds, by slug.
        with_orders: whether what begins in their orders and enquiries from now on goes
            the same way, which it does to the desk alone. What is undone later leaves
            that as it is.
        leaves_rest: as of `hand_over_work`.

    Raises:
        NothingChosen: they look after nothing of these kinds.
        NotTheirPart, TheirsAlready: as of `hand_over_work`.
        PermissionDenied: `by` is not at the desk.
    """
    if not is_desk(by):
        raise PermissionDenied
    at = at or timezone.now()
    rows = WorkItem.objects.visible_to(by).open().filter(owner=of_id, kind__in=kinds)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    done: HandOver = hand_over_work(
        keys, by=by, to_id=to_id, note=note, leaves_rest=leaves_rest, at=at
    )
    if with_orders and (done.to is None or is_desk(done.to)):
        for kind in THREADS.values():
            kind.give_away(of_id, to_id=to_id, by=by, at=at)
    return done


@command
def undo_hand_over(
    hand_over_id: int, *, by: User, at: datetime | None = None
) -> tuple[int, int]:
    """Give each thing of a hand-over back to whom it was, where nobody acted since.

    Returns:
        How many went back, and how many stay: done, taken or handed on since.

    Raises:
        UndoneAlready: it was undone before.
        NothingToGiveBack: somebody has acted on each thing since.
        PermissionDenied: somebody else handed over, and `by` is not at the desk.
    """
    at = at or timezone.now()
    done = HandOver.objects.locked().select_related("to").get(pk=hand_over_id)
    if done.by_id != by.pk and not is_desk(by):
        raise PermissionDenied
    if done.undone_at is not None:
        raise UndoneAlready
    lines = {line.item_id: line for line in done.lines.select_related("was")}
    untouched = WorkItem.objects.visible_to(by).untouched_since(done)
    items = locked(untouched.values_list("pk", flat=True), by)
    if not items:
        raise NothingToGiveBack
    parts: dict[User | None, list[WorkItem]] = {}
    for item in items:
        parts.setdefault(lines[item.pk].was, []).append(item)
    for was, part in parts.items():
        words = f"given back to {was}" if was else "put back, as it was"
        own(part, was, "undo_hand_over", words, by=by, at=at)
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    if done.to is not None and done.to_id != by.pk:
        emails.work_given_back(items, done.to, by=by, at=at)
    return len(items), len(lines) - len(items)
