"""The staff's admin site: its queues on every page, and a home of its own."""

from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from billing.staff import overdue_beside, overdue_card
from common.access import storing_unsent
from common.clock import uk_date
from common.search import MOST_CHARACTERS
from connections.rounds import remote_calls, to_collect, waiting_words
from dccportal.desk.find import found_in, one_called
from dccportal.desk.reports import report_urls
from orders.models import DeskNote
from parties.models import User
from parties.policies import signed_in
from parties.states import Role
from records.unit import ONLY_READS
from sites.rounds import rounds_of, visits_words
from worklist.staff import home, narrow
from worklist.staff.pager import LIST
from worklist.staff.queues import HeldBack, Tally, tally
from worklist.staff.saved import kept_by
from worklist.staff.strip import Strip, strip_of

# A note that names somebody stands on their first page so long; our own figure.
NAMED_FOR, NAMED_SHOWN = timedelta(days=7), 5
DIVISIONS = {
    "ENG": "England and Wales",
    "SCT": "Scotland",
    "NIR": "Northern Ireland",
}


class DeskSite(AdminSite):
    site_title = "DCC Connections desk"
    site_header = "DCC Connections desk"
    index_title = "Queues"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in DCC's staff and its suppliers, each to what was passed to them."""
        return bool(request.user.is_active and request.user.is_staff)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Keep what is sent without its writer's sign-in, until they are back.

        Nothing is taken from whoever may only read, but that they sign out.
        """
        taken = view if view == self.logout else refusing_readers(view)
        return storing_unsent(super().admin_view(taken, cacheable))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the portal's own sign-in, which is throttled and in one place."""
        if self.has_permission(request):
            return redirect("admin:index")
        login: Any = secure_admin_login(super().login)
        answer: HttpResponse = login(request, extra_context)
        return answer

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Sign out on a press of the button; a mere link leads to the question."""
        if request.method != "POST":
            return redirect("account_logout")
        logout(request)
        return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return redirect("account_reset_password")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer nobody: no page of ours asks it, and it would list any register."""
        raise Http404

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page needs: Django's own, less what no page of ours shows.

        The queues are counted, and the models found that a person may see, when a page
        shows them, and once.
        """
        found: Any = SimpleLazyObject(partial(tally_for, request))
        return self.context_with(request, found)

    def context_with(self, request: HttpRequest, found: Tally) -> dict[str, Any]:
        """Return what every page needs, the queues being counted as `found` says."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": self.has_permission(request),
            "available_apps": SimpleLazyObject(partial(self.get_app_list, request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "desk_tally": found,
            "mail_pause": SimpleLazyObject(partial(pause_for, found)),
            "desk_strip": SimpleLazyObject(partial(strip, request, found)),
            "desk_division": DIVISIONS[settings.BANK_HOLIDAY_DIVISION],
        }

    def get_urls(self) -> list[Any]:
        search = path("find/", self.admin_view(self.find_view), name="find")
        return [search, *report_urls(self), *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the box in the head of each page finds, or lead straight to it."""
        words = request.GET.get("q", "")[:MOST_CHARACTERS]
        row = one_called(self, request, words)
        if row:
            return redirect(row)
        context = {
            **self.each_context(request),
            "title": "Found",
            "sought": words,
            "registers": found_in(self, request, words),
        }
        request.current_app = self.name
        return TemplateResponse(request, "desk/find.html", context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Show how things stand; to a supplier, first its visits of the day."""
        reader = home.reader_of(request)
        kept = kept_by(reader)
        user, today = signed_in(request), reader.today
        found = home.whole_tally(reader, kept, **overdue_beside(user, today))
        context = self.context_with(request, found)
        context |= {"title": "Queues", **home.context(request, found, kept)}
        request.current_app = self.name
        template = "desk/home.html"
        context["named"] = notes_that_name(user, context["now"])
        context["overdue"] = overdue_card(user, today, found)
        if user.role == Role.INSTALLER:
            rounds, template = rounds_of(user, today), "desk/home_installer.html"
            context |= {"title": "Your visits", "rounds": rounds, "visits": []}
            context["heading"] = visits_words(len(rounds.today))
            context["to_collect"] = to_collect(user, today)
        elif user.role == Role.CONFIGURER:
            calls, template = remote_calls(user), "desk/home_configurer.html"
            context |= {"title": "To configure", "calls": calls, "today": today}
            context["heading"] = waiting_words(len(calls))
        return TemplateResponse(request, template, context)


def refusing_readers(view: Any) -> Any:
    """Refuse all that is sent by somebody who may only read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Any:
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
        if is_sent and signed_in(request).only_reads:
            raise PermissionDenied(ONLY_READS)
        return view(request, *args, **kwargs)

    return guarded


def notes_that_name(user: User, now: datetime) -> list[DeskNote]:
    """Return the last notes in which a colleague named `user`; suppliers read none."""
    if not user.is_dcc:
        return []
    seen = DeskNote.objects.visible_to(user)
    return list(seen.naming(user, now - NAMED_FOR)[:NAMED_SHOWN])


def tally_for(request: HttpRequest) -> Tally:
    return tally(signed_in(request), uk_date(timezone.now()))


def pause_for(found: Tally) -> HeldBack | None:
    return found.pause


def strip(request: HttpRequest, found: Tally) -> Strip:
    """Return the queues for the head of a page.

    The one that it shows is marked, or the one from which somebody came to it.
    """
    listed = narrow.read(request.GET.get(LIST, ""))
    queue = listed.get(narrow.QUEUE)
    from_queue = narrow.list_url({narrow.QUEUE: queue}) if queue else ""
    return strip_of(found.queues, from_queue or request.get_full_path())
