"""Enquiries in the admin: what Parties ask the Service Desk, and its answers."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from common.admin import ExportedList
from common.asking_back import AsksBack, know, unusual_day, unusual_time
from common.cells import tag, two_lines
from common.clock import UK, uk_date
from common.csv_file import csv_download
from common.door import never_printed
from common.fields import Moment
from common.pages import Answers, CommandPage, PagesAdmin, Result
from common.staff_fields import words
from common.wording import day_words
from dccportal.desk import lists
from orders import commands
from orders.models import Enquiry
from orders.states import EnquiryKind, EnquiryState
from orders.steps.requests import colleagues
from parties.models import User
from parties.policies import is_desk, signed_in
from worklist.admin.filters import reader_of
from worklist.staff.pager import carried, place_of

ANSWERED_LAST = Case(When(state=EnquiryState.ANSWERED, then=1), default=0)
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


class EnquiryPage(CommandPage[Enquiry, User, Result]):
    """A step of an enquiry: the Service Desk's. Source: R-1.3-1."""

    is_for_open = True

    def may(self, subject: Enquiry, user: User) -> bool:
        return is_desk(user)

    def obstacle(self, subject: Enquiry, user: User) -> str:
        if subject.is_open or not self.is_for_open:
            return ""
        return f"{subject} has already been answered, so this cannot be done now."


class CallForm(AsksBack):
    call_at = Moment(
        label="When does DCC call?",
        help_text="UK time. The person who asked is told by e-mail.",
        error_messages={
            "required": "Enter the day and the time of the call",
        },
    )

    def unusual(self, answers: Answers) -> Iterable[str]:
        if answers.get("call_at"):
            yield unusual_day(uk_date(answers["call_at"]), self.calendar)
            yield unusual_time(answers["call_at"])


class ArrangeCall(EnquiryPage[Enquiry]):
    slug = "arrange"
    label = "Arrange a call"
    button = "Arrange the call"
    form_class = CallForm

    def form(
        self, subject: Enquiry, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        know(form, commands.working_calendar())
        return form

    def run(self, subject: Enquiry, user: User, answers: Answers) -> Enquiry:
        return commands.arrange_call(subject.pk, by=user, **answers)

    def initial(self, subject: Enquiry) -> dict[str, Any]:
        return {"call_at": subject.call_at}

    def message(self, subject: Enquiry, result: Enquiry) -> str:
        return f"The call about {subject} is arranged, and {result.asked_by} is told."


class AnswerForm(forms.Form):
    outcome = never_printed(
        words(
            "The answer, or what the call came to",
            "The Gateway Party reads it, on its page and in an e-mail.",
            "Write the answer, or what the call came to",
            rows=8,
        )
    )
    agreed_design = words(
        "Failover and disaster recovery design that was agreed",
        "Leave it empty if none was. It orders nothing: each connection needs a "
        "request of its own (section 4.3).",
    )


class Answer(EnquiryPage[Enquiry]):
    slug = "answer"
    label = "Answer it"
    button = "Send the answer"
    form_class = AnswerForm

    def form(
        self, subject: Enquiry, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        if subject.kind != EnquiryKind.CALL:
            del form.fields["agreed_design"]
        return form

    def run(self, subject: Enquiry, user: User, answers: Answers) -> Enquiry:
        return commands.answer_enquiry(subject.pk, by=user, **answers)

    def message(self, subject: Enquiry, result: Enquiry) -> str:
        return f"{subject} is answered, and {result.asked_by} is told."


class OwnerForm(forms.Form):
    owner: Any = forms.ModelChoiceField(
        label="Owner",
        queryset=None,
        required=False,
        empty_label="Nobody",
        help_text="The Gateway Party is not told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["owner"]
        choice.queryset = colleagues()


class Assign(EnquiryPage[User | None]):
    slug = "assign"
    label = "Assign it to a colleague"
    button = "Assign"
    form_class = OwnerForm
    is_for_open = False

    def initial(self, subject: Enquiry) -> dict[str, Any]:
        return {"owner": subject.owner_id}

    def run(self, subject: Enquiry, user: User, answers: Answers) -> User | None:
        owner: User | None = answers["owner"]
        owner_id = owner.pk if owner else None
        commands.assign_enquiry(subject.pk, by=user, owner_id=owner_id)
        return owner

    def message(self, subject: Enquiry, result: User | None) -> str:
        return f"{subject} belongs to {result or 'nobody'} now."


class StateFilter(admin.SimpleListFilter):
    """Keeps what waits for the desk, unless more is asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> lists.Choices:
        return [("all", "All"), *((one.value, one.label) for one in EnquiryState)]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> "QuerySet[Any]":
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
    pages = [ArrangeCall(), Answer(), Assign()]
    list_display = (
        "waiting",
        "enquiry_reference",
        "what",
        "party_and_asker",
        "state_tag",
        "owner_words",
    )
    list_display_links = ("enquiry_reference",)
    list_filter = (StateFilter, "kind", lists.OwnerFilter)
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
    action_form = lists.ChosenForm
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

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: Any = super().get_queryset(request)
        joined: QuerySet[Any] = rows.for_pages().select_related("order__data_centre")
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
        beside = f"{when.astimezone(UK):%-d %B, %H:%M}" if when else ""
        return two_lines(tag(enquiry.get_state_display()), beside)

    @admin.display(description="Owner", ordering="owner__name")
    def owner_words(self, enquiry: Enquiry) -> str:
        return str(enquiry.owner or "Nobody yet")

    # One enquiry

    @admin.display(description="Order")
    def order_link(self, enquiry: Enquiry) -> str:
        order = enquiry.order
        if order is None:
            return "None"
        address = reverse("admin:orders_connectionrequest_change", args=[order.pk])
        return format_html('<a href="{}">{}, {}</a>', address, order, order.title)

    @admin.display(description="Asked by")
    def asker(self, enquiry: Enquiry) -> str:
        person, at = enquiry.asked_by, enquiry.asked_at.astimezone(UK)
        return f"{person}, {person.email}, on {day_words(at)} at {at:%H:%M}"

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
        extra_context: Any = None,
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

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return csv_download("enquiries", HEADS, map(cells, rows.iterator()))

    @admin.action(description="Assign to a colleague", permissions=["assign"])
    def assign(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
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


def cells(row: Any) -> list[Any]:
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
