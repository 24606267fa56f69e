"""Pages for staff to read, and small pages that call one command each."""

from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django_fsm import ConcurrentTransition

from common.errors import DomainError
from common.fields import Day, Pounds, Whole
from common.filters import offered_lookups
from common.kept import give_back
from common.search import Terms, read_terms

NOT_ALLOWED = "You may not do this."
CHANGED_MEANWHILE = (
    "Somebody else changed this at the same moment, so nothing was done. "
    "Look at it again before you go on."
)


class CommandAdmin(admin.ModelAdmin[Any]):
    """Read-only admin: nothing is added, edited or deleted past the commands."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Keep what the person may know of, where the model has an opinion."""
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def lookup_allowed(
        self, lookup: str, value: Any, request: HttpRequest | None = None
    ) -> bool:
        """Let a list be asked only what it offers itself."""
        return lookup in offered_lookups(self)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Answer a filter that nobody offered as one that cannot be: by the list."""
        try:
            return super().get_changelist_instance(request)
        except DisallowedModelAdminLookup as refusal:
            raise IncorrectLookupParameters from refusal

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """Look for so many words and no more, and say so when some were left out."""
        terms = read_terms(search_term)
        if terms.notice:
            self.message_user(request, terms.notice, messages.WARNING)
        return self.find(request, queryset, terms)

    def find(
        self, request: HttpRequest, rows: "QuerySet[Any]", terms: Terms
    ) -> tuple["QuerySet[Any]", bool]:
        """Return what is found, and whether a row may be found twice."""
        return super().get_search_results(request, rows, terms.text)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_dcc(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def run(
        self,
        request: HttpRequest,
        chosen: "QuerySet[Model]",
        command: Callable[..., Any],
    ) -> None:
        """Call `command(pk, by=user)` on each chosen row, and say how each went."""
        for row in chosen:
            try:
                command(row.pk, by=request.user)
            except (DomainError, PermissionDenied) as refusal:
                words = str(refusal) or NOT_ALLOWED
                self.message_user(request, f"{row}: {words}", messages.ERROR)
            else:
                self.message_user(request, f"{row}: done.", messages.SUCCESS)


class KeptAdmin(CommandAdmin):
    """Dated rows that some staff add and change; what was used is never deleted."""

    formfield_overrides = {
        models.DateField: {"form_class": Day},
        models.DecimalField: {"form_class": Pounds},
        models.IntegerField: {"form_class": Whole},
    }

    def may_keep(self, user: Any) -> bool:
        """Say who adds and changes rows: nobody, unless the admin of the rows does."""
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_keep(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_keep(request.user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return a form that shows again what could not be taken."""
        plain: Any = super().get_form(request, obj, change, **kwargs)

        class Kept(plain):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                give_back(request, self)

        return Kept

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the admin's own log empty: the portal keeps its own history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave the admin's own log empty, as above."""


class DatedAdmin(KeptAdmin):
    """Kept rows that hold from a day to a day: one can be ended, never changed."""

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        if obj is None:
            return ()
        names = [field.name for field in self.opts.fields]
        return tuple(name for name in names if name not in ("id", "until_on"))


class AbstractAdmin(forms.MediaDefiningClass, ABCMeta):
    """Lets a class of the admin leave something to those that build on it."""


class ExportedList(CommandAdmin, metaclass=AbstractAdmin):
    """A list that can be taken away whole, as a table for spreadsheets."""

    @abstractmethod
    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        """Return `rows` as a file to download, as the person may read them."""

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        """Return the title of the list and what leads into it."""
        return {}

    @property
    def list_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        route = path("export/", export, name=f"{self.list_name}_export")
        return [route, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        export = reverse(f"admin:{self.list_name}_export")
        words = {
            **self.list_words(request),
            "export_url": f"{export}?{request.GET.urlencode()}",
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send the whole list as it is filtered, searched and sorted."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            chosen = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            # The list says the same of filters that nobody offered.
            address = reverse(f"admin:{self.list_name}_changelist")
            return HttpResponseRedirect(f"{address}?{ERROR_FLAG}=1")
        return self.as_csv(chosen.get_queryset(request), request)


class ReadInline(admin.TabularInline[Any, Any]):
    """Rows that hang from another, to read."""

    template = "admin/read_inline.html"
    extra = 0
    can_delete = False
    show_change_link = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_dcc(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def is_dcc(user: Any) -> bool:
    return bool(user.is_active and getattr(user, "is_dcc", False))


class CommandPage(ABC):
    """One small page that asks for what one command needs, and calls it.

    A GET changes nothing. What the command refuses is shown above what was typed.
    """

    slug = ""
    label = ""
    hint = ""
    button = ""
    done = "Done."
    form_class: type[forms.Form] = forms.Form
    template = "admin/command.html"

    @abstractmethod
    def may(self, subject: Any, user: Any) -> bool:
        """Say whether the person's part ever includes this. If not: 403."""

    def obstacle(self, subject: Any, user: Any) -> str:
        """Say in words why it cannot be done now; empty when it can."""
        return ""

    def form(self, subject: Any, user: Any, posted: Any = None) -> forms.Form:
        return self.form_class(posted, initial=self.initial(subject))

    def initial(self, subject: Any) -> dict[str, Any]:
        return {}

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        """Return what the page shows beside its form."""
        return {}

    @abstractmethod
    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        """Call the command. It may refuse with a DomainError or PermissionDenied."""

    def blamed(self, refusal: DomainError, answers: dict[str, Any]) -> str | None:
        """Return the field that a refusal speaks of; None if it is the whole form."""
        return None

    def message(self, subject: Any, result: Any) -> str:
        return self.done

    def is_offered(self, subject: Any, user: Any) -> bool:
        return self.may(subject, user) and not self.obstacle(subject, user)


