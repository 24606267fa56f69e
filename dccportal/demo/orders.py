"""An order in every state, at plausible dates before today."""

from datetime import datetime, timedelta
from decimal import Decimal

from billing.commands import raise_item_charge
from dccportal.demo import bills, enquiries, keyed, register, righted
from dccportal.demo import sites as on_site
from dccportal.demo.journey import Journey, Wish
from dccportal.demo.later import LATER_STORIES
from dccportal.demo.links import LINK_STORIES
from dccportal.demo.pairs import PAIR_STORIES, routes_that_meet
from dccportal.demo.people import GARETH, GRACE, HELEN, OWEN, PRIYA, RUTH, TOM
from dccportal.demo.renewals import RENEWAL_STORIES
from dccportal.demo.said import SAID_STORIES
from dccportal.demo.told import checked, installed, quoted
from dccportal.demo.world import World, load_people, money
from orders import commands as orders
from orders.commands import Said
from orders.states import REGISTRATION_USES
from quotes import commands as quotes
from records.behalf import How
from records.unit import told_each, unit

RULES = "Permit to work, asked for 3 working days before. Photo identity at the gate."


def load_world(now: datetime | None = None, *, with_work_done: bool = True) -> World:
    """Make people and orders in one transaction: a failed load leaves nothing.

    Args:
        with_work_done: tell each step by itself, so that the register knows what was
            owed on the way and has been done; without, only what is owed at the end.
    """
    with told_each():
        with told_each() if with_work_done else unit():
            world = load_people(now)
            put_right = (*keyed.STORIES, *righted.STORIES)
            for tell in (*STORIES, *enquiries.STORIES, *register.STORIES, *put_right):
                tell(world)
            bills.invoiced(world)
            bills.paid(world)
        # What is owed is known by now, so that it can be handed over.
        enquiries.handed_over(world)
    return world


def draft(world: World) -> None:
    wish = Wish("thornby", TOM, rating=20, reference="BME-TP-02")
    Journey(world, wish, world.days_ago(2)).answered(world.days_ago(1))


def thrown_away(world: World) -> None:
    """A draft that can still be put back."""
    wish = Wish("dock", TOM, rating=10, reference="BME-DL-09")
    journey = Journey(world, wish, world.days_ago(1)).answered(world.days_ago(1))
    by = world.people[TOM]
    orders.discard_draft(journey.order.pk, by=by, at=world.now)


def submitted(world: World) -> None:
    at = world.working_days_ago(1, 14, 40)
    Journey(world, Wish("ings", RUTH, rating=30, reference="CWN-11"), at).submitted(at)


def returned(world: World) -> None:
    at = world.working_days_ago(5)
    wish = Wish("dock", TOM, rating=0, period=1, reference="BME-LAB-02")
    journey = Journey(world, wish, at).submitted(at)
    journey.noted(world.working_days_ago(3, 10), "Phoned the site twice, no answer.")
    journey.returned(
        world.working_days_ago(3, 11),
        ("site_contact_phone", "The number does not answer. Which one does?"),
        ("floor", "On which floor is the rack?"),
        ("", "Who can let an engineer in outside office hours?"),
        note="All else is complete.",
    )


def asked_twice(world: World) -> None:
    """One round of questions is answered; another question is not sent yet."""
    at = world.working_days_ago(6)
    wish = Wish("lynn", HELEN, rating=30, reference="FEN-08")
    journey = Journey(world, wish, at).submitted(at)
    journey.returned(
        world.working_days_ago(5, 11),
        ("hv_rating_mbps", "Is 30 Mbps meant from the start?"),
    )
    journey.answered_questions(
        world.working_days_ago(4, 9), "Yes: we move all our traffic over at once."
    )
    journey.noted(world.working_days_ago(2, 9), "Helen is away until Monday.")
    journey.asked(
        world.working_days_ago(1, 15),
        ("ac_sockets", "Are the sockets on two separate supplies?"),
    )


def quote_due_tomorrow(world: World) -> None:
    at = world.working_days_ago(4, 9)
    wish = Wish("kelham", PRIYA, rating=10, period=1, reference="BME-KW-03")
    journey = Journey(world, wish, world.working_days_ago(6)).submitted(at)
    journey.accepted(world.working_days_ago(4, 15))
    journey.reviewed(
        world.working_days_ago(1),
        survey=False,
        amber="The duct into the building is full: the carrier clears it first.",
        days=75,
    )


def quote_late(world: World) -> None:
    at = world.working_days_ago(7, 9)
    wish = Wish("ings", RUTH, rating=20, reference="CWN-10")
    journey = Journey(world, wish, at).submitted(at)
    journey.accepted(world.working_days_ago(6, 15)).owned(world.working_days_ago(6, 16))


