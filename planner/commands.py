"""Keeping a plan, clearing old ones, and making requests of one."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from orders.commands import save_answers, start_pair, start_request
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from orders.states import REGISTRATION_USES, Route
from parties.models import Party, User
from parties.policies import is_operations, may_submit_for
from planner.errors import NoGatewayParty, PlanAlreadyStarted, PlanHasNoOption
from planner.models import MessageSize, Plan
from planner.querysets import prices_on
from planner.states import PAIRS
from records.transitions import record_event
from records.unit import command

TOKEN_BYTES = 16


@command
def save_message_size(
    row: MessageSize, *, by: User, at: datetime | None = None
) -> MessageSize:
    """Add an assumed size of a message, or end one. Kept plans hold their own.

    Args:
        row: well formed; not yet saved, or with a new last day.

    Raises:
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.8-5, R-2.8-8.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    what = "Size entered" if row.pk is None else "Size ended"
    row.save()
    what = f"{what}: {row}, {row.size_bytes} bytes"
    record_event(row, "save_message_size", by=by, at=at, what=what, is_public=False)
    return row


@command
def save_plan(answers: Mapping[str, Any], *, at: datetime | None = None) -> Plan:
    """Keep a plan under an address that cannot be guessed, with the day's prices.

    Anybody may, so nobody is recorded: a plan holds nothing of a person. It never
    changes; one that is changed is another plan.

    Args:
        answers: figures and choices by field name, already well formed.

    Source: R-2.8-1, R-2.9.3-2.
    """
    at = at or timezone.now()
    today = uk_date(at)
    return Plan.objects.create(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        answers=dict(answers),
        prices=Plan.written(prices_on(today)),
        ceiling_mbps=settings.HV_MAXIMUM_MBPS,
        kept_at=at,
        kept_until_on=today + timedelta(days=settings.PLAN_KEPT_DAYS),
    )


@command
def start_requests(
    token: str, *, by: User, at: datetime | None = None
) -> list[ConnectionRequest]:
    """Make the requests that a plan asks for, with its choices filled in.

    One for the low option; two linked ones, primary first, for the others. What the
    plan leaves open stays open: nothing that was only suggested is carried over.

    Raises:
        PermissionDenied: `by` is of no Gateway Party, or not nominated to submit.
        PlanHasNoOption: it is not decided how many connections are wanted.
        PlanAlreadyStarted: the Party has requests of this plan that are not closed.
        NoStanding: the Party may not order today.

    Source: R-1.3-6, R-2.4-1, R-2.4.1-2, R-2.4.2-2.
    """
    at = at or timezone.now()
    # The Party's lock keeps two of its people from starting the same plan at once.
    party = Party.objects.locked().filter(pk=by.party_id or 0).first()
    if party is None:
        raise PermissionDenied(str(NoGatewayParty()))
    if not may_submit_for(by, party.pk):
        raise PermissionDenied(str(NotNominated(party=party)))
    plan = Plan.objects.locked().get(token=token)
    refuse_second_start(plan, party)
    made = started(plan, party, by, at)
    for order, link in zip(made, ("main", "backup"), strict=False):
        answers = answers_for(plan, link, order)
        save_answers(order.pk, by=by, answers=answers, at=at)
        what = "Answers carried over from a plan"
        record_event(order, "start_requests", by=by, at=at, what=what)
    plan.orders.add(*made)
    return made


def refuse_second_start(plan: Plan, party: Party) -> None:
    """Refuse a plan without an option, and one that the Party has begun already."""
    if plan.option is None:
        raise PlanHasNoOption
    begun = plan.orders.filter(party=party).in_progress().order_by("pk")
    if begun:
        raise PlanAlreadyStarted(orders=" and ".join(str(order) for order in begun))


def started(
    plan: Plan, party: Party, by: User, at: datetime
) -> list[ConnectionRequest]:
    option = plan.option
    if option in PAIRS:
        return list(start_pair(party.pk, by=by, option=str(option), at=at))
    return [start_request(party.pk, by=by, at=at)]


def answers_for(plan: Plan, link: str, order: ConnectionRequest) -> dict[str, Any]:
    """Return what a plan says of one connection, as answers of its request.

    An RDP is asked for no period and only for uses of its own. Who is both a SEC Party
    and an RDP asks as what the plan is for. Source: T32, R-2.5-10, T30.
    """
    chosen = plan.answers
    kind, _, rating = chosen.get(link, "").partition("-")
    uses = chosen.get("uses", [])
    years = chosen.get("years")
    is_rdp = order.route == Route.E3
    if order.is_capacity_asked:
        is_rdp = bool(chosen.get("is_rdp"))
    answers = {
        "route": Route.E3 if is_rdp else Route.H15,
        "connection_type": kind,
        "hv_rating_mbps": int(rating) if rating else None,
        "minimum_period_years": int(years) if years and not is_rdp else None,
        "uses": [use for use in uses if not is_rdp or use in REGISTRATION_USES],
    }
    if is_rdp and chosen.get("is_rdp"):
        answers["is_registration_only"] = True
    return answers


@command
def clear_unused_plan(plan_id: int, *, at: datetime) -> bool:
    """Delete a plan past its last day that no request came of; return whether."""
    due = Plan.objects.unused_until(uk_date(at)).filter(pk=plan_id)
    return bool(due.delete()[0])
