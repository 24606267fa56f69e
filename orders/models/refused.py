"""Forms that DCC could not take, since nobody nominated their sender."""

from django.conf import settings
from django.db import models

from orders.querysets import RefusedFormQuerySet
from orders.states import Channel
from parties.models import Party
from records.models import Document

OTHER_CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.PORTAL]


class RefusedForm(models.Model):
    """A form from somebody who was not nominated on the day it came, as it was known.

    The file is kept, and for DCC alone. `keyed_as` is the order that it became after
    all, if any; the rest is never changed.

    Source: R-2.2-5, R-2.2-7.
    """

    reference = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        related_name="refused_forms",
        verbose_name="Gateway Party",
    )
    channel = models.CharField(max_length=10, choices=OTHER_CHANNELS)
    sender_email = models.EmailField("sender")
    received_at = models.DateTimeField("received")
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    keyed_at = models.DateTimeField()
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="refused_form"
    )

    keyed_as = models.OneToOneField(
        "orders.ConnectionRequest",
        null=True,
        on_delete=models.PROTECT,
        related_name="refused_before",
        verbose_name="keyed in as",
    )

    objects = RefusedFormQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "refused form"

    def __str__(self) -> str:
        return self.reference

    @property
    def thread(self) -> str:
        return self.reference
