"""What the register of work reads of sites, however many orders at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from orders.facts import orders_in, orders_in_states
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes.facts import quotes_in
from quotes.states import AuthorityOutcome, QuoteState
from sites.models import (
    AccessItem,
    InstallationStage,
    ItemCost,
    SiteAccess,
    SiteVisit,
    StageIssue,
    VisitClaim,
)
from sites.states import LIVE_CLAIM
from worklist.parts import ThreadReading

ON_SITE = (OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL)
AFTER_AUTHORITY = (
    *ON_SITE,
    OrderState.CONFIGURING,
    OrderState.CONFIGURED,
)


@dataclass(frozen=True)
class SiteFacts:
    """An order with its access, visits and stages, where work on site is under way."""

    order: ConnectionRequest
    access: SiteAccess | None = None
    visits: list[Any] = field(default_factory=list)
    stages: list[Any] = field(default_factory=list)
    # What has to be there before anybody may come, settled or not.
    items: list[Any] = field(default_factory=list)
    # What may still become a charge, in whatever state its order is.
    claims: list[Any] = field(default_factory=list)
    # Those that are not resolved yet.
    issues: list[Any] = field(default_factory=list)
    # When DCC found the authority effective from which the work follows.
    verified_at: datetime | None = None


def rows_in(reading: ThreadReading) -> dict[int, SiteFacts]:
    """Return what is known of the sites, by order; no query without one."""
    orders = orders_in_states(reading, ON_SITE)
    if not orders:
        return {}
    access = SiteAccess.objects.filter(order__in=orders)
    agreed = {row.order_id: row for row in access}
    found = {
        pk: SiteFacts(order, agreed.get(pk), verified_at=verified_at(reading, pk))
        for pk, order in orders.items()
    }
    for visit in SiteVisit.objects.filter(order__in=orders).order_by("pk"):
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


def verified_at(reading: ThreadReading, order_pk: int) -> datetime | None:
    """Return when the accepted quotation's authority was found effective."""
    for quote in reading.get(quotes_in).get(order_pk, []):
        if quote.state == QuoteState.ACCEPTED:
            for authority in quote.authorities.all():
                if authority.outcome == AuthorityOutcome.EFFECTIVE:
                    found: datetime | None = authority.checked_at
                    return found
    return None


def site_facts(reading: ThreadReading) -> dict[str, SiteFacts]:
    rows = reading.get(rows_in)
    claims = reading.get(claims_in)
    return {
        reference: replace(
            rows.get(order.pk, SiteFacts(order)), claims=claims.get(order.pk, [])
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


def claims_told(keys: Iterable[int]) -> Iterable[VisitClaim]:
    """Return claims with what their Party is told of them."""
    rows = VisitClaim.objects.filter(pk__in=keys)
    return rows.select_related("visit__order__data_centre", "visit__order__party")


def visits_told(keys: Iterable[int]) -> Iterable[SiteVisit]:
    """Return visits with what their Party is told of them."""
    rows = SiteVisit.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre")


def items_told(keys: Iterable[int]) -> Iterable[AccessItem]:
    """Return what has to be there before a visit, with what its Party is told of it."""
    rows = AccessItem.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre", "order__party")


def costs_told(keys: Iterable[int]) -> Iterable[ItemCost]:
    """Return what is asked before a visit, with what its Party is told of it."""
    return ItemCost.objects.filter(pk__in=keys).for_pages()


def issues_told(keys: Iterable[int]) -> Iterable[StageIssue]:
    """Return issues with what their Party is told of them."""
    rows = StageIssue.objects.filter(pk__in=keys)
    return rows.select_related("order__data_centre")
