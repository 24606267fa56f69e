from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from common.admin import CommandAdmin, EditableRowsAdmin, ExportedList, ReadInline
from common.clock import uk_date
from common.csv_file import csv_download
from common.escaping import escaped
from common.keyset import KeysetList
from common.money import pounds
from common.periods import by_period
from common.shown import NOTHING, yes_or_no
from connections import policies
from connections.commands import save_interface_version
from connections.drawings import MonthsChart
from connections.models import (
    Connection,
    ConnectionPaper,
    ContractPeriod,
    FailoverTest,
    InterfaceVersion,
    Session,
)
from connections.renewals import (
    RENEWALS_HEAD,
    doubt_of,
    months_ahead,
    next_step,
    notice_state,
    renewal_cells,
)
from parties.admin.of_party import OfPartyFilter
from parties.policies import is_desk, is_operations
from parties.states import Role

MOST_COUNTED = 500


class PeriodInline(ReadInline):
    model = ContractPeriod
    verbose_name_plural = "Contract periods"
    fields = (
        "number",
        "starts_on",
        "last_day",
        "annual_net",
        "renewal_due_on",
        "renewal_net",
        "notice_at",
        "window_last_day",
        "outcome",
    )


class SessionInline(ReadInline):
    model = Session
    fk_name = "connection"
    fields = ("name", "service", "use", "state", "requested_at", "established_at")


class PaperInline(ReadInline):
    model = ConnectionPaper
    verbose_name_plural = "Letters"
    fields = ("kind", "at", "document", "went_wrong")

    @admin.display(description="Why it has no PDF")
    def went_wrong(self, paper: ConnectionPaper) -> str:
        return paper.rendering_error or NOTHING


class ConnectionList(KeysetList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Read what the list shows, and not all that the page of a connection needs."""
        rows: Any = super().get_queryset(request, exclude_parameters)
        alone = rows.select_related(None).prefetch_related(None)
        return alone.select_related("party", "data_centre")


@admin.register(Connection)
class ConnectionAdmin(CommandAdmin):
    list_display = ("reference", "party", "title", "completed_on", "state")
    list_filter = (
        *("state", "connection_type"),
        by_period("completed_on", "completed"),
        OfPartyFilter,
    )
    search_fields = ("reference", "order__reference", "party__name")
    inlines = (PeriodInline, SessionInline, PaperInline)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    def get_changelist(
        self, request: HttpRequest, **kwargs: object
    ) -> type[ChangeList]:
        return ConnectionList


class NoticeFilter(admin.SimpleListFilter):
    """What is left to do before a notice goes, and what it waits for afterwards."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("missing", "No charge yet"),
            ("ready", "Ready to go"),
            ("sent", "Sent, not answered"),
            ("answered", "Answered"),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ContractPeriod]
    ) -> QuerySet[ContractPeriod]:
        unsent = queryset.filter(notice_at=None)
        sent = queryset.exclude(notice_at=None)
        found = {
            "missing": unsent.filter(renewal_net=None),
            "ready": unsent.exclude(renewal_net=None),
            "sent": sent.filter(answers=None),
            "answered": sent.exclude(answers=None).distinct(),
        }
        return found.get(self.value() or "", queryset)


