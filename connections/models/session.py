"""Sessions across a connection, and across the other of its pair that stands by."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from common.look import LookField
from connections import policies
from connections.models.connection import Connection
from connections.querysets import SessionQuerySet
from connections.states import (
    IN_USE,
    TO_SET_UP,
    Service,
    SessionState,
    SessionUse,
    UserRole,
)


class InterfaceVersion(models.Model):
    """A version of an interface specification, of a list that staff keep.

    Source: R-6-7.
    """

    service = models.CharField(max_length=12, choices=Service)
    name = models.CharField(max_length=60)
    is_offered = models.BooleanField("offered for new sessions", default=True)

    class Meta:
        ordering = ["service", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"], name="interface_version_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def thread(self) -> str:
        return f"interface-version-{self.pk}"


class Session(GuardedState, models.Model):
    """A session (TLS tunnel): who uses it for what, across which connections.

    Its connection is the primary one; at most one other of the same pair stands by.

    Args:
        asked: while it is being changed, what it is to become; until then it works as
            its columns say.

    Source: R-6-1, R-6-3, R-6-4, R-6-6, R-6-10, R-6.1-2, R-3.7.1-3, T17.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="sessions"
    )
    secondary = models.ForeignKey(
        Connection,
        null=True,
        on_delete=models.PROTECT,
        related_name="standby_sessions",
    )
    name = models.CharField(max_length=60)
    name_look = LookField(of="name")
    used_by = models.CharField("who uses it", max_length=200, blank=True)
    user_role = models.CharField(max_length=30, choices=UserRole, blank=True)
    service = models.CharField(max_length=12, choices=Service)
    interface_version = models.ForeignKey(
        InterfaceVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    use = models.CharField(max_length=4, choices=SessionUse)
    expected_mbps: Any = models.DecimalField(
        "expected load in Mbps", max_digits=6, decimal_places=2, null=True
    )
    party_addresses: Any = models.JSONField(default=list)
    pep_name = models.CharField(
        "your Policy Enforcement Point", max_length=100, blank=True
    )
    dcc_pep_name = models.CharField(
        "DCC’s Policy Enforcement Point", max_length=100, blank=True
    )
    has_layer_2_link = models.BooleanField(
        "a layer 2 link joins the two sites", default=False
    )
    is_priority_accepted = models.BooleanField(
        "the Gateway Party gives live traffic its priority", default=False
    )
    dccki_done_on = models.DateField("DCCKI followed on", null=True)
    deferred_because = models.TextField("why it is deferred", blank=True)
    asked: Any = models.JSONField("is to become", default=dict)
    state = StateField(choices=SessionState, default=SessionState.REQUESTED)
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
                name="session_stands_by_on_another_connection",
                condition=Q(secondary=None) | ~Q(secondary=F("connection")),
            ),
            models.CheckConstraint(
                name="session_established_has_its_time",
                condition=~Q(state__in=IN_USE) | Q(established_at__isnull=False),
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

    @property
    def waits(self) -> bool:
        """Whether the configurer has still to set it up or to change it."""
        return self.state in TO_SET_UP and not self.deferred_because

    @property
    def is_in_use(self) -> bool:
        return self.state in IN_USE

    @property
    def is_open(self) -> bool:
        return bool(self.state != SessionState.CLOSED)

    @property
    def load(self) -> Decimal:
        """The Party's own estimate in Mbps; 0 where it gave none."""
        return Decimal(self.expected_mbps or 0)

    @transition(
        state,
        SessionState.REQUESTED,
        SessionState.CONFIGURING,
        permission=policies.may_configure,
        custom={"done": "Session being configured"},
    )
    def begin(self, *, at: datetime) -> None:
        """The configurer has taken it up."""
        self.deferred_because = ""

    @transition(
        state,
        TO_SET_UP,
        SessionState.ESTABLISHED,
        permission=policies.may_configure,
        custom={"done": "Session established"},
    )
    def establish(self, *, at: datetime, dcc_pep_name: str = "") -> None:
        self.established_at = at
        self.deferred_because = ""
        self.asked = {}
        if dcc_pep_name:
            self.dcc_pep_name = dcc_pep_name

    @transition(
        state,
        IN_USE,
        SessionState.CHANGING,
        permission=policies.may_change_session,
        custom={"done": "Change of a session asked for"},
    )
    def ask_change(self, *, at: datetime, asked: dict[str, Any]) -> None:
        self.asked = asked
        self.deferred_because = ""

    @transition(
        state,
        [*TO_SET_UP, SessionState.ESTABLISHED],
        SessionState.CLOSED,
        permission=policies.may_close_session,
        custom={"done": "Session closed"},
    )
    def close(self, *, at: datetime) -> None:
        self.closed_at = at
        self.asked = {}


class SessionAddress(models.Model):
    """An address of an open session on one of its connections: each is there once.

    Rows of closed sessions are taken out, so that the address is free again.

    Source: R-3.7.1-3.
    """

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="addresses"
    )
    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="session_addresses"
    )
    address = models.GenericIPAddressField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "address"],
                name="session_address_is_used_once_on_a_connection",
            )
        ]

    def __str__(self) -> str:
        return str(self.address)
