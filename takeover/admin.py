"""The pages of the desk on which what exists is taken over, for DCC Operations."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from common.admin import CommandAdmin
from common.csv_file import csv_download
from common.errors import DomainError
from parties.models import User
from parties.policies import signed_in
from takeover import commands, policies
from takeover.forms import TakeOverForm
from takeover.models import TakenFile, TakenLine
from takeover.states import FileKind
from takeover.tables import COLUMNS, NOUNS

LIST, FILE = "takeover_takenfile_changelist", "takeover_takenfile_change"
UPLOAD, TEMPLATE, CONFIRM = (
    "takeover_takenfile_upload",
    "takeover_takenfile_csv",
    "takeover_takenfile_confirm",
)
FILES_SHOWN = 50
SECONDS_TO_LOOK_AGAIN = 4


def taker(request: HttpRequest) -> User:
    """Return who signed in, once they may take over what exists."""
    user = signed_in(request)
    if not policies.may_take_over(None, user):
        raise PermissionDenied
    return user


def require_reader(request: HttpRequest) -> None:
    if not policies.may_read_files(None, signed_in(request)):
        raise PermissionDenied


def kind_called(name: str) -> FileKind:
    try:
        return FileKind(name)
    except ValueError:
        raise Http404 from None


@admin.register(TakenFile)
class TakenFileAdmin(CommandAdmin):
    """The files that were handed in, each with what was found in it."""

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        user = request.user
        return isinstance(user, User) and policies.may_read_files(obj, user)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<slug:kind>.csv", view(self.template_view), name=TEMPLATE),
            path("<slug:kind>/hand-in/", view(self.upload_view), name=UPLOAD),
            path("<int:pk>/confirm/", view(self.confirm_view), name=CONFIRM),
            path("", view(self.changelist_view), name=LIST),
            path("<path:object_id>/change/", view(self.change_view), name=FILE),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """Show the kinds of files in their order, and the files so far."""
        require_reader(request)
        rows = TakenLine.objects.order_by().values_list("kind").annotate(Count("pk"))
        counts = dict(rows)
        kinds = [(kind, counts.get(kind.value, 0)) for kind in FileKind]
        files = TakenFile.objects.select_related("document", "by")
        facts = {
            "title": "Take over what exists",
            "kinds": kinds,
            "files": files[:FILES_SHOWN],
            "may_take_over": policies.may_take_over(None, signed_in(request)),
        }
        return self.shown(request, "desk/take_over.html", facts)

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Give the heads of a file with one example of a line."""
        taker(request)
        columns = COLUMNS[kind_called(kind)]
        heads = [column.head for column in columns]
        return csv_download(kind, heads, [[column.example for column in columns]])

    def upload_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Take a file, which a worker then checks; nothing is taken over by that."""
        user, chosen = taker(request), kind_called(kind)
        is_post = request.method == "POST"
        form = TakeOverForm(
            request.POST if is_post else None, request.FILES if is_post else None
        )
        if form.is_valid():
            file = form.cleaned_data["file"]
            row = commands.hand_in_file(chosen, file, by=user)
            return redirect(f"admin:{FILE}", row.pk)
        _, key = NOUNS[chosen]
        label = f"Take over: {chosen.label.lower()}"
        facts = {
            "title": label,
            "page": {"label": label, "button": "Check the file"},
            "back": reverse(f"admin:{LIST}"),
            "form": form,
            "kind": chosen,
            "key": key,
            "columns": COLUMNS[chosen],
        }
        return self.shown(request, "desk/take_over_file.html", facts)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what a file comes to; while a worker has it, how far it is."""
        require_reader(request)
        if not object_id.isdecimal():
            raise Http404
        files = TakenFile.objects.select_related("document", "by", "confirmed_by")
        row = get_object_or_404(files, pk=object_id)
        facts = {
            "title": f"{row.get_kind_display()}: {row}",
            "file": row,
            "done": commands.progress_of(row),
            "may_take_over": policies.may_take_over(row, signed_in(request)),
        }
        response = self.shown(request, "desk/taken_file.html", facts)
        if row.is_under_way:
            # A page that says how far it is looks again by itself, without a script.
            response["Refresh"] = str(SECONDS_TO_LOOK_AGAIN)
        return response

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return confirmed(request, pk, self)

    def shown(
        self, request: HttpRequest, template: str, facts: dict[str, Any]
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **facts,
        }
        return TemplateResponse(request, template, context)


@require_POST
def confirmed(request: HttpRequest, pk: int, pages: TakenFileAdmin) -> HttpResponse:
    """Have a file taken over as it was checked."""
    row = get_object_or_404(TakenFile, pk=pk)
    try:
        commands.confirm_file(row.pk, by=signed_in(request))
    except DomainError as refusal:
        pages.message_user(request, str(refusal), messages.ERROR)
    return redirect(f"admin:{FILE}", row.pk)
