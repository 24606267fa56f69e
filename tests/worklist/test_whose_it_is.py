"""Each person is called on for what they may do, and for nothing else."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing.tasks import charge_years
from common.clock import uk_date
from connections import commands as connections
from connections.models import UseDeclaration
from orders import commands as orders
from orders.errors import NotNominated
from parties.commands import confirm_nominations
from parties.models import Nomination
from quotes import commands as quotes
from sites.commands import (
    accept_item_cost,
    agree_day,
    answer_common_points,
    dispute_claim,
    propose_visit,
    rearrange_visit,
    record_path_check,
    settle_access_item,
)
from sites.models import SiteVisit
from tests import journey, journey_on_site
from tests.factories.parties import StandingFactory
from tests.world import WORLD
from worklist.contacts.needs import (
    count_for_the_menu,
    needs_of,
    needs_of_colleagues,
)
from worklist.contacts.turns import turns_in
from worklist.kinds import KINDS
from worklist.models import WorkItem
from worklist.people import people_of
from worklist.querysets import asked_of_person

YOU, COLLEAGUES, NOTHING = "needs you", "needs your organisation", "nothing"
PEOPLE = ("submitter", "authoriser", "both", "colleague", "outsider", "operator")
SUBMITS, AUTHORISES = {"submitter", "both"}, {"authoriser", "both"}
KINDS_OF_THE_PARTY = {
    "finish_request": SUBMITS,
    "answer_questions": SUBMITS,
    "decide_on_quotation": AUTHORISES,
    "hand_in_authority": SUBMITS | AUTHORISES,
    "confirm_access": SUBMITS,
    "access_item_of_party": SUBMITS,
    "accept_item_cost": AUTHORISES,
    "answer_common_points": AUTHORISES,
    "move_visit_free": SUBMITS,
    "dispute_claim": SUBMITS | AUTHORISES,
    "choose_day": SUBMITS,
    "accept_rate_change": AUTHORISES,
    "decide_on_renewal": AUTHORISES,
    "record_failover_test": SUBMITS,
    "declare_sole_use": SUBMITS,
    "answer_about_nominations": AUTHORISES,
}


@pytest.fixture
def people(request):
    """Everybody, always in the same sequence, so that what they owe is made once."""
    return {who: request.getfixturevalue(who) for who in PEOPLE}


@pytest.fixture
def owing(request, clock):
    """Bring about that a Party owes a thing of a kind; return the row."""

    def bring_about(kind):
        MADE[kind](request.getfixturevalue, clock)
        return WorkItem.objects.open().get(kind=kind)

    return lambda kind: WORLD.step(f"owing {kind}", lambda: bring_about(kind))


def standing(name):
    return lambda fixture, _: fixture(name)


def brought(fixture, _):
    journey.bring(fixture("issued_quote"), fixture("authoriser"))


def right_to_move(fixture, clock):
    visit_on = date(2026, 3, 24)
    order, installer = fixture("ready_order"), fixture("installer")
    journey_on_site.book(order, installer, "circuit", on=visit_on)
    clock.move_to("2026-03-17T10:00Z")


def offered(fixture, _):
    slots = [(date(2026, 3, 24), time(8), time(13))]
    order, installer = fixture("ready_order"), fixture("installer")
    how = {"purpose": "circuit", "slots": slots, "visitor": "Openreach"}
    propose_visit(order.pk, by=installer, **how)


def common_points(fixture, _):
    order, installer = fixture("paired_order"), fixture("installer")
    how = {"has_common_points": True, "which": "The duct"}
    record_path_check(order.pk, by=installer, **how)


def choose(row, by):
    visit = SiteVisit.objects.get(pk=row.subject_pk)
    agree_day(visit.pk, by=by, slot_id=visit.slots.get().pk)


def claimed(fixture, _):
    visit, operator = fixture("circuit_visit"), fixture("operator")
    claim = journey_on_site.turn_away(visit, fixture("installer")).own_claim
    journey_on_site.charge_next(claim, operator)


def notice(fixture, clock):
    period = fixture("period")
    journey_on_site.set_renewal_charge(period, fixture("operator"))
    clock.move_to("2028-11-03T12:00Z")
    assert connections.send_renewal_notice(period.pk, now=timezone.now())


def after_a_test(fixture, clock):
    fixture("failover_test")
    clock.move_to("2026-03-11T10:00Z")


def a_year_free(fixture, clock):
    """A connection of the same Party, which is an RDP too, was free for a year."""
    party = fixture("party")
    StandingFactory(party=party, standing="rdp")
    names = ("submitter", "authoriser", "operator", "data_centre")
    people = journey.People(party, *map(fixture, names))
    order = journey_on_site.free_order(people, route="e3")
    journey_on_site.install_and_complete(order, people.operator)
    clock.move_to("2027-03-03T10:00Z")
    charge_years()


MADE = {
    "finish_request": standing("draft_order"),
    "answer_questions": standing("returned_order"),
    "decide_on_quotation": standing("issued_quote"),
    "hand_in_authority": brought,
    "confirm_access": standing("authorised_order"),
    "access_item_of_party": standing("access_item"),
    "accept_item_cost": standing("item_cost"),
    "answer_common_points": common_points,
    "move_visit_free": right_to_move,
    "dispute_claim": claimed,
    "choose_day": offered,
    "accept_rate_change": standing("priced_change"),
    "decide_on_renewal": notice,
    "record_failover_test": after_a_test,
    "declare_sole_use": a_year_free,
    "answer_about_nominations": standing("asked_about_nominations"),
}
# What the button of a kind leads to. A connection is kept or cancelled through the
# Service Desk, which asks for the same nomination.
DONE = {
    "finish_request": lambda row, by: orders.submit_request(row.subject_pk, by=by),
    "answer_questions": lambda row, by: journey.answer_all(order_of(row), by),
    "decide_on_quotation": lambda row, by: quotes.decline_quote(row.subject_pk, by=by),
    "hand_in_authority": lambda row, by: quotes.hand_in_authority(
        upload_of(row).pk, by=by
    ),
    "confirm_access": lambda row, by: journey_on_site.write_passport(order_of(row), by),
    "access_item_of_party": lambda row, by: settle_access_item(row.subject_pk, by=by),
    "accept_item_cost": lambda row, by: accept_item_cost(
        row.subject_pk, by=by, is_understood=True
    ),
    "accept_rate_change": lambda row, by: connections.accept_rate_change(
        row.subject_pk, by=by, is_understood=True, signed=journey.one_file()
    ),
    "answer_common_points": lambda row, by: answer_common_points(
        row.subject_pk, by=by, is_accepted=True, which="The duct", said="Yes"
    ),
    "move_visit_free": lambda row, by: rearrange_visit(
        row.subject_pk, by=by, on=date(2026, 3, 31), reason="No", asked_by_party=True
    ),
    "choose_day": choose,
    "record_failover_test": lambda row, by: connections.record_failover_test(
        row.subject_pk, by=by, done_on=date(2026, 3, 10), result="passed", seen="Well"
    ),
    "declare_sole_use": lambda row, by: connections.declare_sole_use(
        connection_of(row).pk, by=by
    ),
    "dispute_claim": lambda row, by: dispute_claim(row.subject_pk, by=by, reason="No"),
    "answer_about_nominations": lambda row, by: confirm_nominations(
        row.party_id, by=by, confirmed=[Nomination.objects.get(purpose="billing").pk]
    ),
}


def connection_of(row):
    return UseDeclaration.objects.get(pk=row.subject_pk).connection


def order_of(row):
    return journey.fresh(row.subject_type.model_class().objects.get(pk=row.subject_pk))


def upload_of(row):
    return quotes_model(row).authorities.waiting().get()


def quotes_model(row):
    return row.subject_type.model_class().objects.get(pk=row.subject_pk)


def stands(row, person):
    """Return where a row stands on the home of a person."""
    today = uk_date(timezone.now())
    people = people_of(person.party_id, person, today)
    lists = {YOU: needs_of, COLLEAGUES: needs_of_colleagues}
    found = [
        name
        for name, read in lists.items()
        if row in [need.item for need in read(person, people, today)]
    ]
    return found[0] if found else NOTHING


def counted(person):
    """Return the number that the menu of a person shows."""
    return count_for_the_menu(person, uk_date(timezone.now()))


def expected(kind, who):
    if who in ("outsider", "operator"):
        return NOTHING
    return YOU if who in KINDS_OF_THE_PARTY[kind] else COLLEAGUES


def test_the_table_has_every_kind_that_a_party_owes():
    assert {kind.slug for kind in KINDS.values() if kind.is_of_party} == set(
        KINDS_OF_THE_PARTY
    )


@pytest.mark.guidance("R-2.2-5", "R-2.11-4")
@pytest.mark.parametrize("kind", KINDS_OF_THE_PARTY)
def test_a_thing_needs_whom_it_is_for_and_colleagues_see_it_as_theirs(
    people, owing, kind
):
    row = owing(kind)

    found = {who: stands(row, person) for who, person in people.items()}

    assert found == {who: expected(kind, who) for who in PEOPLE}


@pytest.mark.guidance("R-2.2-5", "R-2.11-4")
@pytest.mark.parametrize("who", ["submitter", "authoriser", "both", "colleague"])
@pytest.mark.parametrize("kind", DONE)
def test_what_is_offered_is_not_refused_and_what_is_not_offered_is(
    people, owing, kind, who
):
    person, row = people[who], owing(kind)
    offered = stands(row, person) == YOU

    if offered:
        DONE[kind](row, person)
    else:
        with pytest.raises((PermissionDenied, NotNominated)):
            DONE[kind](row, person)

    row.refresh_from_db()
    assert (row.closed_at is not None) is (offered and kind != "answer_questions")


@pytest.mark.guidance("R-2.2-5")
def test_a_nomination_that_has_ended_calls_on_nobody(owing, submitter, clock):
    row = owing("finish_request")
    nomination = submitter.nominations.get()
    nomination.until_on = uk_date(timezone.now())
    nomination.save()

    assert (stands(row, submitter), counted(submitter)) == (YOU, 1)
    clock.move_to(timezone.now() + timedelta(days=1))
    assert (stands(row, submitter), counted(submitter)) == (COLLEAGUES, 0)


def test_what_nobody_may_do_names_nobody_and_says_how_to_nominate(
    client, colleague, accepted_order, operator
):
    journey.offer(accepted_order, operator)
    today = uk_date(timezone.now())
    people = people_of(colleague.party_id, colleague, today)

    (need,) = needs_of_colleagues(colleague, people, today)

    assert need.who == "Nobody yet"
    assert "writes to the Service Desk to nominate somebody" in need.why_not
    tags = turns_in([need.item.thread], people, today)[need.item.thread].tags
    assert [tag.words for tag in tags] == ["Nobody nominated"]


def test_a_reader_has_no_button_no_count_and_no_tag_that_calls_on_them(
    client, colleague, authoriser, issued_quote
):
    client.force_login(colleague)
    home = client.get("/orders/").content.decode()
    order = client.get(issued_quote.order.get_absolute_url()).content.decode()

    for page in (home, order):
        assert "dcc-nav__count" not in page
        assert "dcc-tag--you" not in page
        assert 'dcc-tag--org">Ada Law<' in page
    assert "Nothing needs you" in home
    assert 'class="dcc-needs__do"' not in home
    assert "Read and decide" not in order
    assert "You are not nominated to authorise orders. Ask Ada Law." in order


def test_who_may_do_it_reads_which_colleagues_can_too(
    client, both, authoriser, issued_quote
):
    client.force_login(both)

    assert "Ada Law can do this too" in client.get("/orders/").content.decode()


def test_a_person_who_is_no_contact_is_asked_for_nothing(operator, draft_order):
    today = uk_date(timezone.now())

    assert not WorkItem.objects.filter(asked_of_person(operator, today)).exists()


def test_what_dcc_and_its_suppliers_owe_is_nobodys_of_the_party(circuit_visit, both):
    today = uk_date(timezone.now())
    people = people_of(both.party_id, both, today)

    assert WorkItem.objects.told_to(both).calling_on(today).exists()
    for read in (needs_of, needs_of_colleagues):
        assert read(both, people, today) == []
