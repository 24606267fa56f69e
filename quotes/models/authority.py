"""The authority to proceed that answers an offer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parties.models import Nomination
from quotes.models.offer import Quote
from quotes.querysets import AuthorityQuerySet
from quotes.states import Outcome
from records.models import Document


class Authority(models.Model):
    """A signed authority to proceed, as received, and what DCC found. R-2.11-5."""

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="authorities"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT)
    signatory_name = models.CharField(max_length=150)
    has_access_rules = models.BooleanField()
    access_rules = models.TextField(blank=True)
    has_rack_space = models.BooleanField("rack space confirmed", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=15, choices=Outcome, default=Outcome.PENDING)
    nomination = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(outcome=Outcome.PENDING),
                name="authority_one_pending_a_quote",
            ),
            models.CheckConstraint(
                name="authority_checked_has_its_time",
                condition=Q(outcome=Outcome.PENDING) | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="authority_effective_names_its_nomination",
                condition=~Q(outcome=Outcome.EFFECTIVE) | Q(nomination__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Authority of {self.signatory_name} for {self.quote}"

    @property
    def thread(self) -> str:
        return self.quote.order.reference
