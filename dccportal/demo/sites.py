"""How people get into the sites of the demonstration. All of it is made up."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from common.clock import start_of_uk_day, uk_date
from common.files import Upload
from common.pdf import PrintedPaper, fingerprint, render_pdf, stylesheet
from common.working_days import WorkingCalendar
from orders.models import ConnectionRequest
from parties.models import DataCentre, User
from quotes.commands import save_figure
from quotes.models import PriceItem
from quotes.states import PriceKind
from sites.commands import (
    accept_item_cost,
    add_access_item,
    confirm_claim,
    confirm_passport,
    dispute_claim,
    fail_visit,
    hand_in_survey_report,
    install_item,
    price_item,
    propose_visit,
    rearrange_visit,
    record_access_entry,
    record_issue,
    report_damage,
    resolve_issue,
    set_stage_day,
    settle_access_item,
    write_passport,
)
from sites.models import (
    AccessItem,
    EquipmentType,
    InstalledItem,
    ItemCost,
    SitePassport,
    SiteVisit,
    SurveyResult,
    VisitClaim,
)
from sites.states import (
    AccessItemKind,
    AccessItemOwner,
    ChangeCause,
    DayKind,
    Happened,
    RamsWanted,
    SiteDays,
    StageKind,
)

PDF = "application/pdf"
USUAL: dict[str, Any] = {
    "days": SiteDays.WORKING,
    "opens_at": time(7),
    "closes_at": time(18),
    "notice_working_days": 3,
    "notice_says": "Names and number plates",
    "own_documents": "Visitor permit",
    "rams": RamsWanted.STANDARD,
    "identity": "Passport or driving licence, for each engineer",
    "induction": "20 minutes on the first visit, good for 12 months",
    "parking": "Bay 3 behind the building, height limit 2.1 m",
    "escort": "Always, from the gate",
    "first_contact": "The control room",
    "first_phone": "01632 960155",
    "rack": "Units 30 to 33",
    "power": "Two sockets, feeds A and B",
}
ARRIVES = {"arrive_by": time(8, 30)}
BECAUSE = "The escort has other duties from 9am."


def tell(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Say for an order how people get in: written first, then corrected, then right."""
    site = DataCentre.objects.get(orders=order)
    last = SitePassport.objects.newest_of(site.pk)
    facts = {**USUAL, "owner": site.owner or str(site.party)}
    if last is None:
        write_passport(order.pk, by=by, facts=facts, at=at)
    elif last.number == 1:
        changed = {**facts, **ARRIVES}
        write_passport(order.pk, by=by, facts=changed, based_on=1, why=BECAUSE, at=at)
    else:
        confirm_passport(order.pk, by=by, number=last.number, at=at)


SPECIAL = {
    "kind": AccessItemKind.RAMS,
    "what": "RAMS on the landlord’s own form",
    "owner": AccessItemOwner.INSTALLER,
    "note": "The landlord takes no other form for work in the hall.",
}


def ask_cost(order: ConnectionRequest, by: User, at: datetime) -> ItemCost:
    """Ask the Party to accept what RAMS cost that are written for its site alone."""
    due_on = uk_date(at) + timedelta(days=10)
    item = add_access_item(order.pk, by=by, due_on=due_on, at=at, **SPECIAL)
    return price_item(
        item.pk,
        by=by,
        net=Decimal(180),
        reason="Two hours of the safety adviser, on the landlord’s form.",
        prepared_by=str(settings.INSTALLER_NAME),
        at=at + timedelta(minutes=20),
    )


def accept_cost(cost: ItemCost, by: User, at: datetime) -> None:
    accept_item_cost(cost.pk, by=by, is_understood=True, at=at)


