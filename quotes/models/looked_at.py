"""Who looked at an offer: staff at a preview of it, contacts at what was issued."""

from django.conf import settings
from django.db import models

from quotes.models.offer import Quote
from quotes.querysets import PreviewQuerySet


class Preview(models.Model):
    """How a draft would look on paper. It is no record: the next one replaces it."""

    quote = models.OneToOneField(
        Quote, on_delete=models.CASCADE, related_name="preview"
    )
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)
    error = models.TextField(blank=True)

    objects = PreviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Preview of {self.quote}"

    @property
    def is_being_prepared(self) -> bool:
        return self.made_at is None and not self.error


class PreviewPage(models.Model):
    """One page of a preview as a picture, so that the desk reads it within its page."""

    preview = models.ForeignKey(Preview, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    picture = models.BinaryField()

    class Meta:
        ordering = ["preview", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["preview", "number"], name="one_picture_a_page_of_a_preview"
            )
        ]

    def __str__(self) -> str:
        return f"Page {self.number} of {self.preview}"


class Reading(models.Model):
    """When somebody of the Gateway Party first opened an offer. Source: R-3.4-4."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "by"], name="reading_one_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.quote} read by {self.by}"
