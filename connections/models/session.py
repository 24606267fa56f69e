"""Sessions across a connection."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from common.guarded_state import GuardedState
from common.look import LookField
from connections import policies
from connections.models.connection import Connection
from connections.querysets import SessionQuerySet
from connections.states import Service, SessionState, SessionUse


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
