"""One order with all that hangs from it, each part read once and only when asked.

Apps above keep what they know of an order in parts of their own: `file.part(Quotes)`
loads theirs on the first asking. So this module knows no app above its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar, cast

from django.utils.functional import cached_property

from common.clock import uk_date
from common.working_days import WorkingCalendar
from orders.commands import working_calendar
from orders.findings import Finding, evidence_of, findings
from orders.models import (
    ConnectionRequest,
    DeskNote,
    FormVersion,
    Question,
    Sharer,
    SiteReview,
)
from orders.states import OrderState
from orders.wording import state_words
from parties.models import Nomination, User
from parties.states import Purpose
from records.models import Event


class OfOrder(Protocol):
    """A row that hangs from an order and names it."""

    order: ConnectionRequest


Row = TypeVar("Row", bound=OfOrder)
Part = TypeVar("Part", bound="FilePart")


@dataclass(frozen=True)
class Member:
    """One of the two requests of a pair."""

    order: ConnectionRequest
    state: str


class FilePart:
    """What one app knows of an order. Its properties read when they are asked."""

    def __init__(self, file: "OrderFile") -> None:
        self.file = file
        self.order = file.order


class OrderFile:
    """One order as somebody meets it: the one read object of its pages and steps.

    Args:
        order: with its one-to-one rows joined.
        user: who reads; each part holds what this person may see.
        now: aware.
        chosen: what the address of the page names, such as an answer or a question.
    """

    def __init__(
        self,
        order: ConnectionRequest,
        user: User,
        now: datetime,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        self.order = order
        self.user = user
        self.now = now
        self.chosen: Mapping[str, str] = chosen or {}
        self.today: date = uk_date(now)
        self._parts: dict[type[FilePart], FilePart] = {}

    def __str__(self) -> str:
        return self.order.reference

    def part(self, kind: type[Part]) -> Part:
        """Return what an app knows of this order; it is the same each time."""
        if kind not in self._parts:
            self._parts[kind] = kind(self)
        return cast("Part", self._parts[kind])

    def own(self, rows: Iterable[Row]) -> list[Row]:
        """Give the rows this very order, so that no row asks for it again."""
        found = list(rows)
        for row in found:
            row.order = self.order
        return found

    @property
    def pk(self) -> int:
        return self.order.pk

    @property
    def state(self) -> OrderState:
        return OrderState(self.order.state)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return working_calendar()

    # The form, its questions and the desk's notes

    @cached_property
    def versions(self) -> list[FormVersion]:
        """The forms as they were sent, the newest first."""
        rows = FormVersion.objects.visible_to(self.user).filter(order=self.order)
        return list(rows.select_related("submitted_by", "document").order_by("-number"))

    @cached_property
    def questions(self) -> list[Question]:
        """All that was asked; what is not sent comes last."""
        rows = Question.objects.visible_to(self.user).filter(order=self.order)
        found = self.own(rows.for_pages())
        return sorted(found, key=lambda row: row.round_id is None)

    @property
    def unsent(self) -> list[Question]:
        return [row for row in self.questions if row.round_id is None]

    @cached_property
    def notes(self) -> list[DeskNote]:
        rows = DeskNote.objects.visible_to(self.user).filter(order=self.order)
        return list(rows.select_related("by"))

    @cached_property
    def findings(self) -> list[Finding]:
        """What stands out on a form that is being checked; for DCC alone."""
        evidence = evidence_of([self.order], self.today) if self.user.is_dcc else {}
        return [row for each in evidence.values() for row in findings(each)]

    @property
    def blocking(self) -> list[Finding]:
        """Why the form cannot be accepted."""
        return [row for row in self.findings if row.is_blocking]

    @property
    def review(self) -> SiteReview | None:
        return getattr(self.order, "site_review", None)

    # Its pair, who shares it, who speaks for the Party

    @cached_property
    def pair(self) -> list[Member]:
        """Return the requests of its pair that the person may know of."""
        if self.order.group_id is None:
            return []
        mine = ConnectionRequest.objects.visible_to(self.user)
        members = mine.filter(group=self.order.group_id)
        joined = members.select_related("data_centre", "group")
        # "primary" comes after "backup".
        found = joined.order_by("-role").prefetch_related("group__members")
        return [Member(row, state_words(row.state)) for row in found]

    @cached_property
    def sharers(self) -> list[Sharer]:
        if not self.order.is_shared:
            return []
        return list(self.order.sharers.select_related("added_by"))

    @cached_property
    def is_ground_lost(self) -> bool:
        """Say whether others are to use it though its Party is no SEC Party today.

        Source: R-2.3-7, T1.
        """
        found = ConnectionRequest.objects.filter(pk=self.order.pk)
        lost = found.shared_without_standing(self.today)
        return bool(self.order.is_shared) and lost.exists()

    @cached_property
    def authorisers(self) -> list[Nomination]:
        """All that the Party ever nominated to authorise, with the people."""
        return list(self.to_authorise)

    @cached_property
    def authorisers_today(self) -> list[Nomination]:
        """Those of them who may authorise today."""
        return list(self.to_authorise.in_force(self.today))

    def authorisers_at(self, instant: datetime) -> list[Nomination]:
        """Return those of them who could authorise at `instant`, aware."""
        return list(self.to_authorise.held_at(instant))

    @property
    def to_authorise(self) -> Any:
        return Nomination.objects.of_party(self.order.party_id, Purpose.AUTHORISE)

    # Evidence

    @cached_property
    def events(self) -> list[Event]:
        """Everything that happened; a supplier reads no offer and no amount."""
        events = Event.objects.of_thread(self.order.thread)
        if not self.user.is_dcc:
            events = events.for_suppliers()
        return list(events)
