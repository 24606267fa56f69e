"""Orders in the admin: the list of all, searched, filtered and assigned."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

from common.admin import ExportedList
from common.cells import tag, two_lines
from common.pages import PagesAdmin
from common.search import Terms
from orders.admin import lists
from orders.admin.lists import OrderWithNext
from orders.commands import assign_order
from orders.models import ConnectionRequest
from orders.search import find_orders
from orders.wording import state_words
from parties.admin.of_party import OfPartyFilter
from parties.policies import is_desk, signed_in


class OrderListAdmin(ExportedList, PagesAdmin):
    """The list; the page of one order is arranged above, of what every app knows."""

    list_display = (
        "time_left",
        "order_reference",
        "party_and_site",
        "what_next",
        "state_tag",
        "owner_words",
    )
    list_display_links = ("order_reference",)
    list_filter = (
        lists.OrderStateFilter,
        lists.OwnerFilter,
        "connection_type",
        lists.RouteFilter,
        OfPartyFilter,
    )
    # Only that there is a search; `find` says where it looks.
    search_fields = ("reference",)
    actions = ("assign", "export")
    action_form = lists.ChosenOrdersForm
    change_list_template = "desk/orders.html"

    # Rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConnectionRequest]:
        orders: Any = super().get_queryset(request)
        joined: QuerySet[ConnectionRequest] = orders.for_pages()
        return joined

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return is_desk(signed_in(request))

    def get_changelist(
        self, request: HttpRequest, **kwargs: object
    ) -> type[ChangeList]:
        return lists.OrderList

    @admin.display(description="Time left")
    def time_left(self, order: OrderWithNext) -> str:
        return order.next.time_cell

    @admin.display(description="Order", ordering="reference")
    def order_reference(self, order: OrderWithNext) -> str:
        return str(order)

    @admin.display(description="Party and site", ordering="party__name")
    def party_and_site(self, order: OrderWithNext) -> str:
        return two_lines(order.party, order.title)

    @admin.display(description="Next")
    def what_next(self, order: OrderWithNext) -> str:
        turn = order.next.turn and tag(order.next.turn, order.next.turn_kind)
        return two_lines(order.next.what, turn)

    @admin.display(description="State", ordering="state")
    def state_tag(self, order: OrderWithNext) -> str:
        return tag(state_words(order.state))

    @admin.display(description="Owner", ordering="owner__name")
    def owner_words(self, order: OrderWithNext) -> str:
        return str(order.owner or "Nobody yet")

    def find(
        self, request: HttpRequest, rows: QuerySet[ConnectionRequest], terms: Terms
    ) -> tuple[QuerySet[ConnectionRequest], bool]:
        found: Any = rows
        return find_orders(found, terms), False

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        if request.GET.get("q", "").strip():
            return lists.search_words(request.GET)
        lead = "The newest first. What is owed in them is listed by its last day under "
        return {"title": "All orders", "lead": f"{lead}“All work by time left”."}

    def as_csv(
        self, rows: QuerySet[ConnectionRequest], request: HttpRequest
    ) -> HttpResponseBase:
        return lists.as_csv(rows, signed_in(request))

    # What can be done with several at once

    @admin.action(description="Assign to a colleague", permissions=["assign"])
    def assign(self, request: HttpRequest, chosen: QuerySet[ConnectionRequest]) -> None:
        owner = request.POST.get("owner", "")
        # Its form has found it to be a colleague.
        owner_id = int(owner) if owner else None
        self.run(request, chosen, partial(assign_order, owner_id=owner_id))

    @admin.action(description="Export as CSV", permissions=["view"])
    def export(
        self, request: HttpRequest, chosen: QuerySet[ConnectionRequest]
    ) -> HttpResponseBase:
        return self.as_csv(chosen, request)
