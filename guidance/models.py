"""The guidance in our own words: its versions, their sections, their questions."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from guidance import policies, wording
from guidance.querysets import GuidanceQuestionQuerySet, PageQuerySet, VersionQuerySet
from guidance.states import VersionState
from parties.models import User

STEP = 1000
DEPTH = 3


class GuidanceVersion(GuardedState, models.Model):
    """One version of the guidance, with who wrote and who approved it.

    Source: R-0-2, R-0-3.
    """

    number = models.CharField(max_length=10, unique=True)
    author = models.CharField(max_length=150, default="DCC Operations")
    summary = models.TextField("what changed", blank=True)
    issued_on = models.DateField(null=True, blank=True)
    approver = models.CharField(max_length=150, blank=True)
    approver_title = models.CharField(max_length=150, blank=True)
    state = StateField(choices=VersionState.choices, default=VersionState.DRAFT)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    told_at = models.DateTimeField(null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "guidance version"
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=VersionState.DRAFT),
                name="one_draft_of_the_guidance",
            ),
            models.CheckConstraint(
                name="published_guidance_names_its_approval",
                condition=~Q(state=VersionState.PUBLISHED)
                | Q(issued_on__isnull=False, published_at__isnull=False)
                & ~Q(approver="")
                & ~Q(approver_title="")
                & ~Q(summary=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Guidance {self.number}"

    @property
    def thread(self) -> str:
        return f"GUIDANCE-{self.number}"

    @transition(
        state,
        VersionState.DRAFT,
        VersionState.PUBLISHED,
        permission=policies.may_publish,
        custom={"done": "Guidance published"},
    )
    def publish(
        self, *, at: datetime, approval: dict[str, Any], publisher: User
    ) -> None:
        """Take the approval's facts: approver, title, issue date, what changed."""
        for name, fact in approval.items():
            setattr(self, name, fact)
        self.published_at = at
        self.published_by = publisher

    @transition(
        state,
        VersionState.DRAFT,
        VersionState.NOT_ISSUED,
        permission=policies.may_write,
        custom={"done": "Draft of the guidance set aside"},
    )
    def set_aside(self, *, at: datetime, today: date) -> None:
        """Keep it in the history, dated, without ever putting it in force."""
        self.issued_on = today
        self.summary = self.summary or "Set aside"


def place_of(section: str) -> int:
    """Return where a section stands: 2.10 comes after 2.9."""
    parts = [int(part) for part in section.split(".")]
    place = 0
    for part in parts + [0] * (DEPTH - len(parts)):
        place = place * STEP + part
    return place


class GuidancePage(models.Model):
    """One section of one version, in CommonMark. Source: R-0-6."""

    version = models.ForeignKey(
        GuidanceVersion, on_delete=models.PROTECT, related_name="pages"
    )
    section = models.CharField(max_length=10)
    title = models.CharField(max_length=150)
    body = models.TextField("text")
    place = models.PositiveIntegerField(editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        verbose_name = "section"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "section"], name="one_page_a_section_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("guidance-section", args=[self.section])

    @property
    def history_root(self) -> GuidanceVersion:
        """What was written in it stands in the history of its version."""
        return self.version

    @property
    def chapter(self) -> str:
        return str(self.section).split(".", maxsplit=1)[0]

    @property
    def level(self) -> int:
        """1 for a chapter such as 2, 2 for 2.1, 3 for 2.1.1."""
        return str(self.section).count(".") + 1

    @property
    def html(self) -> SafeString:
        return wording.as_html(self.body)


class GuidanceQuestion(models.Model):
    """A question that the guidance predicts, with our answer. Source: R-1-4."""

    version = models.ForeignKey(
        GuidanceVersion, on_delete=models.PROTECT, related_name="questions"
    )
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    answer = models.TextField()
    sections = models.CharField(max_length=60, blank=True)

    objects = GuidanceQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = "question and answer"
        verbose_name_plural = "questions and answers"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="one_question_a_position_a_version"
            )
        ]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def history_root(self) -> GuidanceVersion:
        """What was written in it stands in the history of its version."""
        return self.version

    @property
    def numbers(self) -> list[str]:
        """The sections that it rests on."""
        return str(self.sections).replace(",", " ").split()

    @property
    def html(self) -> SafeString:
        return wording.as_html(self.answer)
