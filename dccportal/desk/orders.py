"""Orders in the admin: the queues, the order's page, and a page for each step."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from common.admin import ExportedList
from common.cells import tag, two_lines
from common.pages import PagesAdmin
from common.search import Terms
from dccportal.desk import lists, page
from dccportal.desk.steps import PAGES
from orders.commands import assign_order
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.search import find_orders
from orders.steps.base import OrderPage
from orders.steps.keying import KEY_IN
from orders.wording import state_words
from parties.policies import is_desk, signed_in
from worklist.staff.pager import carried


@admin.register(ConnectionRequest)
class OrderAdmin(ExportedList, PagesAdmin):
    pages = list(PAGES)
    add_page = KEY_IN
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
        lists.StateFilter,
        lists.OwnerFilter,
        "connection_type",
        lists.RouteFilter,
    )
    # Only that there is a search; `find` says where it looks.
    search_fields = ("reference",)
    actions = ("assign", "export")
    action_form = lists.ChosenForm
    change_list_template = "desk/orders.html"

    # Rows

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        orders: Any = super().get_queryset(request)
        joined: QuerySet[Any] = orders.for_pages()
        return joined.select_related("access", "connection", "site_review__by")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return is_desk(signed_in(request))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return lists.OrderList

    @admin.display(description="Time left")
    def time_left(self, order: Any) -> str:
        return str(order.next.time_cell)

    @admin.display(description="Order", ordering="reference")
    def order_reference(self, order: Any) -> str:
        return str(order)

    @admin.display(description="Party and site", ordering="party__name")
    def party_and_site(self, order: Any) -> str:
        return two_lines(order.party, order.title)

    @admin.display(description="Next")
    def what_next(self, order: Any) -> str:
        turn = order.next.turn and tag(order.next.turn, order.next.turn_kind)
        return two_lines(order.next.what, turn)

    @admin.display(description="State", ordering="state")
    def state_tag(self, order: Any) -> str:
        return tag(state_words(order.state))

    @admin.display(description="Owner", ordering="owner__name")
    def owner_words(self, order: Any) -> str:
        return str(order.owner or "Nobody yet")

    def find(
        self, request: HttpRequest, rows: "QuerySet[Any]", terms: Terms
    ) -> tuple["QuerySet[Any]", bool]:
        found: Any = rows
        return find_orders(found, terms), False

    # Pages

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        if request.GET.get("q", "").strip():
            return lists.search_words(request.GET)
        lead = "The newest first. What is owed in them is listed by its last day under "
        return {"title": "All orders", "lead": f"{lead}“All work by time left”."}

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return lists.as_csv(rows, request.user)

    def subject(self, request: HttpRequest, pk: int | str) -> OrderFile | None:
        order = self.get_object(request, str(pk))
        if order is None:
            return None
        user: Any = request.user
        return OrderFile(order, user, timezone.now(), request.GET.dict())

    def subject_url(self, subject: Any) -> str:
        """A form that was just keyed in is filled in next; one refused is shown."""
        if isinstance(subject, RefusedForm):
            return reverse("admin:orders_refusedform_change", args=[subject.pk])
        if isinstance(subject, ConnectionRequest):
            return reverse("order-form", args=[subject.reference])
        return super().subject_url(subject)

    def trail(self, request: HttpRequest) -> str:
        """The list of work that one came from is not lost on the way through a step."""
        return carried(request.GET.dict())

    def page_link(self, page: OrderPage[Any], file: OrderFile) -> str:
        return f"{self.page_url(page, file.pk)}{carried(file.chosen)}"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Show the order with everything and every button. It changes nothing."""
        if object_id is None:
            return self.page_view(request, page=KEY_IN)
        if request.method == "POST":
            raise PermissionDenied
        file = self.subject(request, object_id)
        if file is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            **page.context(file, partial(self.page_link, file=file)),
            "opts": self.opts,
            "title": f"{file}: {file.order.title}",
        }
        return TemplateResponse(request, "desk/order.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        url = reverse("admin:orders_connectionrequest_change", args=[object_id])
        return redirect(f"{url}#history")

    # What can be done with several at once

    @admin.action(description="Assign to a colleague", permissions=["assign"])
    def assign(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        owner = request.POST.get("owner", "")
        # Its form has found it to be a colleague.
        owner_id = int(owner) if owner else None
        self.run(request, chosen, partial(assign_order, owner_id=owner_id))

    @admin.action(description="Export as CSV", permissions=["view"])
    def export(self, request: HttpRequest, chosen: "QuerySet[Any]") -> HttpResponseBase:
        return self.as_csv(chosen, request)
