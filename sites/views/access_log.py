"""The log of who has been at an order's equipment, for the people of its Party."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from common.access import UserRequest, for_contacts
from common.clock import uk_time
from common.csv_file import csv_download
from common.forms import refusals_in
from common.unsent import give_back
from orders.models import ConnectionRequest
from sites import commands, policies
from sites.forms import AccessEntryForm, LogFilters, LogPlaceForm
from sites.models import AccessEntry, AccessLogCopy, AccessLogPlace
from sites.querysets import AccessLogQuerySet
from sites.states import StageKind

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 25
CSV_HEAD = (
    "Entry",
    "Person",
    "Company",
    "Came in",
    "Left",
    "Purpose",
    "Escorted by",
    "Equipment touched",
    "Recorded by",
    "Recorded",
    "Corrects entry",
    "Why it was corrected",
    "Corrected by entry",
)


def order_or_404(request: UserRequest, reference: str) -> ConnectionRequest:
    """Return an order whose equipment is installed; before that there is no log."""
    visible = ConnectionRequest.objects.visible_to(request.user)
    installed = visible.filter(stages__stage=StageKind.EQUIPMENT)
    joined = installed.select_related("party", "data_centre")
    order: ConnectionRequest = get_object_or_404(joined, reference=reference)
    return order


def entries_of(order: ConnectionRequest, request: UserRequest) -> AccessLogQuerySet:
    found: AccessLogQuerySet = AccessEntry.objects.visible_to(request.user)
    return found.filter(order=order).for_pages()


def place_of(order: ConnectionRequest, request: UserRequest) -> AccessLogPlace | None:
    """Return what was said last of where the log is kept."""
    found = AccessLogPlace.objects.visible_to(request.user).filter(order=order)
    return found.select_related("by").first()


def copy_of(order: ConnectionRequest, request: UserRequest) -> AccessLogCopy | None:
    """Return the PDF that was asked for last; a worker may still be making it."""
    found = AccessLogCopy.objects.visible_to(request.user).filter(order=order)
    return found.select_related("document", "by").first()


@require_safe
@for_contacts
def access_log(request: UserRequest, reference: str) -> HttpResponse:
    order = order_or_404(request, reference)
    filters = LogFilters(request.GET)
    entries = entries_of(order, request).search(filters.terms)
    facts = {
        "order": order,
        "place": place_of(order, request),
        "filters": filters,
        "is_filtered": bool(filters.terms.words),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "copy": copy_of(order, request),
        "may_write_log": policies.may_write_access_log(order, request.user),
    }
    return render(request, "sites/access_log.html", facts)


@require_safe
@for_contacts
def access_log_csv(request: UserRequest, reference: str) -> HttpResponseBase:
    order = order_or_404(request, reference)
    terms = LogFilters(request.GET).terms
    found = entries_of(order, request).search(terms).iterator(chunk_size=500)
    rows = (row_of(entry) for entry in found)
    return csv_download(f"access-log-{order.reference}", CSV_HEAD, rows)


@require_POST
@for_contacts
def access_log_pdf(request: UserRequest, reference: str) -> HttpResponse:
    """Ask for the whole log as a PDF; the page offers it when a worker has made it."""
    order = order_or_404(request, reference)
    copy = commands.ask_for_log_copy(order.pk, by=request.user)
    said = "The PDF is being made. It is on this page when it is there."
    messages.success(request, f"{said} It says what the log said {uk_time(copy.at)}.")
    return redirect("access-log", order.reference)


def row_of(entry: AccessEntry) -> list[Any]:
    correction = entry.corrected_by
    return [
        entry.pk,
        entry.person,
        entry.company,
        entry.came_at,
        entry.left_at,
        entry.purpose,
        entry.escort,
        entry.equipment,
        str(entry.by),
        entry.at,
        entry.corrects_id,
        entry.why,
        correction.pk if correction else None,
    ]


def corrected_or_404(
    order: ConnectionRequest, request: UserRequest
) -> AccessEntry | None:
    """Return the entry that the address says is to be corrected, if it says one."""
    asked = request.GET.get("corrects", "")
    if not asked:
        return None
    if not asked.isdecimal():
        raise Http404
    entry: AccessEntry = get_object_or_404(entries_of(order, request), pk=int(asked))
    return entry


@for_contacts
@ASK_AND_ANSWER
def access_log_new(request: UserRequest, reference: str) -> HttpResponse:
    """Ask who came, when and why; or what is right of an entry that is wrong."""
    order = order_or_404(request, reference)
    entry = corrected_or_404(order, request)
    posted = request.POST if request.method == "POST" else None
    form = AccessEntryForm(posted, corrects=entry)
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            new = commands.record_access_entry(
                order.pk,
                by=request.user,
                corrects=entry.pk if entry else None,
                **form.cleaned_data,
            )
            done = "The correction" if entry else f"The access of {new.person}"
            messages.success(request, f"{done} is in the log.")
            return redirect("access-log", order.reference)
    facts = {
        "order": order,
        "form": form,
        "entry": entry,
        "may_write_log": policies.may_write_access_log(order, request.user),
    }
    return render(request, "sites/access_log_new.html", facts)


@for_contacts
@ASK_AND_ANSWER
def access_log_place(request: UserRequest, reference: str) -> HttpResponse:
    """Ask where the Party keeps its log, if not here."""
    order = order_or_404(request, reference)
    place = place_of(order, request)
    posted = request.POST if request.method == "POST" else None
    form = LogPlaceForm(posted, where=place.where if place else "")
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.state_log_place(order.pk, by=request.user, where=form.where)
            messages.success(request, "It is kept where the access log is.")
            return redirect("access-log", order.reference)
    facts = {
        "order": order,
        "form": form,
        "may_write_log": policies.may_write_access_log(order, request.user),
    }
    return render(request, "sites/access_log_place.html", facts)
