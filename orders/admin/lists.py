"""The list of orders: its filters, its rows with their time left, its CSV."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from common.clock import uk_date
from common.csv_file import AT_ONCE, csv_download, pieces
from common.keyset import KeysetList
from common.staff_fields import offer
from orders.models import ConnectionRequest
from orders.models.request import title_words
from orders.querysets import IS_WITH_DCC
from orders.search import SEARCHED
from orders.states import OrderState, Route
from orders.steps.requests import colleagues
from orders.wording import STATES, state_words
from parties.models import Party, User, place_words
from parties.policies import signed_in
from worklist.parts import Calendar
from worklist.staff.due import NOTHING, Due, FirstDue, due, work_in

Choices = list[tuple[str, str]]
Orders = QuerySet[ConnectionRequest]
Rows = TypeVar("Rows", bound=QuerySet[Any])
# What a row of the list shows of other rows.
SHOWN = ("party", "data_centre", "owner")
# What a line of the file is made of: columns, since an object a row costs far more.
READ = (
    "reference",
    "state",
    "customer_reference",
    "connection_type",
    "hv_rating_mbps",
    "party__name",
    "data_centre__name",
    "data_centre__town",
    "owner__name",
    "owner__email",
)
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


class OrderWithNext(Protocol):
    """An order with the most urgent thing that is owed in it."""

    reference: str
    state: str
    customer_reference: str
    party: Party
    owner: User | None
    next: Due

    @property
    def title(self) -> str: ...


class OrderList(KeysetList):
    """Reads what is owed in the orders of one page, with one calendar."""

    # A search leaves the queue that it was typed in.
    searches_all = True

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Join what the list shows, and not all that the page of an order needs."""
        rows: Any = super().get_queryset(request, exclude_parameters)
        return rows.select_related(None).select_related(*SHOWN)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_next(self.result_list, signed_in(request))


def with_next(orders: Iterable[ConnectionRequest], user: User) -> list[OrderWithNext]:
    """Give each order the most urgent thing that is owed in it. One query for all."""
    today, calendar = uk_date(timezone.now()), Calendar()
    rows: list[Any] = list(orders)
    owed = work_in([row.reference for row in rows], user, today)
    for row in rows:
        first = next(iter(owed[row.reference]), None)
        row.next = due(first, today, calendar) if first else NOTHING
    return rows


NARROWING = {"state", "owner", "connection_type", "route"}


def search_words(asked: Mapping[str, str]) -> dict[str, str]:
    """Say what a search went through, and how to narrow it."""
    narrowed = NARROWING & {name.partition("__")[0] for name in asked}
    where = (
        "Searched only what the filters beside the list keep; the search box searches "
        "all orders again."
        if narrowed
        else "Searched all orders that came to DCC, finished ones too, wherever "
        "you came from. The filters beside the list narrow it."
    )
    return {"title": "Orders found", "lead": f"{where} Looked at {SEARCHED}."}


class OrderStateFilter(admin.SimpleListFilter):
    """Leaves a Party's drafts out unless asked for: they are not with DCC yet."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return [(state.value, words) for state, words in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        state = self.value()
        if state in OrderState.values:
            return queryset.filter(state=state)
        return queryset.filter(IS_WITH_DCC)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            words = {"display": "All but drafts of a Party"}
            yield choice | (words if number == 0 else {})


class RouteFilter(admin.SimpleListFilter):
    title = "route"
    parameter_name = "route"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return [(str(value), str(label)) for value, label in Route.choices]

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        return queryset.filter(route=self.value()) if self.value() else queryset


class OwnerFilter(admin.SimpleListFilter):
    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        return [("me", "Me"), ("nobody", "Nobody yet")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Keep what somebody looks after: orders, and enquiries."""
        if self.value() == "me":
            return queryset.filter(owner=request.user.pk)
        return queryset.filter(owner=None) if self.value() == "nobody" else queryset


class ChosenOrdersForm(ActionForm):
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
        offer(self, "owner", colleagues())


def cells(row: tuple[Any, ...], owed: Due) -> list[Any]:
    """Return one line of the file, from the columns of `READ`."""
    reference, state, theirs, kind, rating, party, place, town, name, email = row
    return [
        reference,
        state_words(state),
        owed.what,
        owed.left.last_day if owed.left else None,
        owed.left.words if owed.left else "",
        owed.turn,
        owed.why,
        party,
        title_words(kind, rating, place_words(place, town) if place else ""),
        theirs,
        name or email or "",
    ]


def as_csv(orders: Orders, user: User) -> HttpResponseBase:
    """Return the orders as a file for a spreadsheet, in the order of the list."""
    return csv_download("orders", HEADS, lines(orders, user))


def lines(orders: Orders, user: User) -> Iterator[list[Any]]:
    """Yield one line an order, read in pieces, so that memory stays flat."""
    first = FirstDue(user, uk_date(timezone.now()))
    rows = orders.values_list(*READ).iterator(chunk_size=AT_ONCE)
    for piece in pieces(rows, AT_ONCE):
        owed = first.in_threads(row[0] for row in piece)
        for row in piece:
            yield cells(row, owed.get(row[0], NOTHING))
