from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from common.admin import CommandAdmin, is_dcc
from common.pages import Answers, CommandPage, PagesAdmin
from records import commands
from records.errors import JobIsOver, JobNotFailed
from records.jobs import KINDS
from records.models import Document, Event, Job, Notice
from records.states import JobState

PARTY_READS = "The Gateway Party and staff"
STAFF_READS = "Staff only"


class ReaderFilter(admin.SimpleListFilter):
    title = "who reads it"
    parameter_name = "reader"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
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
        "went_wrong",
    )
    readonly_fields = ("went_wrong",)
    list_filter = ("state", "kind")
    search_fields = ("to", "subject", "thread")
    date_hierarchy = "owed_at"
    actions = ("send_again",)
    exclude = ("html",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Add what went wrong last while it was sent, which its job knows."""
        mine = Job.objects.of(commands.deliver_notice.__name__, OuterRef("pk"))
        error = Subquery(mine.order_by("-pk").values("last_error")[:1])
        rows: QuerySet[Any] = super().get_queryset(request).annotate(error=error)
        return rows

    @admin.display(description="What went wrong last")
    def went_wrong(self, notice: Any) -> str:
        return str(notice.error or "")

    @admin.action(description="Send again", permissions=["retry"])
    def send_again(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        self.run(request, chosen, commands.retry_notice)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return is_dcc(request.user)


class JobStateFilter(admin.SimpleListFilter):
    title = "how far it is"
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(str(state), str(state.label)) for state in JobState]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        return queryset.in_state(chosen) if chosen in JobState.values else queryset


class JobKindFilter(admin.SimpleListFilter):
    title = "what is to be done"
    parameter_name = "kind"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return sorted((kind.name, kind.label) for kind in KINDS.values())

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class JobPage(CommandPage[Job, Any, object]):
    def may(self, subject: Job, user: Any) -> bool:
        return is_dcc(user)


class TryAgain(JobPage):
    slug = "try-again"
    label = "Try again"
    hint = "It starts again: a worker takes it up within a minute or two."
    button = "Try again"
    done = "It is tried again."

    def obstacle(self, subject: Job, user: Any) -> str:
        return "" if subject.state == JobState.FAILED else str(JobNotFailed())

    def run(self, subject: Job, user: Any, answers: Answers) -> object:
        return commands.try_again(subject.pk, by=user)


class GiveUpForm(forms.Form):
    reason = forms.CharField(
        label="Why it is given up",
        help_text="Staff read it here and in the history. Nobody else does.",
        error_messages={"required": "Write why it is given up"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiveUp(JobPage):
    slug = "give-up"
    label = "Give up"
    hint = "It is not tried again. What it was for stays undone: see to that first."
    button = "Give it up"
    done = "It is given up."
    form_class = GiveUpForm

    def obstacle(self, subject: Job, user: Any) -> str:
        is_over = subject.state in (JobState.DONE, JobState.GIVEN_UP)
        return str(JobIsOver()) if is_over else ""

    def run(self, subject: Job, user: Any, answers: Answers) -> object:
        return commands.give_up(subject.pk, by=user, reason=answers["reason"])


@admin.register(Job)
class JobAdmin(PagesAdmin):
    list_display = (
        "what",
        "about",
        "thread",
        "how_far",
        "asked_at",
        "ready_at",
        "attempts",
        "last_error",
    )
    list_filter = (JobStateFilter, JobKindFilter, "queue")
    search_fields = ("about", "thread", "last_error")
    date_hierarchy = "asked_at"
    fields = (
        "what",
        "about",
        "thread",
        "how_far",
        "queue",
        "asked_at",
        "ready_at",
        "lease_until",
        "attempts",
        "lost",
        "last_error",
        "done_at",
        "failed_at",
        "given_up_at",
        "given_up_by",
        "given_up_because",
    )
    readonly_fields = ("what", "how_far")
    actions = ("try_again",)
    pages = [TryAgain(), GiveUp()]

    @admin.display(description="What is to be done", ordering="kind")
    def what(self, job: Job) -> str:
        return job.label

    @admin.display(description="How far it is")
    def how_far(self, job: Job) -> str:
        return str(job.state.label)

    @admin.action(description="Try again", permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        self.run(request, chosen, commands.try_again)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return is_dcc(request.user)
