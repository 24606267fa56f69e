"""The filters beside the list of work. What each keeps is said in `narrow`."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from parties.models import User
from parties.policies import signed_in
from worklist.models import WorkItem
from worklist.staff import narrow
from worklist.staff.queues import queues_of

Choices = list[tuple[str, str]]


def reader_of(request: HttpRequest) -> narrow.Reader:
    return narrow.Reader(signed_in(request), uk_date(timezone.now()))


class WorkFilter(admin.SimpleListFilter):
    """A filter whose first choice has words of its own."""

    first = ""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return list(narrow.choices_of(self.parameter_name or ""))

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[WorkItem]
    ) -> QuerySet[WorkItem]:
        kept = narrow.NARROWED[self.parameter_name or ""]
        return queryset.filter(kept(self.value() or "", reader_of(request)))

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            words = {"display": self.first} if self.first and number == 0 else {}
            yield choice | words


class QueueFilter(WorkFilter):
    title = "queue"
    parameter_name = narrow.QUEUE

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return [(queue.slug, queue.title) for queue in queues_of(signed_in(request))]


class TurnFilter(WorkFilter):
    title = "whose turn"
    parameter_name = narrow.TURN
    first = "DCC and its suppliers"


class TimeLeftFilter(WorkFilter):
    title = "time left"
    parameter_name = narrow.DUE


class WorkOwnerFilter(WorkFilter):
    """Me, nobody yet, and the colleague whose work somebody came to see."""

    title = "owner"
    parameter_name = narrow.OWNER

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        offered = super().lookups(request, model_admin)
        chosen = request.GET.get(narrow.OWNER, "")
        if not narrow.is_key(chosen):
            return offered
        people = User.objects.filter(pk=chosen, is_staff=True)
        return [*offered, *((chosen, str(person)) for person in people)]
