"""A document that somebody hands in so that people are let into a site."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from parties.models import User
from records.models import Document
from sites import policies
from sites.models.access_item import AccessItem
from sites.querysets import AccessDocumentQuerySet
from sites.states import AccessDocumentState


class AccessDocument(GuardedState, models.Model):
    """One file for one thing that a site asks for, as it came, and what DCC says of it.

    Source: R-2.13-4, R-3.5-2.
    """

    item = models.ForeignKey(
        AccessItem, on_delete=models.PROTECT, related_name="documents"
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="for_access"
    )
    # The last UK day on which it holds; none where it has no end.
    valid_until = models.DateField("last day of validity", null=True, blank=True)
    state = StateField(choices=AccessDocumentState, default=AccessDocumentState.SENT)
    sent_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField("why it was turned down", blank=True)

    objects = AccessDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = "document for access"
        constraints = [
            models.CheckConstraint(
                name="access_document_turned_down_says_why",
                condition=~Q(state=AccessDocumentState.TURNED_DOWN) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.document.name

    @property
    def thread(self) -> str:
        return self.item.thread

    @property
    def is_sent(self) -> bool:
        return bool(self.state == AccessDocumentState.SENT)

    @property
    def is_approved(self) -> bool:
        return bool(self.state == AccessDocumentState.APPROVED)

    @transition(
        state,
        AccessDocumentState.SENT,
        AccessDocumentState.APPROVED,
        permission=policies.may_check_document,
        custom={"done": "Document for access approved"},
    )
    def approve(self, *, at: datetime, person: User, until: date | None) -> None:
        self.checked_at, self.checked_by, self.valid_until = at, person, until

    @transition(
        state,
        AccessDocumentState.SENT,
        AccessDocumentState.TURNED_DOWN,
        permission=policies.may_check_document,
        custom={"done": "Document for access turned down"},
    )
    def turn_down(self, *, at: datetime, person: User, because: str) -> None:
        self.checked_at, self.checked_by, self.reason = at, person, because
