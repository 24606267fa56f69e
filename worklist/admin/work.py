"""The list of what is owed, over all orders: the queues, by time left, keyset paged."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Protocol

from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from common.admin import ExportedList
from common.cells import tag, two_lines
from common.clock import uk_date
from common.csv_file import AT_ONCE, csv_download, pieces
from common.escaping import escaped
from common.keyset import KeysetList
from common.pages import PagesAdmin
from common.row_addresses import RowAddresses
from common.search import Terms
from parties.models import User
from parties.policies import is_desk, signed_in
from worklist import commands
from worklist.admin.filters import (
    CameFilter,
    PartyFilter,
    QueueFilter,
    SortFilter,
    TimeLeftFilter,
    TurnFilter,
    WorkOwnerFilter,
)
from worklist.admin.hand_over import ask_to_whom, away_view, undo_view
from worklist.admin.look_after import PAGES
from worklist.admin.saved import forget_view, save_view
from worklist.models import LONGEST_NAME, WorkItem
from worklist.policies import may_look_after
from worklist.staff import narrow, pager
from worklist.staff.home import reader_of
from worklist.staff.load import loads
from worklist.staff.queues import queue_called
from worklist.staff.rows import WorkRow, rows_of

TAKE = RowAddresses("admin:worklist_workitem_take")
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


class WorkList(KeysetList):
    """What calls for somebody today, with what each row says of its order."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Leave out what is closed, which can still be opened by its address."""
        rows: Any = super().get_queryset(request, exclude_parameters)
        return rows.calling_on(uk_date(timezone.now()))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        asked, user = narrow.asked_in(request.GET.dict()), signed_in(request)
        back = request.get_full_path()
        items: Any = list(self.result_list)
        kinds = {item.kind: item.declared for item in items}
        may = {slug: may_look_after(kind, user) for slug, kind in kinds.items()}
        for row in rows_of(items, uk_date(timezone.now()), asked):
            item: Any = row.item
            item.row, item.back = row, back
            item.may_take = may[item.kind] and item.owner_id is None


class ListedWork(Protocol):
    """A thing on the list, with what the list adds to it."""

    pk: int
    owner: User | None
    row: WorkRow
    back: str
    may_take: bool


