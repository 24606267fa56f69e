"""One order with all that hangs from it, each part read once and only when asked.

Apps above keep what they know of an order in parts of their own: `file.part(Quotes)`
loads theirs on the first asking. So this module knows no app above its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar, cast

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from common.clock import uk_date
from common.prepared import prepared
from common.working_days import WorkingCalendar
from orders.findings import Finding, evidence_of, findings
from orders.models import (
    ConnectionRequest,
    DeskNote,
    FormVersion,
    Question,
    Sharer,
    SiteReview,
)
from orders.querysets import (
    DeskNoteQuerySet,
    FormVersionQuerySet,
    OrderQuerySet,
    QuestionQuerySet,
)
from orders.states import OrderState, Route
from orders.wording import state_words
from parties.models import Nomination, User
from parties.querysets import NominationQuerySet
from parties.states import Purpose
from records.models import Document, Event, Notice
from records.querysets import EventQuerySet, NoticeQuerySet
from worklist.kinds import WorkKind
from worklist.models import WorkItem
from worklist.parts import Calendar
from worklist.people import People, people_of
from worklist.staff.due import work_in


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
        as_party: DCC looks at the page of its contacts, and reads what they read.
    """

    def __init__(
        self,
        order: ConnectionRequest,
        user: User,
        now: datetime,
        chosen: Mapping[str, str] | None = None,
        *,
        as_party: bool = False,
    ) -> None:
        self.order = order
        self.user = user
        self.now = now
        # What DCC keeps to itself (drafts, questions, notes) is in no contact's file.
        self.is_for_party = as_party or not user.is_staff
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
    def reader(self) -> tuple[int, str]:
        """Of which Party, or of which of DCC's roles, whoever reads it is."""
        return self.user.party_id or 0, self.user.role

    @property
    def state(self) -> OrderState:
        return OrderState(self.order.state)

    @cached_property
    def working_days(self) -> Calendar:
        """Read when somebody asks, and once for all that stands on a page."""
        return Calendar()

    @property
    def calendar(self) -> WorkingCalendar:
        return self.working_days.days

    # The form, its questions and the desk's notes

    @cached_property
    def work(self) -> list[WorkItem]:
        """What is owed in it now, of what staff may know, the most urgent first."""
        thread = self.order.thread
        return work_in([thread], self.user, self.today)[thread]

    def owes(self, kind: WorkKind) -> bool:
        """Say whether staff are told that such work is owed in it now."""
        return any(item.kind == kind.slug for item in self.work)

    @cached_property
    def versions(self) -> list[FormVersion]:
        """The forms as they were sent, the newest first."""
        if self.order.submitted_at is None:
            return []
        party, role = self.reader
        return versions_of(self.order.pk, party, role=role)

    @cached_property
    def questions(self) -> list[Question]:
        """All that was asked; what is not sent comes last, and is for DCC alone."""
        # Questions go out as the form is returned: before that its Party has none.
        if self.is_for_party and self.order.returned_at is None:
            return []
        party, role = self.reader
        is_sent, pk = self.is_for_party, self.order.pk
        found = self.own(asked_in(pk, party, role=role, is_sent=is_sent))
        return sorted(found, key=lambda row: row.round_id is None)

    @property
    def unsent(self) -> list[Question]:
        return [row for row in self.questions if row.round_id is None]

    @property
    def open_questions(self) -> list[Question]:
        """Return those that the Party has been sent and is still to answer."""
        asked = self.questions
        return [row for row in asked if row.round and row.round.closed_at is None]

    @cached_property
    def notes(self) -> list[DeskNote]:
        return notes_in(self.order.pk, role=self.user.role)

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
    def pair(self) -> list[ConnectionRequest]:
        """Return the requests of its pair that the person may know of.

        The primary comes first. Both pages tell the same of them.
        """
        if self.order.group_id is None:
            return []
        mine = ConnectionRequest.objects.visible_to(self.user)
        members = mine.filter(group=self.order.group_id)
        joined = members.select_related("data_centre", "group")
        # "primary" comes after "backup".
        return list(joined.order_by("-role").prefetch_related("group__members"))

    @property
    def members(self) -> list[Member]:
        """Return them with their states as staff call them."""
        return [Member(row, state_words(row.state)) for row in self.pair]

    @property
    def partner(self) -> ConnectionRequest | None:
        """Return the other request of its pair."""
        return next((row for row in self.pair if row.pk != self.order.pk), None)

    @cached_property
    def sharers(self) -> list[Sharer]:
        if not self.order.is_shared:
            return []
        return list(self.order.sharers.select_related("added_by", "ended_by"))

    @cached_property
    def is_ground_lost(self) -> bool:
        """Say whether others are to use it though its Party is no SEC Party today.

        Source: R-2.3-7, T1.
        """
        found = ConnectionRequest.objects.filter(pk=self.order.pk)
        lost = found.shared_without_standing(self.today)
        return bool(self.order.is_shared) and lost.exists()

    @cached_property
    def may_be_shared(self) -> bool:
        """Say whether its Party is a SEC Party, or asked as one. Source: R-2.3-1, T1.

        One that asked as an RDP may be both; of the others the commands see to it.
        """
        asked_as_rdp = self.order.route == Route.E3
        return not asked_as_rdp or self.order.party.is_sec_party_on(self.today)

    @cached_property
    def people(self) -> People:
        """Who of the Party is nominated today."""
        return people_of(self.order.party_id, self.user, self.today)

    @property
    def may_submit(self) -> bool:
        """Say whether whoever reads it may submit requests for its Party."""
        return self.user in self.people.nominated(Purpose.SUBMIT)

    @property
    def may_authorise(self) -> bool:
        return self.user in self.people.nominated(Purpose.AUTHORISE)

    @property
    def is_restorable(self) -> bool:
        """Say whether it is a draft that was thrown away and can be put back."""
        last_day = self.order.restore_last_day
        return last_day is not None and self.today <= last_day

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
    def to_authorise(self) -> NominationQuerySet:
        return Nomination.objects.of_party(self.order.party_id, Purpose.AUTHORISE)

    # Evidence

    @property
    def history(self) -> QuerySet[Any, Event]:
        """Everything that happened, the newest first, as far as the person reads it.

        To be narrowed and paged; `events` are all of them, read. A contact reads what
        is public, and a supplier of that no offer and no amount.
        """
        if self.is_for_party:
            return told_in.build(self.order.thread)
        return happened_in.build(self.order.thread, is_all=self.user.is_dcc)

    @cached_property
    def events(self) -> list[Event]:
        if self.is_for_party:
            return told_in(self.order.thread)
        return happened_in(self.order.thread, is_all=self.user.is_dcc)

    @cached_property
    def emails(self) -> list[Notice]:
        """The e-mails about it, the newest first; for DCC alone."""
        return emails_about(self.order.thread) if self.user.is_dcc else []

    @cached_property
    def documents(self) -> list[Document]:
        """The files that belong to it, the newest first; for DCC alone."""
        return documents_of(self.order.thread) if self.user.is_dcc else []

    @property
    def at_same_site(self) -> OrderQuerySet:
        """Return the other orders at its data centre, the newest first."""
        mine: OrderQuerySet = ConnectionRequest.objects.visible_to(self.user)
        # No row has the key 0: orders that name no premises are not at one site.
        there = mine.filter(data_centre=self.order.data_centre_id or 0)
        return there.exclude(pk=self.order.pk).select_related("data_centre")

    @property
    def end(self) -> Event | None:
        """Return the move that brought the order to the state that it is in."""
        to_here = (row for row in self.events if row.to_state == self.order.state)
        return next((row for row in to_here if row.concerns(self.order)), None)

    def event(self, pk: int | None) -> Event | None:
        """Return one of them by its key, such as the cause of another."""
        return next((row for row in self.events if row.pk == pk), None)

    def moves(self, *made: Callable[..., None]) -> list[Event]:
        """Return when the order itself made some moves, the oldest first.

        Args:
            made: transitions of the order, such as `ConnectionRequest.submit`.
        """
        return self.moves_of(self.order, *made)

    def moves_of(self, subject: Model, *made: Callable[..., None]) -> list[Event]:
        """Return when a row that hangs from it made some moves, the oldest first."""
        moved = [row for row in reversed(self.events) if row.is_move(*made)]
        return [row for row in moved if row.concerns(subject)]


