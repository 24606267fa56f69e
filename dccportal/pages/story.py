"""All that happened to one order, read once and handed to pure functions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.functional import cached_property

from common.working_days import WorkingCalendar
from orders.commands import working_calendar
from orders.models import ConnectionRequest, FormVersion, Question
from orders.querysets import OrderQuerySet
from orders.states import OrderState
from parties.models import User
from parties.states import Purpose
from planner.models import Plan
from quotes.models import (
    Authority,
    Quote,
    charging_of,
    is_for_dcc_to_decide,
)
from quotes.states import OPEN, Outcome, QuoteState, Stage
from quotes.words import authority_of
from records.models import Event
from sites.models import InstallationStage, SiteVisit
from sites.states import VisitState
from worklist.contacts.needs import Need, key, tell
from worklist.contacts.turns import Turns, turns_in
from worklist.people import People, people_of

BEFORE_ANY_VISIT = (
    OrderState.DRAFT,
    OrderState.SUBMITTED,
    OrderState.RETURNED,
    OrderState.ACCEPTED,
    OrderState.QUOTED,
)
# Where an offer may be open, so that the page names its amount.
PRICED = (OrderState.QUOTED, OrderState.SURVEY)


@dataclass(frozen=True)
class Story:
    """One order with its rows.

    Args:
        order: with its site review, access and connection.
        today: UK date.
        quotes: those that were issued, the oldest first.
        visits: in the order of their days.
        stages: those complete, by stage.
        sessions: open ones of its connection.
        events: what the Party may read, the oldest first.
        people: those nominated today, as the reader meets them.
        turns: whose turn it is in it, and in the other of its pair, by reference.
        questions: that DCC sent, with the answers, round by round.
        forms: that were sent, the oldest first; read only if one was returned.
        calendar: only while a clock counts working days.
        pair: both requests of its pair, the primary first.
        sharers: who else is to use the connection.
        charging: what DCC decided about the charges of an RDP's HV.
    """

    order: Any
    today: date
    people: People
    turns: dict[str, Turns]
    quotes: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    stages: dict[str, Any] = field(default_factory=dict)
    sessions: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    calendar: WorkingCalendar | None = None
    pair: list[Any] = field(default_factory=list)
    sharers: list[Any] = field(default_factory=list)
    questions: list[Any] = field(default_factory=list)
    forms: list[Any] = field(default_factory=list)
    charging: Any = None

    @cached_property
    def partner(self) -> Any:
        """The other request of its pair, or None."""
        return next((row for row in self.pair if row.pk != self.order.pk), None)

    @property
    def authorisers(self) -> list[Any]:
        return self.people.nominated(Purpose.AUTHORISE)

    @property
    def submitters(self) -> list[Any]:
        return self.people.nominated(Purpose.SUBMIT)

    @property
    def may_submit(self) -> bool:
        """Whether whoever reads it may submit requests for its Party."""
        return self.people.reader in self.submitters

    @property
    def turn(self) -> Turns:
        """Whose turn it is in this order."""
        return self.turns[self.order.reference]

    @cached_property
    def needs(self) -> list[Need]:
        """All that is owed in it today, in words, the most urgent first."""
        self.order.asked = [
            row for row in self.questions if row.round.closed_at is None
        ]
        rows = [self.order, self.connection, *self.quotes, *self.visits]
        known = {key(row): row for row in [*rows, *self.sessions] if row is not None}
        return list(tell(self.turn.items, self.people, self.today, known))

    @cached_property
    def review(self) -> Any:
        return getattr(self.order, "site_review", None)

    @property
    def is_charging_open(self) -> bool:
        return is_for_dcc_to_decide(self.order) and self.charging is None

    @property
    def is_restorable(self) -> bool:
        """Whether it is a draft that was thrown away and can still be put back."""
        last_day = self.order.restore_last_day
        return last_day is not None and self.today <= last_day

    @cached_property
    def access(self) -> Any:
        return getattr(self.order, "access", None)

    @cached_property
    def connection(self) -> Any:
        return getattr(self.order, "connection", None)

    @cached_property
    def initial(self) -> Any:
        """The latest offer after desk review that was not taken back."""
        return self.latest(Stage.INITIAL)

    @cached_property
    def updated(self) -> Any:
        """The latest offer after the survey that was not taken back."""
        return self.latest(Stage.UPDATED)

    def latest(self, stage: str) -> Any:
        standing = [
            quote
            for quote in self.quotes
            if quote.stage == stage and quote.state != QuoteState.WITHDRAWN
        ]
        return standing[-1] if standing else None

    @cached_property
    def open_offer(self) -> Any:
        return next((quote for quote in self.quotes if quote.state in OPEN), None)

    @cached_property
    def needs_survey(self) -> bool | None:
        """Whether a survey is needed; None while nobody knows."""
        if self.initial is not None:
            return not self.initial.is_firm
        return self.review.is_survey_needed if self.review else None

    def visits_for(self, purpose: str) -> list[Any]:
        return [visit for visit in self.visits if visit.purpose == purpose]

    def booked(self, purpose: str = "") -> Any:
        """Return the next visit that is booked, of one purpose or of any."""
        found = [
            visit
            for visit in self.visits
            if visit.state == VisitState.BOOKED and purpose in ("", visit.purpose)
        ]
        return found[0] if found else None

    def happened(self, name: str) -> list[Any]:
        """Return what happened to the order itself, not to its visits or offers."""
        named = [event for event in self.events if event.name == name]
        return [event for event in named if event.is_about(self.order)]


def given_authority(quote: Any) -> Any:
    """Return the authority that stands for an offer, checked or not yet."""
    return authority_of(quote, Outcome.EFFECTIVE, Outcome.PENDING)


def orders_for(user: User) -> OrderQuerySet:
    orders = ConnectionRequest.objects.visible_to(user).for_pages()
    began = Plan.objects.filter(orders=OuterRef("pk")).values("token")
    joined = orders.select_related("access", "connection", "group__path_check")
    found: OrderQuerySet = joined.annotate(plan_token=Subquery(began[:1]))
    return found


def story_of(order: Any, user: User, today: date) -> Story:
    """Read the rows that the order's state can have, and no others."""
    has_visits = order.state not in BEFORE_ANY_VISIT
    connection = getattr(order, "connection", None)
    people = people_of(order.party_id, user, today)
    pair = list(pair_of(order, user)) if order.group_id else []
    threads = {order.reference, *(one.reference for one in pair)}
    return Story(
        order=order,
        today=today,
        people=people,
        turns=turns_in(threads, people, today),
        quotes=list(offers_of(order, user)) if order.accepted_at else [],
        visits=list(visits_of(order, user)) if has_visits else [],
        stages={row.stage: row for row in stages_of(order, user)} if has_visits else {},
        sessions=list(connection.sessions.open()) if connection else [],
        events=list(events_of(order))[::-1],
        calendar=working_calendar() if order.state == OrderState.ACCEPTED else None,
        questions=list(questions_of(order, user)) if order.returned_at else [],
        forms=list(forms_of(order, user)) if order.returned_at else [],
        pair=pair,
        sharers=list(order.sharers.all()) if order.is_shared else [],
        charging=charging_of(order) if order.accepted_at else None,
    )


