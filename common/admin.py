"""Pages for staff to read, and small pages that call one command each."""

from abc import ABCMeta, abstractmethod
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import models
from django.db.models import Model, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from common.clock import uk_time
from common.errors import DomainError
from common.escaping import escaped
from common.fields import Day, Pounds, Whole
from common.filters import offered_lookups
from common.keyset import EXPORT, KeysetList
from common.search import Terms, read_terms
from common.shown import NOTHING, shown
from common.unsent import give_back

NOT_ALLOWED = "You may not do this."
# So many rows are named by a message about several.
MOST_NAMED = 5
NO_BREAK = "\N{NO-BREAK SPACE}"
CHOOSE_ALL = SafeString('<input type="checkbox" id="action-toggle">')


class ReadOnly:
    """What is read at the desk and changed by commands alone: DCC's staff see it."""

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return is_dcc(request.user)

    def has_add_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class CommandAdmin(ReadOnly, admin.ModelAdmin[Any]):
    """Read-only admin: nothing is added, edited or deleted past the commands."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @property
    def list_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Keep what the person may know of, where the model has an opinion."""
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return what the page of a row tells; what can be changed stays a field."""
        names = super().get_fields(request, obj)
        is_read = obj is not None and not self.has_change_permission(request, obj)
        return shown(self.model, names) if is_read else names

    def lookup_allowed(
        self, lookup: str, value: object, request: HttpRequest | None = None
    ) -> bool:
        """Let a list be asked only what it offers itself."""
        return lookup in offered_lookups(self)

    def get_changelist(
        self, request: HttpRequest, **kwargs: object
    ) -> type[ChangeList]:
        return KeysetList

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

    @admin.display(description=CHOOSE_ALL)
    def action_checkbox(self, obj: Model) -> SafeString:
        """Write Django's own checkbox: its widget renders three templates a row."""
        return SafeString(
            f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="{obj.pk}" '
            'class="action-select" '
            f'aria-label="Select this object for an action - {escaped(obj)}">'
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def response_action(
        self, request: HttpRequest, queryset: "QuerySet[Any]"
    ) -> HttpResponse | None:
        """Do what was chosen, and say how much of it is not in the list any more.

        Django leaves that out and says nothing, also where nothing is left.

        Raises:
            SuspiciousOperation: what was chosen is no row of any list.
        """
        keys = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        if not all(key.isascii() and key.isdigit() for key in keys):
            raise SuspiciousOperation
        gone = len(keys) - queryset.filter(pk__in=keys).count() if keys else 0
        if gone:
            are = "is" if gone == 1 else "are"
            words = (
                f"{gone} of the {len(keys)} that you chose {are} not in this list any "
                "more: somebody else acted meanwhile. Nothing was done with it."
            )
            self.message_user(request, words, messages.WARNING)
        answer: HttpResponse | None = super().response_action(request, queryset)
        return answer

    def run(
        self,
        request: HttpRequest,
        chosen: "QuerySet[Model]",
        command: Callable[..., Any],
    ) -> None:
        """Call `command(pk, by=user)` on each chosen row, and say once how it went.

        What was refused is named, alike refusals together; what was done is counted.
        """
        done, refused = [], defaultdict(list)
        for row in chosen:
            try:
                command(row.pk, by=request.user)
            except (DomainError, PermissionDenied) as refusal:
                refused[str(refusal) or NOT_ALLOWED].append(row)
            else:
                done.append(row)
        if done:
            self.message_user(request, f"{named(done)}: done.", messages.SUCCESS)
        for words, rows in refused.items():
            self.message_user(request, f"{named(rows)}: {words}", messages.ERROR)


def named(rows: list[Model]) -> str:
    """Return the names of a few rows; of many, how many there are and the first."""
    if len(rows) == 1:
        return str(rows[0])
    names = "; ".join(map(str, rows[:MOST_NAMED]))
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{len(rows)} ({names}{more})"


def unbroken_day(words: str) -> str:
    """Return an instant in words whose line ends only between its day and its time."""
    day, comma, time = words.partition(", ")
    return f"{day.replace(' ', NO_BREAK)}{comma}{time}"


def moment(name: str, words: str) -> Any:
    """Return a column for an instant, told as on all pages: 5 March 2026, 2:40pm.

    Where it is narrow, the time stands below its day, which is not broken.
    """

    @admin.display(description=words, ordering=name)
    def told(self: object, row: object) -> str:
        at = getattr(row, name)
        return unbroken_day(uk_time(at)) if at else NOTHING

    return told


class EditableRowsAdmin(CommandAdmin):
    """Rows that some staff add and change; what was used is never deleted."""

    formfield_overrides = {
        models.DateField: {"form_class": Day},
        models.DecimalField: {"form_class": Pounds},
        models.IntegerField: {"form_class": Whole},
    }

    def may_edit(self, user: object) -> bool:
        """Say who adds and changes rows: nobody, unless the admin of the rows does."""
        return False

    def has_add_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return self.may_edit(request.user)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return self.may_edit(request.user)

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> Any:
        """Return a form that shows again what could not be taken."""
        plain: Any = super().get_form(request, obj, change, **kwargs)

        class FormGivenBack(plain):
            def __init__(self, *args: object, **kwargs: object) -> None:
                super().__init__(*args, **kwargs)
                give_back(request, self)

        return FormGivenBack

    def log_addition(self, request: HttpRequest, obj: object, message: object) -> Any:
        """Leave the admin's own log empty: the portal keeps its own history."""

    def log_change(self, request: HttpRequest, obj: object, message: object) -> Any:
        """Leave the admin's own log empty, as above."""


class DatedAdmin(EditableRowsAdmin):
    """Rows that hold from a day to a day: one can be ended, never changed."""

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
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

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_view)
        route = path("export/", export, name=f"{self.list_name}{EXPORT}")
        return [route, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        export = reverse(f"admin:{self.list_name}{EXPORT}")
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


class ReadInline(ReadOnly, admin.TabularInline[Any, Any]):
    """Rows that hang from another, to read."""

    template = "admin/read_inline.html"
    extra = 0
    can_delete = False
    show_change_link = False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return shown(self.model, self.fields or ())

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> Any:
        return self.get_fields(request, obj)


def is_dcc(user: Any) -> bool:
    return bool(user.is_active and getattr(user, "is_dcc", False))


def acts_for_dcc(user: Any) -> bool:
    return bool(user.is_active and getattr(user, "acts_for_dcc", False))
