"""The check of a form: its versions, the questions about it, the desk's findings."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.constraints import both_positive_or_none
from orders.models.request import ConnectionRequest
from orders.models.sections import ACKNOWLEDGEMENT
from orders.querysets import DeskNoteQuerySet, FormVersionQuerySet, QuestionQuerySet
from orders.states import AcknowledgementKind, LineKind, Verdict
from records.models import Document

WHOLE_FORM = "The whole form"


def short_name(field: str) -> str:
    """Return what one answer is called: "Type", "Gateway Party reference"."""
    kind = field.removeprefix(ACKNOWLEDGEMENT)
    if kind != field:
        return AcknowledgementKind(kind).label
    column: Any = ConnectionRequest._meta.get_field(field)  # noqa: SLF001  documented
    name = str(column.verbose_name)
    return name[0].upper() + name[1:]


class FormVersion(models.Model):
    """The form as it was sent, once for each time. Never changed.

    `answers` is a list of [section, field, question, answer], in the form's order.

    Source: R-3.2-6, R-0-5, R-0-2.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()
    # How DCC had it where nobody sent it here: who recorded it, for whom (T35).
    recorded = models.CharField(max_length=600, blank=True, editable=False)
    guidance_version = models.CharField(max_length=10)
    template_version = models.CharField(max_length=10)
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="form_version"
    )
    rendering_error = models.TextField(blank=True)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"], name="form_version_is_unique_in_the_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}, form {self.number}"

    @property
    def thread(self) -> str:
        return self.order.reference


class QuestionRound(models.Model):
    """Questions that went to the Party together; closed when the form comes back."""

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"], name="round_is_unique_in_the_order"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(closed_at=None),
                name="one_open_round_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}, questions {self.number}"


class Question(models.Model):
    """A question of the desk about one answer, or about the form. Source: R-3.2-6.

    Until its round is sent it is the desk's own: the Party never sees it.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="questions"
    )
    round = models.ForeignKey(
        QuestionRound, null=True, on_delete=models.PROTECT, related_name="questions"
    )
    field = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_answered_was_sent",
                condition=Q(answered_at=None) | Q(round__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def subject(self) -> str:
        """The short name of the answer that it is about, or the whole form."""
        return short_name(self.field) if self.field else WHOLE_FORM

    @property
    def is_sent(self) -> bool:
        return self.round_id is not None


class DeskNote(models.Model):
    """What the desk tells itself about an order. The Party never sees it.

    Colleagues who are named in it are told by e-mail, and on their first page.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="notes"
    )
    words = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    named = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        verbose_name="colleagues named in it",
    )

    objects = DeskNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.words


class SiteReview(models.Model):
    """What the Electronic Site Review found, the latest one.

    Source: R-3.2-8, R-2.14-3, T31.
    """

    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="site_review"
    )
    verdict = models.CharField(max_length=5, choices=Verdict)
    reason = models.TextField(blank=True)
    line_kind = models.CharField(max_length=10, choices=LineKind, blank=True)
    # Estimated from the line check, or as the survey found; from the Party's view.
    expected_down_mbps: Any = models.DecimalField(
        "expected download", max_digits=6, decimal_places=2, null=True
    )
    expected_up_mbps: Any = models.DecimalField(
        "expected upload", max_digits=6, decimal_places=2, null=True
    )
    is_survey_needed = models.BooleanField()
    is_diversity_available = models.BooleanField(null=True)
    # The design of diverse routes: R-2.14-3.
    has_separate_exchanges = models.BooleanField(
        "the routes use different exchanges", null=True
    )
    has_separate_roads = models.BooleanField(
        "the routes use different roads", null=True
    )
    diversity_cost = models.DecimalField(
        "indicative cost of diverse routing", max_digits=10, decimal_places=2, null=True
    )
    lead_time_days = models.PositiveSmallIntegerField(null=True)
    # As a survey found afterwards that they are needed; the offer then prices them.
    civil_works = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_that_is_not_green_says_why",
                condition=Q(verdict=Verdict.GREEN) | ~Q(reason=""),
            ),
            both_positive_or_none(
                "review_bandwidth_is_positive_and_both_ways_or_none",
                "expected_down_mbps",
                "expected_up_mbps",
            ),
        ]

    def __str__(self) -> str:
        return f"Site review of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_line_open(self) -> bool:
        """Whether the kind of broadband is still to be found out."""
        return self.line_kind == LineKind.UNKNOWN

    @property
    def is_slow_or_open(self) -> bool:
        """Whether the Party is to be told what bandwidth to expect. R-2.6-7, T31."""
        return self.line_kind in (LineKind.STANDARD, LineKind.UNKNOWN)

    @property
    def is_type_available(self) -> bool:
        """Whether the connection can be had at the site as it was asked for."""
        return self.verdict != Verdict.RED
