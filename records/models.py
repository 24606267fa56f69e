"""Append-only evidence: what happened, what was written to whom, what was kept."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from common.wording import day_words
from records.jobs import KINDS
from records.querysets import (
    OPEN,
    UNFINISHED,
    EventQuerySet,
    HeartbeatQuerySet,
    JobQuerySet,
    MailPauseQuerySet,
    NoticeQuerySet,
    SentQuerySet,
)
from records.states import JobQueue, JobState, NoticeState

CALENDAR_NAME = "visit.ics"
# E-mails with a link that lets its reader choose a password.
KEYED_KINDS = "account_"
# What stands in the row where such a link will: it is made while the e-mail is sent.
LINK_PLACE = "/link-made-while-sending/"
WHERE_THE_LINK_WILL_BE = re.compile(rf"https?://[^\s\"<>]+{LINK_PLACE}")


# What the first of each kind of reference is numbered.
FIRST_NUMBER = 1001


class Counter(models.Model):
    """The last number given to each kind of reference."""

    name = models.CharField(max_length=10, primary_key=True)
    value = models.PositiveIntegerField(default=FIRST_NUMBER - 1)

    def __str__(self) -> str:
        return f"{self.name}-{self.value}"


class Event(models.Model):
    """Who did what, when, from which state to which, and why. Never changed."""

    thread = models.CharField(max_length=40, db_index=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_pk = models.PositiveBigIntegerField()
    subject_words = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    why = models.TextField(blank=True)
    is_public = models.BooleanField(default=True)
    # Said where the event is recorded, never guessed from its words.
    tells_price = models.BooleanField(default=False)
    # Of what had a day: which it was, and to which it was moved, if to any.
    day_from = models.DateField(null=True)
    day_to = models.DateField(null=True)
    # What happened before in the same thread, and brought it about.
    cause = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_pk"]),
            models.Index(fields=["at", "id"], name="event_by_time"),
            # Reports count a few kinds of events among very many.
            models.Index(fields=["name", "subject_type"], name="event_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_words}: {self.what}"

    def concerns(self, row: models.Model) -> bool:
        """Say whether it happened to this very row, whatever it was called then."""
        kind = ContentType.objects.get_for_model(row)
        return (self.subject_type_id, self.subject_pk) == (kind.pk, row.pk)

    def is_move(self, *made: Callable[..., None]) -> bool:
        """Say whether it is one of these transitions, such as `Quote.withdraw`."""
        return self.name in {move.__name__ for move in made}

    @property
    def moved(self) -> str:
        """Return from which state to which it moved, as people know them."""
        if not self.to_state:
            return ""
        model: Any = ContentType.objects.get_for_id(self.subject_type_id).model_class()
        labels = dict(model._meta.get_field("state").choices)  # noqa: SLF001  Django's door
        before, after = (labels.get(s, s) for s in (self.from_state, self.to_state))
        return f"{before} to {after}"


class Sent(models.Model):
    """A form that somebody sent, and the page that it led to: once, however often."""

    key = models.CharField(max_length=64, unique=True)
    answer = models.TextField()
    at = models.DateTimeField(db_index=True)

    objects = SentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{day_words(self.at)}: {self.answer}"


class VirusCheck(models.TextChoices):
    """What is known of a file's viruses when it is stored; what has one never is."""

    OURS = "", "Made by the portal"
    NOT_SCANNED = "not_scanned", "Not scanned for viruses"
    CLEAN = "clean", "Scanned, no virus found"


