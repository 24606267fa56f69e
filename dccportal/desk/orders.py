"""Orders in the admin: the page of one order, and a page for each step."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from common.pages import CommandPage
from common.prepared import prepared
from dccportal.desk import page
from dccportal.desk.sections import HISTORY, LONG_SECTIONS, LongSection
from dccportal.desk.steps import PAGES
from orders.admin import OrderListAdmin
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.querysets import OrderQuerySet
from orders.steps.base import OrderPage
from orders.steps.fill_in import FILL_IN
from orders.wording import state_words
from parties.models import User
from parties.policies import signed_in
from quotes.steps.keying import KEY_IN
from worklist.staff.narrow import Reader
from worklist.staff.pager import Place, carried, place_of

# What the page of one order needs of the apps above, beside its own rows.
JOINED = (
    "access",
    "connection",
    "circuit_order",
    "completion__certificate",
    "site_review__by",
)
# Which button of a step says that one goes on to the next thing in the list.
GO_ON = "go_on"
# No key of a row has more digits.
LONGEST_KEY = 18


@prepared
def orders_with(key: int, party: int, *, role: str) -> OrderQuerySet:
    """Ask for the order with a key, with all that its page shows joined to it."""
    seen = ConnectionRequest.objects.visible_to(User.like(party, role))
    return seen.filter(pk=key).for_pages().select_related(*JOINED)


@admin.register(ConnectionRequest)
class OrderAdmin(OrderListAdmin):
    pages = list(PAGES)
    add_page = KEY_IN

    def subject(self, request: HttpRequest, pk: int | str) -> OrderFile | None:
        user, key = signed_in(request), str(pk)
        if not (key.isdecimal() and len(key) <= LONGEST_KEY):
            return None
        for order in orders_with(int(key), user.party_id or 0, role=user.role):
            return OrderFile(order, user, timezone.now(), request.GET.dict())
        return None

    def subject_url(self, subject: Any) -> str:
        """A form that was just taken in is keyed in next; one refused is shown."""
        if isinstance(subject, RefusedForm):
            return reverse("admin:orders_refusedform_change", args=[subject.pk])
        if isinstance(subject, ConnectionRequest):
            return self.page_url(FILL_IN, subject.pk)
        return super().subject_url(subject)

    def trail(self, request: HttpRequest) -> str:
        """The list of work that one came from is not lost on the way through a step."""
        return carried(request.GET.dict())

    def around(
        self, request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
    ) -> dict[str, Any]:
        """Return what a step is about, what follows it, and where one is in a list."""
        if not (isinstance(subject, OrderFile) and isinstance(page, OrderPage)):
            return {}
        return {
            "about": subject.order,
            "state_words": state_words(subject.state),
            "follows": page.what_follows(subject, subject.user),
            "place": self.place(subject),
        }

    def place(self, file: OrderFile) -> Place | None:
        return place_of(file.chosen, Reader(file.user, file.today))

    def next_url(
        self, request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
    ) -> str:
        """Return the same step of the next thing in the list, if that is asked for.

        The next may wait for another step: then it is the page of its order.
        """
        if GO_ON not in request.POST or not isinstance(page, OrderPage):
            return ""
        place = self.place(subject)
        if place is None or place.next is None:
            return ""
        order = ConnectionRequest.objects.filter(reference=place.next.thread).first()
        if order is None or place.next.kind not in {kind.slug for kind in page.sees_to}:
            return place.next.url
        return f"{self.page_url(page, order.pk)}?{place.next.trail}"

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<int:pk>/{section.slug}/",
                self.admin_site.admin_view(partial(self.section_view, section=section)),
                name=f"orders_connectionrequest_{section.slug}",
            )
            for section in LONG_SECTIONS
            # The admin has an address for a history of its own.
            if section is not HISTORY
        ] + super().get_urls()

    def section_view(
        self, request: HttpRequest, pk: int | str, *, section: LongSection
    ) -> HttpResponse:
        """Show one long part of an order's page; it changes nothing."""
        file = self.subject(request, pk)
        if file is None:
            raise Http404
        if not section.is_read_by(file):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **section.context(file),
            "opts": self.opts,
            "title": section.title,
            "section": section,
            "order": file.order,
        }
        return TemplateResponse(request, "desk/part.html", context)

    def page_link(self, page: OrderPage[Any], file: OrderFile) -> str:
        return f"{self.page_url(page, file.pk)}{carried(file.chosen)}"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the order with everything and every button. It changes nothing."""
        if object_id is None:
            return self.page_view(request, page=KEY_IN)
        if request.method == "POST":
            raise PermissionDenied
        file = self.subject(request, object_id)
        if file is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            **page.context(file, partial(self.page_link, file=file)),
            "opts": self.opts,
            "title": f"{file}: {file.order.title}",
            "long_sections": [row for row in LONG_SECTIONS if row.is_read_by(file)],
        }
        return TemplateResponse(request, "desk/order.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show it as the other long parts: it is read where it is opened."""
        return self.section_view(request, object_id, section=HISTORY)
