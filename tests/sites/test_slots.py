"""Either side offers days for a visit, and the other chooses one or offers others."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from orders.errors import NotNominated
from records.errors import NotPossibleInState
from records.models import Notice
from sites import commands
from sites.errors import (
    AccessNotRecorded,
    OwnSlot,
    SlotGone,
    SlotsMissing,
    VisitInThePast,
    VisitOffered,
    WindowOutOfOrder,
)
from sites.models import SiteVisit, VisitClaim
from tests import journey, journey_on_site
from worklist.models import WorkItem

TUESDAY, THURSDAY = date(2026, 3, 17), date(2026, 3, 19)
OFFERED = [(TUESDAY, time(8), time(13)), (THURSDAY, time(13), time(18))]
OTHERS = [(date(2026, 3, 24), time(9), time(12))]


@pytest.fixture
def offered(ready_order, installer):
    """Days that the installer offers for the circuit."""
    return propose(ready_order, installer)


def propose(order, person, slots=OFFERED):
    how = {"purpose": "circuit", "slots": slots, "visitor": "Openreach"}
    return commands.propose_visit(order.pk, by=person, **how)


def slot_of(visit, number=0):
    return visit.slots.filter(is_open=True)[number].pk


def agree(visit, person, number=0, **how):
    slot = slot_of(visit, number)
    return commands.agree_day(visit.pk, by=person, slot_id=slot, **how)


@pytest.mark.guidance("R-2.9.1-11")
def test_the_party_chooses_one_of_the_days_and_the_visit_is_booked(offered, submitter):
    booked = agree(offered, submitter, 1)

    assert (booked.state, booked.on) == ("confirmed", THURSDAY)
    assert booked.window == (time(13), time(18))
    assert booked.last_free_day == date(2026, 3, 12)
    assert not booked.slots.filter(is_open=True).exists()
    assert "Thursday 19 March 2026" in Notice.objects.get(kind="visit_booked").text


def test_the_party_is_told_what_is_offered_and_where_to_choose(offered, submitter):
    told = Notice.objects.get(kind="days_offered")

    assert told.to == submitter.email
    assert "Tuesday 17 March 2026, 8am to 1pm" in told.text
    assert reverse("visit-days", args=[offered.reference]) in told.text


@pytest.mark.guidance("R-2.9.1-11")
def test_the_party_proposes_others_and_the_installer_chooses(
    offered, submitter, installer
):
    commands.offer_other_days(offered.pk, by=submitter, slots=OTHERS)
    visit = SiteVisit.objects.get()
    assert visit.is_offered_by_party

    with pytest.raises(OwnSlot):
        agree(visit, submitter)
    assert agree(visit, installer).on == date(2026, 3, 24)


def test_nobody_chooses_for_the_other_side_unless_it_was_said_by_phone(
    offered, installer, desk
):
    with pytest.raises(OwnSlot):
        agree(offered, installer)
    assert SiteVisit.objects.get().state == "proposed"

    booked = agree(offered, desk, agreed_with="Sue Mitter")
    assert (booked.state, booked.agreed_with) == ("confirmed", "Sue Mitter")


def test_a_day_that_is_not_offered_any_more_cannot_be_chosen(offered, submitter):
    gone = slot_of(offered)
    commands.offer_other_days(offered.pk, by=submitter, slots=OTHERS)

    with pytest.raises(SlotGone):
        commands.agree_day(offered.pk, by=submitter, slot_id=gone)


def test_a_day_that_has_passed_cannot_be_chosen(offered, submitter, clock):
    clock.move_to("2026-03-18T12:00Z")

    with pytest.raises(VisitInThePast):
        agree(offered, submitter, 0)
    assert agree(offered, submitter, 1).on == THURSDAY


@pytest.mark.parametrize(
    ("slots", "refusal"),
    [
        ([], SlotsMissing),
        (OFFERED * 2, SlotsMissing),
        ([OFFERED[0], OFFERED[0]], SlotsMissing),
        ([(date(2026, 3, 2), time(8), time(9))], VisitInThePast),
        ([(TUESDAY, time(9), time(9))], WindowOutOfOrder),
    ],
)
def test_what_cannot_be_offered_is_refused(ready_order, installer, slots, refusal):
    with pytest.raises(refusal):
        propose(ready_order, installer, slots)
    assert not SiteVisit.objects.exists()


@pytest.mark.guidance("R-2.12-3", "R-2.13-1")
def test_no_day_is_offered_before_access_is_agreed(authorised_order, installer):
    with pytest.raises(AccessNotRecorded):
        propose(authorised_order, installer)


def test_while_days_are_offered_no_other_visit_is_booked(offered, installer):
    with pytest.raises(VisitOffered):
        journey_on_site.book(offered.order, installer, "circuit")
    with pytest.raises(VisitOffered):
        propose(offered.order, installer)


@pytest.mark.parametrize("who", ["outsider", "colleague", "authoriser", "configurer"])
def test_others_neither_choose_nor_propose(request, offered, who):
    person = request.getfixturevalue(who)

    with pytest.raises((PermissionDenied, OwnSlot)):
        agree(offered, person)
    with pytest.raises(PermissionDenied):
        commands.offer_other_days(offered.pk, by=person, slots=OTHERS)
    assert SiteVisit.objects.get().state == "proposed"


@pytest.mark.guidance("R-3.5-7")
def test_what_is_only_offered_is_called_off_free_of_charge(offered, submitter, clock):
    clock.move_to("2026-03-16T12:00Z")
    commands.call_off_visit(offered.pk, by=submitter, reason="No rack")

    assert not VisitClaim.objects.exists()
    assert SiteVisit.objects.get().state == "called_off"


def test_an_order_that_ends_takes_back_what_it_offered(offered, authoriser):
    journey.cancel(journey.fresh(offered.order), authoriser)

    assert SiteVisit.objects.get().state == "called_off"
    assert Notice.objects.get(kind="visit_called_off").calendar == ""


def test_a_booked_visit_is_not_agreed_again(offered, submitter):
    slot = slot_of(offered)
    agree(offered, submitter)

    with pytest.raises(SlotGone):
        commands.agree_day(offered.pk, by=submitter, slot_id=slot)
    with pytest.raises(NotPossibleInState):
        commands.offer_other_days(offered.pk, by=submitter, slots=OTHERS)


@pytest.mark.parametrize("impossible", [{"until_time": time(7)}, {"on": THURSDAY}])
def test_an_impossible_slot_cannot_be_stored(offered, impossible):
    first, second = offered.slots.all()
    how = {"from_time": second.from_time, **impossible}
    if "until_time" in impossible:
        how = impossible

    with pytest.raises(IntegrityError), transaction.atomic():
        offered.slots.filter(pk=first.pk).update(**how)


@pytest.fixture
def page(client, submitter, offered):
    """The page on which a submitter chooses or proposes."""
    address = reverse("visit-days", args=[offered.reference])

    def answer(posted=None):
        # Time may have passed, and a sign-in with it.
        client.force_login(submitter)
        response = (
            client.get(address) if posted is None else client.post(address, posted)
        )
        return " ".join(strip_tags(response.content.decode()).split())

    return answer


@pytest.mark.guidance("R-3.5-7")
def test_the_page_says_of_each_day_until_when_it_moves_free(page, clock):
    said = page()
    assert "Tuesday 17 March 2026, 8am to 1pm. Free to move until the end of" in said

    clock.move_to("2026-03-11T12:00Z")
    said = page()
    assert "8am to 1pm. Too soon to move it free of charge" in said
    assert "Free to move until the end of Thursday 12 March 2026" in said


def test_on_the_page_a_day_is_chosen(page, offered):
    page({"slot": slot_of(offered)})

    assert SiteVisit.objects.get().on == TUESDAY
    assert SiteVisit.objects.get().state == "confirmed"


PROPOSED = {
    "slot": "none",
    "on_1_day": "24",
    "on_1_month": "3",
    "on_1_year": "2026",
    "from_1": "9am",
    "until_1": "1pm",
}


def test_on_the_page_others_are_proposed(page, offered):
    page(PROPOSED)

    visit = SiteVisit.objects.get()
    assert visit.is_offered_by_party
    assert visit.slots.get(is_open=True).on == date(2026, 3, 24)


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Choose a day, or propose others"),
        ({"slot": "none"}, "Propose at least one day"),
        ({**PROPOSED, "until_1": ""}, "Enter the day, from when and until when"),
        ({**PROPOSED, "until_1": "8am"}, "Enter a time after 9am"),
        ({**PROPOSED, "on_1_day": "29"}, "Sunday 29 March 2026 is no working day"),
    ],
)
def test_what_is_missing_or_unusual_is_said(page, posted, words):
    assert words in page(posted)
    assert SiteVisit.objects.get().state == "proposed"
    assert not SiteVisit.objects.get().is_offered_by_party


def test_a_party_proposes_days_of_its_own_and_whoever_comes_chooses(
    client, ready_order, submitter, installer
):
    client.force_login(submitter)
    address = reverse("visit-propose", args=[ready_order.reference])
    page = client.get(reverse("order", args=[ready_order.reference]))
    assert address in page.content.decode()

    asked = {"on_1_day": "17", "on_1_month": "3", "on_1_year": "2026"}
    client.post(address, asked | {"from_1": "8am", "until_1": "1pm"})

    visit = SiteVisit.objects.get()
    assert (visit.state, visit.is_offered_by_party) == ("proposed", True)
    assert WorkItem.objects.running("answer_days").exists()
    slot = visit.slots.get()
    with pytest.raises(OwnSlot):
        commands.agree_day(visit.pk, by=submitter, slot_id=slot.pk)
    assert (
        commands.agree_day(visit.pk, by=installer, slot_id=slot.pk).state == "confirmed"
    )


@pytest.mark.parametrize("who", ["colleague", "authoriser", "outsider"])
def test_only_a_submitter_of_the_party_proposes_days(request, ready_order, who):
    person = request.getfixturevalue(who)

    with pytest.raises(NotNominated):
        commands.propose_days(ready_order.pk, by=person, slots=OFFERED)


def test_before_access_is_agreed_no_days_are_proposed(authorised_order, submitter):

    with pytest.raises(AccessNotRecorded):
        commands.propose_days(authorised_order.pk, by=submitter, slots=OFFERED)
    assert not SiteVisit.objects.exists()