@admin.register(ContractPeriod)
class RenewalsAdmin(ExportedList):
    """Each period to decide on, the next notice first. Source: R-2.5-4, R-2.5-5."""

    list_display = (
        "renewal_due_on",
        "whose",
        "last_day",
        "now",
        "then",
        "state",
    )
    list_filter = (NoticeFilter, by_period("renewal_due_on", "notice due"))
    search_fields = ("connection__reference", "connection__party__name")
    ordering = ("renewal_due_on", "pk")
    change_list_template = "desk/renewals.html"

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Lead to what moves a renewal on those who may do it."""
        user: Any = request.user
        if policies.may_set_renewal_charge(None, user):
            return (*self.list_display, "do")
        return (*self.list_display, "call") if is_desk(user) else self.list_display

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: Any = super().get_queryset(request)
        read: QuerySet[Any] = rows.to_decide().for_pages()
        hanging = ("answers__by", "readings__by", "connection__rate_changes")
        return read.prefetch_related(*hanging)

    @admin.display(description="Connection", ordering="connection__party__name")
    def whose(self, period: ContractPeriod) -> SafeString:
        connection = period.connection
        party = escaped(connection.party)
        return SafeString(f"{escaped(connection)}<small>{party}</small>")

    @admin.display(description="A year costs now")
    def now(self, period: ContractPeriod) -> str:
        return pounds(period.net_after_changes)

    @admin.display(description="On renewal", ordering="renewal_net")
    def then(self, period: ContractPeriod) -> str | SafeString:
        """Return the charge, and below it whether that can be right."""
        if period.renewal_net is None:
            return ""
        doubt = escaped(doubt_of(period))
        return SafeString(f"{pounds(period.renewal_net)}<small>{doubt}</small>")

    @admin.display(description="What to do")
    def do(self, period: ContractPeriod) -> str | SafeString:
        return link_to_step(period, may_price=True)

    @admin.display(description="What to do")
    def call(self, period: ContractPeriod) -> str | SafeString:
        return link_to_step(period, may_price=False)

    @admin.display(description="State")
    def state(self, period: ContractPeriod) -> str:
        return notice_state(period)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        months = months_ahead(uk_date(timezone.now()))
        facts = {"chart": MonthsChart(months), "chosen": request.GET.get("when", "")}
        return super().changelist_view(request, {**facts, **(extra_context or {})})

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        today = uk_date(timezone.now())
        overdue = ContractPeriod.objects.notice_overdue(today)
        # Those that are late are few; to count all that are ahead costs with each.
        late = len(overdue.values_list("pk")[:MOST_COUNTED])
        lead = f"A notice cannot go without its charge. Late: {late}. (Section 2.5.)"
        return {"title": "Renewals", "lead": lead}

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return csv_download("renewals", RENEWALS_HEAD, map(renewal_cells, rows))


def link_to_step(period: ContractPeriod, *, may_price: bool) -> str | SafeString:
    """Return a link to a charge, a call or a reminder; nothing where none is due."""
    found = next_step(period, may_price=may_price)
    if found is None:
        return ""
    slug, words = found
    name = f"admin:orders_connectionrequest_{slug}"
    url = reverse(name, args=[period.connection.order_id])
    hidden = f'<span class="visually-hidden">, {escaped(period.connection)}</span>'
    return SafeString(f'<a href="{url}">{words}{hidden}</a>')


@admin.register(FailoverTest)
class FailoverTestAdmin(CommandAdmin):
    """What Parties plan and saw; the configurer reads it as DCC does. R-7-1."""

    list_display = ("planned_on", "connection", "party", "state", "result", "done_on")
    list_filter = ("state", "result", by_period("planned_on", "planned for"))
    search_fields = ("connection__reference", "connection__party__name")
    ordering = ("-planned_on", "-pk")
    # In words: a supplier reads a test, and no page of whom and what it names.
    fields = readonly_fields = (
        "link",
        "planned_on",
        "note",
        "state",
        "planner",
        "planned_at",
        "done_on",
        "result",
        "seen",
        "recorder",
        "why_not",
    )

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        is_configurer = getattr(request.user, "role", "") == Role.CONFIGURER
        return super().has_view_permission(request, obj) or is_configurer

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Gateway Party", ordering="connection__party__name")
    def party(self, test: FailoverTest) -> str:
        return str(test.connection.party)

    @admin.display(description="Link that is failed")
    def link(self, test: FailoverTest) -> str:
        return f"{test.connection}, {test.connection.title}"

    @admin.display(description="Planned by")
    def planner(self, test: FailoverTest) -> str:
        return str(test.planned_by)

    @admin.display(description="Result recorded by")
    def recorder(self, test: FailoverTest) -> str:
        return str(test.recorded_by or "Nobody yet")


@admin.register(InterfaceVersion)
class InterfaceVersionAdmin(EditableRowsAdmin):
    """Versions of interface specifications that a session can name. Source: R-6-7."""

    list_display = ("name", "service", "offered")
    list_filter = ("service", "is_offered")
    search_fields = ("name",)

    @admin.display(description="Offered", ordering="is_offered")
    def offered(self, version: InterfaceVersion) -> str:
        return yes_or_no(version.is_offered)

    def may_edit(self, user: Any) -> bool:
        return is_operations(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """What sessions name already keeps its name."""
        return ("service", "name") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Any, form: object, change: bool
    ) -> None:
        by: Any = request.user
        row = save_interface_version(
            service=obj.service, name=obj.name, is_offered=obj.is_offered, by=by
        )
        obj.pk = row.pk
