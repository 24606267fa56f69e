"""Append-only evidence: what happened, what was written to whom, what was kept."""

import re
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from records.querysets import EventQuerySet, NoticeQuerySet, SentQuerySet
from records.states import NoticeState

# E-mails with a link that lets its reader choose a password.
KEYED_KINDS = "account_"
# What stands in the row where such a link will: it is made while the e-mail is sent.
LINK_PLACE = "/link-made-while-sending/"
WHERE_THE_LINK_WILL_BE = re.compile(rf"https?://[^\s\"<>]+{LINK_PLACE}")


class Counter(models.Model):
    """The last number given to each kind of reference."""

    name = models.CharField(max_length=10, primary_key=True)
    value = models.PositiveIntegerField(default=1000)

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

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_pk"])]

    def __str__(self) -> str:
        return f"{self.subject_words}: {self.what}"

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
        return f"{self.at:%-d %B %Y}: {self.answer}"


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
        PREVIEW = "preview", "Preview of a quotation"

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

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """An e-mail to one person: owed, then sent. One row a message, one key a duty."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    thread = models.CharField(max_length=40, db_index=True, blank=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(
        max_length=10, choices=NoticeState, default=NoticeState.QUEUED
    )
    owed_at = models.DateTimeField()
    worded_at = models.DateTimeField("when its words were written")
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    dropped_because = models.TextField("why it was not sent", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-owed_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"])]
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
