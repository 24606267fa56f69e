"""Small pages for staff that call one command each, and the admin that offers them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django_fsm import ConcurrentTransition

from common.admin import NOT_ALLOWED, CommandAdmin
from common.asking_back import only_asks
from common.cursor import put_cursor
from common.errors import DomainError
from common.unsent import give_back

# What a command answers instead of doing what it was asked.
REFUSALS = (ConcurrentTransition, DomainError, PermissionDenied)
CHANGED_MEANWHILE = (
    "Somebody else changed this at the same moment, so nothing was done. "
    "Look at it again before you go on."
)
Subject = TypeVar("Subject")
Person = TypeVar("Person")
Result = TypeVar("Result")
Row = TypeVar("Row")
Done = TypeVar("Done")
# Which button asks for the e-mails before anything is done.
LOOK = "look"
# What a form of staff holds once it is valid, by the names of its fields.
Answers = dict[str, Any]


class CommandPage(ABC, Generic[Subject, Person, Result]):
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
    # Whether the e-mails of it can be read before they go.
    reads_first = False

    @abstractmethod
    def may(self, subject: Subject, user: Person) -> bool:
        """Say whether the person's part ever includes this. If not: 403."""

    def obstacle(self, subject: Subject, user: Person) -> str:
        """Say in words why it cannot be done now; empty when it can."""
        return ""

    def form(
        self, subject: Subject, user: Person, posted: QueryDict | None = None
    ) -> forms.Form:
        return self.form_class(posted, initial=self.initial(subject))

    def initial(self, subject: Subject) -> dict[str, Any]:
        return {}

    def context(self, subject: Subject, user: Person) -> dict[str, Any]:
        """Return what the page shows beside its form."""
        return {}

    def keep(self, subject: Subject, user: Person, form: forms.Form) -> None:
        """Keep of what was sent all that can be kept, even where the rest is wrong."""

    @abstractmethod
    def run(self, subject: Subject, user: Person, answers: Answers) -> Result:
        """Call the command. It may refuse with a DomainError or PermissionDenied."""

    def letters_first(
        self, subject: Subject, user: Person, answers: Answers
    ) -> Sequence[object]:
        """Return the e-mails that `run` would owe; it refuses what `run` refuses."""
        return []

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        """Return the field that a refusal speaks of; None if it is the whole form."""
        return None

    def message(self, subject: Subject, result: Result) -> str:
        return self.done

    def leads_to(self, subject: Subject, result: Result, answers: Answers) -> str:
        """Return the slug of the page that comes next; empty: that of the subject."""
        return ""

    def goes_on_with(self, subject: Subject, result: Result) -> object:
        """Return the row whose page comes next; None: that of the result."""
        return subject

    def is_offered(self, subject: Subject, user: Person) -> bool:
        return self.may(subject, user) and not self.obstacle(subject, user)


def still_there(row: Row | None) -> Row:
    """Return a row that the page found when it was opened.

    Raises:
        ConcurrentTransition: it has gone since, which the page says in words.
    """
    if row is None:
        raise ConcurrentTransition
    return row


def attempt(
    page: CommandPage[Subject, Person, Result],
    subject: Subject,
    user: Person,
    form: forms.Form,
) -> tuple[bool, Result | None]:
    """Run the page's command; put its refusal in words at the top of the form."""
    return tried(page, subject, user, form, page.run)


def tried(
    page: CommandPage[Subject, Person, Any],
    subject: Subject,
    user: Person,
    form: forms.Form,
    act: Callable[[Subject, Person, Answers], Done],
) -> tuple[bool, Done | None]:
    """Do what a page leads to; a refusal stands in words at what it speaks of."""
    obstacle = page.obstacle(subject, user)
    if obstacle:
        form.add_error(None, obstacle)
        return False, None
    try:
        return True, act(subject, user, form.cleaned_data)
    except DomainError as refusal:
        form.add_error(page.blamed(refusal, form.cleaned_data), str(refusal))
    except (ConcurrentTransition, PermissionDenied) as refusal:
        form.add_error(None, refusal_words(refusal))
    return False, None


def refusal_words(refusal: Exception) -> str:
    """Return what a page says of what its command does not do."""
    if isinstance(refusal, ConcurrentTransition):
        return CHANGED_MEANWHILE
    return str(refusal) or NOT_ALLOWED


def filled(
    request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
) -> forms.Form:
    """Return the page's form with what was sent; the cursor is in a new one's first."""
    posted = request.POST if request.method == "POST" else None
    form = page.form(subject, request.user, posted)
    form.use_required_attribute = False
    form.files = request.FILES
    give_back(request, form)
    if posted is None:
        put_cursor(form)
    return form


