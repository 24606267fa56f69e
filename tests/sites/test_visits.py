from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import ConcurrentTransition

from orders.errors import ReasonMissing
from records.errors import NotPossibleInState
from records.models import Event, Notice
from sites.commands import book_visit, call_off_visit, rearrange_visit
from sites.errors import (
    ArrivalMissing,
    ArrivedTooEarly,
    CostNotUnderstood,
    PreviousStageFirst,
    SameDay,
    StageAlreadyComplete,
    SurveyAlreadyDone,
    VisitAlreadyBooked,
    VisitInThePast,
    VisitNotYet,
    WrongPurpose,
)
from sites.models import SiteVisit, VisitClaim
from tests import journey, journey_on_site
from tests.factories.quotes import PriceItemFactory
from tests.journey_on_site import turn_away

VISIT_ON = date(2026, 3, 17)
LAST_FREE = datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC)
TOO_LATE = LAST_FREE + timedelta(seconds=1)
ON_THE_DAY = datetime(2026, 3, 17, 10, tzinfo=UTC)


@pytest.fixture
def visit(ready_order, installer):
    """On Tuesday 17 March 2026, free to move until the end of the 10th."""
    return journey_on_site.book(ready_order, installer, "circuit", on=VISIT_ON)


def state_of(order):
    return journey.fresh(order).state


@pytest.mark.guidance("R-2.9.1-11", "R-3.5-7")
def test_a_visit_says_what_when_who_and_until_when_it_moves_free(visit):
    assert (visit.purpose, visit.on, visit.visitor) == (
        "circuit",
        VISIT_ON,
        "Openreach",
    )
    assert visit.last_free_day == date(2026, 3, 10)
    assert visit.reference.startswith("VIS-")
    assert not visit.is_chargeable


def test_the_first_visit_of_an_indicative_order_begins_its_survey(
    survey_ready_order, installer
):
    journey_on_site.book(survey_ready_order, installer, "survey")

    assert state_of(survey_ready_order) == "survey"
    assert Event.objects.get(name="begin_survey").by == installer


def test_the_first_visit_of_a_firm_order_begins_its_installation(
    ready_order, installer
):
    journey_on_site.book(ready_order, installer, "circuit")

    assert state_of(ready_order) == "install"


@pytest.mark.guidance("R-3.6-5", "R-2.9.3-5", "R-2.12-2")
@pytest.mark.parametrize(
    ("order", "purpose", "words"),
    [
        ("survey_ready_order", "circuit", "is the site survey: .* indicative"),
        ("survey_ready_order", "equipment", "is the site survey"),
        ("ready_order", "survey", "is the circuit installation: .* firm"),
        ("ready_order", "equipment", "is the circuit installation"),
        ("surveyed_order", "circuit", "before the updated quotation is accepted"),
    ],
)
def test_a_visit_out_of_turn_is_refused(request, installer, order, purpose, words):
    order = request.getfixturevalue(order)

    with pytest.raises(WrongPurpose, match=words):
        journey_on_site.book(order, installer, purpose)
    assert state_of(order) == order.state


@pytest.mark.guidance("R-2.12-2")
def test_equipment_is_not_booked_before_the_circuit_is_complete(
    circuit_visit, installer
):
    with pytest.raises(PreviousStageFirst, match="circuit comes first"):
        journey_on_site.book(circuit_visit.order, installer, "equipment")


def test_a_complete_stage_needs_no_other_visit(installed_order, installer):
    with pytest.raises(StageAlreadyComplete, match="since 3 March 2026"):
        journey_on_site.book(installed_order, installer, "circuit")


def test_a_site_is_not_surveyed_twice_without_need(surveyed_order, installer):
    with pytest.raises(SurveyAlreadyDone, match="updated quotation comes next"):
        journey_on_site.book(surveyed_order, installer, "survey")


def test_what_a_survey_found_impossible_can_be_surveyed_again(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer, is_equipment_possible=False)

    assert journey_on_site.book(survey_visit.order, installer, "survey").pk


def test_one_visit_a_purpose_is_booked_at_a_time(visit, installer):
    with pytest.raises(VisitAlreadyBooked, match="Move that visit instead"):
        journey_on_site.book(visit.order, installer, "circuit")


def test_the_database_holds_one_booked_visit_a_purpose(visit):
    visit.pk, visit.reference = None, "VIS-9"

    with pytest.raises(IntegrityError), transaction.atomic():
        visit.save(force_insert=True)


def test_a_visit_is_not_booked_for_a_day_that_has_passed(ready_order, installer):
    with pytest.raises(VisitInThePast, match="2 March 2026 has passed"):
        journey_on_site.book(ready_order, installer, "circuit", on=date(2026, 3, 2))


