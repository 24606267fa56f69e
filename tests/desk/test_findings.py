"""What the desk finds beside the answers of a form, and does about it."""

from datetime import timedelta

import pytest

from orders import commands
from orders.file import OrderFile
from orders.findings.looks import evidence_of, findings
from orders.models import ConnectionRequest, DeskNote, Question
from parties.models import Nomination, PartyStanding
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import WORK

TODAY = NOW.date()


def found(order):
    row = ConnectionRequest.objects.get(pk=order.pk)
    return {one.field: one for one in findings(evidence_of([row], TODAY)[row.pk])}


def words_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.guidance("R-2.11-6")
def test_a_party_without_an_authoriser_stands_out(submitted_order, request):
    assert found(submitted_order)["authorisers"].section == "2.11"

    request.getfixturevalue("authoriser")
    assert "authorisers" not in found(submitted_order)


LOOKS = [
    ({"hv_rating_mbps": 30}, "hv_rating_mbps", "Above the usual start"),
    ({"ac_sockets": 0}, "ac_sockets", "No socket is free"),
    ({"has_access_control": False}, "has_access_control", "Entry is not controlled"),
    ({"is_multi_tenanted": True, "landlord": ""}, "landlord", "no landlord named"),
    (
        {"was_built_before_2000": True, "has_asbestos_register": False},
        "has_asbestos_register",
        "No asbestos register",
    ),
    (
        {"required_by": TODAY + timedelta(days=29)},
        "required_by",
        "Sooner than is usual",
    ),
]


@pytest.mark.guidance("R-3.2-4")
@pytest.mark.parametrize(("answers", "field", "title"), LOOKS)
def test_an_answer_that_wants_a_look_stands_out_and_blocks_nothing(
    submitted_order, operator, answers, field, title
):
    assert field not in found(submitted_order)
    ConnectionRequest.objects.update(**answers)

    finding = found(submitted_order)[field]

    assert title in finding.title
    assert not finding.is_blocking
    assert journey.accept(submitted_order, operator).state == "accepted"


@pytest.mark.guidance("R-2.2-1")
@pytest.mark.parametrize(
    ("days", "blocks"), [(-1, True), (0, False), (60, False), (61, None)]
)
def test_a_standing_that_ended_blocks_and_one_that_ends_soon_is_told(
    submitted_order, days, blocks
):
    PartyStanding.objects.update(until_on=TODAY + timedelta(days=days))

    finding = found(submitted_order).get("party")

    assert (finding.is_blocking if finding else None) == blocks


@pytest.mark.guidance("R-2.2-5")
def test_a_submitter_who_is_no_longer_nominated_stands_out(submitted_order):
    assert "submitted_by" not in found(submitted_order)

    Nomination.objects.update(until_on=TODAY - timedelta(days=1))

    assert "submitted_by" in found(submitted_order)


@pytest.mark.parametrize(("kind", "is_found"), [("hv", True), ("lv", False)])
def test_hv_of_an_rdp_is_flagged_as_dccs_to_decide(
    rdp, rdp_submitter, rdp_data_centre, operator, *, kind, is_found
):
    people = journey.People(
        rdp, rdp_submitter, rdp_submitter, operator, rdp_data_centre
    )
    uses = {"uses": ["registration_load"], "is_registration_only": True}
    order = journey.order_in("submitted", people, connection_type=kind, **uses)

    finding = found(order).get("connection_type")

    assert bool(finding) == is_found
    assert not finding or "DCC Operations decides for this order" in finding.why
    assert not finding or not finding.section


@pytest.mark.guidance("R-2.9.2-1", "T2")
def test_an_rdp_has_one_free_connection_and_only_for_registration_data(
    rdp, rdp_submitter, rdp_data_centre, operator
):
    people = journey.People(
        rdp, rdp_submitter, rdp_submitter, operator, rdp_data_centre
    )
    lv = {
        "connection_type": "lv",
        "uses": ["registration_load"],
        "is_registration_only": True,
    }
    first = journey.order_in("submitted", people, **lv)
    assert "is_registration_only" not in found(first)

    second = journey.order_in("submitted", people, **lv)
    assert "not free" in found(second)["is_registration_only"].title

    ConnectionRequest.objects.filter(pk=first.pk).update(is_registration_only=False)
    assert found(first)["is_registration_only"].title == "Not free for this use"


