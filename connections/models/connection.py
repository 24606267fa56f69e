"""A connection in life: installed, in service, ending, ended."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from connections import policies
from connections.querysets import ConnectionQuerySet
from connections.states import LEAVING, ConnectionState, RateChangeKind, SessionState
from orders.models import ConnectionRequest
from orders.states import ConnectionType, LineKind, Route
from parties.models import DataCentre, Party

if TYPE_CHECKING:
    from connections.models.period import ContractPeriod
    from connections.models.rate_change import RateChange
    from connections.models.session import Session


def is_configured(connection: "Connection") -> bool:
    return connection.router_configured_on is not None


def is_not_configured(connection: "Connection") -> bool:
    return not is_configured(connection)


class Connection(GuardedState, models.Model):
    """A connection that is installed, as it was ordered. Source: R-1-1, R-2.2-8."""

    reference = models.CharField(max_length=20, unique=True)
    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="connection"
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="connections"
    )
    data_centre = models.ForeignKey(
        DataCentre, on_delete=models.PROTECT, related_name="connections"
    )
    connection_type = models.CharField(max_length=2, choices=ConnectionType)
    hv_rating_mbps = models.PositiveSmallIntegerField("rating in Mbps", null=True)
    completed_on = models.DateField("installation complete on")
    # How many years are charged, and the UK day on which the next one begins.
    years_charged = models.PositiveSmallIntegerField(default=1, editable=False)
    next_year_on = models.DateField(db_index=True, editable=False)
    # Of one that was taken over: how many were charged elsewhere before.
    years_charged_before = models.PositiveSmallIntegerField(default=0, editable=False)
    router_configured_on = models.DateField(null=True, editable=False)
    test_result = models.TextField("connectivity test", blank=True)
    router_address = models.GenericIPAddressField("DCC router", null=True)
    pep_address = models.GenericIPAddressField("PEP", null=True)
    virtual_address = models.GenericIPAddressField(
        "virtual address of the pair", null=True
    )
    superfast_from = models.DateField(
        "superfast broadband available since", null=True, editable=False
    )
    ends_on = models.DateField("last day", null=True, editable=False)
    # When its Party was last reminded of a failover test; of the second of a pair.
    failover_reminded_on = models.DateField(null=True, editable=False)
    state = StateField(choices=ConnectionState, default=ConnectionState.INSTALLED)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        # The list is narrowed by month, from the first and the last day that there is.
        indexes = [
            models.Index(fields=["completed_on", "id"], name="connection_by_day")
        ]
        # A check that comes to NULL passes, so each says what may not be null.
        constraints = [
            models.CheckConstraint(
                name="connection_hv_has_a_rating_and_lv_none",
                condition=Q(connection_type=ConnectionType.LV, hv_rating_mbps=None)
                | Q(
                    connection_type=ConnectionType.HV,
                    hv_rating_mbps__isnull=False,
                    hv_rating_mbps__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="connection_in_service_is_configured",
                condition=Q(
                    state=ConnectionState.INSTALLED, router_configured_on__isnull=True
                )
                | Q(
                    state=ConnectionState.OPERATIONAL,
                    router_configured_on__isnull=False,
                    router_configured_on__gte=F("completed_on"),
                )
                | Q(state__in=LEAVING),
            ),
            models.CheckConstraint(
                name="connection_that_leaves_has_its_last_day",
                condition=Q(state__in=LEAVING, ends_on__isnull=False)
                | ~Q(state__in=LEAVING) & Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="connection_router_and_pep_have_two_addresses_or_none",
                condition=Q(router_address__isnull=True, pep_address__isnull=True)
                | Q(router_address__isnull=False, pep_address__isnull=False)
                & ~Q(router_address=F("pep_address")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("connection", args=[self.reference])

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_hv(self) -> bool:
        return bool(self.connection_type == ConnectionType.HV)

    @property
    def taking_over(self) -> "list[ConnectionRequest]":
        """Orders for HV, under way or in service, that are to take over from this LV.

        Source: R-2.7.1-3.
        """
        if self.is_hv:
            return []
        return list(self.order.replaced_by.not_ended().order_by("pk"))

    @property
    def title(self) -> str:
        """What it is, and where it ends: "HV 20 Mbps to Thornby Park, Derby"."""
        kind = f"HV {self.hv_rating_mbps} Mbps" if self.is_hv else "LV"
        return f"{kind} to {self.data_centre}"

    @transition(
        state,
        ConnectionState.INSTALLED,
        ConnectionState.OPERATIONAL,
        permission=policies.may_configure,
        custom={"done": "Router configured, connectivity tested"},
    )
    def configure(self, *, at: datetime, configured_on: date, test_result: str) -> None:
        self.router_configured_on = configured_on
        self.test_result = test_result

    @property
    def first_day_without(self) -> date:
        """The day after its last one; asked only of one that leaves."""
        last_day = cast("date", self.ends_on)
        return last_day + timedelta(days=1)

    @property
    def period_to_decide(self) -> "ContractPeriod | None":
        """The period that a renewal notice is about, or will be; an RDP has none.

        The first that is not settled: where a notice went late, the next period may
        have begun already.
        """
        rows = list(self.periods.all())
        unsettled = [row for row in rows if not row.outcome]
        return next(iter(unsettled), rows[-1] if rows else None)

    @property
    def line_kind(self) -> str:
        """Return the kind of broadband of an LV connection. Source: R-2.7.1-2."""
        changes = self.rate_changes.all()
        if any(row.is_done and row.kind == RateChangeKind.SUPERFAST for row in changes):
            return LineKind.SUPERFAST
        review = getattr(self.order, "site_review", None)
        return review.line_kind if review else ""

    @property
    def may_become_superfast(self) -> bool:
        """Whether it is an LV connection without superfast broadband. R-2.7.1-2."""
        return not self.is_hv and self.line_kind != LineKind.SUPERFAST

    @property
    def open_change(self) -> "RateChange | None":
        return next((row for row in self.rate_changes.all() if row.is_open), None)

    @property
    def chargeable(self) -> "RateChange | None":
        """What made it chargeable that was free, or is to be priced. R-2.9.2-3."""
        if self.order.route != Route.E3:
            return None
        rows = self.rate_changes.all()
        return next((row for row in rows if row.counts_as_charged), None)

    @property
    def open_sessions(self) -> "list[Session]":
        return [row for row in self.sessions.all() if row.state != SessionState.CLOSED]

    @property
    def is_one_of_a_pair(self) -> bool:
        """Whether the other of its pair is installed too and has not ended."""
        others = type(self).objects.other_of_pair(self)
        return bool(others.exclude(state=ConnectionState.ENDED).exists())

    @property
    def is_over(self) -> bool:
        return bool(self.state == ConnectionState.ENDED)

    def is_there_on(self, day: date) -> bool:
        """Whether it has not ended before a UK day, as far as is known."""
        return self.ends_on is None or day <= self.ends_on

    @property
    def is_collected(self) -> bool:
        """Whether nothing of its equipment is left to collect.

        Where no item of it was recorded, that is said of the whole.
        """
        items = list(self.order.installed_items.all())
        if items:
            return all(item.removed_on is not None for item in items)
        row = getattr(self, "collection", None)
        return row is not None and row.collected_on is not None

    @property
    def is_leaving(self) -> bool:
        """Whether it is known when it ends, or it has ended."""
        return self.state in LEAVING

    @transition(
        state,
        [ConnectionState.INSTALLED, ConnectionState.OPERATIONAL],
        ConnectionState.ENDING,
        permission=policies.may_end,
        custom={"done": "Cancelled"},
    )
    def cancel(self, *, at: datetime, ends_on: date) -> None:
        self.ends_on = ends_on

    @transition(
        state,
        ConnectionState.ENDING,
        ConnectionState.OPERATIONAL,
        conditions=[is_configured],
        permission=policies.may_end,
        custom={"done": "Cancellation taken back"},
    )
    def keep(self, *, at: datetime) -> None:
        self.ends_on = None

    @transition(
        state,
        ConnectionState.ENDING,
        ConnectionState.INSTALLED,
        conditions=[is_not_configured],
        permission=policies.may_end,
        custom={"done": "Cancellation taken back"},
    )
    def keep_unconfigured(self, *, at: datetime) -> None:
        self.ends_on = None

    @transition(
        state,
        ConnectionState.ENDING,
        ConnectionState.ENDED,
        permission=policies.only_the_portal,
        custom={"done": "Ended"},
    )
    def end(self, *, at: datetime) -> None:
        """Its last day is over."""