@pytest.mark.parametrize("state", ["submitted", "quoted", "cancelled"])
def test_no_visit_is_booked_for_an_order_that_wants_none(make_order, operator, state):
    with pytest.raises(NotPossibleInState, match="so this cannot be done now"):
        journey_on_site.book(make_order(state), operator, "survey")


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "configurer", "billing_clerk", "submitter"])
def test_only_the_installer_and_operations_book_visits(request, ready_order, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        book_visit(
            ready_order.pk, by=person, purpose="circuit", on=VISIT_ON, visitor="X"
        )


def move(visit, person, *, at, on=date(2026, 3, 24), **how):
    how = {"on": on, "reason": "Audit", "is_understood": True, "at": at, **how}
    return rearrange_visit(visit.pk, by=person, **how)


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize(
    ("how", "at", "is_chargeable"),
    [
        ("submitter", LAST_FREE, False),
        ("submitter", TOO_LATE, True),
        ("desk, asked by the Party", LAST_FREE, False),
        ("desk, asked by the Party", TOO_LATE, True),
        ("installer", TOO_LATE, False),
    ],
)
def test_a_move_costs_only_when_the_party_asks_too_late(
    request, visit, how, at, is_chargeable
):
    who, _, asked = how.partition(",")
    person = request.getfixturevalue(who)

    moved = move(visit, person, at=at, asked_by_party=bool(asked))

    assert moved.is_chargeable == is_chargeable


@pytest.mark.guidance("R-2.9.1-11")
def test_a_moved_visit_is_replaced_by_the_new_one(visit, submitter):
    moved = move(visit, submitter, at=LAST_FREE)

    old = SiteVisit.objects.get(pk=visit.pk)
    assert (old.state, old.reason) == ("moved", "Audit")
    assert (moved.replaces, moved.state) == (old, "confirmed")
    assert moved.last_free_day == date(2026, 3, 17)
    assert moved.visitor == visit.visitor


def test_a_charge_is_not_lost_by_moving_again(visit, submitter, installer):
    moved = move(visit, submitter, at=TOO_LATE)

    again = move(moved, installer, at=TOO_LATE, on=date(2026, 3, 30))
    assert again.is_chargeable


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (VISIT_ON, "x", SameDay),
        (date(2026, 3, 2), "x", VisitInThePast),
        (date(2026, 3, 24), " ", ReasonMissing),
    ],
)
def test_a_move_needs_a_day_to_come_and_a_reason(visit, operator, on, reason, refusal):
    with pytest.raises(refusal):
        rearrange_visit(visit.pk, by=operator, on=on, reason=reason)
    assert SiteVisit.objects.get().state == "confirmed"


