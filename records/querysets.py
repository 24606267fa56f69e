from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from common.search import Terms
from records.states import NoticeState

OVERDUE = timedelta(minutes=15)


class EventQuerySet(models.QuerySet[Any]):
    def of_thread(self, thread: str) -> Self:
        """Keep what happened to one order and all that hangs from it, newest first."""
        return self.filter(thread=thread).select_related("by").order_by("-at", "-pk")

    def of_subject(self, row: Any) -> Self:
        """Keep what happened to one row itself, newest first."""
        kind = ContentType.objects.get_for_model(row)
        happened = self.filter(subject_type=kind, subject_pk=row.pk)
        return happened.select_related("by").order_by("-at", "-pk")

    def history_of(self, row: Any) -> Self:
        """Keep what staff read as the history of a row, newest first.

        A row whose reference is its thread (a Party, an order) has all that happened
        in it. One that is written as part of another names that as `history_root`.
        """
        root = getattr(row, "history_root", row)
        thread = getattr(root, "thread", None)
        if thread and getattr(root, "reference", None) == thread:
            return self.of_thread(thread)
        return self.of_subject(root)

    def for_party(self) -> Self:
        """Keep what the Gateway Party may read."""
        return self.filter(is_public=True)

    def for_suppliers(self) -> Self:
        """Keep what a supplier may read: no offer, no charge and no amount."""
        offers = Q(subject_type__app_label__in=("quotes", "billing"))
        return self.for_party().filter(tells_price=False).exclude(offers)


class NoticeQuerySet(models.QuerySet[Any]):
    def ready(self, now: datetime) -> Self:
        """Keep those to be sent at `now`: queued, or in flight for too long."""
        return self.filter(
            Q(state=NoticeState.QUEUED, next_attempt_at__lte=now)
            | Q(state=NoticeState.SENDING, lease_until__lte=now)
        )

    def overdue(self, now: datetime) -> Self:
        """Keep those that should have gone a while ago: nobody is delivering."""
        return self.ready(now - OVERDUE)

    def failed(self) -> Self:
        return self.filter(state=NoticeState.FAILED)

    def search(self, terms: Terms) -> Self:
        """Keep those whose address, subject or order has each word."""
        found = self
        for word in terms.words:
            found = found.filter(
                Q(to__icontains=word)
                | Q(subject__icontains=word)
                | Q(thread__icontains=word)
            )
        return found


class SentQuerySet(models.QuerySet[Any]):
    def over(self, now: datetime, kept: timedelta) -> Self:
        """Keep those that nobody sends again any more."""
        return self.filter(at__lt=now - kept)
