from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.drawings import TimeBar
from common.errors import DomainError
from common.time_left import TimeLeft, calendar_days_left
from common.unsent import give_back
from connections import commands, words
from connections.deadlines import window_last_day
from connections.forms import SessionRequestForm
from connections.models import Connection, ContractPeriod
from connections.obligations import RENEW
from orders.models import ConnectionRequest, Sharer
from orders.states import ConnectionType, Option
from parties.models import User
from sites.models import InstallationStage
from sites.states import StageKind
from worklist.people import people_of

PER_PAGE = 25
SECTIONS = {Option.LOW: "4.1", Option.MEDIUM: "4.2", Option.HIGH: "4.3"}


@require_safe
@for_contacts
def connections(request: UserRequest) -> HttpResponse:
    found = Connection.objects.visible_to(request.user).for_pages()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, latest_period(row)) for row in page]
    shares = Sharer.objects.visible_to(request.user)
    shared = shares.used_by(request.user.party_id, uk_date(timezone.now()))
    facts = {"page": page, "rows": rows, "shared": list(shared)}
    return render(request, "connections/connections.html", facts)


def one(request: UserRequest, reference: str) -> Connection:
    found = Connection.objects.visible_to(request.user).for_pages()
    connection: Connection = get_object_or_404(found, reference=reference)
    return connection


@require_safe
@for_contacts
def connection(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    today = uk_date(timezone.now())
    period = latest_period(found)
    facts = {
        "connection": found,
        "period": period,
        "bar": bar_of(period, today) if period else None,
        "is_notice_late": bool(period and is_notice_late(period, today)),
        **renewal_facts(period, request.user, today),
        "sessions": [row for row in found.sessions.all() if row.state != "closed"],
        "today": today,
        "circuit": lv_circuit(found.order),
        "section": SECTIONS[found.order.option],
        "other": Connection.objects.visible_to(request.user)
        .other_of_pair(found)
        .first(),
    }
    return render(request, "connections/connection.html", facts)


def renewal_facts(
    period: ContractPeriod | None, user: User, today: date
) -> dict[str, Any]:
    """Return how long a period can be ended for nothing, and whose that is to say."""
    left = renewal_left(period, today) if period else None
    if period is None or left is None:
        return {"left": None}
    people = people_of(period.connection.party_id, user, today)
    return {
        "left": left,
        "renewal": words.renew(period, None, today),
        "is_mine": people.is_for_reader(RENEW),
        "why_not": people.why_not(RENEW),
    }


def lv_circuit(order: ConnectionRequest) -> InstallationStage | None:
    """Return the circuit of an LV connection, with what its test measured. R-2.6-7."""
    if order.connection_type != ConnectionType.LV:
        return None
    return order.stages.filter(stage=StageKind.CIRCUIT).first()


def latest_period(connection: Connection) -> ContractPeriod | None:
    """Return the period that runs or ran last; an RDP has none."""
    periods = list(connection.periods.all())
    return periods[-1] if periods else None


def bar_of(period: ContractPeriod, today: date) -> TimeBar:
    """Draw the period with its window, as it is or, before the notice, as planned."""
    notice_on = period.notice_on or period.renewal_due_on
    last_day = period.window_last_day or window_last_day(period.renewal_due_on)
    return TimeBar(period.starts_on, period.years, today, (notice_on, last_day))


def is_notice_late(period: ContractPeriod, today: date) -> bool:
    return period.notice_at is None and today > period.renewal_due_on


def renewal_left(period: ContractPeriod, today: date) -> TimeLeft | None:
    """Return how long it can be cancelled free of charge, while it can."""
    last_day, notice_on = period.window_last_day, period.notice_on
    if last_day is None or today > last_day or notice_on is None:
        return None
    how = words.how_worked_out(period)
    return calendar_days_left(last_day, today, how=how, section="2.5 T5")


@require_safe
@for_contacts
def sessions(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    facts = {"connection": found, "sessions": list(found.sessions.all())}
    return render(request, "connections/sessions.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def session_new(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    form = SessionRequestForm(request.POST if request.method == "POST" else None)
    give_back(request, form)
    if form.is_valid():
        try:
            session = commands.request_session(
                found.pk, by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f"You asked for session {session.name}. It costs nothing."
            messages.success(request, words)
            return redirect("sessions", reference=found.reference)
    facts: dict[str, Any] = {"connection": found, "form": form}
    return render(request, "connections/session_new.html", facts)