def settle(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Say of all that the site asks for that it is there."""
    for item in AccessItem.objects.filter(order=order).open():
        settle_access_item(item.pk, by=by, note="The site has it.", at=at)


FIRST_UNIT = 30
UNKNOWN_MODEL = "As the carrier delivers it"


def equip(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Record each item that the catalogue has for the order, one above the other."""
    for number, kind in enumerate(EquipmentType.objects.for_order(order)):
        install_item(
            order.pk,
            by=by,
            kind=kind.pk,
            model_name="" if kind.model_name else UNKNOWN_MODEL,
            serial_number=f"TRIAL{order.pk:04}{number}",
            position=f"Rack D4, unit {FIRST_UNIT + number}",
            installed_on=uk_date(at),
            at=at,
        )


def exchange_first(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Put another in the place of the first item, which failed."""
    item: InstalledItem = order.installed_items.earliest("pk")
    install_item(
        order.pk,
        by=by,
        kind=EquipmentType.objects.for_order(order).get(slot=item.slot).pk,
        model_name=item.model_name,
        serial_number=f"{item.serial_number}-B",
        position=item.position,
        installed_on=uk_date(at),
        replaces=item.pk,
        why="Its power supply failed.",
        at=at,
    )


def move_circuit(order: ConnectionRequest, by: User, on: date) -> None:
    """Plan and commit a day for the circuit, then move it to the day of its visit."""
    said_at = start_of_uk_day(on - timedelta(days=24)) + timedelta(hours=11)
    first: dict[str, Any] = {"stage": StageKind.CIRCUIT, "by": by, "at": said_at}
    week_before = on - timedelta(days=7)
    for kind in DayKind:
        set_stage_day(order.pk, kind=kind, on=week_before, **first)
    set_stage_day(
        order.pk,
        kind=DayKind.COMMITTED,
        on=on,
        cause=ChangeCause.THIRD_PARTY,
        why="The council gave the permit for the road a week later than asked.",
        **{**first, "at": said_at + timedelta(days=5)},
    )


def find_and_resolve(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Find the duct blocked on the day of the visit, and clear it in an hour."""
    issue = record_issue(
        order.pk,
        by=by,
        stage=StageKind.CIRCUIT,
        description="The duct into the hall was blocked.",
        found_by="Openreach engineer",
        found_on=uk_date(at),
        at=at - timedelta(hours=2),
    )
    resolution = "Rodded and cleared; the fibre went in the same day."
    resolve_issue(
        issue.pk,
        by=by,
        resolution=resolution,
        resolved_on=uk_date(at),
        at=at - timedelta(hours=1),
    )


def find_in_rack(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Find what holds the equipment up, and is not resolved yet."""
    record_issue(
        order.pk,
        by=by,
        stage=StageKind.EQUIPMENT,
        description="The second power feed of rack D4 is not live yet.",
        found_by="The site’s electrician",
        found_on=uk_date(at),
        at=at,
    )


def damage(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Report damage about which DCC has still to decide."""
    report_damage(
        order.pk,
        by=by,
        happened_at=at - timedelta(hours=3),
        place="Rack D4",
        description="A cable tray was taken down and bent the front of the router.",
        at=at,
    )


def miss(visit: SiteVisit, by: User) -> None:
    """Nobody of DCC's side came, which never costs the Party anything."""
    fail_visit(
        visit.pk,
        by=by,
        happened=Happened.DID_NOT_COME,
        note="The engineer was sent to another site.",
        at=start_of_uk_day(visit.on) + timedelta(hours=15),
    )


def move_on(visit: SiteVisit, by: User, on: date, at: datetime) -> SiteVisit:
    """Its Party moves a visit in time, for nothing."""
    reason = "The hall is closed that day for a test of the fire alarm."
    return rearrange_visit(visit.pk, by=by, on=on, reason=reason, at=at)


REPORT = """<!DOCTYPE html><html lang="en-GB"><head><title>Survey report</title></head>
<body><main><h1>Survey report</h1><p>The duct ends 38 m from the building. New duct is
needed along the drive; the rack and its power are as the form says. All of it is made
up for the trial.</p></main></body></html>"""


def hand_in_report(visit: SiteVisit, by: User, at: datetime) -> None:
    """Store the report of a survey, as its surveyor would have written it."""
    day = uk_date(at)
    paper = PrintedPaper(REPORT, stylesheet("quote"))
    content = render_pdf(lambda _pages: paper, identifier=fingerprint({}), day=day)
    file = Upload(content, "Survey report.pdf", PDF, "not_scanned", pages=1)
    result = SurveyResult.objects.get(visit=visit)
    hand_in_survey_report(result.pk, by=by, file=file, at=at)


def commit_equipment(order: ConnectionRequest, by: User, on: date) -> None:
    stage, kind = StageKind.EQUIPMENT, DayKind.COMMITTED
    set_stage_day(order.pk, by=by, stage=stage, kind=kind, on=on)


VISITORS = (
    ("Lena Frost", "Holme Facilities", "Changed a filter above the rack", ""),
    ("Owen Pryce", "Gamma", "Exchanged the failed power supply", "Sam at the gate"),
)


def log_access(order: ConnectionRequest, by: User, at: datetime) -> None:
    """Record who has been at the equipment on a day; the last name is then corrected.

    Args:
        at: by when all of them have left, aware.
    """
    came_at, left_at = at - timedelta(hours=2), at - timedelta(hours=1)
    times: dict[str, Any] = {"came_at": came_at, "left_at": left_at, "by": by, "at": at}
    for person, company, purpose, escort in VISITORS:
        said: dict[str, Any] = {
            "company": company,
            "purpose": purpose,
            "escort": escort,
            **times,
        }
        entry = record_access_entry(order.pk, person=person, **said)
    spelt = {**said, "corrects": entry.pk, "why": "The name was misspelt."}
    record_access_entry(order.pk, person="Owen Price", **spelt)


def turn_away(visit: SiteVisit, by: User, contact: User) -> None:
    """Nobody lets the engineer in: it is to be charged, and the Party disputes that."""
    price_a_visit(visit.on, by)
    came_at = start_of_uk_day(visit.on) + timedelta(hours=8, minutes=20)
    at = came_at + timedelta(hours=1)
    fail_visit(
        visit.pk,
        by=by,
        happened=Happened.NOT_LET_IN,
        arrived_at=came_at,
        called="The control room, twice; nobody answered",
        note="The gate had no booking under our name.",
        at=at,
    )
    claim = VisitClaim.objects.get(visit=visit)
    confirm_claim(claim.pk, by=by, at=at + timedelta(hours=3))
    reason = "The gate was staffed; the engineer went to the wrong entrance."
    dispute_claim(claim.pk, by=contact, reason=reason, at=at + timedelta(hours=26))


def price_a_visit(day: date, by: User) -> None:
    """What a visit costs that has to be made again: nothing is charged without it."""
    kind, note = PriceKind.RESCHEDULED_VISIT, "Made up for the demonstration"
    row = PriceItem(kind=kind, net=Decimal(385), from_on=day, note=note)
    save_figure(row, by=by, at=start_of_uk_day(day))


def offer_days(
    order: ConnectionRequest, by: User, calendar: WorkingCalendar, now: datetime
) -> None:
    """Offer two days for the next survey, of which its Party is to choose one."""
    days = (calendar.add(uk_date(now), 8), calendar.add(uk_date(now), 10))
    slots = [(day, time(8), time(13)) for day in days]
    at = now - timedelta(hours=2)
    propose_visit(
        order.pk, by=by, purpose="survey", slots=slots, visitor="Openreach", at=at
    )
