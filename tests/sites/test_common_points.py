"""A common point of two routes holds back the second link until it is settled."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from orders.errors import ReasonMissing
from records.models import Event, Notice
from sites.commands import (
    answer_common_points,
    complete_stage,
    propose_visit,
    record_path_check,
)
from sites.errors.paths import CommonPointsChanged, SecondLinkHeld
from sites.models import PathCheck
from tests import journey, journey_on_site
from tests.desk.conftest import Desk
from tests.world import kept_once
from worklist.models import WorkItem

WHICH = "The exchange at Derby South"
SAID = "Our landlord opens no second duct. We accept it."


@pytest.fixture
@kept_once
def held_pair(authorised_pair, installer):
    """Both ready for the circuit, with a point in common: first and second link."""
    pair = [journey_on_site.agree_access(order, installer) for order in authorised_pair]
    check(pair[0], installer)
    return sorted(map(journey.fresh, pair), key=lambda order: order.pk)


def check(order, by, which=WHICH):
    return record_path_check(
        order.pk, by=by, has_common_points=bool(which), which=which
    )


def accept(order, by, **how):
    how = {"is_accepted": True, "which": WHICH, "said": SAID, **how}
    return answer_common_points(order.pk, by=by, **how)


def owed(order):
    rows = WorkItem.objects.open().filter(thread=order.reference)
    return {(row.kind, row.turn) for row in rows}


@pytest.mark.guidance("R-4.2-2", "T34")
def test_the_second_link_waits_and_the_first_goes_on(held_pair, installer):
    first, second = held_pair

    with pytest.raises(SecondLinkHeld, match=f"{WHICH}. The second link, {second}"):
        journey_on_site.book(second, installer, "circuit")
    with pytest.raises(SecondLinkHeld):
        propose_visit(
            second.pk, by=installer, purpose="circuit", slots=[], visitor="Openreach"
        )
    assert journey_on_site.complete_stage(first, installer, "circuit").pk
    assert owed(second) == {("answer_common_points", "authoriser")}
    assert "answer_common_points" not in {kind for kind, _ in owed(first)}


@pytest.mark.guidance("T34")
def test_a_visit_that_was_booked_before_the_check_completes_no_second_link(
    authorised_pair, installer
):
    second = max(authorised_pair, key=lambda order: order.pk)
    second = journey_on_site.agree_access(second, installer)
    visit = journey_on_site.book(second, installer, "circuit")
    check(second, installer)

    how = {"stage": "circuit", "done_on": visit.on, "test_result": "Passed"}
    how |= {"provider": "BT", "provider_reference": "ONEA-77"}
    with pytest.raises(SecondLinkHeld):
        complete_stage(second.pk, by=installer, **how)


@pytest.mark.guidance("T34")
@pytest.mark.parametrize("is_installed", [False, True])
def test_the_link_that_is_not_in_is_the_second_where_the_other_is(
    authorised_pair, installer, *, is_installed
):
    first, second = sorted(authorised_pair, key=lambda order: order.pk)
    first = journey_on_site.agree_access(first, installer)
    if is_installed:
        journey_on_site.install(second, installer)
    check(first, installer)

    if is_installed:
        with pytest.raises(SecondLinkHeld):
            journey_on_site.book(first, installer, "circuit")
    else:
        assert journey_on_site.book(first, installer, "circuit").pk


@pytest.mark.guidance("R-4.2-2", "T34")
def test_an_authoriser_accepts_in_words_and_the_second_link_goes_on(
    held_pair, installer, authoriser
):
    accept(held_pair[0], authoriser)

    kept = PathCheck.objects.get()
    assert (kept.answer, kept.answer_words) == ("accepted", SAID)
    assert kept.answered_by == authoriser
    assert WHICH in kept.acknowledged
    for order in held_pair:
        told = Event.objects.of_thread(order.thread).get(name="answer_common_points")
        assert told.why == f"{kept.acknowledged}\n{SAID}"
    assert journey_on_site.book(held_pair[1], installer, "circuit").pk


@pytest.mark.guidance("T34")
def test_what_is_to_be_designed_out_is_the_installers_until_a_new_check_finds_none(
    held_pair, installer, authoriser
):
    second = held_pair[1]
    accept(second, authoriser, is_accepted=False, said="Another exchange, please")
    assert ("design_out_common_points", "installer") in owed(second)
    with pytest.raises(SecondLinkHeld):
        journey_on_site.book(second, installer, "circuit")

    check(second, installer, which="")
    assert {kind for kind, _ in owed(second)} == {"book_first_visit"}
    assert journey_on_site.book(second, installer, "circuit").pk


@pytest.mark.guidance("T34")
def test_a_new_check_asks_anew_and_no_old_answer_holds_for_it(
    held_pair, installer, authoriser
):
    accept(held_pair[0], authoriser)
    check(held_pair[0], installer, which="The duct in Mill Road")

    with pytest.raises(CommonPointsChanged):
        accept(held_pair[0], authoriser)
    with pytest.raises(SecondLinkHeld, match="Mill Road"):
        journey_on_site.book(held_pair[1], installer, "circuit")


def test_a_link_whose_other_one_has_ended_waits_for_nothing(
    held_pair, installer, authoriser
):
    first, second = held_pair
    journey.cancel(first, authoriser)

    assert {kind for kind, _ in owed(second)} == {"book_first_visit"}
    assert journey_on_site.book(second, installer, "circuit").pk


def test_an_answer_has_words(held_pair, authoriser):
    with pytest.raises(ReasonMissing):
        accept(held_pair[0], authoriser, said=" ")


@pytest.mark.guidance("T34", "R-2.11-4")
def test_nobody_but_an_authoriser_answers(request, held_pair):
    for who in ("operator", "installer", "submitter", "colleague", "outsider"):
        with pytest.raises(PermissionDenied):
            accept(held_pair[0], request.getfixturevalue(who))
    assert not PathCheck.objects.get().answer


def test_authorisers_are_told_which_points_and_what_waits(held_pair, authoriser):
    notice = Notice.objects.get(kind="common_points_found")

    assert notice.to == authoriser.email
    assert WHICH in notice.text
    assert f"the second link, {held_pair[1]}, is not installed" in notice.text


def test_an_authoriser_answers_on_its_page_and_others_read_who_does(
    client, held_pair, authoriser, submitter, outsider
):
    page = reverse("paths", args=[held_pair[1].reference])
    client.force_login(submitter)
    assert "to authorise orders answers" in client.get(page).content.decode()
    assert client.post(page, {"answer": "accepted"}).status_code == 403
    client.force_login(outsider)
    assert client.get(page).status_code == 404

    client.force_login(authoriser)
    assert WHICH in client.get(page).content.decode()
    client.post(page, {"which": WHICH, "answer": "accepted", "said": SAID})
    assert SAID in client.get(page).content.decode()
    assert PathCheck.objects.get().answered_by == authoriser


@pytest.mark.guidance("T35", "R-4.2-2", "T34")
def test_the_desk_records_an_authorisers_answer_as_it_was_said(
    client, held_pair, authoriser, desk, clock
):
    clock.shift(3600)
    at, second = Desk(client, desk), held_pair[1]
    said = {"person": authoriser.pk, "how": "phone", "reason": SAID, "which": WHICH}
    said |= {"came_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "answer": "accept"}

    untold = at.do(second, "common-points-said", **said)
    assert "Tell them all of it first" in untold.content.decode()
    at.do(second, "common-points-said", **said, is_understood="on")

    found = PathCheck.objects.get()
    assert (found.answer, found.answered_by) == ("accepted", authoriser)
    assert (found.answer_words, WHICH in found.acknowledged) == (SAID, True)
    told = Notice.objects.get(kind="recorded_for_you", to=authoriser.email)
    assert "are accepted" in told.text