def test_the_same_asked_twice_stands_out(make_order):
    order = make_order("submitted")
    assert "data_centre" not in found(order)

    other = make_order("submitted")

    assert str(other) in found(order)["data_centre"].why


@pytest.mark.guidance("R-3.2-4")
def test_what_blocks_is_exactly_what_an_acceptance_refuses(submitted_order, operator):
    ConnectionRequest.objects.update(minimum_period_years=None)
    blocking = found(submitted_order)["minimum_period_years"]
    assert blocking.is_blocking

    with pytest.raises(Exception, match="minimum contract period") as refusal:
        journey.accept(submitted_order, operator)

    assert str(refusal.value) == blocking.why


def test_the_orders_page_shows_findings_and_why_it_cannot_be_accepted(
    at, submitted_order
):
    ConnectionRequest.objects.update(minimum_period_years=None)

    words = words_of(at.order(submitted_order))

    assert "1 to put right, 1 to look at" in words
    assert "Not possible yet: Accept the form" in words
    assert "accept" not in at.offered(submitted_order)


def test_the_queue_counts_findings_and_names_the_form_for_any_number_of_forms(
    at, make_order, submitter, django_assert_max_num_queries
):
    order = make_order("returned")
    journey.answer_all(order, submitter)
    journey.submit(order, submitter)
    for _ in range(3):
        make_order("submitted")

    with django_assert_max_num_queries(16):
        words = words_of(at.client.get(WORK(), {"queue": "forms"}))

    assert "Check form 2: 1 to look at" in words


# Questions and notes


@pytest.mark.guidance("R-3.2-6")
def test_a_question_is_asked_changed_and_sent_from_the_desk(at, submitted_order):
    at.client.post(
        f"{at_page(submitted_order, 'ask')}?field=floor",
        {"field": "floor", "words": "Which floor?"},
    )
    question = Question.objects.get()
    page = words_of(at.order(submitted_order))
    assert "Not sent yet." in page
    assert "Return with 1 question" in page

    url = f"{at_page(submitted_order, 'change-question')}?question={question.pk}"
    assert "Which floor?" in words_of(at.client.get(url))
    at.client.post(url, {"field": "room", "words": "Which room?"})
    at.do(submitted_order, "return", note="")

    sent = Question.objects.get()
    assert (sent.words, sent.field, sent.is_sent) == ("Which room?", "room", True)
    assert journey.fresh(submitted_order).state == "returned"


def at_page(order, slug):
    return f"/admin/orders/connectionrequest/{order.pk}/{slug}/"


def test_a_question_is_discarded_from_the_desk(at, submitted_order, operator):
    question = commands.ask_question(submitted_order.pk, by=operator, words="Why?")

    at.client.post(
        f"{at_page(submitted_order, 'discard-question')}?question={question.pk}"
    )

    assert not Question.objects.exists()


def test_a_question_that_is_not_there_is_told_in_words(at, submitted_order):
    words = words_of(at.page(submitted_order, "change-question"))

    assert "Choose a question that has not been sent" in words


@pytest.mark.guidance("R-3.2-6")
def test_the_desk_reads_the_answer_and_what_changed(
    at, returned_order, submitter, operator
):
    journey.answer_all(returned_order, submitter)
    answers = {"hv_rating_mbps": 10}
    commands.save_answers(returned_order.pk, by=submitter, answers=answers)
    journey.submit(returned_order, submitter)

    words = words_of(at.order(returned_order))

    assert "The third floor." in words
    assert "Before, in form 1: 20 Mbps" in words


def test_notes_stand_newest_first_and_suppliers_see_none(
    at, as_, authorised_order, installer
):
    for text in ("First note", "Second note"):
        at.do(authorised_order, "note", words=text)
    words = words_of(at.order(authorised_order))
    assert words.index("Second note") < words.index("First note")
    assert DeskNote.objects.count() == 2

    words = words_of(as_(installer).order(authorised_order))
    assert "Second note" not in words


def test_a_suppliers_file_has_no_findings_and_no_questions(authorised_order, installer):
    order = ConnectionRequest.objects.get(pk=authorised_order.pk)
    file = OrderFile(order, installer, NOW)

    assert (file.findings, file.questions, file.versions, file.notes) == (
        [],
        [],
        [],
        [],
    )
