"""Orders in flight, written at the state in which they are."""

from datetime import datetime
from typing import Any

from common.clock import start_of_uk_day
from orders.commands.snapshot import answer_rows
from orders.documents import TEMPLATE
from orders.models import ConnectionRequest, FormVersion
from orders.states import OrderState
from quotes.models import Authority, Quote
from quotes.states import AuthorityOutcome, AuthorityRoute, HandIn, QuoteState
from records.commands import next_references
from sites.deadlines import last_free_day
from sites.models import SiteAccess, SiteVisit
from sites.states import VisitPurpose, VisitState
from takeover.check.orders import has_reached, nomination_of
from takeover.commands.offers import (
    accepted_facts,
    order_of,
    quote_of,
    store_quotes,
)
from takeover.commands.taking import Taking, keep_lines
from takeover.states import Stage
from takeover.tables import (
    ACCEPTED_ON,
    ACCESS_ON,
    AUTHORISED_BY,
    AUTHORISED_ON,
    BASIS,
    DELIVERY_ON,
    ORDERED_ON,
    QUOTED_ON,
    RECEIVED_ON,
    SOCKETS,
    STAGE,
    VISIT_ON,
    VISITOR,
    ReadLine,
)

STATES = {
    Stage.SUBMITTED: OrderState.SUBMITTED,
    Stage.ACCEPTED: OrderState.ACCEPTED,
    Stage.QUOTED: OrderState.QUOTED,
    Stage.AUTHORISED: OrderState.AUTHORISED,
    Stage.SURVEY: OrderState.SURVEY,
    Stage.INSTALLATION: OrderState.INSTALL,
}
PURPOSES = {
    Stage.SURVEY: VisitPurpose.SURVEY,
    Stage.INSTALLATION: VisitPurpose.CIRCUIT,
}
Pairs = list[tuple[ReadLine, ConnectionRequest]]


def write_orders(lines: list[ReadLine], taking: Taking) -> None:
    """Write orders at their state, with what led there; their work is owed from then.

    Nobody is written to.

    Source: R-2.11-1, R-2.11-5, R-3.2-4, R-3.3-1, R-3.5-1.
    """
    references = next_references("ORD", len(lines))
    orders = ConnectionRequest.objects.bulk_create(
        order_in_flight(line, taking, reference)
        for reference, line in zip(references, lines, strict=True)
    )
    pairs = list(zip(lines, orders, strict=True))
    FormVersion.objects.bulk_create(version_of(*pair, taking) for pair in pairs)
    quoted = [pair for pair in pairs if has_reached(pair[0], Stage.QUOTED)]
    quotes = [(line, offer_of(line, order, taking)) for line, order in quoted]
    store_quotes(quotes, taking)
    begun = [pair for pair in quotes if has_reached(pair[0], Stage.AUTHORISED)]
    Authority.objects.bulk_create(authority_of(*pair, taking) for pair in begun)
    SiteAccess.objects.bulk_create(access_of(*pair, taking) for pair in begun)
    write_visits([pair for pair in pairs if pair[0][VISIT_ON] is not None], taking)
    keep_lines(taking, pairs)


def order_in_flight(
    line: ReadLine, taking: Taking, reference: str
) -> ConnectionRequest:
    accepted_on = line[ACCEPTED_ON]
    return order_of(
        line,
        taking,
        reference=reference,
        state=STATES[line[STAGE]],
        ac_sockets=line[SOCKETS],
        **(accepted_facts(accepted_on, taking) if accepted_on else {}),
    )


def version_of(line: ReadLine, order: ConnectionRequest, taking: Taking) -> FormVersion:
    """Return the form as far as its line tells it; the form itself is elsewhere."""
    where = f"The form itself is where it was kept before: {taking.from_where(line)}"
    came_at = start_of_uk_day(line[ORDERED_ON])
    return FormVersion(
        order=order,
        number=1,
        answers=answer_rows(order),
        submitted_by=order.submitted_by,
        submitted_at=came_at,
        recorded=f"Taken over by {taking.by} from {taking.from_where(line)}",
        guidance_version=order.guidance_version,
        template_version=TEMPLATE.version,
        rendering_error=where,
    )


def offer_of(line: ReadLine, order: ConnectionRequest, taking: Taking) -> Quote:
    is_accepted = has_reached(line, Stage.AUTHORISED)
    return quote_of(
        order,
        taking,
        quoted_on=line[QUOTED_ON],
        received_on=line[RECEIVED_ON],
        state=QuoteState.ACCEPTED if is_accepted else QuoteState.ISSUED,
        basis=line[BASIS],
        delivery_on=line[DELIVERY_ON],
        decided_at=given_at(line) if is_accepted else None,
    )


def given_at(line: ReadLine) -> datetime:
    return start_of_uk_day(line[AUTHORISED_ON])


def authority_of(line: ReadLine, quote: Quote, taking: Taking) -> Authority:
    """Return the authority that was found effective; its scan is kept elsewhere."""
    nomination: Any = nomination_of(line, taking.known)
    person: Any = taking.known.person(line, AUTHORISED_BY)
    at = given_at(line)
    return Authority(
        quote=quote,
        route=AuthorityRoute.KEYED,
        state=HandIn.HANDED_IN,
        sender_email=person.email,
        signatory_name=person.name,
        has_access_rules=False,
        uploaded_by=taking.by,
        received_at=at,
        handed_in_at=at,
        handed_in_by=taking.by,
        check_began_at=at,
        outcome=AuthorityOutcome.EFFECTIVE,
        nomination=nomination,
        reason=f"Taken over from {taking.from_where(line)}",
        checked_by=taking.by,
        checked_at=at,
        read_at=at,
    )


def access_of(line: ReadLine, quote: Quote, taking: Taking) -> SiteAccess:
    agreed_on = line[ACCESS_ON]
    return SiteAccess(
        order=quote.order,
        has_rules=False,
        agreed_at=start_of_uk_day(agreed_on) if agreed_on else None,
        agreed_by=taking.by if agreed_on else None,
    )


def write_visits(pairs: Pairs, taking: Taking) -> None:
    """Book the visits that are agreed. Source: R-3.5-7."""
    references = next_references("VIS", len(pairs))
    SiteVisit.objects.bulk_create(
        SiteVisit(
            reference=reference,
            order=order,
            purpose=PURPOSES[line[STAGE]],
            on=line[VISIT_ON],
            last_free_day=last_free_day(line[VISIT_ON], taking.calendar),
            visitor=line[VISITOR],
            state=VisitState.CONFIRMED,
            booked_at=taking.at,
        )
        for reference, (line, order) in zip(references, pairs, strict=True)
    )
