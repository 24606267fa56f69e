"""Takes an authorised order on to service, by the commands that people use.

The steps that come after those of `tests/journey.py`. Each does one step and returns
the row as it then is. Without `at` a step happens now; visits are for that same day,
so that a whole journey fits into one.
"""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from common.clock import uk_date
from common.files import CsvUpload
from connections import commands as connections
from orders.commands import NamedSharer
from quotes.commands import LineEntry
from quotes.models import PriceItem, Quote
from sites import commands as sites
from sites.models import SitePassport
from tests import journey
from tests.factories.quotes import PriceItemFactory
from tests.factories.sites import EquipmentTypeFactory


def today(at=None):
    return uk_date(at or timezone.now())


# What a site needs to be entered at all; the rest is for whoever wants to say it.
PASSPORT = {
    "owner": "Holme Estates Ltd",
    "days": "any",
    "opens_at": time(7),
    "closes_at": time(18),
    # A whole journey fits into one day.
    "notice_working_days": 0,
    "rams": "none",
    "first_contact": "Ashby Yard control room",
    "first_phone": "01632 960155",
}

# The same as a form sends it, where nobody has written anything yet.
TYPED = {**PASSPORT, "opens_at": "7am", "closes_at": "6pm", "based_on": "0"}


def write_passport(order, person, *, at=None, why="Told anew", **facts):
    """Return the next version of what gets people into an order's site."""
    last = SitePassport.objects.newest_of(order.data_centre_id)
    return sites.write_passport(
        order.pk,
        by=person,
        facts={**PASSPORT, **facts},
        based_on=last.number if last else 0,
        why=why if last else "",
        at=at,
    )


def confirm_passport(order, person, *, at=None):
    """Confirm what the site's passport says, or write it if nobody has yet."""
    last = SitePassport.objects.newest_of(order.data_centre_id)
    if last is None:
        return write_passport(order, person, at=at)
    return sites.confirm_passport(order.pk, by=person, number=last.number, at=at)


def agree_access(order, person, *, at=None):
    confirm_passport(order, person, at=at)
    sites.record_access(order.pk, by=person, notes="Ask for Sam", at=at)
    return journey.fresh(order)


def ask_cost(item, person, *, net=420, at=None, **how):
    """Return the cost of something before a visit, as DCC asks it of the Party."""
    how = {"reason": "The site wants its own form.", "prepared_by": "Gamma", **how}
    return sites.price_item(item.pk, by=person, net=Decimal(net), at=at, **how)


def book(order, person, purpose, *, on=None, at=None, **how):
    """Return the visit."""
    how = {"on": on or today(at), "visitor": "Openreach", "at": at, **how}
    return sites.book_visit(order.pk, by=person, purpose=purpose, **how)


def turn_away(visit, person, *, at=None, note="", **how):
    """Return the visit, whoever came having been turned away at the gate."""
    at = at or timezone.now()
    how = {"happened": "not_let_in", "arrived_at": at, "note": note, **how}
    return sites.fail_visit(visit.pk, by=person, at=at, **how)


def charge_next(claim, operator, *, at=None):
    """Return a claim that Operations confirmed, at £385.00 excluding VAT."""
    if not PriceItem.objects.filter(kind="rescheduled_visit").exists():
        PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
    return sites.confirm_claim(claim.pk, by=operator, at=at)


def survey(visit, person, *, at=None, **found):
    """Return the result: all possible, unless `found` says otherwise."""
    found = {"is_circuit_possible": True, "is_equipment_possible": True, **found}
    return sites.record_survey(visit.pk, by=person, at=at, **found)


def survey_site(order, person, *, at=None, **found):
    """From an authorised indicative order to one that is surveyed."""
    order = agree_access(order, person, at=at)
    survey(book(order, person, "survey", at=at), person, at=at, **found)
    return journey.fresh(order)


def accept_update(order, operator, authoriser, *, at=None, lines=journey.LINES):
    """From a surveyed order to one whose updated quotation is accepted."""
    draft = journey.draft(order, operator, lines=lines, at=at)
    quote = journey.issue(draft, operator, at=at)
    return journey.authorise(quote, operator, authoriser, at=at)


def complete_stage(order, person, stage, *, at=None, done_on=None, tested="Passed"):
    """Return the stage, its visit booked and made."""
    book(order, person, stage, on=done_on, at=at)
    return sites.complete_stage(
        order.pk,
        by=person,
        stage=stage,
        done_on=done_on or today(at),
        test_result=tested,
        provider="BT Openreach",
        provider_reference="ONEA-77",
        at=at,
    )


def install(order, person, *, at=None):
    """Both stages, access first; installation is then ready to be flagged complete."""
    agree_access(order, person, at=at)
    for stage in ("circuit", "equipment"):
        complete_stage(order, person, stage, at=at)
    return journey.fresh(order)


