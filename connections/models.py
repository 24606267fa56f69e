"""What lives after the order: the connection, its contract periods, its sessions."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import FSMField, transition

from common.clock import uk_date
from common.guarded_state import GuardedState
from common.look import LookField
from common.money import ZERO
from connections import policies
from connections.querysets import (
    ConnectionQuerySet,
    ContractPeriodQuerySet,
    SessionQuerySet,
)
from connections.states import ConnectionState, Service, SessionState, SessionUse
from orders.models import ConnectionRequest
from orders.states import ConnectionType
from parties.models import DataCentre, Party


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
    router_configured_on = models.DateField(null=True, editable=False)
    test_result = models.TextField("connectivity test", blank=True)
    router_address = models.GenericIPAddressField("DCC router", null=True)
    pep_address = models.GenericIPAddressField("PEP", null=True)
    virtual_address = models.GenericIPAddressField(
        "virtual address of the pair", null=True
    )
    state = FSMField(
        choices=ConnectionState, default=ConnectionState.INSTALLED, protected=True
    )

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
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
                ),
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
    def title(self) -> str:
        """What it is, and where it ends: "HV 20 Mbps to Thornby Park, Derby"."""
        kind = "LV"
        if self.connection_type == ConnectionType.HV:
            kind = f"HV {self.hv_rating_mbps} Mbps"
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


class ContractPeriod(models.Model):
    """A period of the contract, with the clock of its renewal. None for an RDP.

    Amounts are in pounds a year, net of VAT. Source: R-2.5-1, R-2.5-4, R-2.5-9.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="periods"
    )
    number = models.PositiveSmallIntegerField(default=1)
    years = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    last_day = models.DateField()
    annual_net = models.DecimalField("annual charge", max_digits=10, decimal_places=2)
    renewal_due_on = models.DateField("renewal notice due on", db_index=True)
    renewal_net = models.DecimalField(
        "annual charge on renewal", max_digits=10, decimal_places=2, null=True
    )
    notice_at = models.DateTimeField("renewal notice owed at", null=True)
    delivered_at = models.DateTimeField("renewal notice delivered at", null=True)
    window_last_day = models.DateField("last day to cancel free of charge", null=True)

    objects = ContractPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["connection", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "number"], name="period_number_is_unique"
            ),
            models.CheckConstraint(
                name="period_ends_after_it_begins",
                condition=Q(last_day__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="period_notice_is_due_within_it",
                condition=Q(renewal_due_on__gt=F("starts_on"))
                & Q(renewal_due_on__lte=F("last_day")),
            ),
            models.CheckConstraint(
                name="period_charges_are_not_negative",
                condition=Q(annual_net__gte=ZERO)
                & (Q(renewal_net__isnull=True) | Q(renewal_net__gte=ZERO)),
            ),
            models.CheckConstraint(
                name="period_notice_states_its_charge_and_window",
                condition=Q(
                    notice_at__isnull=True,
                    delivered_at__isnull=True,
                    window_last_day__isnull=True,
                )
                | Q(
                    notice_at__isnull=False,
                    renewal_net__isnull=False,
                    window_last_day__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Contract period {self.number} of {self.connection}"

    @property
    def notice_on(self) -> date | None:
        """The UK day on which the renewal notice went, or is on its way since."""
        went_at = self.delivered_at or self.notice_at
        return uk_date(went_at) if went_at else None

    @property
    def thread(self) -> str:
        return self.connection.order.reference


class Session(GuardedState, models.Model):
    """A session (TLS tunnel) across a connection. Source: R-6-3, R-6-6, R-3.7.1-3."""

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="sessions"
    )
    name = models.CharField(max_length=60)
    name_look = LookField(of="name")
    service = models.CharField(max_length=4, choices=Service)
    use = models.CharField(max_length=4, choices=SessionUse)
    party_addresses: Any = models.JSONField(default=list)
    pep_name = models.CharField(
        "your Policy Enforcement Point", max_length=100, blank=True
    )
    state = FSMField(
        choices=SessionState, default=SessionState.REQUESTED, protected=True
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    established_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["connection", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "name_look"],
                condition=~Q(state=SessionState.CLOSED),
                name="session_name_is_unique_among_the_open",
            ),
            models.CheckConstraint(
                name="session_established_has_its_time",
                condition=~Q(state=SessionState.ESTABLISHED)
                | Q(established_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_closed_has_its_time",
                condition=Q(closed_at__isnull=True) & ~Q(state=SessionState.CLOSED)
                | Q(state=SessionState.CLOSED, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.name}"

    @property
    def thread(self) -> str:
        return self.connection.order.reference

    @transition(
        state,
        SessionState.REQUESTED,
        SessionState.CONFIGURING,
        permission=policies.may_configure,
        custom={"done": "Session being configured"},
    )
    def begin(self, *, at: datetime) -> None:
        """The configurer has taken it up."""

    @transition(
        state,
        [SessionState.REQUESTED, SessionState.CONFIGURING],
        SessionState.ESTABLISHED,
        permission=policies.may_configure,
        custom={"done": "Session established"},
    )
    def establish(self, *, at: datetime) -> None:
        self.established_at = at

    @transition(
        state,
        [SessionState.REQUESTED, SessionState.CONFIGURING, SessionState.ESTABLISHED],
        SessionState.CLOSED,
        permission=policies.may_close_session,
        custom={"done": "Session closed"},
    )
    def close(self, *, at: datetime) -> None:
        self.closed_at = at
