from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from guidance.states import VersionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion
    from parties.models import User


Row = TypeVar("Row", bound=models.Model)


class OfVersionQuerySet(models.QuerySet[Row]):
    """Rows that anybody reads once their version is published, signed in or not."""

    state_path = "state"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what anybody may read; drafts are for DCC alone. Source: R-0-4."""
        if getattr(user, "is_dcc", False):
            return self
        return self.exclude(**{self.state_path: VersionState.DRAFT})


class VersionQuerySet(OfVersionQuerySet["GuidanceVersion"]):
    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def in_force(self) -> Self:
        """Keep the one published last, if any."""
        return self.published().order_by("-published_at", "-pk")[:1]

    def past_draft(self) -> Self:
        """Keep the history of the document, newest first."""
        past = self.exclude(state=VersionState.DRAFT)
        return past.order_by("-issued_on", "-pk")

    def still_to_tell(self) -> Self:
        """Keep the published ones that not everybody has been told of."""
        return self.published().filter(told_at__isnull=True)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class PageQuerySet(OfVersionQuerySet["GuidancePage"]):
    state_path = "version__state"

    def search(self, words: str) -> Self:
        """Keep those whose number, title or text has every one of `words`."""
        return self.filter(having_all(words, "section__startswith", "title", "body"))


class GuidanceQuestionQuerySet(OfVersionQuerySet["GuidanceQuestion"]):
    state_path = "version__state"

    def search(self, words: str) -> Self:
        """Keep those whose question or answer has every one of `words`."""
        return self.filter(having_all(words, "question", "answer"))


def having_all(words: str, *fields: str) -> Q:
    """Return the condition that each word stands in one of `fields`."""
    condition = Q()
    for word in words.split():
        anywhere = Q()
        for field in fields:
            lookup = field if "__" in field else f"{field}__icontains"
            anywhere |= Q(**{lookup: word})
        condition &= anywhere
    return condition
