from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from common.admin import CommandAdmin, acts_for_dcc, moment
from common.pages import Answers, CommandPage, PagesAdmin
from common.periods import by_period
from common.shown import NOTHING
from records import commands
from records.admin.mail import (
    LetMailGo,
    PauseMail,
    SendOnceMore,
    kind_words,
    kinds_of_mail,
    kinds_view,
)
from records.errors import JobIsOver, JobNotFailed
from records.jobs import KINDS
from records.models import Document, Event, Job, Notice
from records.states import JobState

PARTY_READS = "The Gateway Party and staff"
STAFF_READS = "Staff only"


def thread_of() -> Any:
    """Return a column that names the order, the enquiry or the register of a row."""

    @admin.display(description="Order or register", ordering="thread")
    def shown(self: object, row: Any) -> str | None:
        return row.thread or None

    return shown


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
    list_display = (
        "happened_at",
        "belongs_to",
        "subject_shown",
        "what",
        "who",
        "read_by",
    )
    list_filter = (ReaderFilter, by_period("at", "when"))
    fields = (
        "happened_at",
        "noted_at",
        "belongs_to",
        "subject_shown",
        "what",
        "why",
        "who",
        "read_by",
    )
    readonly_fields = fields
    search_fields = ("thread", "what", "by__name")
    list_select_related = ("by",)

    happened_at = moment("at", "At")
    noted_at = moment("recorded_at", "Recorded at")
    belongs_to = thread_of()

    @admin.display(description="About")
    def subject_shown(self, event: Event) -> str:
        return event.subject_words

    @admin.display(description="Who")
    def who(self, event: Event) -> str:
        return str(event.by or "The portal")

    @admin.display(description="Who reads it", ordering="is_public")
    def read_by(self, event: Event) -> str:
        return PARTY_READS if event.is_public else STAFF_READS


@admin.register(Document)
class DocumentAdmin(CommandAdmin):
    list_display = ("name", "kind", "belongs_to", "made_at", "download")
    list_filter = ("kind", "virus_check", by_period("at", "when"))
    search_fields = ("name", "thread")
    fields = (
        "name",
        "kind",
        "belongs_to",
        "made_at",
        "by",
        "content_type",
        "size",
        "fingerprint",
        "template_version",
        "template",
        "virus_check",
        "download",
    )
    readonly_fields = ("belongs_to", "made_at", "fingerprint", "download")
    belongs_to = thread_of()
    made_at = moment("at", "Stored at")

    @admin.display(description="Fingerprint (SHA-256)")
    def fingerprint(self, document: Document) -> str:
        return document.sha256

    @admin.display(description="File")
    def download(self, document: Document) -> str:
        address = reverse("document", args=[document.pk])
        return format_html('<a href="{}">Download {}</a>', address, document.name)