@prepared
def versions_of(order: int, party: int, *, role: str) -> FormVersionQuerySet:
    """Ask for the forms as they were sent, the newest first."""
    rows = FormVersion.objects.visible_to(User.like(party, role)).filter(order=order)
    return rows.select_related("submitted_by", "document").order_by("-number")


@prepared
def asked_in(order: int, party: int, *, role: str, is_sent: bool) -> QuestionQuerySet:
    """Ask for what was asked of a form; what was sent to its Party, or all of it."""
    seen = Question.objects.visible_to(User.like(party, role)).filter(order=order)
    return (seen.sent() if is_sent else seen).for_pages()


@prepared
def notes_in(order: int, *, role: str) -> DeskNoteQuerySet:
    seen = DeskNote.objects.visible_to(User.like(0, role)).filter(order=order)
    return seen.select_related("by")


@prepared
def happened_in(thread: str, *, is_all: bool) -> EventQuerySet:
    """Ask for the history of an order, the newest first: all, or as suppliers read."""
    events = Event.objects.of_thread(thread)
    return events if is_all else events.for_suppliers()


@prepared
def emails_about(thread: str) -> NoticeQuerySet:
    return Notice.objects.filter(thread=thread)


@prepared
def documents_of(thread: str) -> QuerySet[Document]:
    return Document.objects.filter(thread=thread).order_by("-at", "-pk")


@prepared
def told_in(thread: str) -> EventQuerySet:
    """Ask for what the Party of an order reads of its history, the newest first."""
    return Event.objects.of_thread(thread).for_party()
