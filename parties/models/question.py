"""Each year a Party is asked whether its nominations are still right."""

from django.db import models
from django.db.models import Q

from common.wording import day_words
from parties.models.register import Party
from parties.querysets import NominationsQuestionQuerySet


class NominationsQuestion(models.Model):
    """That a Party was asked, by when it should answer, and when nothing was left to.

    Nothing ends by itself where nobody answers.
    """

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="nominations_questions"
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = NominationsQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(closed_at=None),
                name="one_open_question_of_nominations_a_party",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(closed_at=None),
                name="open_nominations_questions",
            )
        ]

    def __str__(self) -> str:
        return f"Question of {day_words(self.asked_at)} about the nominations"

    @property
    def thread(self) -> str:
        return self.party.thread
