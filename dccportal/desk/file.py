"""Everything about one order, each part read once and only when it is asked for."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from common.clock import uk_date
from common.working_days import WorkingCalendar
from connections.models import Connection, ContractPeriod, Session
from dccportal.desk.due import NOTHING, Due, due, work_in
from dccportal.desk.findings import Finding, evidence_of, findings
from dccportal.desk.pairs import Member, is_ground_lost, pair_of, sharers_of
from orders.commands import working_calendar
from orders.models import (
    ConnectionRequest,
    DeskNote,
    FormVersion,
    Question,
    Sharer,
    SiteReview,
)
from parties.models import Nomination, User
from parties.states import Purpose
from quotes.models import (
    Authority,
    ChargingDecision,
    Quote,
    is_for_dcc_to_decide,
)
from quotes.states import Outcome, QuoteState
from records.models import Event
from sites.models import (
    InstallationStage,
    PathCheck,
    SiteAccess,
    SiteVisit,
    SurveyResult,
)
from sites.states import Stage, VisitState


class OrderFile:
    """One order as a member of staff meets it. Pages and their actions ask it.

    Args:
        order: with its one-to-one rows joined.
        user: staff; suppliers find no prices in it.
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

    def __str__(self) -> str:
        return self.order.reference

    @property
    def pk(self) -> int:
        return self.order.pk

    @property
    def state(self) -> str:
        return str(self.order.state)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return working_calendar()

    @cached_property
    def work(self) -> list[Due]:
        """What is owed now, the most urgent first."""
        thread = self.order.thread
        items = work_in([thread], self.user, self.today)[thread]
        return [due(item, self.today, self.calendar) for item in items]

    @property
    def due(self) -> Due:
        return next(iter(self.work), NOTHING)

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

    @property
    def blocking(self) -> list[Finding]:
        """Why the form cannot be accepted."""
        return [row for row in self.findings if row.is_blocking]

    @cached_property
    def findings(self) -> list[Finding]:
        """What stands out on a form that is being checked; for DCC alone."""
        evidence = evidence_of([self.order], self.today) if self.user.is_dcc else {}
        return [row for each in evidence.values() for row in findings(each)]

    @cached_property
    def pair(self) -> list[Member]:
        return pair_of(self.order, self.user)

    @cached_property
    def path_check(self) -> PathCheck | None:
        """What the check of both paths of its pair found, once there is one."""
        if self.order.group_id is None:
            return None
        return PathCheck.objects.filter(group=self.order.group_id).first()

    @cached_property
    def sharers(self) -> list[Sharer]:
        return sharers_of(self.order)

    @cached_property
    def is_ground_lost(self) -> bool:
        return is_ground_lost(self.order, self.today)

    # What the desk and the survey found

    @property
    def review(self) -> SiteReview | None:
        return getattr(self.order, "site_review", None)

    @property
    def access(self) -> SiteAccess | None:
        return getattr(self.order, "access", None)

    @property
    def connection(self) -> Connection | None:
        return getattr(self.order, "connection", None)

    # Offers

    @property
    def is_for_dcc_to_decide(self) -> bool:
        return is_for_dcc_to_decide(self.order)

    @cached_property
    def charging_decisions(self) -> list[ChargingDecision]:
        """What DCC decided about the charges of an RDP's HV, the newest first."""
        if not self.is_for_dcc_to_decide:
            return []
        rows = ChargingDecision.objects.visible_to(self.user).filter(order=self.order)
        return list(rows.select_related("by"))

    @property
    def charging(self) -> ChargingDecision | None:
        return next(iter(self.charging_decisions), None)

    @cached_property
    def quotes(self) -> list[Quote]:
        """The versions, newest first, with their lines. None before acceptance."""
        if self.order.accepted_at is None:
            return []
        versions = self.order.quotes.select_related("document", "previous")
        return self.own(versions.prefetch_related("lines").order_by("-version"))

    def own(self, rows: Any) -> list[Any]:
        """Give the rows this very order, so that no row asks for it again."""
        found = list(rows)
        for row in found:
            row.order = self.order
        return found

    def quote_in(self, *states: str) -> Quote | None:
        return next((quote for quote in self.quotes if quote.state in states), None)

    @property
    def draft(self) -> Quote | None:
        return self.quote_in(QuoteState.DRAFT)

    @property
    def open_quote(self) -> Quote | None:
        return self.quote_in(QuoteState.ISSUED, QuoteState.AUTHORITY_RECEIVED)

    @property
    def accepted_quote(self) -> Quote | None:
        return self.quote_in(QuoteState.ACCEPTED)

    @cached_property
    def authorities(self) -> list[Authority]:
        if not any(quote.issued_at for quote in self.quotes):
            return []
        found = Authority.objects.filter(quote__order=self.order)
        joins = ("quote__document", "nomination__user", "uploaded_by", "checked_by")
        joined = found.for_pages().select_related(*joins)
        rows = list(joined.order_by("-received_at", "-pk"))
        for row in rows:
            row.quote.order = self.order
        return rows

    @property
    def waiting_upload(self) -> Authority | None:
        """What the Party uploaded and has not handed in yet."""
        return next((row for row in self.authorities if row.is_waiting), None)

    @property
    def pending_authority(self) -> Authority | None:
        pending = (row for row in self.authorities if row.outcome == Outcome.PENDING)
        return next(pending, None)

    @cached_property
    def authorisers(self) -> list[Nomination]:
        """All that the Party ever nominated to authorise, with the people."""
        theirs = Nomination.objects.of_party(self.order.party_id, Purpose.AUTHORISE)
        return list(theirs)

    @cached_property
    def authorisers_today(self) -> list[Nomination]:
        """Those of them who may authorise today."""
        theirs = Nomination.objects.of_party(self.order.party_id, Purpose.AUTHORISE)
        return list(theirs.in_force(self.today))

    def authorisers_at(self, instant: datetime) -> list[Nomination]:
        """Return those of them who could authorise at `instant`, aware."""
        theirs = Nomination.objects.of_party(self.order.party_id, Purpose.AUTHORISE)
        return list(theirs.held_at(instant))

    # Work on site

    @cached_property
    def visits(self) -> list[SiteVisit]:
        rows = self.order.visits.select_related("result").order_by("-on", "-pk")
        return self.own(rows)

    @property
    def booked(self) -> list[SiteVisit]:
        return [row for row in self.visits if row.state == VisitState.BOOKED]

    @property
    def survey(self) -> SurveyResult | None:
        """The latest result."""
        results = (getattr(row, "result", None) for row in self.visits)
        return next((row for row in results if row is not None), None)

    @cached_property
    def stages(self) -> list[InstallationStage]:
        return list(self.order.stages.all())

    @property
    def next_stage(self) -> Stage | None:
        done = {row.stage for row in self.stages}
        return next((stage for stage in Stage if stage not in done), None)

    # After installation

    @cached_property
    def periods(self) -> list[ContractPeriod]:
        return list(self.connection.periods.all()) if self.connection else []

    @property
    def open_period(self) -> ContractPeriod | None:
        """The period whose renewal notice is still to go."""
        return next((row for row in self.periods if row.notice_at is None), None)

    @cached_property
    def sessions(self) -> list[Session]:
        return list(self.connection.sessions.all()) if self.connection else []

    @cached_property
    def charges(self) -> list[Any]:
        return list(self.order.charges.all()) if self.connection_or_closed else []

    @property
    def connection_or_closed(self) -> bool:
        return self.connection is not None or self.order.is_closed

    # Evidence

    @cached_property
    def events(self) -> list[Any]:
        """Everything that happened; a supplier reads no offer and no amount."""
        events = Event.objects.of_thread(self.order.thread)
        if not self.user.is_dcc:
            events = events.for_suppliers()
        return list(events)
