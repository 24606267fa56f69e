"""What the portal finds beside each answer of a form. Pure, but for `evidence_of`.

What blocks is what `accept_request` refuses, in its own words; the rest is for the desk
to look at, and to ask about or not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from common.prepared import prepared
from common.wording import day_words
from orders.findings.ahead import read_ahead
from orders.findings.obstacles import obstacles
from orders.models import ConnectionRequest
from orders.models.answers import HELD_AGAINST, is_free_kind
from orders.states import (
    NEVER_SUBMITTED,
    REGISTRATION_USES,
    ConnectionType,
    OrderState,
    Route,
)
from parties.models import Nomination
from parties.states import Purpose, Standing

BLOCKS, LOOK = "blocks", "look"
USUAL_MBPS = 20
LV_MOST_MBPS = 40
STANDING_DAYS = 60
LEAD_DAYS = 30
PARTY, SUBMITTER, AUTHORISERS = "party", "submitted_by", "authorisers"
# A Party may have many other orders: what a look asks of them is read, and no rows.
ASKED_OF_OTHERS = ("pk", "reference", "state", "party_id", "group_id", *HELD_AGAINST)


@dataclass(frozen=True)
class Finding:
    """Something about one answer: what, why it matters, which section says so.

    Without a section it is a check of our own, and marked so.
    """

    field: str
    level: str
    title: str
    why: str
    section: str

    @property
    def is_blocking(self) -> bool:
        return self.level == BLOCKS


@dataclass(frozen=True)
class Evidence:
    """What the findings about one form are drawn from.

    Args:
        order: with its related rows read ahead.
        today: UK date.
        submitters, authorisers: the pks of who is nominated today.
        others: of the Party's other orders that have not ended, what a look asks.
    """

    order: ConnectionRequest
    today: date
    submitters: set[int] = field(default_factory=set)
    authorisers: set[int] = field(default_factory=set)
    others: list[Any] = field(default_factory=list)


def evidence_of(orders: Iterable[Any], today: date) -> dict[int, Evidence]:
    """Read what many forms need at once; the queries do not grow with the forms."""
    rows = [row for row in orders if row.state == OrderState.SUBMITTED]
    if not rows:
        return {}
    read_ahead(rows)
    parties = {row.party_id for row in rows}
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    keys = tuple(sorted(parties))
    for party, purpose, user in nominated_in(keys, today):
        people[party, purpose].add(user)
    others: dict[int, list[Any]] = defaultdict(list)
    for other in standing_in(keys):
        others[other.party_id].append(other)
    return {
        row.pk: Evidence(
            row,
            today,
            people[row.party_id, Purpose.SUBMIT],
            people[row.party_id, Purpose.AUTHORISE],
            [other for other in others[row.party_id] if other.pk != row.pk],
        )
        for row in rows
    }


@prepared
def nominated_in(
    parties: tuple[int, ...], day: date
) -> QuerySet[Nomination, tuple[Any, ...]]:
    in_force = Nomination.objects.in_force(day).filter(user__party__pk__in=parties)
    return in_force.values_list("user__party", "purpose", "user")


@prepared
def standing_in(parties: tuple[int, ...]) -> QuerySet[ConnectionRequest, Any]:
    """Ask what a look asks of the orders of some Parties that have not ended."""
    standing = ConnectionRequest.objects.exclude(state__in=NEVER_SUBMITTED)
    beside = standing.not_ended().filter(party__pk__in=parties)
    return beside.values_list(*ASKED_OF_OTHERS, named=True)


def findings(evidence: Evidence) -> list[Finding]:
    """Return all findings about a form that is being checked: what blocks stands first.

    Source: R-3.2-4, R-2.11-6, R-2.14-2.
    """
    blocking = [
        Finding(
            row.field,
            BLOCKS,
            "Cannot be accepted as it is",
            str(row.refusal),
            row.section,
        )
        for row in obstacles(evidence.order, evidence.today)
    ]
    looked = (look(evidence) for look in LOOKS)
    return [*blocking, *(found for found in looked if found is not None)]


def look_at(field: str, title: str, why: str, section: str = "") -> Finding:
    return Finding(field, LOOK, title, why, section)


def nobody_authorises(evidence: Evidence) -> Finding | None:
    """Source: R-2.11-6."""
    if evidence.authorisers:
        return None
    why = "The quotation cannot be accepted until someone is."
    return look_at(AUTHORISERS, "Nobody is nominated to authorise", why, "2.11")


def standing_ends(evidence: Evidence) -> Finding | None:
    """Source: R-2.2-1."""
    order, today = evidence.order, evidence.today
    wanted = Standing.SEC_PARTY if order.route == Route.H15 else Standing.RDP
    ends = [
        row.until_on
        for row in order.party.all_standings
        if row.standing == wanted and row.holds_on(today)
    ]
    if not ends or None in ends:
        return None
    last: date = max(end for end in ends if end)
    if last > today + timedelta(days=STANDING_DAYS):
        return None
    why = f"{wanted.label} until {day_words(last)}. It is asked again at authority."
    return look_at(PARTY, "Its standing ends soon", why, "2.2")


def submitter_left(evidence: Evidence) -> Finding | None:
    """Source: R-2.2-5."""
    if evidence.order.submitted_by_id in evidence.submitters:
        return None
    why = "This person could not send it today. Ask who now speaks for the Party."
    return look_at(SUBMITTER, "No longer nominated to submit", why, "2.2")


def above_the_usual(evidence: Evidence) -> Finding | None:
    """Source: R-2.7.2-1."""
    if (evidence.order.hv_rating_mbps or 0) <= USUAL_MBPS:
        return None
    why = "Most start at 10 or 20 and are raised within weeks."
    return look_at("hv_rating_mbps", "Above the usual start", why, "2.7.2")


def hv_of_an_rdp(evidence: Evidence) -> Finding | None:
    """Source: T25."""
    order = evidence.order
    if order.route != Route.E3 or order.connection_type != ConnectionType.HV:
        return None
    why = (
        "The guidance does not say whether it is charged. DCC Operations decides for "
        "this order before anything is quoted (our rule)."
    )
    return look_at("connection_type", "HV of an RDP: DCC decides", why, "")


def lv_where_more_is_wanted(evidence: Evidence) -> Finding | None:
    """An LV link that stands by for more than any LV can carry. Source: R-2.4.2-2."""
    order, partner = evidence.order, evidence.order.partner
    need = partner.hv_rating_mbps if partner else None
    if order.connection_type != ConnectionType.LV or (need or 0) <= LV_MOST_MBPS:
        return None
    why = f"{partner} carries {need} Mbps, and LV at most {LV_MOST_MBPS}."
    return look_at("connection_type", "LV beside a larger HV", why, "2.4.2")


def second_free_one(evidence: Evidence) -> Finding | None:
    """Source: R-2.9.2-1."""
    order = evidence.order
    if not order.is_free_kind:
        return None
    others = evidence.others
    earlier = (row for row in others if is_free_kind(row) and not row.is_shared)
    other = next(earlier, None)
    if other is None:
        return None
    why = f"{other.reference} is its free connection. This one is chargeable."
    return look_at("is_registration_only", "A second one is not free", why, "2.9.2")


def more_than_registration(evidence: Evidence) -> Finding | None:
    """Source: R-2.9.2-3, T2."""
    order = evidence.order
    more = order.is_shared or set(order.uses) - set(REGISTRATION_USES)
    if order.route != Route.E3 or not (more or order.is_registration_only is False):
        return None
    why = "Other uses or sharers make it chargeable; the quotation has to price it."
    return look_at("is_registration_only", "Not free for this use", why, "2.9.2")


def no_sockets(evidence: Evidence) -> Finding | None:
    """Source: R-5.2.1-5, R-5.2.1-1."""
    if evidence.order.ac_sockets != 0:
        return None
    why = "The equipment needs power in the rack."
    return look_at("ac_sockets", "No socket is free", why, "5.2.1")


def open_entry(evidence: Evidence) -> Finding | None:
    """Source: R-5.2.1-3."""
    if evidence.order.has_access_control is not False:
        return None
    why = "The guidance prefers controlled entry, but does not require it."
    return look_at("has_access_control", "Entry is not controlled", why, "5.2.1")


def no_landlord(evidence: Evidence) -> Finding | None:
    order = evidence.order
    if not order.is_multi_tenanted or order.landlord:
        return None
    why = "In a shared building the landlord lets engineers in."
    return look_at("landlord", "Shared building, no landlord named", why)


def no_register(evidence: Evidence) -> Finding | None:
    order = evidence.order
    if not order.was_built_before_2000 or order.has_asbestos_register:
        return None
    why = "Built before 2000: engineers ask for the asbestos register."
    return look_at("has_asbestos_register", "No asbestos register", why)


def wanted_soon(evidence: Evidence) -> Finding | None:
    wanted = evidence.order.required_by
    if wanted is None or wanted >= evidence.today + timedelta(days=LEAD_DAYS):
        return None
    why = f"Wanted by {day_words(wanted)}: less than {LEAD_DAYS} days from today."
    return look_at("required_by", "Sooner than is usual", why)


def asked_twice(evidence: Evidence) -> Finding | None:
    order = evidence.order
    same = (
        row
        for row in evidence.others
        if row.data_centre_id == order.data_centre_id
        and row.connection_type == order.connection_type
        and row.state != OrderState.CONFIGURED
        and (order.group_id is None or row.group_id != order.group_id)
    )
    other = next(same, None)
    if other is None:
        return None
    why = f"{other.reference} asks for the same type at the same site. Are both meant?"
    return look_at("data_centre", "Perhaps asked twice", why)


LOOKS: tuple[Callable[[Evidence], Finding | None], ...] = (
    standing_ends,
    submitter_left,
    nobody_authorises,
    above_the_usual,
    hv_of_an_rdp,
    lv_where_more_is_wanted,
    second_free_one,
    more_than_registration,
    no_sockets,
    open_entry,
    no_landlord,
    no_register,
    wanted_soon,
    asked_twice,
)


def count_words(found: list[Finding]) -> str:
    """Say how a form stands: "2 to put right, 1 to look at"; or that all is well."""
    blocking = sum(row.is_blocking for row in found)
    looks = len(found) - blocking
    parts = [f"{blocking} to put right" if blocking else ""]
    parts.append(f"{looks} to look at" if looks else "")
    return ", ".join(filter(None, parts)) or "nothing stands out"
