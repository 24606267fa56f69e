from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.csv_file import csv_download
from common.paging import FewPages
from dccportal.pages import home as lists
from orders.forms.filters import OrderFilters
from orders.querysets import OrderQuerySet
from orders.search import SEARCHED, find_orders
from parties.models import User
from parties.states import Purpose
from worklist.contacts import needs as waiting
from worklist.people import People, people_of

PER_PAGE = 25
FINISHED_PER_PAGE = 10


@require_safe
@login_required
def home(request: UserRequest) -> HttpResponseBase:
    if request.user.is_staff:
        return redirect("admin:index")
    today = uk_date(timezone.now())
    filters = OrderFilters(request.GET)
    facts: dict[str, Any] = {
        "today": today,
        "filters": filters,
        "is_filtered": filters.is_used,
        "terms": filters.terms,
        "searched": SEARCHED,
        "query": request.GET.urlencode(),
    }
    people = people_of(request.user.party_id, request.user, today)
    facts |= listed(request, filters, people, today)
    facts |= needed(request.user, people, today)
    pages = (facts["progress"], facts["finished"])
    facts["has_any"] = filters.is_used or any(page.paginator.count for page in pages)
    if not facts["has_any"]:
        facts["heading"] = "You have no orders"
    return render(request, "pages/home.html", facts)


def needed(user: User, people: People, today: date) -> dict[str, Any]:
    """Return what is theirs to do and what is their colleagues', for the page."""
    needs = waiting.needs_of(user, people, today)
    colleagues = waiting.needs_of_colleagues(user, people, today)
    return {
        "heading": waiting.heading(needs, today),
        "needs": needs[: waiting.SHOWN],
        "has_more_needs": len(needs) > waiting.SHOWN,
        "colleagues": colleagues[: waiting.SHOWN],
        "has_more_colleagues": len(colleagues) > waiting.SHOWN,
        "nobody_authorises": not people.nominated(Purpose.AUTHORISE),
        "may_submit": user in people.nominated(Purpose.SUBMIT),
        "nav_count": waiting.nav_count(len(needs)),
    }


def listed(
    request: UserRequest, filters: OrderFilters, people: People, today: date
) -> dict[str, Any]:
    """Return the lists of orders, for the page."""
    user, now, is_all = request.user, timezone.now(), not filters.is_used

    def orders() -> OrderQuerySet:
        return lists.chosen(user, filters.chosen, today).in_progress()

    def ended() -> OrderQuerySet:
        found = find_orders(lists.orders_of(user, now).finished(), filters.terms)
        return lists.latest_first(found)

    def first(size: int) -> list[Any]:
        found = lists.first_in_progress(user.party_id, now, today, size=size)
        return lists.with_pairs(found)

    def first_ended(size: int) -> list[Any]:
        return lists.with_pairs(lists.first_finished(user.party_id, now, size=size))

    progress = page_of(orders, request, "page", PER_PAGE, first if is_all else None)
    whole = first_ended if is_all else None
    finished = page_of(ended, request, "finished", FINISHED_PER_PAGE, whole)
    rows = lists.rows_of([*progress, *finished], people, today)
    return {
        "progress": progress,
        "progress_rows": rows[: len(progress)],
        "finished": finished,
        "finished_rows": rows[len(progress) :],
    }


def page_of(
    build: Callable[[], OrderQuerySet],
    request: UserRequest,
    parameter: str,
    size: int,
    first: Callable[[int], list[Any]] | None,
) -> Page[Any]:
    """Return a page of a list, which is built only where its first is not prepared."""
    number = request.GET.get(parameter, "1")
    orders: Any = SimpleLazyObject(build)
    # Whoever asks for a later page has more than one.
    if number != "1":
        return Paginator(orders, size).get_page(number)
    return FewPages(orders, size, first).get_page(number)


@require_safe
@for_contacts
def orders_csv(request: UserRequest) -> HttpResponse | HttpResponseBase:
    today = uk_date(timezone.now())
    filters = OrderFilters(request.GET).chosen
    orders = lists.chosen(request.user, filters, today)
    people = people_of(request.user.party_id, request.user, today)
    rows = lists.csv_rows(orders, people, today)
    return csv_download("orders", lists.CSV_HEAD, rows)
