from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from common.money import ZERO
from connections.states import (
    CHANGE_IS_OVER,
    LEAVING,
    TO_SET_UP,
    ConnectionState,
    FailoverTestState,
    RateChangeState,
    ReportState,
    SessionState,
)
from orders.querysets import PassedOnQuerySet
from parties.querysets import OfPartyQuerySet

if TYPE_CHECKING:
    from connections.models import (
        Cancellation,
        Connection,
        ConnectionPaper,
        ContractPeriod,
        FailoverTest,
        PerformanceReport,
        RateChange,
        RenewalAnswer,
        Session,
        UsageDay,
        UseDeclaration,
    )
    from parties.models import User


class ConnectionQuerySet(PassedOnQuerySet["Connection"]):
    """Connections, which a supplier sees once passed to it. Source: R-2.1.1-2."""

    order_path = "order__"

    def for_pages(self) -> Self:
        joined = self.select_related("order__group", "party", "data_centre")
        return joined.prefetch_related("periods", "sessions")

    def over(self, today: date) -> Self:
        """Keep cancelled connections whose last day was before `today`."""
        return self.filter(state=ConnectionState.ENDING, ends_on__lt=today)

    def due_for_failover_test(self, latest: date) -> Self:
        """Keep the second link of each pair in service whose test is due again.

        None is planned, and the last one, the day on which both links were in service
        and the last reminder are all on `latest` or before.

        Args:
            latest: UK day, from `deadlines.last_test_by`.
        """
        # Not of `self`: where that is narrowed, the other link may be left out of it.
        everything = ConnectionQuerySet(self.model)
        in_service = everything.filter(
            state=ConnectionState.OPERATIONAL, router_configured_on__lte=latest
        )
        pair = Q(order__group=OuterRef("order__group"))
        tested = everything.filter(
            Q(failover_tests__state=FailoverTestState.PLANNED)
            | Q(failover_tests__done_on__gt=latest)
        )
        return self.filter(
            Exists(in_service.filter(pair, pk__lt=OuterRef("pk"))),
            ~Exists(tested.filter(pair)),
            pk__in=in_service.values("pk"),
            order__group__isnull=False,
        ).exclude(failover_reminded_on__gt=latest)

    def year_begun(self, today: date) -> Self:
        """Keep those whose next year has begun by `today`, UK, and is to be charged.

        Not those of which nobody knows yet whether there is one: its renewal has not
        begun, or the month to leave free of charge is not over. `year_due` says so of
        each; here they are left out, or each run would ask it of them all.

        Source: R-2.9.1-6, T5.
        """
        there = Q(ends_on=None) | Q(ends_on__gte=F("next_year_on"))
        begun = self.filter(there, next_year_on__lte=today)
        # By its name: models import this module.
        periods = apps.get_model("connections", "ContractPeriod")._default_manager  # noqa: SLF001  Django's name
        own = periods.filter(connection=OuterRef("pk"))
        before = periods.filter(
            connection=OuterRef("connection"),
            number=OuterRef("number") - 1,
            outcome="",
        )
        known = own.filter(
            ~Exists(before),
            starts_on__lte=OuterRef("next_year_on"),
            last_day__gte=OuterRef("next_year_on"),
        )
        return begun.filter(Exists(known) | ~Exists(own)).order_by("next_year_on", "pk")

    def other_of_pair(self, connection: "Connection") -> Self:
        """Keep the other connection of a pair, if it is installed already."""
        if connection.order.group_id is None:
            return self.none()
        pair = self.filter(order__group=connection.order.group_id)
        return pair.exclude(pk=connection.pk)


class ContractPeriodQuerySet(OfPartyQuerySet["ContractPeriod"]):
    party_path = "connection__party"

    def for_pages(self) -> Self:
        return self.select_related("connection__order", "connection__party")

    def to_decide(self) -> Self:
        """Keep those that are not settled, of connections that go on or may be kept.

        Source: R-2.5-4.
        """
        return self.filter(outcome="").exclude(connection__state=ConnectionState.ENDED)

    def to_settle(self, today: date) -> Self:
        """Keep those whose time to cancel free of charge was over before `today`.

        Source: R-2.5-8.
        """
        return self.filter(outcome="", window_last_day__lt=today)

    def run_out(self, today: date) -> Self:
        """Keep the last period of each contract that goes on after it.

        Source: R-2.5-2.
        """
        newest = Max("connection__periods__number")
        over = self.filter(last_day__lt=today).annotate(newest=newest)
        over = over.filter(number=F("newest"))
        return over.exclude(connection__state__in=LEAVING)

    def notice_not_sent(self) -> Self:
        """Keep periods whose renewal notice is still to go, the next one first."""
        unsent = self.filter(notice_at__isnull=True)
        unsent = unsent.exclude(connection__state__in=LEAVING)
        return unsent.order_by("renewal_due_on", "pk")

    def notices_by_month(self, first: date, after: date) -> "QuerySet[Any, Any]":
        """Count notices by the month in which they fall due: sent, ready, no charge.

        Args:
            first, after: the first UK day of the first month, and of the one after the
                last.

        Source: R-2.5-4, R-2.5-5.
        """
        sent = Q(notice_at__isnull=False)
        stays = ~Q(connection__state__in=LEAVING)
        due = self.filter(renewal_due_on__gte=first, renewal_due_on__lt=after)
        months = due.filter(sent | stays).annotate(month=TruncMonth("renewal_due_on"))
        return (
            months.order_by("month")
            .values("month")
            .annotate(
                sent=Count("pk", filter=sent),
                ready=Count("pk", filter=~sent & Q(renewal_net__isnull=False)),
                missing=Count("pk", filter=~sent & Q(renewal_net__isnull=True)),
            )
        )

    def notice_due_by(self, day: date) -> Self:
        """Keep those whose notice is still to go and falls due by `day`, or did before.

        Source: R-2.5-4.
        """
        return self.notice_not_sent().filter(renewal_due_on__lte=day)

    def due_for_notice(self, today: date) -> Self:
        """Keep those whose notice is to go by `today` and can: its charge is set.

        Source: R-2.5-4, R-2.5-5.
        """
        return self.notice_due_by(today).filter(renewal_net__isnull=False)

    def notice_overdue(self, today: date) -> Self:
        """Keep those whose notice should have gone before `today`, for any cause."""
        return self.notice_not_sent().filter(renewal_due_on__lt=today)