class Document(models.Model):
    """A stored file with its fingerprint. Rendered or received once, never changed."""

    class Kind(models.TextChoices):
        QUOTATION = "quotation", "Quotation"
        AUTHORITY = "authority", "Signed authority to proceed"
        SURVEY = "survey", "Survey report"
        FORM = "form", "Request form as it came"
        REQUEST = "request", "Request as it was sent"
        BLANK_FORM = "blank_form", "Blank request form"
        MANUAL = "manual", "Operations Manual"
        PHOTO = "photo", "Photo of a visit"
        ACCESS = "access", "Document for access to a site"
        PREVIEW = "preview", "Preview of a quotation"
        CERTIFICATE = "certificate", "Completion certificate"
        DAMAGE = "damage", "Photo of damage"
        EVIDENCE = "evidence", "Evidence of what a Party has to see to"
        ACCESS_LOG = "access_log", "Access log"
        READINGS = "readings", "Readings of the use of a connection"
        REPORT = "report", "Performance report"
        ENDING = "ending", "Confirmation of the end of a connection"
        RENEWAL = "renewal", "Renewal notice"
        CHANGE = "change", "Quotation of a change"
        INVOICE = "invoice", "Invoice"
        SIGNED_CHANGE = "signed_change", "Signed quotation of a change"
        PAYMENTS = "payments", "List of payments"
        NOMINATION = "nomination", "Letter of nomination"
        TAKEN_OVER = "taken_over", "File that was taken over"

    thread = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="%Y/%m", max_length=200)
    template_version = models.CharField(max_length=20, blank=True)
    template = models.CharField("rendered from", max_length=300, blank=True)
    virus_check = models.CharField(max_length=12, choices=VirusCheck, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "id"], name="document_by_time"),
            # The desk counts what no virus scanner has seen, however much one has.
            models.Index(
                fields=["virus_check", "at"],
                condition=models.Q(virus_check=VirusCheck.NOT_SCANNED),
                name="document_not_scanned",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """Work that a machine owes: a row first, a nudge through the broker second.

    Every time of it is the database's own, so that machines whose clocks differ agree.
    """

    kind = models.CharField(max_length=60)
    subject = models.PositiveBigIntegerField(default=0)
    about = models.CharField(max_length=200, blank=True)
    thread = models.CharField(max_length=40, db_index=True, blank=True)
    queue = models.CharField(max_length=20, choices=JobQueue)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField("is tried from")
    nudged_until = models.DateTimeField(null=True, editable=False)
    lease_until = models.DateTimeField("in a worker's hands until", null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField("attempts that ended silently", default=0)
    last_error = models.TextField("what went wrong last", blank=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_up_because = models.TextField("why it was given up", blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "job of the portal"
        verbose_name_plural = "jobs of the portal"
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["ready_at"], name="job_open_by_ready_at", condition=OPEN
            ),
            models.Index(fields=["asked_at", "id"], name="job_by_time"),
            models.Index(fields=["kind", "subject"], name="job_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], name="job_owed_once", condition=UNFINISHED
            ),
            models.CheckConstraint(
                name="job_ends_once",
                condition=Q(done_at=None) | Q(failed_at=None, given_up_at=None),
            ),
            models.CheckConstraint(
                name="job_failed_says_why",
                condition=Q(failed_at=None) | ~Q(last_error=""),
            ),
            models.CheckConstraint(
                name="job_given_up_says_why",
                condition=Q(given_up_at=None, given_up_because="")
                | Q(given_up_at__isnull=False) & ~Q(given_up_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.about}" if self.about else self.label

    @property
    def label(self) -> str:
        kind = KINDS.get(self.kind)
        return kind.label if kind else self.kind

    @property
    def state(self) -> JobState:
        """Say how far it is, in the one word that staff read."""
        ends = (
            (self.given_up_at, JobState.GIVEN_UP),
            (self.failed_at, JobState.FAILED),
            (self.done_at, JobState.DONE),
            (self.lease_until, JobState.RUNNING),
        )
        return next((state for at, state in ends if at), JobState.WAITING)


class Heartbeat(models.Model):
    """When a program last left word that it runs, by the database's own clock."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    trouble = models.TextField(blank=True)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"


class SweepPlace(models.Model):
    """Behind which row the next run of a sweep begins; empty at the front."""

    name = models.CharField(max_length=40, unique=True)
    after = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.after}"


class Notice(models.Model):
    """An e-mail to one person: owed, then sent. One row a message, one key a duty."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    thread = models.CharField(max_length=40, db_index=True, blank=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    calendar = models.TextField("calendar file that goes with it", blank=True)
    state = models.CharField(
        max_length=10, choices=NoticeState, default=NoticeState.QUEUED
    )
    owed_at = models.DateTimeField()
    worded_at = models.DateTimeField("when its words were written")
    sent_at = models.DateTimeField(null=True)
    dropped_because = models.TextField("why it was not sent", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-owed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["state"], name="notice_failed", condition=Q(state="failed")
            ),
            models.Index(fields=["owed_at", "id"], name="notice_by_time"),
            # The last of each kind is shown where its template is looked at.
            models.Index(fields=["kind", "owed_at", "id"], name="notice_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_sent_has_its_time",
                condition=~Q(state=NoticeState.SENT) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_dropped_says_why",
                condition=Q(state=NoticeState.DROPPED) & ~Q(dropped_because="")
                | ~Q(state=NoticeState.DROPPED) & Q(dropped_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"

    @property
    def attached(self) -> list[str]:
        """The names of the files that go with it."""
        return [CALENDAR_NAME] if self.calendar else []

    @property
    def is_secret(self) -> bool:
        """Whether it is sent with a link that signs its reader in."""
        return self.kind.startswith(KEYED_KINDS)

    def put_in(self, link: str) -> None:
        """Put a link where it is read, in this object alone. Never save it."""
        self.text = WHERE_THE_LINK_WILL_BE.sub(link, self.text)
        self.html = WHERE_THE_LINK_WILL_BE.sub(link, self.html)

    @property
    def message_id(self) -> str:
        """The same on each attempt, so that a receiver can drop a repeat."""
        return f"<notice-{self.pk}-{self.owed_at:%Y%m%d%H%M%S}@{settings.SITE_HOST}>"


class MailPause(models.Model):
    """That no e-mail goes out, from a moment until staff let them go again."""

    # It belongs to no order and no register.
    thread = ""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    why = models.TextField()
    is_on = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MailPauseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_on"], condition=Q(is_on=True), name="mail_pause_one_at_once"
            ),
            models.CheckConstraint(
                name="mail_pause_ends_with_its_time",
                condition=Q(is_on=True, ended_at=None)
                | Q(is_on=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "Outgoing e-mails"