def offer_open(world: World) -> None:
    wish = Wish("thornby", TOM, PRIYA, rating=20, reference="BME-TP-01")
    quoted(world, wish, 21, survey=True)


def offer_ends_soon(world: World) -> None:
    wish = Wish("ely", HELEN, rating=10, period=1, reference="FEN-01")
    quoted(world, wish, 28, survey=False)


def authority_to_check(world: World) -> None:
    wish = Wish("dock", TOM, PRIYA, rating=30, reference="BME-DL-03")
    journey = quoted(world, wish, 16, survey=False)
    journey.signed(world.working_days_ago(1, 16), rules=RULES)


def access_to_arrange(world: World) -> None:
    wish = Wish("lynn", HELEN, rating=20, reference="FEN-02")
    journey = quoted(world, wish, 36, survey=False)
    journey.signed(world.days_ago(20, 16)).verified(world.workday_ago(6, 10))


def papers_to_come(world: World) -> None:
    """How people get in is told; what the site asks for before is still to come."""
    wish = Wish("dock", TOM, PRIYA, rating=20, reference="BME-DL-10")
    journey = quoted(world, wish, 30, survey=False)
    journey.signed(world.days_ago(14, 16)).verified(world.workday_ago(6, 10))
    journey.access_told(world.working_days_ago(2, 11))
    on_site.ask_cost(journey.order, world.operator, world.working_days_ago(1, 10))


def survey_to_agree(world: World) -> None:
    """Nobody let the engineer in; its Party disputes the cost, and days are offered."""
    wish = Wish("ely", HELEN, rating=20, reference="FEN-06")
    journey = quoted(world, wish, 46, survey=True)
    journey.signed(world.days_ago(30, 16)).verified(world.workday_ago(24))
    journey.access_agreed(world.workday_ago(20))
    journey.visit_booked(world.workday_ago(18), purpose="survey", in_days=7)
    by, contact = world.operator, world.people[HELEN]
    on_site.turn_away(journey.visit, by, contact)
    on_site.offer_days(journey.order, by, world.calendar, world.now)


def updated_offer_open(world: World) -> None:
    wish = Wish("thornby", TOM, PRIYA, rating=20, reference="BME-TP-03")
    journey = quoted(world, wish, 66, survey=True)
    journey.signed(world.days_ago(60, 16), rules=RULES).verified(world.workday_ago(54))
    journey.access_agreed(world.workday_ago(53))
    journey.visit_booked(world.workday_ago(52), purpose="survey", in_days=2)
    on_site.miss(journey.visit, world.operator)
    journey.visit_booked(world.workday_ago(45), purpose="survey", in_days=15)
    journey.surveyed()
    read_at = journey.after_the_visit + timedelta(hours=1)
    on_site.hand_in_report(journey.visit, world.operator, read_at)
    note = "The survey found that new duct is needed, so civil works are added."
    journey.quoted(world.days_ago(18, 15), civil_works=2650, note=note)


def being_installed(world: World) -> None:
    wish = Wish("dock", TOM, PRIYA, rating=10, reference="BME-DL-02")
    journey = quoted(world, wish, 86, survey=False)
    journey.signed(world.days_ago(75, 16), rules=RULES).verified(world.workday_ago(69))
    journey.access_told(world.workday_ago(67))
    cost = on_site.ask_cost(journey.order, world.operator, world.workday_ago(66))
    on_site.accept_cost(cost, world.people[PRIYA], world.workday_ago(64))
    journey.access_settled(world.workday_ago(60))
    raise_item_charge(cost.pk, at=world.workday_ago(60))
    journey.visit_booked(world.workday_ago(40), purpose="circuit", in_days=18)
    on_site.move_circuit(journey.order, world.operator, journey.visit.on)
    on_site.find_and_resolve(journey.order, world.operator, journey.after_the_visit)
    journey.stage_done("circuit")
    journey.visit_booked(world.working_days_ago(2), purpose="equipment", in_days=6)
    later = world.calendar.add(journey.visit.on, 1)
    at, by = world.working_days_ago(1), world.people[PRIYA]
    journey.visit = on_site.move_on(journey.visit, by, later, at)
    on_site.find_in_rack(journey.order, world.operator, world.working_days_ago(1, 15))
    on_site.commit_equipment(journey.order, world.operator, journey.visit.on)


def being_configured(world: World) -> None:
    """Its quotation states an estimate (T31), and the test measured a little less."""
    wish = Wish("kelham", PRIYA, rating=0, period=1, reference="BME-LAB-01")
    wish.estimate = (Decimal(38), Decimal("9.5"))
    installed(world, wish, 6)


