from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.drawings import TimeBar
from common.time_left import TimeLeft, calendar_days_left
from connections import words
from connections.commands import is_free_for_registration
from connections.deadlines import window_last_day
from connections.models import (
    Connection,
    ConnectionPaper,
    ContractPeriod,
    UseDeclaration,
)
from connections.obligations import RENEW
from connections.policies import may_share
from connections.querysets import ConnectionPaperQuerySet
from connections.rounds import collection_of
from connections.states import PaperKind
from orders.models import ConnectionRequest, Sharer
from orders.states import ConnectionType, Option, Route
from parties.models import User
from sites.models import InstallationStage
from sites.states import StageKind
from worklist.contacts.needs import needs_in
from worklist.people import people_of

PER_PAGE = 25
SECTIONS = {Option.LOW: "4.1", Option.MEDIUM: "4.2", Option.HIGH: "4.3"}


@require_safe
@for_contacts
def connections(request: UserRequest) -> HttpResponse:
    found = Connection.objects.visible_to(request.user).for_pages()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.period_to_decide) for row in page]
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
    period = found.period_to_decide
    paper = end_paper(found)
    facts = {
        "connection": found,
        "period": period,
        "bar": bar_of(period, today) if period else None,
        "is_notice_late": bool(period and is_notice_late(period, today)),
        **renewal_facts(period, request.user, today),
        **sharing_facts(found, request.user, today),
        "needs": needs_in(
            found.thread,
            request.user,
            people_of(found.party_id, request.user, today),
            today,
        ),
        "sessions": found.open_sessions,
        "today": today,
        "circuit": lv_circuit(found.order),
        "taking_over": found.taking_over,
        "section": SECTIONS[found.order.option],
        "paper": paper,
        "is_fixed_end": found.is_over or is_on_a_chosen_day(paper),
        "collection": collection_of(found, today) if found.is_leaving else None,
        "other": Connection.objects.visible_to(request.user)
        .other_of_pair(found)
        .first(),
    }
    return render(request, "connections/connection.html", facts)


def end_paper(connection: Connection) -> ConnectionPaper | None:
    """Return the confirmation of its end; None where it goes on. Source: R-2.10-3."""
    if not connection.is_leaving:
        return None
    papers: ConnectionPaperQuerySet = connection.papers.all()
    return papers.filter(kind=PaperKind.END).first()


def sharing_facts(connection: Connection, user: User, today: date) -> dict[str, Any]:
    """Return who shares a connection, who did, and what the reader may do about it."""
    rows = list(connection.order.sharers.select_related("added_by", "ended_by"))
    now = [row for row in rows if row.until_on is None or row.until_on >= today]
    may = may_share(connection, user)
    # Only a SEC Party in its own right shares its connection (T1).
    is_ground_there = may and connection.party.is_sec_party_on(today)
    return {
        "sharers": now,
        "past_sharers": [row for row in rows if row not in now],
        "may_share": is_ground_there and not connection.is_leaving,
        "is_no_sec_party": may and not is_ground_there,
        "may_end_sharing": may,
        "is_free": is_free_for_registration(connection),
        "chargeable": connection.chargeable,
        "declarations": declarations_of(connection),
    }


def declarations_of(connection: Connection) -> list[UseDeclaration]:
    """Return what was asked and declared of a free connection; of others nothing."""
    if connection.order.route != Route.E3:
        return []
    return list(connection.use_declarations.select_related("declared_by"))


def is_on_a_chosen_day(paper: ConnectionPaper | None) -> bool:
    """Say whether a connection ends on a day that its Party chose: for certain."""
    return paper is not None and not paper.facts["in_window"]


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
        "answered": period.answers.exists(),
        "renewal": words.renew(period, None, today),
        "is_mine": people.is_for_reader(RENEW),
        "why_not": people.why_not(RENEW),
    }


def lv_circuit(order: ConnectionRequest) -> InstallationStage | None:
    """Return the circuit of an LV connection, with what its test measured. R-2.6-7."""
    if order.connection_type != ConnectionType.LV:
        return None
    return order.stages.filter(stage=StageKind.CIRCUIT).first()


def bar_of(period: ContractPeriod, today: date) -> TimeBar:
    """Draw the period with its window, as it is or, before the notice, as planned."""
    return TimeBar(period.starts_on, period.months, today, window_of(period))


def window_of(period: ContractPeriod) -> tuple[date, date]:
    """Return the time to leave free of charge, as it is or as planned."""
    opens = period.notice_on or period.renewal_due_on
    return opens, period.window_last_day or window_last_day(opens)


def is_notice_late(period: ContractPeriod, today: date) -> bool:
    return period.notice_at is None and today > period.renewal_due_on


def renewal_left(period: ContractPeriod, today: date) -> TimeLeft | None:
    """Return how long it can be cancelled free of charge, while it can."""
    last_day, notice_on = period.window_last_day, period.notice_on
    if last_day is None or today > last_day or notice_on is None:
        return None
    how = words.how_worked_out(period)
    return calendar_days_left(last_day, today, how=how, section="2.5 T5")