class CancellationQuerySet(OfPartyQuerySet["Cancellation"]):
    party_path = "connection__party"

    def to_charge(self) -> Self:
        """Keep those that cost something and are not charged yet. Source: R-2.10-3."""
        return self.filter(net__gt=ZERO, charges=None).select_related(
            "connection__party"
        )


class UseDeclarationQuerySet(OfPartyQuerySet["UseDeclaration"]):
    party_path = "connection__party"

    def open(self) -> Self:
        return self.filter(declared_at=None)

    def for_pages(self) -> Self:
        return self.select_related("connection__order", "connection__party")


class ConnectionPaperQuerySet(OfPartyQuerySet["ConnectionPaper"]):
    """Letters to a Party, which tell charges: for it and DCC, and no supplier."""

    party_path = "connection__party"

    def for_pages(self) -> Self:
        return self.select_related("connection__order", "document")

    def waiting(self) -> Self:
        """Keep those whose PDF is still to be made, and did not fail."""
        return self.filter(document=None, rendering_error="")


class RateChangeQuerySet(OfPartyQuerySet["RateChange"]):
    party_path = "connection__party"

    def for_pages(self) -> Self:
        return self.select_related(
            "connection__order",
            "connection__party",
            "requested_by",
            "answered_by",
            "signed",
        )

    def open(self) -> Self:
        return self.exclude(state__in=CHANGE_IS_OVER)

    def to_charge(self) -> Self:
        """Keep those that are done, cost something and are not charged yet.

        Source: R-2.7.2-2.
        """
        done = self.filter(state=RateChangeState.DONE, net__gt=ZERO, charges=None)
        return done.order_by("pk")


class RenewalAnswerQuerySet(OfPartyQuerySet["RenewalAnswer"]):
    party_path = "period__connection__party"


class SessionQuerySet(PassedOnQuerySet["Session"]):
    party_path = "connection__party"
    order_path = "connection__order__"

    def for_pages(self) -> Self:
        return self.select_related(
            "connection__order",
            "connection__party",
            "secondary__order",
            "interface_version",
        )

    def across(self, connections: "Iterable[Connection]") -> Self:
        """Keep sessions whose primary is one of some connections."""
        return self.filter(connection__in=list(connections)).order_by("pk")

    def open(self) -> Self:
        return self.exclude(state=SessionState.CLOSED)

    def waiting(self) -> Self:
        """Keep sessions that the configurer has still to set up, oldest first."""
        waiting = self.filter(state__in=TO_SET_UP, deferred_because="")
        return waiting.order_by("requested_at", "pk")


class FailoverTestQuerySet(PassedOnQuerySet["FailoverTest"]):
    """Failover tests, of which the configurer reads too: its routers take part."""

    party_path = "connection__party"
    order_path = "connection__order__"

    def for_pages(self) -> Self:
        return self.select_related(
            "connection__order",
            "connection__party",
            "connection__data_centre",
            "planned_by",
            "recorded_by",
        )

    def planned(self) -> Self:
        return self.filter(state=FailoverTestState.PLANNED)

    def of_links(self, connections: "Iterable[Connection]") -> Self:
        """Keep those that fail one of some connections."""
        return self.filter(connection__in=list(connections))


class UsageDayQuerySet(models.QuerySet["UsageDay"]):
    def between(self, first: date, last: date) -> Self:
        """Keep UK days from `first` to `last`, both inside, in their order."""
        return self.filter(day__gte=first, day__lte=last).order_by("day")


class PerformanceReportQuerySet(OfPartyQuerySet["PerformanceReport"]):
    party_path = "connection__party"

    def for_pages(self) -> Self:
        return self.select_related(
            "connection__order",
            "connection__party",
            "connection__data_centre",
            "requested_by",
            "answered_by",
            "document",
            "readings",
        )

    def requested(self) -> Self:
        """Keep those that wait for DCC, the oldest first."""
        waiting = self.filter(state=ReportState.REQUESTED)
        return waiting.order_by("requested_at", "pk")

    def waiting_for_pdf(self) -> Self:
        """Keep those whose PDF is still to be made, and did not fail."""
        ready = self.filter(state=ReportState.READY)
        return ready.filter(document=None, rendering_error="")