def attempt(
    page: CommandPage, subject: Any, user: Any, form: forms.Form
) -> tuple[bool, Any]:
    """Run the page's command; put its refusal in words at the top of the form."""
    obstacle = page.obstacle(subject, user)
    if obstacle:
        form.add_error(None, obstacle)
        return False, None
    try:
        return True, page.run(subject, user, form.cleaned_data)
    except ConcurrentTransition:
        form.add_error(None, CHANGED_MEANWHILE)
    except DomainError as refusal:
        form.add_error(page.blamed(refusal, form.cleaned_data), str(refusal))
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal) or NOT_ALLOWED)
    return False, None


class PagesAdmin(CommandAdmin):
    """Admin whose changes are command pages: `pages` on a row, `add_page` for a new."""

    pages: list[CommandPage] = []
    add_page: CommandPage | None = None
    change_form_template = "admin/pages_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<int:pk>/{page.slug}/",
                self.admin_site.admin_view(partial(self.page_view, page=page)),
                name=self.url_name(page),
            )
            for page in self.pages
        ] + super().get_urls()

    def url_name(self, page: CommandPage) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page.slug}"

    def page_url(self, page: CommandPage, pk: int) -> str:
        return reverse(f"admin:{self.url_name(page)}", args=[pk])

    def subject(self, request: HttpRequest, pk: int) -> Any:
        """Return what the pages are about; None is a 404."""
        return self.get_object(request, str(pk))

    def subject_url(self, subject: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[subject.pk])

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.add_page is not None and self.add_page.may(None, request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Show the row and what can be done with it; adding is a command page."""
        if object_id is None and self.add_page is not None:
            return self.page_view(request, page=self.add_page)
        row = self.get_object(request, object_id or "")
        links = [
            {"label": page.label, "url": self.page_url(page, row.pk)}
            for page in self.pages
            if row is not None and page.is_offered(row, request.user)
        ]
        extra = {"command_links": links, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, extra)

    def page_view(
        self, request: HttpRequest, pk: int | None = None, *, page: CommandPage
    ) -> HttpResponse:
        """Show a command page, or run it. Only a POST changes anything."""
        is_post = request.method == "POST"
        subject = None if pk is None else self.subject(request, pk)
        if pk is not None and subject is None:
            raise Http404
        if not page.may(subject, request.user):
            raise PermissionDenied
        form = page.form(subject, request.user, request.POST if is_post else None)
        form.use_required_attribute = False
        form.files = request.FILES
        give_back(request, form)
        if is_post and form.is_valid():
            is_done, result = attempt(page, subject, request.user, form)
            if is_done:
                words = page.message(subject, result)
                self.message_user(request, words, messages.SUCCESS)
                return HttpResponseRedirect(self.subject_url(subject or result))
        return self.show(request, page, subject, form)

    def show(
        self, request: HttpRequest, page: CommandPage, subject: Any, form: forms.Form
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": page.label,
            "page": page,
            "subject": subject,
            "back": self.subject_url(subject) if subject else self.list_url(),
            "form": form,
            "obstacle": "" if form.is_bound else page.obstacle(subject, request.user),
            "media": form.media,
            **page.context(subject, request.user),
        }
        return TemplateResponse(request, page.template, context)

    def list_url(self) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return reverse(name)