class PagesAdmin(CommandAdmin):
    """Admin whose changes are command pages: `pages` on a row, `add_page` for a new."""

    pages: list[CommandPage[Any, Any, Any]] = []
    add_page: CommandPage[Any, Any, Any] | None = None
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

    def url_name(self, page: CommandPage[Any, Any, Any]) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page.slug}"

    def page_url(self, page: CommandPage[Any, Any, Any], pk: int) -> str:
        return reverse(f"admin:{self.url_name(page)}", args=[pk])

    def subject(self, request: HttpRequest, pk: int) -> Any:
        """Return what the pages are about; None is a 404."""
        return self.get_object(request, str(pk))

    def subject_url(self, subject: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[subject.pk])

    def has_add_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return self.add_page is not None and self.add_page.may(None, request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the row and what can be done with it; adding is a command page."""
        if object_id is None and self.add_page is not None:
            return self.page_view(request, page=self.add_page)
        row = self.get_object(request, object_id or "")
        trail = self.trail(request)
        links = [
            {"label": page.label, "url": f"{self.page_url(page, row.pk)}{trail}"}
            for page in self.pages
            if row is not None and page.is_offered(row, request.user)
        ]
        extra = {"command_links": links, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, extra)

    def page_view(
        self,
        request: HttpRequest,
        pk: int | None = None,
        *,
        page: CommandPage[Any, Any, Any],
    ) -> HttpResponse:
        """Show a command page, or run it, for what the address names."""
        subject = None if pk is None else self.subject(request, pk)
        if pk is not None and subject is None:
            raise Http404
        return self.page_about(request, subject, page=page)

    def page_about(
        self, request: HttpRequest, subject: Any, *, page: CommandPage[Any, Any, Any]
    ) -> HttpResponse:
        """Show a command page, or run it. Only a POST changes anything."""
        is_post = request.method == "POST"
        if not page.may(subject, request.user):
            raise PermissionDenied
        form = filled(request, page, subject)
        if is_post and not form.is_valid():
            page.keep(subject, request.user, form)
        is_to_read = page.reads_first and LOOK in request.POST
        # What is asked back is read with its e-mails: both help to decide.
        if is_to_read and (form.is_valid() or only_asks(form)):
            _, letters = tried(page, subject, request.user, form, page.letters_first)
            return self.show(request, page, subject, form, letters)
        if is_post and form.is_valid():
            is_done, result = attempt(page, subject, request.user, form)
            if is_done:
                return self.go_on(request, page, subject, form, result)
        return self.show(request, page, subject, form)

    def go_on(
        self,
        request: HttpRequest,
        page: CommandPage[Any, Any, Any],
        subject: Any,
        form: forms.Form,
        result: object,
    ) -> HttpResponse:
        """Say what was done, and lead to what comes next."""
        self.message_user(request, page.message(subject, result), messages.SUCCESS)
        following = page.leads_to(subject, result, form.cleaned_data)
        pk = None if subject is None else subject.pk
        return HttpResponseRedirect(
            self.next_url(request, page, subject)
            or (following and self.step_url(request, pk, following))
            or self.done_url(request, page.goes_on_with(subject, result), result)
        )

    def show(
        self,
        request: HttpRequest,
        page: CommandPage[Any, Any, Any],
        subject: object,
        form: forms.Form,
        letters: Sequence[object] | None = None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": page.label,
            "page": page,
            "subject": subject,
            "back": self.back_url(request, subject),
            "form": form,
            "obstacle": "" if form.is_bound else page.obstacle(subject, request.user),
            "media": form.media,
            "letters": letters,
            **self.around(request, page, subject),
            **page.context(subject, request.user),
        }
        return TemplateResponse(request, page.template, context)

    def around(
        self, request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
    ) -> dict[str, Any]:
        """Return what every page about such a subject shows: what it is about."""
        return {}

    def step_url(self, request: HttpRequest, pk: int | None, slug: str) -> str:
        """Return the address of another page about the same subject."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{slug}"
        url = reverse(f"admin:{name}", args=[pk])
        return f"{url}{self.trail(request)}"

    def next_url(
        self, request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
    ) -> str:
        """Return where one asked to go on to, once it is done; empty: nowhere else."""
        return ""

    def done_url(self, request: HttpRequest, subject: object, result: object) -> str:
        """Return where one goes when the page's command has done its work."""
        return f"{self.subject_url(subject or result)}{self.trail(request)}"

    def back_url(self, request: HttpRequest, subject: object) -> str:
        if subject is None:
            return self.list_url()
        return f"{self.subject_url(subject)}{self.trail(request)}"

    def trail(self, request: HttpRequest) -> str:
        """Return what the addresses of its pages carry along: where one came from."""
        return ""

    def list_url(self) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return reverse(name)
