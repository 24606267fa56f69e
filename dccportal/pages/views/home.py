from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.csv_file import csv_download
from dccportal.pages import home as lists
from dccportal.pages import needs as waiting
from dccportal.pages.forms import OrderFilters
from dccportal.search import SEARCHED, find_orders
from orders.querysets import OrderQuerySet
from orders.views.base import nobody_authorises

PER_PAGE = 25
FINISHED_PER_PAGE = 10


@require_safe
@login_required
def home(request: UserRequest) -> HttpResponseBase:
    if request.user.is_staff:
        return redirect("admin:index")
    today = uk_date(timezone.now())
    orders = lists.orders_of(request.user)
    needs = waiting.needs_of(request.user, today)
    filters = OrderFilters(request.GET)
    progress = page_of(
        lists.chosen(orders.in_progress(), filters.chosen), request, "page", PER_PAGE
    )
    ended = find_orders(orders.finished(), filters.terms)
    finished = page_of(
        lists.latest_first(ended), request, "finished", FINISHED_PER_PAGE
    )
    has_any = progress.paginator.count or finished.paginator.count or filters.is_used
    facts = {
        "today": today,
        "heading": waiting.heading(needs, today) if has_any else "You have no orders",
        "needs": needs[: waiting.SHOWN],
        "has_more_needs": len(needs) > waiting.SHOWN,
        "nobody_authorises": nobody_authorises(
            request.user, request.user.party_id or 0
        ),
        "nav_count": waiting.nav_count(len(needs)),
        "filters": filters,
        "has_any": has_any,
        "is_filtered": filters.is_used,
        "terms": filters.terms,
        "searched": SEARCHED,
        "progress": progress,
        "progress_rows": lists.rows_of(list(progress), today),
        "finished": finished,
        "finished_rows": lists.rows_of(list(finished), today),
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/home.html", facts)


def page_of(
    orders: OrderQuerySet, request: UserRequest, parameter: str, size: int
) -> Page[Any]:
    return Paginator(orders, size).get_page(request.GET.get(parameter))


@require_safe
@for_contacts
def orders_csv(request: UserRequest) -> HttpResponse | HttpResponseBase:
    today = uk_date(timezone.now())
    filters = OrderFilters(request.GET).chosen
    orders = lists.chosen(lists.orders_of(request.user), filters)
    rows = lists.csv_rows(orders, today)
    return csv_download("orders", lists.CSV_HEAD, rows)
