"""The filters beside the list of work. What each keeps is said in `narrow`."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from common.filters import asked_below
from parties.models import User
from parties.policies import signed_in
from worklist.admin.look_after import colleagues_of
from worklist.models import WorkItem
from worklist.staff import narrow
from worklist.staff.home import reader_of
from worklist.staff.queues import queues_of

Choices = list[tuple[str, str]]


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
    """Me, nobody yet, and each colleague by name."""

    title = "owner"
    parameter_name = narrow.OWNER

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        offered, me = super().lookups(request, model_admin), signed_in(request)
        others = [one for one in colleagues_of(me) if one.pk != me.pk]
        chosen = request.GET.get(narrow.OWNER, "")
        if narrow.is_key(chosen) and int(chosen) not in {one.pk for one in others}:
            # Somebody who has left, whose work is still theirs.
            others += User.objects.filter(pk=chosen, is_staff=True)
        return [*offered, *((str(one.pk), str(one)) for one in others)]


class TypedFilter(WorkFilter):
    """A filter whose value may be typed: what is typed stands among the choices."""

    label = ""
    kind = "text"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        offered = self.offered()
        chosen = request.GET.get(self.parameter_name or "", "")
        is_typed = chosen and chosen not in dict(offered)
        return [*offered, *([(chosen, chosen)] if is_typed else [])]

    def offered(self) -> Choices:
        return []

    def has_output(self) -> bool:
        return True

    def typed(self) -> str:
        chosen = self.value() or ""
        return "" if chosen in dict(self.offered()) else chosen

    def below(self, changelist: ChangeList) -> SafeString:
        return asked_below(changelist, self, self.label, kind=self.kind)


class PartyFilter(TypedFilter):
    title = "Gateway Party"
    parameter_name = narrow.PARTY
    label = "Name, or PTY number"


class CameFilter(TypedFilter):
    title = "when it came"
    parameter_name = narrow.CAME
    label = "Or one day"
    kind = "date"

    def offered(self) -> Choices:
        return list(narrow.choices_of(narrow.CAME))


class SortFilter(WorkFilter):
    """Keeps all; the list reads from it what comes first."""

    title = "what comes first"
    parameter_name = narrow.SORT
    first = "Time left"
