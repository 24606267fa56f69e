"""Where a Party keeps or cancels a connection whose period is ending."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.drawings import WindowBar
from common.forms import refusals_in
from common.money import ZERO, percent_words, pounds, vat_on
from common.unsent import give_back
from common.wording import long_day_words, months_words
from connections import commands, policies, words
from connections.deadlines import ends_on
from connections.forms import RenewalAnswerForm
from connections.models import Connection, ContractPeriod
from connections.states import PaperKind, RenewalChoice
from connections.views.connection import one, renewal_left, window_of
from parties.models import User
from parties.states import Purpose
from quotes.commands.prices import vat_rate_on
from worklist.people import people_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def renewal(request: UserRequest, reference: str) -> HttpResponse:
    """Show what each choice means; a POST answers. One clock reading serves both."""
    now = timezone.now()
    found = one(request, reference)
    period = found.period_to_decide
    if period is None:
        raise Http404
    commands.record_renewal_reading(period, by=request.user, at=now)
    facts = facts_of(found, period, request.user, now)
    is_post = request.method == "POST"
    if is_post and not facts["may_end"]:
        raise PermissionDenied
    form = RenewalAnswerForm(request.POST if is_post else None, period=period)
    give_back(request, form)
    if form.is_valid():
        choice = form.cleaned_data["choice"]
        with refusals_in(form):
            commands.answer_renewal(period.pk, by=request.user, choice=choice, at=now)
            messages.success(request, said(found, choice))
            return redirect("renewal", found.reference)
    return render(request, "connections/renewal.html", {**facts, "form": form})


def said(connection: Connection, choice: str) -> str:
    connection.refresh_from_db(fields=["ends_on"])
    if choice == RenewalChoice.KEEP:
        return f"{connection} is kept. Everybody who may decide is told."
    day = long_day_words(connection.ends_on)
    return f"{connection} is cancelled and ends on {day}. It costs nothing further."


def facts_of(
    connection: Connection, period: ContractPeriod, user: User, now: datetime
) -> dict[str, Any]:
    today = uk_date(now)
    answers = list(period.answers.select_related("by"))
    people = people_of(connection.party_id, user, today)
    return {
        "connection": connection,
        "period": period,
        "answer": answers[-1] if answers else None,
        "answers": answers,
        "readings": list(period.readings.select_related("by")),
        "left": renewal_left(period, today),
        "is_free": period.is_free_to_leave(today),
        "is_open": period.is_free_to_leave(today) and not connection.is_over,
        "would_end_on": ends_on(period, today),
        "may_end": policies.may_end(connection, user),
        "deciders": people.nominated(Purpose.AUTHORISE),
        "months": months_words(settings.RENEWAL_MONTHS),
        "last_day_words": long_day_words(connection.ends_on),
        "sessions": connection.open_sessions,
        "charge": charge_rows(period, today),
        "bar": bar_of(period, today),
        "how": words.how_worked_out(period) if period.notice_at else "",
        "today": today,
        "is_hv": connection.is_hv,
        "change": connection.open_change,
        "notice": period.papers.filter(kind=PaperKind.NOTICE).first(),
    }


def bar_of(period: ContractPeriod, today: date) -> WindowBar:
    """Draw the end of the period with the time to decide in it."""
    return WindowBar(window_of(period), period.next_begins_on, today)


def charge_rows(period: ContractPeriod, today: date) -> list[dict[str, Any]]:
    """Return the annual charge of now and of the renewal, with VAT at today's rate.

    Nothing before a notice has stated a charge.
    """
    if period.stated_net is None:
        return []
    now, then = period.annual_net, period.net_on_renewal
    rate = vat_rate_on(today)
    tax_now, tax_then = vat_on(now, rate), vat_on(then, rate)
    return [
        change("Excluding VAT", now, then, share(now, then)),
        change(f"VAT at {percent_words(rate)}", tax_now, tax_then),
        change("With VAT", now + tax_now, then + tax_then),
    ]


def change(name: str, now: Decimal, then: Decimal, part: str = "") -> dict[str, Any]:
    """Return a row of the table: two amounts in pounds, and what lies between."""
    more = then - now
    sign = "+ " if more > ZERO else ""
    words = f"{pounds(abs(more))} {'more' if more > ZERO else 'less'}"
    return {
        "name": name,
        "now": now,
        "then": then,
        "difference": f"{sign}{pounds(more)}{part}",
        "words": words if more else "the same",
    }


def share(now: Decimal, then: Decimal) -> str:
    """Return by how much it changes, to a tenth of a per cent; nothing from nothing."""
    if now in (ZERO, then):
        return ""
    return f", {abs(then - now) * 100 / now:.1f}%"
