"""What a Party asks the Service Desk beside its forms."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from orders import policies
from orders.models.request import ConnectionRequest
from orders.querysets import EnquiryQuerySet
from orders.states import EnquiryKind, EnquiryState
from parties.models import Party
from records.models import Event

ANSWERED_LAST = Case(When(state=EnquiryState.ANSWERED, then=1), default=0)


class Enquiry(GuardedState, models.Model):
    """A question or the wish for a call, followed until it is answered.

    Source: R-2.8-8, R-4.3-8, R-1-4, R-1.3-9.
    """

    reference = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="enquiries")
    order = models.ForeignKey(
        ConnectionRequest,
        null=True,
        on_delete=models.PROTECT,
        related_name="enquiries",
    )
    state = StateField(choices=EnquiryState, default=EnquiryState.ASKED)
    kind = models.CharField(max_length=20, choices=EnquiryKind)
    words = models.TextField()
    phone = models.CharField(max_length=40, blank=True)
    best_time = models.CharField(max_length=100, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enquiries"
    )
    asked_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    call_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    agreed_design = models.TextField(
        "agreed failover and disaster recovery design", blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            # The list of the desk: those that wait, the oldest first.
            models.Index(ANSWERED_LAST, "asked_at", "id", name="enquiry_answered_last"),
        ]
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                name="enquiry_answered_has_its_outcome",
                condition=~Q(state=EnquiryState.ANSWERED)
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="enquiry_arranged_has_its_time",
                condition=~Q(state=EnquiryState.ARRANGED) | Q(call_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("enquiry", args=[self.reference])

    @property
    def thread(self) -> str:
        return self.order.reference if self.order else self.reference

    @property
    def is_open(self) -> bool:
        return bool(self.state != EnquiryState.ANSWERED)

    @property
    def everything(self) -> Any:
        """All that happened to it, the newest first; for the desk."""
        return Event.objects.of_subject(self)

    @property
    def history(self) -> Any:
        """What its Party may read of what happened to it, the newest first."""
        return self.everything.for_party()

    @transition(
        state,
        [EnquiryState.ASKED, EnquiryState.ARRANGED],
        EnquiryState.ARRANGED,
        permission=policies.may_clarify,
        custom={"done": "Call arranged"},
    )
    def arrange(self, *, at: datetime, call_at: datetime) -> None:
        self.call_at = call_at

    @transition(
        state,
        [EnquiryState.ASKED, EnquiryState.ARRANGED],
        EnquiryState.ANSWERED,
        permission=policies.may_clarify,
        custom={"done": "Enquiry answered"},
    )
    def answer(
        self, *, at: datetime, outcome: str, agreed_design: str, answered_by: Any
    ) -> None:
        self.outcome = outcome
        self.agreed_design = agreed_design
        self.answered_by = answered_by
        self.answered_at = at
