"""What the register of work reads of sites, however many orders at once."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from common.prepared import prepared
from orders.facts import orders_in, orders_in_states
from orders.models import ConnectionRequest
from orders.states import ON_SITE, OrderState
from quotes.facts import quotes_in
from quotes.models import Quote
from quotes.states import AuthorityOutcome, QuoteState
from sites.models import (
    AccessItem,
    DamageReport,
    InstallationStage,
    ItemCost,
    PathCheck,
    SiteAccess,
    SiteVisit,
    StageIssue,
    SurveyResult,
    VisitClaim,
)
from sites.states import LIVE_CLAIM, StageKind
from worklist.parts import ThreadReading

AFTER_AUTHORITY = (
    *ON_SITE,
    OrderState.CONFIGURING,
    OrderState.CONFIGURED,
)

WITH_EQUIPMENT = (OrderState.INSTALL, OrderState.CONFIGURING, OrderState.CONFIGURED)


@dataclass(frozen=True)
class SiteFacts:
    """An order with its access, visits and stages, where work on site is under way."""

    order: ConnectionRequest
    access: SiteAccess | None = None
    visits: list[Any] = field(default_factory=list)
    stages: list[Any] = field(default_factory=list)
    # What has to be there before anybody may come, settled or not.
    items: list[Any] = field(default_factory=list)
    # What its route has in common with the first link, where that holds it back. T34.
    held_by: PathCheck | None = None
    needs_survey: bool = False
    # What may still become a charge, in whatever state its order is.
    claims: list[Any] = field(default_factory=list)
    # Those that are not resolved yet.
    issues: list[Any] = field(default_factory=list)
    # Damage to its equipment that is not closed, in whatever state its order is.
    damage: list[Any] = field(default_factory=list)
    # When DCC found the authority effective from which the work follows.
    verified_at: datetime | None = None


def rows_in(reading: ThreadReading) -> dict[int, SiteFacts]:
    """Return what is known of the sites, by order; no query without one."""
    orders = orders_in_states(reading, ON_SITE)
    if not orders:
        return {}
    access = SiteAccess.objects.filter(order__in=orders)
    agreed = {row.order_id: row for row in access}
    held = held_back(orders)
    accepted = {pk: accepted_in(reading, pk) for pk in orders}
    found = {
        pk: SiteFacts(
            order,
            agreed.get(pk),
            verified_at=verified_at(accepted[pk]),
            needs_survey=needs_survey(order, accepted[pk]),
            held_by=held.get(pk),
        )
        for pk, order in orders.items()
    }
    visits = SiteVisit.objects.filter(order__in=orders).select_related("result")
    for visit in visits.order_by("pk"):
        found[visit.order_id].visits.append(visit)
    for stage in InstallationStage.objects.filter(order__in=orders).order_by("pk"):
        found[stage.order_id].stages.append(stage)
    items = AccessItem.objects.filter(order__in=orders)
    items = items.prefetch_related("documents", "costs")
    for item in items.order_by("pk"):
        found[item.order_id].items.append(item)
    open_issues = StageIssue.objects.filter(order__in=orders, resolved_on=None)
    for issue in open_issues.order_by("pk"):
        found[issue.order_id].issues.append(issue)
    return found


def needs_survey(order: ConnectionRequest, accepted: Quote | None) -> bool:
    """Say whether a survey comes next, which no common point holds back."""
    if order.state == OrderState.SURVEY:
        return True
    is_first = order.state == OrderState.AUTHORISED
    return is_first and accepted is not None and not accepted.is_firm


def held_back(orders: dict[int, ConnectionRequest]) -> dict[int, PathCheck]:
    """Return what holds back the second links among orders. Source: T34."""
    groups = {order.group_id for order in orders.values()} - {None}
    if not groups:
        return {}
    checks = PathCheck.objects.filter(group__in=groups, has_common_points=True)
    open_ones = {check.group_id: check for check in checks if not check.is_settled}
    if not open_ones:
        return {}
    members = list(ConnectionRequest.objects.filter(group__in=open_ones))
    stages = InstallationStage.objects.filter(stage=StageKind.EQUIPMENT)
    rows = stages.filter(order__in=members)
    done = set(rows.values_list("order_id", flat=True))
    found = {}
    for order in orders.values():
        check = open_ones.get(order.group_id or 0)
        others = (one for one in members if one.group_id == order.group_id)
        other = next((one for one in others if one.pk != order.pk), None)
        if check and other and check.holds_back(order, other, done):
            found[order.pk] = check
    return found


def accepted_in(reading: ThreadReading, order_pk: int) -> Quote | None:
    quotes = reading.get(quotes_in).get(order_pk, [])
    accepted = (quote for quote in quotes if quote.state == QuoteState.ACCEPTED)
    return next(accepted, None)


def verified_at(quote: Quote | None) -> datetime | None:
    """Return when the authority of the accepted quotation was found effective."""
    for authority in quote.authorities.all() if quote is not None else ():
        if authority.outcome == AuthorityOutcome.EFFECTIVE:
            found: datetime | None = authority.checked_at
            return found
    return None


def site_facts(reading: ThreadReading) -> dict[str, SiteFacts]:
    rows = reading.get(rows_in)
    claims, damage = reading.get(claims_in), reading.get(damage_in)
    return {
        reference: replace(
            rows.get(order.pk, SiteFacts(order)),
            claims=claims.get(order.pk, []),
            damage=damage.get(order.pk, []),
        )
        for reference, order in reading.get(orders_in).items()
    }


def claims_in(reading: ThreadReading) -> dict[int, list[VisitClaim]]:
    """Return what may still be charged, by order; no query where no visit can be.

    The Party may dispute it after its order has gone on, or is over.
    """
    orders = orders_in_states(reading, AFTER_AUTHORITY)
    if not orders:
        return {}
    found: dict[int, list[VisitClaim]] = {}
    rows = VisitClaim.objects.filter(visit__order__in=orders, state__in=LIVE_CLAIM)
    for claim in rows.select_related("visit").order_by("pk"):
        found.setdefault(claim.visit.order_id, []).append(claim)
    return found


def damage_in(reading: ThreadReading) -> dict[int, list[DamageReport]]:
    """Return the open reports of damage, by order; none without equipment."""
    orders = orders_in_states(reading, WITH_EQUIPMENT)
    if not orders:
        return {}
    found: dict[int, list[DamageReport]] = {}
    rows = DamageReport.objects.filter(order__in=orders).open()
    for report in rows.order_by("pk"):
        found.setdefault(report.order_id, []).append(report)
    return found


@prepared
def damage_told(keys: tuple[int, ...]) -> QuerySet[DamageReport]:
    """Return reports of damage with what their Party is told of them."""
    rows = DamageReport.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre", "item")


@prepared
def claims_told(keys: tuple[int, ...]) -> QuerySet[VisitClaim]:
    """Return claims with what their Party is told of them."""
    rows = VisitClaim.objects.filter(pk__in=keys)
    return rows.select_related("visit__order__data_centre", "visit__order__party")


@prepared
def visits_told(keys: tuple[int, ...]) -> QuerySet[SiteVisit]:
    """Return visits with what their Party is told of them."""
    rows = SiteVisit.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre")


@prepared
def items_told(keys: tuple[int, ...]) -> QuerySet[AccessItem]:
    """Return what has to be there before a visit, with what its Party is told of it."""
    rows = AccessItem.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre", "order__party")


@prepared
def costs_told(keys: tuple[int, ...]) -> QuerySet[ItemCost]:
    """Return what is asked before a visit, with what its Party is told of it."""
    return ItemCost.objects.filter(pk__in=keys).for_pages()


@prepared
def paired_told(keys: tuple[int, ...]) -> QuerySet[ConnectionRequest]:
    """Return orders of pairs with what their Party is told of their routes."""
    rows = ConnectionRequest.objects.filter(pk__in=keys)
    return rows.select_related("data_centre", "group__path_check")


@prepared
def surveys_told(keys: tuple[int, ...]) -> QuerySet[SurveyResult]:
    """Return what surveys found with what their Party is told of them."""
    rows = SurveyResult.objects.filter(pk__in=keys)
    return rows.select_related("visit__order__data_centre")


@prepared
def issues_told(keys: tuple[int, ...]) -> QuerySet[StageIssue]:
    """Return issues with what their Party is told of them."""
    rows = StageIssue.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre")
