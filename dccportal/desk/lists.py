"""The list of orders: its filters, its rows with their time left, its CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from common.clock import uk_date
from common.csv_file import csv_download
from dccportal.desk.actions.requests import colleagues
from dccportal.desk.due import due
from dccportal.desk.findings import Evidence, count_words, evidence_of, findings
from dccportal.desk.queues import BY_SLUG, IS_WITH_DCC, queues_of
from dccportal.desk.words import STATES, state_words
from dccportal.search import SEARCHED
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from orders.states import OrderState, Route

Choices = list[tuple[str, str]]
HEADS = (
    "Order",
    "State",
    "Next",
    "Last day",
    "Time left",
    "Whose turn",
    "Why",
    "Gateway Party",
    "Connection",
    "Their reference",
    "Owner",
)
# A cell that begins with one of these is a formula to a spreadsheet.


class OrderList(ChangeList):
    # A search leaves the queue that it was typed in.
    searches_all = True

    """Works out the time left of the rows on one page, with one calendar."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_next(self.result_list)


def with_next(orders: Any) -> list[Any]:
    today, calendar = uk_date(timezone.now()), working_calendar()
    rows = list(orders)
    evidence = evidence_of(rows, today)
    for row in rows:
        row.next = due(row, today, calendar)
        if row.pk in evidence:
            row.next = replace(row.next, what=with_findings(evidence[row.pk]))
    return rows


def with_findings(evidence: Evidence) -> str:
    """Say which form is to be checked, and what the portal found in it."""
    number = len(evidence.order.rounds.all()) + 1
    which = "Check the form" if number == 1 else f"Check form {number}"
    return f"{which}: {count_words(findings(evidence))}"


NARROWING = {"queue", "due", "state", "owner", "connection_type", "route"}


def search_words(asked: Mapping[str, str]) -> dict[str, str]:
    """Say what a search went through, and how to narrow it."""
    narrowed = NARROWING & {name.partition("__")[0] for name in asked}
    where = (
        "Searched only what the filters beside the list keep; the search box searches "
        "all orders again."
        if narrowed
        else "Searched all orders that came to DCC, finished ones too, whichever queue "
        "you came from. The filters beside the list narrow it."
    )
    return {"title": "Orders found", "lead": f"{where} Looked at {SEARCHED}."}


class QueueFilter(admin.SimpleListFilter):
    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(queue.slug, queue.title) for queue in queues_of(request.user)]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        queue = BY_SLUG.get(self.value() or "")
        return queryset.filter(queue.keeps) if queue else queryset


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
            "week": Q(due_on__range=(today, today + timedelta(days=7))),
        }
        return queryset.filter(kept.get(self.value() or "", Q()))


class StateFilter(admin.SimpleListFilter):
    """Leaves a Party's drafts out unless asked for: they are not with DCC yet."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(state.value, words) for state, words in STATES.items()]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        state = self.value()
        if state in OrderState.values:
            return queryset.filter(state=state)
        return queryset.filter(IS_WITH_DCC)

    def choices(self, changelist: Any) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            words = {"display": "All but drafts of a Party"}
            yield choice | (words if number == 0 else {})


class RouteFilter(admin.SimpleListFilter):
    title = "route"
    parameter_name = "route"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(str(value), str(label)) for value, label in Route.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(route=self.value()) if self.value() else queryset


class OwnerFilter(admin.SimpleListFilter):
    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("me", "Me"), ("nobody", "Nobody yet")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
        if self.value() == "me":
            return queryset.filter(owner=request.user.pk)
        return queryset.filter(owner=None) if self.value() == "nobody" else queryset


class ChosenForm(ActionForm):
    """What to do with the chosen orders, and to whom they go when assigned."""

    owner = forms.ModelChoiceField(
        label="Owner:",
        queryset=ConnectionRequest.objects.none(),
        required=False,
        empty_label="nobody",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].label = "With the chosen:"
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues()


def cells(row: Any) -> list[Any]:
    left = row.next.left
    return [
        row.reference,
        state_words(row.state),
        row.next.what,
        left.last_day if left else None,
        left.words if left else "",
        row.next.turn,
        row.next.why,
        str(row.party),
        row.title,
        row.customer_reference,
        str(row.owner or ""),
    ]


def as_csv(orders: "QuerySet[Any]") -> HttpResponseBase:
    """Return the orders as a file for a spreadsheet, in the order of the list."""
    return csv_download("orders", HEADS, map(cells, with_next(orders)))
