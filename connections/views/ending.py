"""What ending a connection on a day costs, and where a Party ends it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.errors import DomainError
from common.forms import refusals_in
from common.money import pounds, vat_on
from common.unsent import give_back
from common.wording import long_day_words
from connections import commands, policies
from connections.drawings import StepChart
from connections.forms import EndConnectionForm, LastDayForm
from connections.models import Connection, ContractPeriod
from connections.views.connection import end_paper, one, window_of
from quotes.commands.prices import vat_rate_on


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def ending(request: UserRequest, reference: str) -> HttpResponse:
    """Work out any day; a POST ends the connection on it. One clock serves both."""
    now = timezone.now()
    found, today = one(request, reference), uk_date(now)
    may_end, is_post = policies.may_end(found, request.user), request.method == "POST"
    if is_post and not may_end:
        raise PermissionDenied
    asked = LastDayForm(request.GET if "last_day_day" in request.GET else None)
    confirmed = read_day(request.POST.get("last_day", ""))
    last_day = confirmed or day_asked(asked, found, today) or today
    facts = facts_of(found, last_day, today)
    form = EndConnectionForm(
        request.POST if is_post else None,
        last_day=last_day,
        net=facts["net"],
        agreed=agreed_to(found, facts["net"], today),
    )
    give_back(request, form)
    if form.is_valid() and ended(request, found, form, now):
        return redirect("connection", found.reference)
    forms = {"asked": asked, "form": form, "may_end": may_end}
    return render(request, "connections/ending.html", {**facts, **forms})


def read_day(text: str) -> date | None:
    """Return the day that our own hidden field bears; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_asked(asked: LastDayForm, connection: Connection, today: date) -> date | None:
    """Return the day that is asked about; None, with words, where it cannot be one."""
    if not asked.is_valid():
        return None
    day: date = asked.cleaned_data["last_day"]
    try:
        commands.check_last_day(connection, day, today)
    except DomainError as refusal:
        asked.add_error("last_day", str(refusal))
        return None
    return day


def agreed_to(connection: Connection, net: Decimal, today: date) -> str:
    """Return what ticking says of the cost. Source: R-2.10-2."""
    if not net:
        return "I understand that ending it on that day costs nothing further"
    gross = net + vat_on(net, vat_rate_on(today))
    return (
        f"I understand that {connection.party} will be charged {pounds(net)} "
        f"excluding VAT, {pounds(gross)} with VAT at today’s rate"
    )


def ended(
    request: UserRequest, connection: Connection, form: EndConnectionForm, now: datetime
) -> bool:
    """End it; False where it is refused in words."""
    answers = form.cleaned_data
    with refusals_in(form):
        commands.cancel_connection(
            connection.pk,
            by=request.user,
            last_day=answers["last_day"],
            acknowledged=answers["amount"],
            reason=answers["reason"],
            at=now,
        )
        day = long_day_words(answers["last_day"])
        words = f"{connection} ends on {day}. You have it by e-mail too."
        messages.success(request, words)
        return True
    return False


def facts_of(connection: Connection, last_day: date, today: date) -> dict[str, Any]:
    commitment = commands.commitment_of(connection)
    stretches = list(commitment.stretches())
    period = connection.period_to_decide
    window = window_of(period) if period else None
    chart = StepChart(stretches, today, last_day, window) if stretches else None
    return {
        "connection": connection,
        "period": period,
        "last_day": last_day,
        "latest": commands.latest_end(connection),
        "net": commitment.balance(last_day),
        "commitment": commitment,
        "invoiced": commitment.invoiced_by(last_day),
        "lines": commitment.left_by(last_day),
        "later": [line for line in commitment.lines if today < line.due_on],
        "left_today": commitment.balance(today),
        "window": window,
        "stretches": stretches,
        "chart": chart,
        "sessions": connection.open_sessions,
        "paper": end_paper(connection),
        **both_facts(connection, period),
    }


def both_facts(connection: Connection, period: ContractPeriod | None) -> dict[str, Any]:
    """Return what is to take over from it, and whether both may wait for the minimum.

    Source: R-2.7.1-4.
    """
    orders = connection.taking_over
    is_minimum = period is not None and period.is_first
    return {"taking_over": orders, "both_until": bool(orders) and is_minimum}