def pair_of(order: Any, user: User) -> OrderQuerySet:
    """Return both requests of a pair, so that both pages tell the same of them."""
    members = ConnectionRequest.objects.visible_to(user).filter(group=order.group_id)
    found: OrderQuerySet = members.select_related("data_centre", "group")
    # "primary" comes after "backup".
    return found.order_by("-role").prefetch_related("group__members")


def offers_of(order: Any, user: User) -> "QuerySet[Any]":
    authorities = Authority.objects.for_pages().select_related("nomination__user")
    offers = Quote.objects.visible_to(user).filter(order=order)
    signed = Prefetch("authorities", queryset=authorities)
    joined = offers.select_related("document").prefetch_related(signed)
    if order.state in PRICED:
        joined = joined.prefetch_related("lines")
    return joined.order_by("version")


def questions_of(order: Any, user: User) -> "QuerySet[Any]":
    """Return what DCC asked and was answered; what it has not sent is its own."""
    return Question.objects.visible_to(user).sent().filter(order=order).for_pages()


def forms_of(order: Any, user: User) -> "QuerySet[Any]":
    rows = FormVersion.objects.visible_to(user).filter(order=order)
    return rows.select_related("submitted_by").order_by("number")


def visits_of(order: Any, user: User) -> "QuerySet[Any]":
    return SiteVisit.objects.visible_to(user).filter(order=order).order_by("on", "pk")


def stages_of(order: Any, user: User) -> "QuerySet[Any]":
    return InstallationStage.objects.visible_to(user).filter(order=order)


def events_of(order: Any) -> "QuerySet[Any]":
    """Return what the Party may read of an order's history, the newest first."""
    return Event.objects.of_thread(order.thread).for_party()
