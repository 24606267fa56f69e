"""Enquiries in the admin: what Parties ask the Service Desk, and its answers."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from common.admin import ExportedList
from common.cells import tag, two_lines
from common.clock import uk_date, uk_time
from common.csv_file import csv_download
from common.pages import PagesAdmin
from common.wording import day_words
from orders import commands
from orders.admin import lists
from orders.admin.enquiry_pages import AnswerEnquiry, ArrangeCall, AssignEnquiry
from orders.models import Enquiry
from orders.models.enquiry import ANSWERED_LAST
from orders.states import EnquiryState
from parties.policies import is_desk, signed_in
from worklist.staff.home import reader_of
from worklist.staff.pager import carried, place_of

HEADS = (
    "Enquiry",
    "State",
    "Kind",
    "Gateway Party",
    "Asked by",
    "Order",
    "Asked on",
    "Call on",
    "Answered on",
    "Owner",
    "Words",
)


class EnquiryStateFilter(admin.SimpleListFilter):
    """Keeps what waits for the desk, unless more is asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> lists.Choices:
        return [("all", "All"), *((one.value, one.label) for one in EnquiryState)]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Enquiry]
    ) -> QuerySet[Enquiry]:
        state = self.value()
        if state == "all":
            return queryset
        if state in EnquiryState.values:
            return queryset.filter(state=state)
        return queryset.exclude(state=EnquiryState.ANSWERED)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            yield choice | ({"display": "Not answered yet"} if number == 0 else {})


@admin.register(Enquiry)
class EnquiryAdmin(ExportedList, PagesAdmin):
    pages = [ArrangeCall(), AnswerEnquiry(), AssignEnquiry()]
    list_display = (
        "waiting",
        "enquiry_reference",
        "what",
        "party_and_asker",
        "state_tag",
        "owner_words",
    )
    list_display_links = ("enquiry_reference",)
    list_filter = (EnquiryStateFilter, "kind", lists.OwnerFilter)
    search_fields = (
        "reference",
        "words",
        "outcome",
        "party__name",
        "order__reference",
        "asked_by__name",
        "asked_by__email",
    )
    actions = ("assign",)
    action_form = lists.ChosenOrdersForm
    change_list_template = "desk/enquiries.html"
    change_form_template = "desk/enquiry.html"
    fields = (
        "kind",
        "party",
        "order_link",
        "words",
        "asker",
        "phone",
        "best_time",
        "owner_words",
        "call_at",
        "outcome",
        "agreed_design",
        "answered_by",
        "happened",
    )
    readonly_fields = ("order_link", "asker", "owner_words", "happened")

    # Rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enquiry]:
        rows: Any = super().get_queryset(request)
        joined: QuerySet[Enquiry] = rows.for_pages().select_related(
            "order__data_centre"
        )
        return joined

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return (ANSWERED_LAST, "asked_at", "pk")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return is_desk(signed_in(request))

    @admin.display(description="Waiting", ordering="asked_at")
    def waiting(self, enquiry: Enquiry) -> str:
        words = waiting_words(enquiry, uk_date(timezone.now()))
        return two_lines(words, f"asked on {day_words(uk_date(enquiry.asked_at))}")

    @admin.display(description="Enquiry", ordering="reference")
    def enquiry_reference(self, enquiry: Enquiry) -> str:
        return str(enquiry)

    @admin.display(description="What", ordering="kind")
    def what(self, enquiry: Enquiry) -> str:
        about = f"Order {enquiry.order}: " if enquiry.order else ""
        return two_lines(enquiry.get_kind_display(), f"{about}{short(enquiry.words)}")

    @admin.display(description="Party and person", ordering="party__name")
    def party_and_asker(self, enquiry: Enquiry) -> str:
        return two_lines(enquiry.party, enquiry.asked_by)

    @admin.display(description="State", ordering="state")
    def state_tag(self, enquiry: Enquiry) -> str:
        when = enquiry.call_at if enquiry.state == EnquiryState.ARRANGED else None
        call_words = f"call on {uk_time(when)}" if when else ""
        return two_lines(tag(enquiry.get_state_display()), call_words)

    @admin.display(description="Owner", ordering="owner__name")
    def owner_words(self, enquiry: Enquiry) -> str:
        return str(enquiry.owner or "Nobody yet")

    # One enquiry

    @admin.display(description="Order")
    def order_link(self, enquiry: Enquiry) -> str:
        order = enquiry.order
        if order is None:
            return "About no order"
        address = reverse("admin:orders_connectionrequest_change", args=[order.pk])
        return format_html('<a href="{}">{}, {}</a>', address, order, order.title)

    @admin.display(description="Asked by")
    def asker(self, enquiry: Enquiry) -> str:
        person = enquiry.asked_by
        return f"{person}, {person.email}, {uk_time(enquiry.asked_at)}"

    @admin.display(description="What happened")
    def happened(self, enquiry: Enquiry) -> str:
        events = ((day_words(uk_date(e.at)), e.what, e.by) for e in enquiry.everything)
        return format_html_join("", "<div>{}: {}, {}</div>", events)

    def trail(self, request: HttpRequest) -> str:
        """The list of work that one came from is not lost on the way through a step."""
        return carried(request.GET.dict())

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the enquiry, and where it stands in the list that one came from."""
        place = place_of(request.GET.dict(), reader_of(request))
        extra = {"place": place, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, extra)

    # The list

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        return {
            "title": "Enquiries",
            "lead": "What Parties ask the Service Desk: what has waited longest "
            "comes first.",
        }

    def as_csv(self, rows: QuerySet[Enquiry], request: HttpRequest) -> HttpResponseBase:
        return csv_download("enquiries", HEADS, map(cells, rows.iterator()))

    @admin.action(description="Assign to a colleague", permissions=["assign"])
    def assign(self, request: HttpRequest, chosen: QuerySet[Enquiry]) -> None:
        owner = request.POST.get("owner", "")
        # Its form has found it to be a colleague.
        owner_id = int(owner) if owner else None
        self.run(request, chosen, partial(commands.assign_enquiry, owner_id=owner_id))


def waiting_words(enquiry: Enquiry, today: date) -> str:
    """Say for how long an enquiry has waited, in calendar days."""
    if not enquiry.is_open:
        return "Answered"
    days = (today - uk_date(enquiry.asked_at)).days
    return "Since today" if not days else f"{days} day{'s' if days > 1 else ''}"


def short(words: str, most: int = 100) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def cells(row: Enquiry) -> list[Any]:
    return [
        row.reference,
        row.get_state_display(),
        row.get_kind_display(),
        row.party,
        row.asked_by,
        row.order,
        row.asked_at,
        row.call_at,
        row.answered_at,
        row.owner,
        row.words,
    ]