class EmailKindFilter(admin.SimpleListFilter):
    """Offers the kinds that there are words for: no list is read to know them."""

    title = "kind"
    parameter_name = "kind"

    def lookups(
        self, request: HttpRequest, model_admin: object
    ) -> list[tuple[str, str]]:
        return kinds_of_mail()

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Notice)
class NoticeAdmin(PagesAdmin):
    pages = [SendOnceMore()]
    change_list_template = "desk/notices.html"
    list_display = (
        "subject",
        "to",
        "belongs_to",
        "wanted_at",
        "state",
        "dropped_because",
        "went_wrong",
    )
    readonly_fields = (
        "kind_words",
        "belongs_to",
        "wanted_at",
        "written_at",
        "was_sent",
        "went_with_it",
        "attempts",
        "went_wrong",
    )
    belongs_to = thread_of()
    wanted_at = moment("owed_at", "Owed since")
    written_at = moment("worded_at", "When its words were written")
    was_sent = moment("sent_at", "Sent")
    list_filter = ("state", EmailKindFilter, by_period("owed_at", "when"))
    search_fields = ("to", "subject", "thread")
    actions = ("send_again",)
    exclude = (
        "key",
        "kind",
        "html",
        "calendar",
        "thread",
        "owed_at",
        "worded_at",
        "sent_at",
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Add what went wrong last while it was sent, which its job knows."""
        mine = Job.objects.of(commands.deliver_notice.__name__, OuterRef("pk"))
        last = mine.order_by("-pk")
        rows: QuerySet[Any] = super().get_queryset(request)
        found: QuerySet[Any] = rows.annotate(
            error=Subquery(last.values("last_error")[:1]),
            tried=Subquery(last.values("attempts")[:1]),
        )
        return found

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pause, go = PauseMail(), LetMailGo()
        return [
            path(
                "pause/",
                view(partial(self.page_view, page=pause)),
                name=self.url_name(pause),
            ),
            path(
                "let-go/",
                view(partial(self.page_view, page=go)),
                name=self.url_name(go),
            ),
            path(
                "kinds/",
                view(partial(kinds_view, admin=self)),
                name="records_notice_kinds",
            ),
            *super().get_urls(),
        ]

    def done_url(self, request: HttpRequest, subject: object, result: object) -> str:
        """Lead to the new e-mail, or to the list where one page was about all."""
        return self.list_url() if subject is None else self.subject_url(result)

    @admin.display(description="Attempts")
    def attempts(self, notice: Any) -> str:
        return str(notice.tried or "Its work was tidied away")

    @admin.display(description="Kind")
    def kind_words(self, notice: Notice) -> str:
        return kind_words(notice.kind)

    @admin.display(description="Attached")
    def went_with_it(self, notice: Notice) -> str:
        return ", ".join(notice.attached) or NOTHING

    @admin.display(description="What went wrong last")
    def went_wrong(self, notice: Any) -> str:
        return str(notice.error or NOTHING)

    @admin.action(description="Send again", permissions=["retry"])
    def send_again(self, request: HttpRequest, chosen: "QuerySet[Any]") -> None:
        self.run(request, chosen, commands.retry_notice)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return acts_for_dcc(request.user)


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
    def may(self, subject: Job, user: object) -> bool:
        return acts_for_dcc(user)


class TryAgain(JobPage):
    slug = "try-again"
    label = "Try again"
    hint = "It starts again: a worker takes it up within a minute or two."
    button = "Try again"
    done = "It is tried again."

    def obstacle(self, subject: Job, user: object) -> str:
        return "" if subject.state == JobState.FAILED else str(JobNotFailed())

    def run(self, subject: Job, user: object, answers: Answers) -> object:
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

    def obstacle(self, subject: Job, user: object) -> str:
        is_over = subject.state in (JobState.DONE, JobState.GIVEN_UP)
        return str(JobIsOver()) if is_over else ""

    def run(self, subject: Job, user: object, answers: Answers) -> object:
        return commands.give_up(subject.pk, by=user, reason=answers["reason"])


@admin.register(Job)
class JobAdmin(PagesAdmin):
    list_display = (
        "what",
        "about",
        "belongs_to",
        "how_far",
        "since",
        "tried_from",
        "attempts",
        "last_error",
    )
    list_filter = (
        JobStateFilter,
        JobKindFilter,
        "queue",
        by_period("asked_at", "when"),
    )
    search_fields = ("about", "thread", "last_error")
    fields = (
        "what",
        "about",
        "belongs_to",
        "how_far",
        "queue",
        "since",
        "tried_from",
        "held_until",
        "attempts",
        "lost",
        "last_error",
        "was_done",
        "has_failed",
        "was_given_up",
        "given_up_by",
        "given_up_because",
    )
    readonly_fields = (
        "what",
        "belongs_to",
        "how_far",
        "since",
        "tried_from",
        "held_until",
        "was_done",
        "has_failed",
        "was_given_up",
    )
    belongs_to = thread_of()
    since = moment("asked_at", "Asked for")
    tried_from = moment("ready_at", "Tried from")
    held_until = moment("lease_until", "In a worker’s hands until")
    was_done = moment("done_at", "Done")
    has_failed = moment("failed_at", "Failed")
    was_given_up = moment("given_up_at", "Given up")
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
        return acts_for_dcc(request.user)