def hv_of_an_rdp(world: World) -> None:
    """DCC has decided that it is charged, and the quotation says so.

    No e-mail arrived: its days run from the day it was opened (T29).
    """
    wish = Wish("reach", GARETH, rating=10, period=0, uses=REGISTRATION_USES)
    wish.reference = "SRS-HV-1"
    journey = checked(world, wish, 8, survey=False)
    why = "The line is built for you alone, at a cost that no other Party bears."
    journey.charging_decided(world.days_ago(8, 9), is_chargeable=True, why=why)
    journey.issued(world.days_ago(7, 11)).refused_by_mail()
    journey.opened(world.days_ago(3, 16))


def lapsed(world: World) -> None:
    wish = Wish("dock", TOM, rating=0, period=1, reference="BME-SR-01")
    journey = quoted(world, wish, 106, survey=False)
    quotes.lapse_quote(journey.quote.pk, now=world.days_ago(75, 1))


def declined(world: World) -> None:
    """By e-mail: the desk recorded what the authoriser wrote (T35)."""
    wish = Wish("kelham", TOM, rating=40, reference="BME-KW-00")
    journey = quoted(world, wish, 126, survey=False)
    reason = "We will order 10 Mbps instead."
    said = Said(world.people[OWEN].pk, How.EMAIL, world.days_ago(110, 9))
    quotes.record_decline(
        journey.quote.pk, by=world.people[GRACE], said=said, reason=reason
    )


def withdrawn(world: World) -> None:
    at = world.days_ago(60, 9)
    wish = Wish("lynn", HELEN, rating=10, period=1, reference="FEN-04")
    journey = Journey(world, wish, at).submitted(at)
    reason = "Ordered for the wrong site."
    orders.withdraw_request(
        journey.order.pk, by=world.people[HELEN], reason=reason, at=world.days_ago(58)
    )


def cancelled(world: World) -> None:
    wish = Wish("dock", TOM, OWEN, rating=20, period=1, reference="BME-DL-01")
    journey = quoted(world, wish, 146, survey=True)
    journey.signed(world.days_ago(140, 16)).verified(world.workday_ago(134))
    quotes.cancel_order(
        journey.order.pk,
        by=world.people[OWEN],
        acknowledged=money(0),
        reason="The site is being closed.",
        at=world.days_ago(130),
    )


def unavailable(world: World) -> None:
    wish = Wish("lynn", HELEN, rating=0, period=1, reference="FEN-05")
    journey = checked(world, wish, 45, survey=False, available=False)
    orders.close_as_unavailable(
        journey.order.pk, by=world.operator, at=world.days_ago(43, 12)
    )


def no_lv_after_all(world: World) -> None:
    """The survey found that LV cannot be had: no charge, and HV is offered (T33)."""
    wish = Wish("ely", HELEN, rating=0, period=1, reference="FEN-10")
    journey = quoted(world, wish, 52, survey=True)
    journey.signed(world.days_ago(47, 16)).verified(world.workday_ago(41))
    journey.access_agreed(world.workday_ago(38))
    journey.visit_booked(world.workday_ago(34), purpose="survey", in_days=12)
    journey.surveyed(
        "The copper to this street is being withdrawn.", is_lv_available=False
    )


def not_received(world: World) -> None:
    """Its e-mail was refused: an offer that nobody has does not lapse (T29)."""
    wish = Wish("lynn", HELEN, rating=20, reference="FEN-11")
    checked(world, wish, 3, survey=False).issued(
        world.days_ago(3, 11)
    ).refused_by_mail()


def scan_without_its_signature(world: World) -> None:
    """Page 1 alone was uploaded just now: it waits to be replaced or handed in."""
    wish = Wish("thornby", TOM, PRIYA, rating=10, reference="BME-TP-04")
    quoted(world, wish, 9, survey=False).uploaded(world.now, is_whole=False)


STORIES = (
    *RENEWAL_STORIES,
    cancelled,
    declined,
    lapsed,
    being_configured,
    being_installed,
    updated_offer_open,
    withdrawn,
    survey_to_agree,
    unavailable,
    access_to_arrange,
    offer_ends_soon,
    authority_to_check,
    offer_open,
    hv_of_an_rdp,
    quote_late,
    quote_due_tomorrow,
    returned,
    asked_twice,
    submitted,
    draft,
    thrown_away,
    *LINK_STORIES,
    *PAIR_STORIES,
    *LATER_STORIES,
    *SAID_STORIES,
    no_lv_after_all,
    not_received,
    scan_without_its_signature,
    papers_to_come,
    routes_that_meet,
)
