"""The list of what is owed, over all orders: the queues, by time left, keyset paged."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from common.admin import ExportedList
from common.clock import uk_date
from common.csv_file import csv_download, pieces
from dccportal.desk.cells import tag, two_lines
from dccportal.desk.lists import AT_ONCE, OwnerFilter
from dccportal.desk.owed import rows_of
from dccportal.desk.queues import BY_SLUG, THEIRS, queues_of
from worklist.models import WorkItem

Choices = list[tuple[str, str]]
AFTER = "after"
HEADS = (
    "Last day",
    "Time left",
    "What",
    "Why",
    "For",
    "Gateway Party",
    "Connection",
    "Whose turn",
    "Owner",
    "Owed since",
)
BY_TIME_LEFT = (F("due_on").asc(nulls_last=True), "pk")
A_WEEK = timedelta(days=7)


class KeysetList(ChangeList):
    """A page begins after the last row of the one before: no page costs more."""

    next_url = ""

    def get_filters_params(self, params: Any = None) -> Any:
        asked = super().get_filters_params(params)
        asked.pop(AFTER, None)
        return asked

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Keep what calls for somebody today; what is closed can still be opened."""
        rows: Any = super().get_queryset(request, exclude_parameters)
        return rows.calling_on(uk_date(timezone.now()))

    def get_results(self, request: HttpRequest) -> None:
        size = self.list_per_page
        rows = list(after(self.queryset, request.GET.get(AFTER, ""))[: size + 1])
        shown = rows[:size]
        if len(rows) > size:
            key = {AFTER: key_of(shown[-1])}
            self.next_url = self.get_query_string(key)
        self.paginator = Paginator(shown, size)
        self.result_count = len(shown)
        self.full_result_count = None
        self.show_full_result_count = False
        self.can_show_all = self.multi_page = False
        for row in rows_of(shown, uk_date(timezone.now())):
            item: Any = row.item
            item.row = row
        self.result_list = shown


def key_of(item: WorkItem) -> str:
    return f"{item.due_on or ''}_{item.pk}"


def after(rows: "QuerySet[Any]", key: str) -> "QuerySet[Any]":
    """Keep what stands after the row of `key` in a list that is sorted by last day."""
    if not key:
        return rows
    day, _, pk = key.partition("_")
    try:
        if not day:
            return rows.filter(due_on=None, pk__gt=int(pk))
        last = date.fromisoformat(day)
        later = Q(due_on__gt=last) | Q(due_on=last, pk__gt=int(pk))
    except ValueError as error:
        raise IncorrectLookupParameters from error
    return rows.filter(later | Q(due_on=None))


class QueueFilter(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(queue.slug, queue.title) for queue in queues_of(request.user)]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        rows: Any = queryset
        if self.value() in BY_SLUG:
            rows = rows.in_queue(self.value())
        return cast("QuerySet[Any]", rows)


class TurnFilter(admin.SimpleListFilter):
    """What Gateway Parties owe is a list apart: it is never late for us."""

    title = "whose turn"
    parameter_name = "turn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(THEIRS, "The Gateway Parties")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        rows: Any = queryset
        theirs = self.value() == THEIRS
        kept = rows.of_the_party() if theirs else rows.not_of_the_party()
        return cast("QuerySet[Any]", kept)

    def choices(self, changelist: Any) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            words = {"display": "DCC and its suppliers"}
            yield choice | (words if number == 0 else {})


class TimeLeftFilter(admin.SimpleListFilter):
    title = "time left"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("late", "Late"), ("today", "Today"), ("week", "Within a week")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        today = uk_date(timezone.now())
        kept = {
            "late": Q(due_on__lt=today),
            "today": Q(due_on=today),
            "week": Q(due_on__range=(today, today + A_WEEK)),
        }
        return queryset.filter(kept.get(self.value() or "", Q()))


@admin.register(WorkItem)
class WorkAdmin(ExportedList):
    list_display = (
        "time_left",
        "what",
        "about",
        "party_and_site",
        "turn_tag",
        "owner_words",
    )
    list_display_links = None
    list_filter = (QueueFilter, TurnFilter, TimeLeftFilter, OwnerFilter)
    sortable_by = ()
    actions = None
    change_list_template = "desk/work.html"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).select_related("owner")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return BY_TIME_LEFT

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeysetList

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    @admin.display(description="Time left")
    def time_left(self, item: Any) -> str:
        return render_to_string("desk/left.html", {"due": item.row.due})

    @admin.display(description="What")
    def what(self, item: Any) -> str:
        return two_lines(item.row.due.what, item.row.due.why)

    @admin.display(description="For")
    def about(self, item: Any) -> str:
        return render_to_string("desk/reference.html", {"row": item.row})

    @admin.display(description="Party and site")
    def party_and_site(self, item: Any) -> str:
        return two_lines(item.row.about.party, item.row.title)

    @admin.display(description="Whose turn")
    def turn_tag(self, item: Any) -> str:
        return tag(item.row.due.turn, item.row.due.turn_kind)

    @admin.display(description="Owner")
    def owner_words(self, item: Any) -> str:
        return item.row.due.owner or "Nobody yet"

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        queue = BY_SLUG.get(request.GET.get("queue", ""))
        if queue:
            return {"title": queue.title, "lead": queue.lead}
        if request.GET.get("turn") == THEIRS:
            lead = (
                "What Gateway Parties owe. It is counted apart, and never late for us."
            )
            return {"title": "The Parties’ turn", "lead": lead}
        lead = "What will be late first comes first."
        return {"title": "All work by time left", "lead": lead}

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return csv_download("work", HEADS, cells_of(rows))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Lead to what the thing is about: it has no page of its own."""
        if object_id is None:
            raise PermissionDenied
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        return redirect(rows_of([item], uk_date(timezone.now()))[0].url)


def cells_of(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    today = uk_date(timezone.now())
    for piece in pieces(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        for row in rows_of(piece, today):
            left = row.due.left
            yield [
                row.item.due_on,
                left.words if left else "",
                row.due.what,
                row.due.why,
                row.item.thread,
                str(row.about.party),
                row.title,
                row.due.turn,
                row.due.owner,
                uk_date(row.item.opened_at),
            ]
