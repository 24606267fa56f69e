"""The desk of the guidance: a draft is written, looked at, and published."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from common.admin import ReadInline
from common.pages import PagesAdmin, attempt
from common.unsent import give_back
from guidance.admin.pages import (
    AddPage,
    AddQuestion,
    ManualForm,
    Publish,
    PublishManual,
    RemovePage,
    RemoveQuestion,
    SetAside,
    StartVersion,
    WritePage,
    WriteQuestion,
)
from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion
from guidance.states import VersionState
from parties.policies import signed_in


class PageInline(ReadInline):
    model = GuidancePage
    fields = ("section", "opens")
    readonly_fields = ("opens",)

    @admin.display(description="Title")
    def opens(self, page: GuidancePage) -> str:
        address = reverse("admin:guidance_guidancepage_change", args=[page.pk])
        return format_html('<a href="{}">{}</a>', address, page.title)


class QuestionInline(ReadInline):
    model = GuidanceQuestion
    fields = ("position", "opens", "sections")
    readonly_fields = ("opens",)

    @admin.display(description="Question")
    def opens(self, row: GuidanceQuestion) -> str:
        address = reverse("admin:guidance_guidancequestion_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, row.question)


@admin.register(GuidanceVersion)
class GuidanceVersionAdmin(PagesAdmin):
    list_display = ("number", "state", "issued_on", "approver", "summary")
    inlines = (PageInline, QuestionInline)
    fields = (
        "number",
        "state",
        "read",
        "author",
        "summary",
        "issued_on",
        "approver",
        "approver_title",
        "published_at",
        "published_by",
        "told_at",
    )
    readonly_fields = ("read", "published_at", "published_by", "told_at")
    add_page = StartVersion()
    pages = [Publish(), AddPage(), AddQuestion(), SetAside()]
    change_list_template = "admin/guidance_change_list.html"
    manual = PublishManual()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.manual_view)
        name = "guidance_guidanceversion_manual"
        return [path("manual/", view, name=name), *super().get_urls()]

    def manual_view(self, request: HttpRequest) -> HttpResponse:
        """Take the Operations Manual. Only a POST changes anything."""
        page, user = self.manual, signed_in(request)
        if not page.may(None, user):
            raise PermissionDenied
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ManualForm(*typed)
        form.use_required_attribute = False
        give_back(request, form)
        if form.is_valid() and attempt(page, None, user, form)[0]:
            self.message_user(request, page.done, messages.SUCCESS)
            return HttpResponseRedirect(self.list_url())
        return self.show(request, page, None, form)

    @admin.display(description="As readers see it")
    def read(self, version: GuidanceVersion) -> str:
        if version.state == VersionState.NOT_ISSUED:
            return "Never issued"
        address = reverse("guidance-version", args=[version.number])
        words = "Read it, with what it changes"
        return format_html('<a href="{}">{}</a>', address, words)


class TextAdmin(PagesAdmin):
    """A section or a question: changed on pages of its own while it is a draft."""

    list_filter = ("version",)
    list_select_related = ("version",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Leave it out of the index: it is reached from its version."""
        return False

    def subject_url(self, subject: Any) -> str:
        """Return to the version, since the text itself may be gone by now."""
        version = getattr(subject, "version", subject)
        return reverse("admin:guidance_guidanceversion_change", args=[version.pk])


@admin.register(GuidancePage)
class GuidancePageAdmin(TextAdmin):
    list_display = ("section", "title", "version")
    search_fields = ("section", "title", "body")
    fields = ("version", "section", "title", "body")
    pages = [WritePage(), RemovePage()]


@admin.register(GuidanceQuestion)
class GuidanceQuestionAdmin(TextAdmin):
    list_display = ("question", "sections", "version")
    search_fields = ("question", "answer")
    fields = ("version", "position", "question", "answer", "sections")
    pages = [WriteQuestion(), RemoveQuestion()]
