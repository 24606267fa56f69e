"""All that happened to one order, read once and handed to pure functions."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from common.working_days import WorkingCalendar
from dccportal.overview import overview
from orders.commands import working_calendar
from orders.models import ConnectionRequest, FormVersion, Question
from orders.querysets import OrderQuerySet
from orders.states import OrderState
from parties.models import Nomination, User
from parties.states import Purpose
from planner.models import Plan
from quotes.models import (
    Authority,
    Quote,
    charging_of,
    is_for_dcc_to_decide,
)
from quotes.states import OPEN, Outcome, QuoteState, Stage
from records.models import Event
from sites.models import InstallationStage, SiteVisit
from sites.states import VisitState

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
        order: as `overview` gives it, with its site review, access and connection.
        today: UK date.
        quotes: those that were issued, the oldest first.
        visits: in the order of their days.
        stages: those complete, by stage.
        sessions: open ones of its connection.
        events: what the Party may read, the oldest first.
        authorisers, submitters: people nominated today.
        questions: that DCC sent, with the answers, round by round.
        forms: that were sent, the oldest first; read only if one was returned.
        calendar: only while a clock counts working days.
        pair: both requests of its pair as `overview` gives them, the primary first.
        sharers: who else is to use the connection.
        charging: what DCC decided about the charges of an RDP's HV.
    """

    order: Any
    today: date
    quotes: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    stages: dict[str, Any] = field(default_factory=dict)
    sessions: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    authorisers: list[Any] = field(default_factory=list)
    submitters: list[Any] = field(default_factory=list)
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
        of_order = [row for row in self.events if row.subject_words == str(self.order)]
        return [event for event in of_order if event.name == name]


def authority_of(quote: Any, *outcomes: str) -> Any:
    """Return the latest authority of an offer with one of `outcomes`, or None."""
    if quote is None:
        return None
    rows = quote.authorities.all()
    return next((row for row in rows if row.outcome in outcomes), None)


def given_authority(quote: Any) -> Any:
    """Return the authority that stands for an offer, checked or not yet."""
    return authority_of(quote, Outcome.EFFECTIVE, Outcome.PENDING)


def orders_for(user: User) -> OrderQuerySet:
    orders = ConnectionRequest.objects.visible_to(user).for_pages()
    began = Plan.objects.filter(orders=OuterRef("pk")).values("token")
    joined = orders.select_related("access", "connection", "group__path_check")
    return overview(joined.annotate(plan_token=Subquery(began[:1])))


def story_of(order: Any, user: User, today: date) -> Story:
    """Read the rows that the order's state can have, and no others."""
    has_visits = order.state not in BEFORE_ANY_VISIT
    connection = getattr(order, "connection", None)
    people = list(nominations_of(order, today))
    return Story(
        order=order,
        today=today,
        quotes=list(offers_of(order, user)) if order.accepted_at else [],
        visits=list(visits_of(order, user)) if has_visits else [],
        stages={row.stage: row for row in stages_of(order, user)} if has_visits else {},
        sessions=list(connection.sessions.open()) if connection else [],
        events=list(events_of(order))[::-1],
        authorisers=[row.user for row in people if row.purpose == Purpose.AUTHORISE],
        submitters=[row.user for row in people if row.purpose == Purpose.SUBMIT],
        calendar=working_calendar() if order.state == OrderState.ACCEPTED else None,
        questions=list(questions_of(order, user)) if order.returned_at else [],
        forms=list(forms_of(order, user)) if order.returned_at else [],
        pair=list(pair_of(order, user)) if order.group_id else [],
        sharers=list(order.sharers.all()) if order.is_shared else [],
        charging=charging_of(order) if order.accepted_at else None,
    )


def pair_of(order: Any, user: User) -> OrderQuerySet:
    """Return both requests of a pair, so that both pages tell the same of them."""
    members = ConnectionRequest.objects.visible_to(user).filter(group=order.group_id)
    found: OrderQuerySet = overview(members.select_related("data_centre", "group"))
    # "primary" comes after "backup".
    return found.order_by("-role").prefetch_related("group__members")


def nominations_of(order: Any, today: date) -> "QuerySet[Any]":
    theirs = Nomination.objects.of_party(order.party_id, *Purpose.values)
    return theirs.in_force(today)


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
