"""What is owed in each state of an order, by whom, until when. NOW is 3 March 2026."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from common.files import Upload
from connections.commands import check_rate_acceptance, send_renewal_notice
from orders import commands as orders
from quotes import commands as quotes
from sites.commands import (
    add_access_item,
    agree_day,
    answer_common_points,
    decide_damage,
    dispute_claim,
    drop_claim,
    hand_in_access_document,
    offer_other_days,
    propose_visit,
    record_issue,
    record_path_check,
    report_damage,
)
from tests import journey, journey_on_site
from tests.cast import NOW
from worklist.models import WorkItem

# State of an order, then what is open: kind, whose turn, last day.
OPEN = [
    ("empty_order", [("finish_request", "submitter", None)]),
    ("draft_order", [("finish_request", "submitter", None)]),
    ("submitted_order", [("check_form", "operations", "2026-03-05")]),
    ("returned_order", [("answer_questions", "submitter", None)]),
    (
        "accepted_order",
        [
            ("review_site", "operations", "2026-03-10"),
            ("send_quotation", "operations", "2026-03-10"),
        ],
    ),
    ("reviewed_order", [("send_quotation", "operations", "2026-03-10")]),
    ("draft_quote", [("send_quotation", "operations", "2026-03-10")]),
    (
        "unreceived_quote",
        [
            ("decide_on_quotation", "authoriser", None),
            ("see_received", "operations", "2026-03-04"),
        ],
    ),
    ("issued_quote", [("decide_on_quotation", "authoriser", "2026-04-02")]),
    ("pending_authority", [("verify_authority", "operations", "2026-03-04")]),
    ("authorised_order", [("confirm_access", "submitter", None)]),
    ("indicative_order", [("confirm_access", "submitter", None)]),
    ("told_order", [("agree_access", "operations", "2026-03-10")]),
    ("access_item", [("access_item_of_party", "submitter", "2026-03-10")]),
    ("special_rams", [("price_access_item", "operations", "2026-03-10")]),
    ("item_cost", [("accept_item_cost", "authoriser", "2026-03-10")]),
    ("ready_order", [("book_first_visit", "installer", "2026-03-10")]),
    ("survey_ready_order", [("book_first_visit", "installer", "2026-03-10")]),
    (
        "survey_visit",
        [
            ("attend_survey", "installer", "2026-03-03"),
            ("move_visit_free", "submitter", "2026-02-24"),
        ],
    ),
    (
        "circuit_visit",
        [
            ("attend_circuit", "installer", "2026-03-03"),
            ("move_visit_free", "submitter", "2026-02-24"),
        ],
    ),
    (
        "surveyed_order",
        [
            ("hand_in_survey_report", "installer", "2026-03-10"),
            ("send_updated_quotation", "operations", "2026-03-10"),
        ],
    ),
    ("installed_order", [("complete_installation", "operations", "2026-03-04")]),
    (
        "connection",
        [
            ("configure_connection", "configurer", "2026-03-10"),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "connection_in_service",
        [("set_renewal_charge", "operations", "2028-11-03")],
    ),
    (
        "session",
        [
            ("set_renewal_charge", "operations", "2028-11-03"),
            ("set_up_session", "configurer", "2026-03-10"),
        ],
    ),
    (
        "report",
        [
            ("make_report", "operations", "2026-03-12"),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "rate_change",
        [
            ("price_rate_change", "operations", "2026-03-10"),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "lower_change",
        [
            ("make_rate_change", "operations", "2026-04-02"),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "priced_change",
        [
            ("accept_rate_change", "authoriser", None),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "failover_test",
        [
            ("record_failover_test", "submitter", "2026-03-17"),
            ("set_renewal_charge", "operations", "2028-11-03"),
            ("set_renewal_charge", "operations", "2028-11-03"),
        ],
    ),
    (
        "used_otherwise",
        [
            ("configure_connection", "configurer", "2026-03-10"),
            ("price_rate_change", "operations", "2026-03-10"),
        ],
    ),
    (
        "priced_use",
        [
            ("accept_rate_change", "authoriser", None),
            ("configure_connection", "configurer", "2026-03-10"),
        ],
    ),
    (
        "asked_about_use",
        [
            ("call_about_sole_use", "service_desk", "2027-04-03"),
            ("configure_connection", "configurer", "2026-03-10"),
            ("declare_sole_use", "submitter", "2027-04-02"),
        ],
    ),
    ("ended_connection", [("collect_equipment", "installer", "2026-04-01")]),
    ("enquiry", [("answer_enquiry", "service_desk", "2026-03-04")]),
    (
        "asked_about_nominations",
        [
            ("answer_about_nominations", "authoriser", "2026-04-02"),
            ("call_about_nominations", "service_desk", "2026-04-03"),
        ],
    ),
]


@pytest.mark.parametrize(("state", "expected"), OPEN, ids=[row[0] for row in OPEN])
def test_in_each_state_this_is_owed_and_nothing_else(request, state, expected):
    request.getfixturevalue(state)

    rows = WorkItem.objects.open().order_by("kind")
    found = [
        (row.kind, row.turn, row.due_on and row.due_on.isoformat()) for row in rows
    ]
    assert found == expected


ENDED = ["discarded", "lapsed", "declined", "withdrawn", "cancelled", "unavailable"]


@pytest.fixture
def people(party, submitter, authoriser, operator, data_centre):
    return journey.People(party, submitter, authoriser, operator, data_centre)


@pytest.mark.parametrize("state", ENDED)
def test_an_order_that_has_ended_owes_nobody_anything(state, people):
    journey.order_in(state, people)

    assert not WorkItem.objects.open().exists()


def test_a_form_that_came_on_paper_is_the_desks_to_fill_in(party, submitter, desk):
    journey.key_in(party, desk)

    row = WorkItem.objects.open().get()
    # It came the day before, a Monday.
    assert (row.kind, row.turn) == ("key_in_form", "service_desk")
    assert row.due_on == date(2026, 3, 3)


def test_an_upload_that_waits_is_the_partys_to_hand_in(issued_quote, authoriser):
    journey.bring(issued_quote, authoriser)

    row = WorkItem.objects.open().get()
    assert (row.kind, row.due_on) == ("hand_in_authority", date(2026, 3, 3))


def test_what_cannot_be_had_at_the_site_is_to_be_closed(accepted_order, operator):
    journey.review(accepted_order, operator, available=False)

    row = WorkItem.objects.open().get()
    assert (row.kind, row.due_on) == ("close_unavailable", date(2026, 3, 10))


@pytest.mark.guidance("T25")
def test_an_rdps_hv_waits_for_a_decision_about_its_charges(
    rdp, rdp_submitter, rdp_data_centre, operator
):
    who = rdp_submitter
    people = journey.People(rdp, who, who, operator, rdp_data_centre)
    journey.order_in("accepted", people)

    kinds = WorkItem.objects.open().values_list("kind", flat=True)
    assert set(kinds) == {"decide_charges", "review_site", "send_quotation"}


def test_a_quotation_that_is_taken_back_is_owed_anew(issued_quote, operator):
    quotes.withdraw_quote(issued_quote.pk, by=operator, reason="A wrong line")

    row = WorkItem.objects.open().get()
    assert row.kind == "send_quotation"
    assert row.opened_at > WorkItem.objects.closed().latest("pk").opened_at


def test_an_enquiry_that_is_answered_is_owed_no_other_answer(enquiry, desk):
    orders.answer_enquiry(enquiry.pk, by=desk, outcome="Two circuits will do.")

    assert not WorkItem.objects.open().exists()


@pytest.fixture
def after_the_circuit(ready_order, installer):
    journey_on_site.complete_stage(ready_order, installer, "circuit")
    return ready_order


def kinds_open():
    return set(WorkItem.objects.open().values_list("kind", flat=True))


def test_after_the_circuit_the_next_visit_is_to_be_booked_and_then_attended(
    after_the_circuit, installer
):
    assert kinds_open() == {"book_next_visit"}

    journey_on_site.book(after_the_circuit, installer, "equipment")

    assert kinds_open() == {"attend_equipment", "move_visit_free"}


def test_a_survey_whose_visit_failed_is_to_be_booked_again(survey_visit, installer):
    journey_on_site.turn_away(survey_visit, installer)

    assert kinds_open() == {"book_survey_again", "confirm_claim"}


def test_whoever_did_not_offer_the_days_has_to_choose(
    ready_order, installer, submitter
):
    slots = [(date(2026, 3, 24), time(8), time(13))]
    how = {"purpose": "circuit", "slots": slots, "visitor": "Openreach"}
    visit = propose_visit(ready_order.pk, by=installer, **how)
    assert kinds_open() == {"choose_day"}

    offer_other_days(visit.pk, by=submitter, slots=slots)
    assert kinds_open() == {"answer_days"}

    agree_day(visit.pk, by=installer, slot_id=visit.slots.get(is_open=True).pk)
    assert kinds_open() == {"attend_circuit", "move_visit_free"}


def test_what_a_visit_costs_is_confirmed_then_disputed_and_decided(
    survey_visit, installer, operator, submitter
):
    claim = journey_on_site.turn_away(survey_visit, installer).own_claim
    journey_on_site.charge_next(claim, operator)
    row = WorkItem.objects.open().get(kind="dispute_claim")
    assert row.due_on == date(2026, 3, 17)

    dispute_claim(claim.pk, by=submitter, reason="The guard was there")
    assert kinds_open() == {"book_survey_again", "decide_dispute"}

    drop_claim(claim.pk, by=operator, reason="The guard says so too")
    assert kinds_open() == {"book_survey_again"}


def test_a_notice_goes_once_its_charge_is_set_and_its_party_then_decides(
    connection_in_service, period, operator, clock
):
    journey_on_site.set_renewal_charge(period, operator)
    assert kinds_open() == {"renewal_notice"}

    clock.move_to("2028-11-03T12:00Z")
    send_renewal_notice(period.pk, now=timezone.now())

    assert kinds_open() == {"decide_on_renewal", "tell_of_renewal_notice"}


def test_a_signature_for_a_change_is_checked_before_the_change_is_owed(
    priced_change, authoriser, operator
):
    change = journey_on_site.accept_change(priced_change, authoriser)
    assert kinds_open() == {"check_rate_acceptance", "set_renewal_charge"}

    check_rate_acceptance(change.pk, by=operator, has_effect=True)
    assert kinds_open() == {"make_rate_change", "set_renewal_charge"}


def test_what_an_arranged_call_is_due_is_its_day(enquiry, desk):
    orders.arrange_call(enquiry.pk, by=desk, call_at=NOW + timedelta(days=6))

    assert WorkItem.objects.open().get().due_on == date(2026, 3, 9)


def test_the_right_to_move_a_visit_calls_on_its_last_day_alone(ready_order, installer):
    visit_on = date(2026, 3, 24)
    journey_on_site.book(ready_order, installer, "circuit", on=visit_on)

    row = WorkItem.objects.open().get(kind="move_visit_free")
    assert row.due_on == date(2026, 3, 17)
    called = [
        day
        for day in (16, 17, 18)
        if WorkItem.objects.calling_on(date(2026, 3, day)).filter(pk=row.pk).exists()
    ]
    assert called == [17]


def test_a_renewal_charge_calls_thirty_days_before_its_notice(connection_in_service):
    row = WorkItem.objects.open().get(kind="set_renewal_charge")

    assert row.due_on == date(2028, 11, 3)
    assert row.starts_on == date(2028, 10, 4)
    calling = WorkItem.objects.calling_on
    assert not calling(date(2028, 10, 3)).exists()
    assert calling(date(2028, 10, 4)).exists()
    # A duty, unlike a right, is still there when its day is over.
    assert calling(date(2029, 1, 1)).exists()


def test_timers_look_at_what_has_a_last_day_and_whose_clock_runs(returned_order):
    rows = WorkItem.objects.filter(kind="answer_questions")
    running = WorkItem.objects.running("answer_questions")

    rows.update(due_on=date(2026, 3, 9), due_at=NOW)
    assert not running.exists()
    rows.update(paused_since=None, paused_because="")
    assert running.exists()
    rows.update(due_on=None, due_at=None)
    assert not running.exists()


@pytest.mark.parametrize(
    ("owner", "kind", "turn"),
    [
        ("installer", "access_item_of_installer", "installer"),
        ("dcc", "access_item_of_dcc", "operations"),
    ],
)
def test_what_is_needed_before_a_visit_is_its_owners_until_its_day(
    told_order, operator, owner, kind, turn
):
    day = date(2026, 3, 9)
    add_access_item(
        told_order.pk, by=operator, what="Method statement", owner=owner, due_on=day
    )

    row = WorkItem.objects.open().get(kind=kind)
    assert (row.turn, row.due_on) == (turn, day)


def test_a_document_for_access_is_operations_to_check(access_item, submitter):
    scan = Upload(b"%PDF-1.7 permit", "permit.pdf", "application/pdf", "clean", pages=1)
    hand_in_access_document(access_item.pk, by=submitter, file=scan)

    row = WorkItem.objects.open().get(kind="check_access_document")
    assert (row.turn, row.due_on) == ("operations", date(2026, 3, 10))


@pytest.mark.parametrize(
    ("is_accepted", "expected"),
    [
        (None, {("answer_common_points", "authoriser")}),
        (False, {("design_out_common_points", "installer")}),
        (True, set()),
    ],
)
def test_common_points_are_an_authorisers_then_the_installers_or_nobodys(
    paired_order, installer, authoriser, is_accepted, expected
):
    how = {"has_common_points": True, "which": "The duct"}
    record_path_check(paired_order.pk, by=installer, **how)
    if is_accepted is not None:
        how = {"is_accepted": is_accepted, "which": "The duct", "said": "Yes"}
        answer_common_points(paired_order.pk, by=authoriser, **how)

    rows = WorkItem.objects.open().filter(kind__contains="common_points")
    assert {(row.kind, row.turn) for row in rows} == expected


def test_an_issue_of_the_installation_is_the_installers_without_a_day(
    circuit_visit, installer
):
    record_issue(
        circuit_visit.order_id,
        by=installer,
        stage="circuit",
        description="The duct is blocked",
        found_by="Openreach",
        found_on=date(2026, 3, 3),
    )

    row = WorkItem.objects.open().get(kind="resolve_stage_issue")
    assert (row.turn, row.due_on) == ("installer", None)


def test_damage_is_operations_to_decide_and_then_the_installers_to_repair(
    connection, submitter, operator
):
    order, by_when = connection.order, date(2026, 3, 20)
    report = report_damage(
        order.pk,
        by=submitter,
        happened_at=NOW,
        place="Rack D4",
        description="The router was cut off",
    )
    row = WorkItem.objects.open().get(kind="decide_damage")
    assert (row.turn, row.due_on) == ("operations", date(2026, 3, 10))

    how = {"bearer": "supplier", "decision": "A new router", "repair_by": by_when}
    decide_damage(report.pk, by=operator, **how)

    row = WorkItem.objects.open().get(kind="repair_damage")
    assert (row.turn, row.due_on) == ("installer", by_when)
