from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from common.admin import CommandAdmin, is_dcc
from records import commands
from records.models import Document, Event, Notice

PARTY_READS = "The Gateway Party and staff"
STAFF_READS = "Staff only"


class ReaderFilter(admin.SimpleListFilter):
    title = "who reads it"
    parameter_name = "reader"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("party", PARTY_READS), ("staff", STAFF_READS)]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        if self.value() not in {"party", "staff"}:
            return queryset
        return queryset.filter(is_public=self.value() == "party")


@admin.register(Event)
class EventAdmin(CommandAdmin):
    list_display = ("at", "belongs_to", "about", "what", "who", "read_by")
    list_filter = (ReaderFilter,)
    fields = (
        "at",
        "recorded_at",
        "belongs_to",
        "about",
        "what",
        "why",
        "who",
        "read_by",
    )
    readonly_fields = fields
    search_fields = ("thread", "what", "by__name")
    date_hierarchy = "at"
    list_select_related = ("by",)

    @admin.display(description="Order or register", ordering="thread")
    def belongs_to(self, event: Event) -> str:
        return event.thread

    @admin.display(description="About")
    def about(self, event: Event) -> str:
        return event.subject_words

    @admin.display(description="Who")
    def who(self, event: Event) -> str:
        return str(event.by or "The portal")

    @admin.display(description="Who reads it", ordering="is_public")
    def read_by(self, event: Event) -> str:
        return PARTY_READS if event.is_public else STAFF_READS


@admin.register(Document)
class DocumentAdmin(CommandAdmin):
    list_display = ("name", "kind", "thread", "at", "download")
    list_filter = ("kind",)
    search_fields = ("name", "thread")
    date_hierarchy = "at"
    fields = (
        "name",
        "kind",
        "thread",
        "at",
        "by",
        "content_type",
        "size",
        "sha256",
        "template_version",
        "template",
        "virus_check",
        "download",
    )
    readonly_fields = ("download",)

    @admin.display(description="File")
    def download(self, document: Document) -> str:
        address = reverse("document", args=[document.pk])
        return format_html('<a href="{}">Download {}</a>', address, document.name)


@admin.register(Notice)
class NoticeAdmin(CommandAdmin):
    list_display = (
        "subject",
        "to",
        "thread",
        "owed_at",
        "state",
        "dropped_because",
        "attempts",
    )
    list_filter = ("state", "kind")
    search_fields = ("to", "subject", "thread")
    date_hierarchy = "owed_at"
    actions = ("send_again",)
    exclude = ("html",)

    @admin.action(description="Send again", permissions=["retry"])
    def send_again(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        self.run(request, chosen, commands.retry_notice)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return is_dcc(request.user)
