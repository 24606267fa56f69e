"""The authority to proceed that answers an offer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from parties.models import Nomination
from quotes.models.offer import Quote
from quotes.querysets import AuthorityQuerySet, PagePictureQuerySet
from quotes.states import AuthorityRoute, Outcome, ScanVerdict
from records.models import Document


class Authority(models.Model):
    """An authority to proceed, as received, and what DCC found. R-2.11-5.

    Given in the portal, it is evidence without a scan: who, when, on which document,
    under which words.
    """

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="authorities"
    )
    route = models.CharField(
        max_length=10, choices=AuthorityRoute, default=AuthorityRoute.UPLOAD
    )
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT)
    statement = models.TextField("words agreed to", blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    sender_email = models.EmailField("came from", blank=True)
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
    reading_attempts = models.PositiveSmallIntegerField(default=0)
    reading_until = models.DateTimeField(null=True, editable=False)
    reading_error = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=ScanVerdict, blank=True)
    verdict_words = models.TextField(blank=True)

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
            models.CheckConstraint(
                name="authority_without_a_scan_keeps_what_was_agreed_to",
                condition=Q(document__isnull=False)
                | Q(route=AuthorityRoute.BROWSER)
                & ~Q(statement="")
                & ~Q(fingerprint=""),
            ),
            models.CheckConstraint(
                name="authority_by_e_mail_keeps_its_sender",
                condition=~Q(route=AuthorityRoute.KEYED) | ~Q(sender_email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Authority of {self.signatory_name} for {self.quote}"

    @property
    def thread(self) -> str:
        return self.quote.order.reference

    @property
    def is_being_read(self) -> bool:
        """Whether a worker is still to say what the scan's codes are."""
        return bool(self.document_id) and not (self.read_at or self.reading_error)

    @property
    def is_as_expected(self) -> bool:
        return self.verdict == ScanVerdict.WHOLE


class PagePicture(models.Model):
    """One page of a stored document as a picture to look at, and the codes on it."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="pages"
    )
    number = models.PositiveSmallIntegerField()
    codes = models.JSONField(default=list)
    picture = models.FileField(upload_to="pages/%Y/%m", max_length=200)

    objects = PagePictureQuerySet.as_manager()

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_picture_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"Page {self.number} of {self.document}"
