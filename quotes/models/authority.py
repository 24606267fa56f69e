"""The authority to proceed that answers an offer."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.clock import uk_time
from common.guarded_state import GuardedState, StateField
from parties.models import Nomination
from quotes import policies
from quotes.errors import CheckBegun, UploadChanged
from quotes.models.offer import Quote
from quotes.querysets import AuthorityQuerySet, PagePictureQuerySet
from quotes.states import AuthorityOutcome, AuthorityRoute, HandIn, ScanVerdict
from records.models import Document


class Authority(GuardedState, models.Model):
    """An authority to proceed, as received, and what DCC found. R-2.11-5.

    Uploaded, it is read and shown to who uploaded it, and then handed in; it counts
    from the upload. Given in the portal, it is evidence without a scan: who, when, on
    which document, under which words.
    """

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="authorities"
    )
    route = models.CharField(
        max_length=10, choices=AuthorityRoute, default=AuthorityRoute.UPLOAD
    )
    state = StateField(choices=HandIn, default=HandIn.UPLOADED)
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
    hands_in_at = models.DateTimeField(
        "handed in by itself", null=True, editable=False, db_index=True
    )
    handed_in_at = models.DateTimeField(null=True, editable=False)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_began_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(
        max_length=15, choices=AuthorityOutcome, default=AuthorityOutcome.NONE
    )
    nomination = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)
    reading_error = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=ScanVerdict, blank=True)
    verdict_words = models.TextField(blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(outcome=AuthorityOutcome.PENDING),
                name="authority_one_pending_a_quote",
            ),
            models.CheckConstraint(
                name="authority_checked_has_its_time",
                condition=Q(
                    outcome__in=(AuthorityOutcome.NONE, AuthorityOutcome.PENDING)
                )
                | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="authority_effective_names_its_nomination",
                condition=~Q(outcome=AuthorityOutcome.EFFECTIVE)
                | Q(nomination__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(state=HandIn.UPLOADED),
                name="authority_one_upload_waits_a_quote",
            ),
            models.CheckConstraint(
                name="authority_uploaded_has_its_deadline",
                condition=~Q(state=HandIn.UPLOADED) | Q(hands_in_at__isnull=False),
            ),
            models.CheckConstraint(
                name="authority_is_checked_once_handed_in",
                condition=Q(state=HandIn.HANDED_IN, handed_in_at__isnull=False)
                & ~Q(outcome=AuthorityOutcome.NONE)
                | ~Q(state=HandIn.HANDED_IN) & Q(outcome=AuthorityOutcome.NONE),
            ),
            models.CheckConstraint(
                name="authority_in_the_portal_keeps_what_was_agreed_to",
                condition=Q(route=AuthorityRoute.BROWSER)
                & ~Q(statement="")
                & ~Q(fingerprint="")
                | ~Q(route=AuthorityRoute.BROWSER) & Q(statement="", fingerprint=""),
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
    def has_scan(self) -> bool:
        return self.route != AuthorityRoute.BROWSER

    @property
    def documents(self) -> list[Document]:
        """The files as they came, each as it was sent."""
        return [row.document for row in self.files.all()]

    @property
    def is_being_read(self) -> bool:
        """Whether a worker is still to say what the scan's codes are."""
        return self.has_scan and not (self.read_at or self.reading_error)

    @property
    def is_waiting(self) -> bool:
        return bool(self.state == HandIn.UPLOADED)

    @property
    def until_words(self) -> str:
        """When it is handed in by itself, as people read it."""
        return uk_time(self.hands_in_at) if self.hands_in_at else ""

    @property
    def is_replaceable(self) -> bool:
        """Whether another upload may still take its place. Source: R-2.11-3."""
        is_new = (
            self.outcome == AuthorityOutcome.PENDING and self.check_began_at is None
        )
        return self.has_scan and bool(self.is_waiting or is_new)

    def require_replaceable(self) -> None:
        """Refuse to put another upload in the place of this one, if it is too late."""
        if self.check_began_at is not None:
            raise CheckBegun(began=uk_time(self.check_began_at))
        if not self.is_replaceable:
            raise UploadChanged

    @transition(
        state,
        HandIn.UPLOADED,
        HandIn.HANDED_IN,
        permission=policies.may_confirm,
        custom={"done": "Signed quotation handed in"},
    )
    def hand_in(self, *, at: datetime) -> None:
        self.handed_in_at, self.outcome = at, AuthorityOutcome.PENDING

    @transition(
        state,
        [HandIn.UPLOADED, HandIn.HANDED_IN],
        HandIn.REPLACED,
        permission=policies.may_confirm,
        custom={"done": "Signed quotation replaced by a later upload"},
    )
    def replace(self, *, at: datetime) -> None:
        """What it was stays stored; it is not checked any more."""
        self.require_replaceable()
        self.outcome = AuthorityOutcome.NONE

    @transition(
        state,
        HandIn.UPLOADED,
        HandIn.DISCARDED,
        permission=policies.may_confirm,
        custom={"done": "Upload thrown away before it was handed in"},
    )
    def discard(self, *, at: datetime) -> None:
        """The files stay stored, and nobody checks them."""


class SignedFile(models.Model):
    """One file of an authority, as it came. Two photos can be one signed quotation."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="files"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="signed_files"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["authority", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "document"], name="signed_file_once_an_authority"
            )
        ]

    def __str__(self) -> str:
        return str(self.document)


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
