from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Q

from parties.querysets import OfPartyQuerySet
from parties.states import Purpose
from worklist.kinds import (
    also_of,
    asked_of,
    in_queue,
    rights,
    told,
    told_by_last_day,
)
from worklist.states import OF_THE_PARTY, TURN_OF, Turn

if TYPE_CHECKING:
    from parties.models import User
    from worklist.models import HandOver, WorkItem

# By the last day; what has none comes last.
BY_TIME_LEFT = (models.F("due_on").asc(nulls_last=True), "pk")
# What came first comes first.
BY_WHEN_IT_CAME = ("opened_at", "pk")


def nominations() -> Any:
    return apps.get_model("parties", "Nomination").objects


def asked_of_person(user: "User", day: date) -> Q:
    """Return the condition that a nomination of `user` on `day` permits a thing."""
    held = nominations().filter(user=user.pk).in_force(day)
    asked = Q(pk__in=())
    for purpose in filter(asked_of, Purpose):
        is_held = Exists(held.filter(purpose=purpose))
        asked |= Q(is_held, kind__in=asked_of(purpose))
    return asked


def asked_of_holder(held: Iterable[str]) -> Q:
    """Return the same condition of somebody whose nominations were read already."""
    kinds = [kind for purpose in held for kind in asked_of(Purpose(purpose))]
    return Q(kind__in=kinds)


class WorkItemQuerySet(OfPartyQuerySet["WorkItem"]):
    def shown_to_supplier(self, role: str) -> Q:
        """A supplier reads its own part, and what concerns it."""
        turn = TURN_OF.get(role, "")
        return Q(turn=turn) | Q(kind__in=also_of(turn))

    def shown_to_party(self, party_id: int) -> Q:
        """A contact reads what their Party owes, and that alone.

        Whose turn it is else is told by the order's own page.
        """
        return super().shown_to_party(party_id) & Q(turn__in=OF_THE_PARTY)

    def told_to(self, user: "User") -> Self:
        """Keep what the pages of an order tell `user`: all that its Party is told.

        Whose turn it is at DCC or at a supplier is no secret from the Party; what DCC
        owes to itself is DCC's alone.
        """
        if user.is_staff:
            return self.visible_to(user).filter(kind__in=told())
        return self.told_to_party(user.party_id)

    def told_to_party(self, party_id: int | None) -> Self:
        """Keep what the people of a Party are told of its orders."""
        return self.filter(party=party_id, kind__in=told())

    def needing(self, user: "User", day: date, asked: Q | None = None) -> Self:
        """Keep what calls on `user` in person on `day`, UK: what they may do.

        Args:
            asked: of whom their nominations were read, the condition that follows.

        Source: R-2.2-5, R-2.11-4.
        """
        asked = asked_of_person(user, day) if asked is None else asked
        return self.of_their_party(user, day).filter(asked)

    def needing_colleagues(
        self, user: "User", day: date, asked: Q | None = None
    ) -> Self:
        """Keep what calls on the Party of `user` on `day`, UK, and not on them."""
        asked = asked_of_person(user, day) if asked is None else asked
        return self.of_their_party(user, day).exclude(asked)

    def of_their_party(self, user: "User", day: date) -> Self:
        theirs = self.filter(party=user.party_id, kind__in=told())
        return theirs.calling_on(day).of_the_party()

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def locked(self) -> Self:
        """Hold the rows until the transaction ends; their thread is locked before."""
        return self.select_for_update(of=("self",), no_key=True)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def calling_on(self, day: date) -> Self:
        """Keep what is open and for somebody to do on `day`, UK.

        Not what begins later, nor a right whose last day is over.
        """
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.open().filter(begun).not_over(day)

    def with_day_told(self, day: date) -> Self:
        """Keep what is open and has a last day that its Gateway Party is told.

        Not what waits, whose day moves with it, nor a right that ended before `day`,
        UK. What begins later is kept: its day is known already.
        """
        dated = self.open().filter(due_on__isnull=False, paused_since=None)
        told_of = dated.filter(kind__in=told_by_last_day())
        return told_of.not_over(day)

    def not_over(self, day: date) -> Self:
        """Leave out the rights whose last day is before `day`, UK."""
        return self.exclude(kind__in=rights(), due_on__lt=day)

    def running(self, kind: str) -> Self:
        """Keep what is open of a kind, has a last day, and whose clock runs.

        Timers that remind and warn choose from these; the command asks again.
        """
        return self.open().filter(kind=kind, due_on__isnull=False, paused_since=None)

    def of_the_party(self) -> Self:
        return self.filter(turn__in=OF_THE_PARTY)

    def not_of_the_party(self) -> Self:
        """Keep what DCC and its suppliers see to, and what goes by itself on its day.

        What a Party owes is never late for us.
        """
        return self.exclude(turn__in=OF_THE_PARTY)

    def nobodys(self) -> Self:
        """Keep what somebody has to look after and nobody does."""
        return self.filter(owner=None).exclude(turn__in=(*OF_THE_PARTY, Turn.PORTAL))

    def in_queue(self, queue: str) -> Self:
        return self.filter(kind__in=in_queue(queue))

    def untouched_since(self, done: "HandOver") -> Self:
        """Keep what is open and still with whom a hand-over gave it."""
        later = Q(handed__hand_over__pk__gt=done.pk)
        mine = self.open().filter(handed__hand_over=done.pk, owner=done.to_id)
        return mine.exclude(later)

    def soonest_first(self) -> Self:
        """Sort by the last day; what has none comes last."""
        return self.order_by(*BY_TIME_LEFT)


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)