def complete(order, operator, *, at=None, completed_on=None):
    """Return the connection, its installation flagged complete."""
    day = completed_on or today(at)
    sites.complete_installation(order.pk, by=operator, completed_on=day, at=at)
    return journey.fresh(order).connection


def install_and_complete(order, operator, *, at=None):
    """From an authorised firm order to its connection."""
    return complete(install(order, operator, at=at), operator, at=at)


def free_order(people, **asked):
    """Return an authorised order of an RDP: LV, free, for registration data only."""
    asked |= {"connection_type": "lv", "is_registration_only": True}
    order = journey.order_in("accepted", people, **asked)
    reason = "Used purely for registration data"
    lines = (
        LineEntry("connection", Decimal(0), reason),
        LineEntry("annual", Decimal(0), reason),
    )
    quote = journey.offer(order, people.operator, lines=lines)
    return journey.authorise(quote, people.operator, people.authoriser)


def configure(connection, person, *, at=None):
    """Return the connection in service."""
    return connections.configure_connection(
        connection.order_id,
        by=person,
        configured_on=today(at),
        test_result="All pings answered",
        at=at,
    )


def request_session(connection, person, *, name="Live DUIS", at=None, **asked):
    asked = {
        "service": "duis",
        "use": "live",
        "addresses": ["198.51.100.7"],
        "is_priority_accepted": True,
        **asked,
    }
    return connections.request_session(
        connection.pk, by=person, name=name, at=at, **asked
    )


def set_renewal_charge(period, operator, *, net="4250.00", at=None):
    return connections.set_renewal_charge(
        period.pk, by=operator, net=Decimal(net), at=at
    )


def accepted_quote(order):
    return Quote.objects.get(order=order, state="accepted")


def request_report(connection, person, **asked):
    """Return a report of the day of completion, asked for when that day was over."""
    day = connection.completed_on
    asked = {"first_day": day, "last_day": day, "at": after(connection)} | asked
    return connections.request_report(connection.pk, by=person, **asked)


def after(connection):
    """Return ten in the morning of the second day after a completion."""
    day = connection.completed_on + timedelta(days=2)
    return datetime.combine(day, time(10), tzinfo=UTC)


def readings(connection, *, rate=4_000_000, days=1, before=0):
    """Return a file of the readings of days, from some `before` completion on."""
    first = connection.completed_on - timedelta(days=before)
    begins = datetime.combine(first, time(), tzinfo=UTC)
    moments = [begins + timedelta(minutes=5 * n) for n in range(288 * days)]
    rows = [f"{at.isoformat()},{rate},{rate // 2}" for at in moments]
    text = "\n".join(["timestamp,up,down", *rows])
    return CsvUpload(text.encode(), "router.csv", "not_scanned", text)


def make_report(report, person, **given):
    """Return a report, made of the readings of its day."""
    connection = report.connection
    given = {"file": readings(connection), "at": after(connection)} | given
    return connections.answer_report(report.pk, by=person, **given)


def share(connection, person, **facts):
    """Return Calder Supply, which shares a connection from today on."""
    known = {
        "name": "Calder Supply",
        "standing": "sec_party",
        "reason": "other",
        "from_on": uk_date(timezone.now()),
    }
    return connections.share_connection(
        connection.pk,
        by=person,
        named=NamedSharer(**{**known, **facts}),
        is_responsible=True,
        is_charge_confirmed=True,
    )


def schedule_change(change, person, day):
    return connections.schedule_rate_change(change.pk, by=person, on=day)


def put_in_rack(order, person, *slots):
    """Return items of equipment, one for each slot, in the rack since today."""
    return [
        sites.install_item(
            order.pk,
            by=person,
            kind=EquipmentTypeFactory(slot=slot).pk,
            serial_number=f"FOC-{slot}",
            position="Rack D4, unit 30",
            installed_on=today(),
        )
        for slot in slots
    ]


def end(connection, authoriser, installer):
    """Return a connection that ended with today, a switch and a router in its rack."""
    put_in_rack(connection.order, installer, "switch", "router")
    connections.cancel_connection(
        connection.pk, by=authoriser, last_day=today(), acknowledged=Decimal(8000)
    )
    connections.end_connection(connection.pk, now=timezone.now() + timedelta(days=1))
    return journey.fresh(connection.order).connection


def accept_change(change, person, *, operator=None, at=None):
    """Accept what a change costs, with the signed copy; checked if `operator` is."""
    how = {"is_understood": True, "signed": journey.one_file()}
    change = connections.accept_rate_change(change.pk, by=person, at=at, **how)
    if operator is None:
        return change
    return connections.check_rate_acceptance(
        change.pk, by=operator, has_effect=True, at=at
    )