class ChosenWorkForm(ActionForm):
    """What to do with the chosen things. To whom they go is asked on the next page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].label = "With the chosen:"


@admin.register(WorkItem)
class WorkAdmin(ExportedList, PagesAdmin):
    pages = list(PAGES)
    list_display = (
        "time_left",
        "what",
        "for_thread",
        "party_and_site",
        "turn_tag",
        "owner_words",
    )
    list_display_links = None
    list_filter = (
        QueueFilter,
        TurnFilter,
        TimeLeftFilter,
        WorkOwnerFilter,
        PartyFilter,
        CameFilter,
        SortFilter,
    )
    # Only that there is a search; `find` says where it looks.
    search_fields = ("thread",)
    sortable_by = ()
    actions = ("take", "hand_over")
    action_form = ChosenWorkForm
    change_list_template = "desk/work.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkItem]:
        return super().get_queryset(request).select_related("owner")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return narrow.ordering(narrow.asked_in(request.GET.dict()))

    def get_changelist(
        self, request: HttpRequest, **kwargs: object
    ) -> type[ChangeList]:
        return WorkList

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    @admin.display(description="Time left")
    def time_left(self, item: ListedWork) -> str:
        return item.row.due.time_cell

    @admin.display(description="What")
    def what(self, item: ListedWork) -> str:
        return two_lines(item.row.due.what, item.row.due.why)

    @admin.display(description="For")
    def for_thread(self, item: ListedWork) -> str:
        return item.row.link

    @admin.display(description="Party and site")
    def party_and_site(self, item: ListedWork) -> str:
        return two_lines(item.row.subject.party, item.row.title)

    @admin.display(description="Whose turn")
    def turn_tag(self, item: ListedWork) -> str:
        return tag(item.row.due.turn, item.row.due.turn_kind)

    @admin.display(description="Owner")
    def owner_words(self, item: ListedWork) -> str:
        owner = str(item.owner or "Nobody yet")
        if not item.may_take:
            return owner
        return SafeString(
            f'{escaped(owner)}<button type="submit" class="button is-quiet desk-take" '
            f'formaction="{TAKE.of(item.pk)}" name="back" value="{escaped(item.back)}">'
            f'Take<span class="desk-vh"> {escaped(item)}</span></button>'
        )

    # The list

    def find(
        self, request: HttpRequest, rows: QuerySet[WorkItem], terms: Terms
    ) -> tuple[QuerySet[WorkItem], bool]:
        return rows.filter(narrow.searched(terms.text, reader_of(request))), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        asked = narrow.asked_in(request.GET.dict())
        saving = {"asked": narrow.written(asked), "longest_name": LONGEST_NAME}
        return super().changelist_view(request, {**saving, **(extra_context or {})})

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        asked = narrow.asked_in(request.GET.dict())
        queue = queue_called(asked.get(narrow.QUEUE, ""))
        first = "came" if narrow.is_by_coming(asked) else "will be late"
        lead = queue.lead if queue else f"What {first} first comes first."
        if asked.get(narrow.TURN) == narrow.THEIRS:
            lead = (
                "What Gateway Parties owe. It is counted apart, and never late for us."
            )
        if gone := narrow.not_known(asked):
            named = ", ".join(f"“{one}”" for one in gone)
            lead = (
                f"No filter knows {named} any more, so this list shows more than it "
                "was made for. Choose anew, and keep it under its name again."
            )
        return {"title": narrow.title_of(asked), "lead": lead}

    def as_csv(
        self, rows: QuerySet[WorkItem], request: HttpRequest
    ) -> HttpResponseBase:
        return csv_download("work", HEADS, cells_of(rows))

    # Who looks after it

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        lists = [
            path("lists/keep/", view(save_view), name="worklist_savedlist_save"),
            path("who/", view(self.who_view), name="worklist_workitem_who"),
            path(
                "who/<int:colleague>/hand-over/",
                view(partial(away_view, admin=self)),
                name="worklist_workitem_away",
            ),
            path(
                "hand-over/<int:pk>/undo/",
                view(undo_view),
                name="worklist_workitem_undo",
            ),
            path(
                "lists/<int:pk>/forget/",
                view(forget_view),
                name="worklist_savedlist_forget",
            ),
        ]
        return [*lists, *super().get_urls()]

    def has_look_after_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and not signed_in(request).only_reads

    def has_hand_over_permission(self, request: HttpRequest) -> bool:
        """Several at once are handed over by DCC; a supplier does it one by one."""
        user = signed_in(request)
        return bool(user.is_active and user.acts_for_dcc)

    @admin.action(description="Take", permissions=["look_after"])
    def take(self, request: HttpRequest, chosen: QuerySet[WorkItem]) -> None:
        self.run(request, chosen, commands.take_work)

    @admin.action(
        description="Hand over to a colleague, or to nobody", permissions=["hand_over"]
    )
    def hand_over(
        self, request: HttpRequest, chosen: QuerySet[WorkItem]
    ) -> HttpResponse | None:
        """Hand over all that is chosen, or none, once it is said to whom."""
        return ask_to_whom(self, request, chosen)

    def who_view(self, request: HttpRequest) -> HttpResponse:
        """Show who has how much, and lead to handing all of it over."""
        user = signed_in(request)
        if not user.is_dcc:
            raise PermissionDenied
        reader = reader_of(request)
        work = WorkItem.objects.visible_to(user).calling_on(reader.today)
        context = {
            **self.admin_site.each_context(request),
            "title": "Who has what",
            "loads": loads(work, reader),
            "may_hand_over": is_desk(user),
        }
        return TemplateResponse(request, "desk/who.html", context)

    # One thing has no page of its own: it is read on that of what it is about.

    def subject_url(self, subject: WorkItem | User) -> str:
        if isinstance(subject, User):
            # It is about all that they have.
            return reverse("admin:worklist_workitem_who")
        return rows_of([subject], uk_date(timezone.now()))[0].url

    def done_url(self, request: HttpRequest, subject: object, result: object) -> str:
        """Lead back to where the button stood, if that was a page of ours."""
        back = request.POST.get("back", "")
        if back.startswith("/") and url_has_allowed_host_and_scheme(back, None):
            return back
        return super().done_url(request, subject, result)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if object_id is None:
            raise PermissionDenied
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        asked = narrow.read(request.GET.get(pager.LIST, ""))
        return redirect(rows_of([item], uk_date(timezone.now()), asked)[0].url)


def cells_of(rows: QuerySet[WorkItem]) -> Iterator[list[Any]]:
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
                str(row.subject.party),
                row.title,
                row.due.turn,
                row.due.owner,
                uk_date(row.item.opened_at),
            ]