@pytest.mark.parametrize("who", ["colleague", "authoriser", "outsider", "configurer"])
def test_others_do_not_move_a_visit(request, visit, who):
    with pytest.raises(PermissionDenied):
        move(visit, request.getfixturevalue(who), at=LAST_FREE)
    assert SiteVisit.objects.count() == 1


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize("at", [LAST_FREE, TOO_LATE])
def test_a_visit_has_not_failed_before_its_day(visit, installer, at):
    with pytest.raises(VisitNotYet, match="17 March 2026"):
        turn_away(visit, installer, at=at)


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize(
    ("at", "how", "is_claimed"),
    [
        (LAST_FREE, {"asked_by_party": True}, False),
        (TOO_LATE, {"asked_by_party": True}, True),
        (TOO_LATE, {"asked_by_party": False}, False),
    ],
)
def test_calling_off_costs_only_when_the_party_wants_it_too_late(
    visit, desk, installer, *, at, how, is_claimed
):
    how = {"reason": "Audit", "is_understood": True, "at": at, **how}
    off = call_off_visit(visit.pk, by=desk, **how)

    assert (off.state, off.closed_at) == ("called_off", at)
    assert VisitClaim.objects.filter(visit=off).exists() == is_claimed
    again = journey_on_site.book(
        visit.order, installer, "circuit", on=date(2026, 3, 24)
    )
    assert (again.replaces, again.is_chargeable) == (off, is_claimed)


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize(
    ("step", "how"),
    [(rearrange_visit, {"on": date(2026, 3, 24)}), (call_off_visit, {})],
)
def test_what_costs_is_not_done_before_somebody_says_that_they_understand(
    visit, submitter, step, how
):
    with pytest.raises(CostNotUnderstood, match="what the next visit costs"):
        step(visit.pk, by=submitter, reason="Audit", at=TOO_LATE, **how)
    assert SiteVisit.objects.get().state == "confirmed"
    assert not VisitClaim.objects.exists()


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "configurer", "submitter"])
def test_only_who_works_on_site_says_what_became_of_a_visit(request, visit, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        turn_away(visit, person, at=ON_THE_DAY)
    assert SiteVisit.objects.get().state == "confirmed"


@pytest.mark.guidance("R-2.9.1-11", "R-3.5-7")
def test_the_visit_after_a_failed_one_is_charged(visit, installer):
    turn_away(visit, installer, at=ON_THE_DAY)

    order = visit.order
    again = journey_on_site.book(order, installer, "circuit", on=date(2026, 3, 24))
    assert again.is_chargeable
    assert again.replaces == visit
    reason = SiteVisit.objects.get(pk=visit.pk).reason
    assert reason == "Not let in at the gate or the door"


def test_a_failed_visit_is_replaced_by_one_visit_and_no_more(visit, installer):
    turn_away(visit, installer, at=ON_THE_DAY)
    assert list(visit.order.visits.not_made_and_not_replaced()) == [visit]

    journey_on_site.book(visit.order, installer, "circuit", on=date(2026, 3, 24))
    assert not visit.order.visits.not_made_and_not_replaced().exists()


def test_a_failed_visit_says_why(visit, installer):
    with pytest.raises(ReasonMissing):
        turn_away(visit, installer, at=ON_THE_DAY, happened=" ")


def test_nobody_is_turned_away_without_a_time_of_arrival(visit, installer):
    with pytest.raises(ArrivalMissing):
        turn_away(visit, installer, at=ON_THE_DAY, arrived_at=None)
    later = ON_THE_DAY + timedelta(minutes=1)
    with pytest.raises(ArrivedTooEarly):
        turn_away(visit, installer, at=ON_THE_DAY, arrived_at=later)
    assert SiteVisit.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": "completed"},
        {"state": "missed", "closed_at": LAST_FREE},
        {"state": "failed", "closed_at": LAST_FREE},
        {"last_free_day": VISIT_ON},
    ],
)
def test_an_impossible_visit_cannot_be_stored(visit, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteVisit.objects.filter(pk=visit.pk).update(**impossible)


@pytest.mark.parametrize("survey", [True, False])
def test_a_cancelled_order_cancels_its_visits(request, installer, authoriser, survey):
    name = "survey_visit" if survey else "circuit_visit"
    visit = request.getfixturevalue(name)

    journey.cancel(journey.fresh(visit.order), authoriser)

    visit = SiteVisit.objects.get()
    assert visit.state == "called_off"
    assert visit.closed_at is not None


def test_a_forgotten_lock_is_refused_when_the_state_is_saved(visit):
    """The control: without the lock two copies race, and the mixin stops the second."""
    first, second = SiteVisit.objects.get(), SiteVisit.objects.get()
    for copy in (first, second):
        copy.rearrange(at=LAST_FREE, because="x")
    first.save()

    with pytest.raises(ConcurrentTransition), transaction.atomic():
        second.save()


def texts(kind):
    return Notice.objects.get(kind=kind)


@pytest.mark.guidance("R-3.5-7")
def test_the_party_is_told_of_a_visit_and_its_free_days(visit, submitter):
    notice = texts("visit_booked")

    assert notice.to == submitter.email
    for words in ("Tuesday 17 March 2026", "Tuesday 10 March 2026", "Openreach", "4U"):
        assert words in notice.text


def test_a_visit_booked_at_short_notice_is_not_called_free_to_move(circuit_visit):
    text = texts("visit_booked").text

    assert "less than 5 working days off" in text
    assert "free of charge" not in text


@pytest.mark.parametrize(
    ("at", "words"),
    [(LAST_FREE, "The move costs nothing"), (TOO_LATE, "The new visit may be charged")],
)
def test_the_party_is_told_of_a_move_and_whether_it_costs(visit, submitter, at, words):
    move(visit, submitter, at=at)

    text = texts("visit_rearranged").text
    assert words in text
    assert "Before: Tuesday 17 March 2026" in text
    assert "Now: Tuesday 24 March 2026" in text


def test_the_party_is_told_why_a_visit_failed_and_that_the_next_costs(visit, installer):
    PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
    turn_away(visit, installer, note="Guard had no list", at=ON_THE_DAY)

    text = texts("visit_failed").text
    assert "Guard had no list" in text
    assert "Who pays: the next visit may be charged" in text
    assert "£385.00 excluding VAT, £462.00 including it" in text
