"""That an installation is complete, and the certificate of it."""

from typing import Any

from django.conf import settings
from django.db import models

from orders.models import ConnectionRequest
from records.models import Document
from sites.querysets import CompletionQuerySet


class Completion(models.Model):
    """Since when an installation is complete, and what its certificate says of it.

    Source: R-3.7-4, R-3.7-5.
    """

    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="completion"
    )
    completed_on = models.DateField()
    # As all of it was at that moment: what is exchanged later changes no certificate.
    facts: Any = models.JSONField()
    certificate = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="completion"
    )
    rendering_error = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = CompletionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Completion of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference
