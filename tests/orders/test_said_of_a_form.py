"""What a submitter said of a form beside its answers, recorded for them (T35)."""

from datetime import timedelta

import pytest

from orders.commands import Said, record_pair_apart
from orders.errors import LowNotAccepted, SaidByNobodyNominated
from orders.models import Acknowledgement, ConnectionRequest
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import Desk

# It came on Friday 6 March and is recorded on the Monday after it.
CAME, RECORDED = NOW + timedelta(days=3), NOW + timedelta(days=6)

pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def desk_later(clock, desk):
    """Whoever records it; asked for last, for the clock moves on."""
    clock.move_to(RECORDED)
    return desk


def typed(person, **answers):
    came = {"person": person.pk, "how": "phone", "came_at": "2026-03-06T10:00"}
    return came | answers


def told(person):
    kept = Notice.objects.filter(kind="recorded_for_you", to=person.email)
    return kept.latest("pk").text


@pytest.mark.guidance("R-2.4.1-1", "R-2.4.1-2", "R-2.14-2")
def test_two_requests_are_paired_swapped_and_taken_apart_as_a_submitter_said(
    client, pair, submitter, *, desk_later
):
    at, (first, second) = Desk(client, desk_later), pair
    assert "pair-change-said" in at.offered(first)

    at.do(first, "pair-change-said", **typed(submitter, act="swap"))
    assert journey.fresh(first).role == "backup"
    at.do(first, "pair-change-said", **typed(submitter, act="apart"))
    assert journey.fresh(second).partner is None
    assert f"that {first} and {second} are no pair any more" in told(submitter)
    assert "Recorded by" in Event.objects.filter(name="unpair").latest("pk").why

    joined = typed(submitter, partner=second.pk, option="high")
    at.do(first, "pair-said", **joined)

    again = journey.fresh(first)
    assert (again.partner, again.option) == (second, "high")
    assert (again.group.created_by, again.group.created_at) == (submitter, CAME)
    assert f"that {first} and {second} are a pair" in told(submitter)


@pytest.mark.guidance("R-4.1-4")
def test_what_the_other_form_can_no_longer_ask_is_asked_before_they_part(
    client, ready_pair, submitter, operator, *, colleague, desk_later
):
    first, second = ready_pair
    for row in ready_pair:
        journey.submit(row, submitter, at=NOW)
    journey.return_with_questions(first, operator, at=NOW)
    at = Desk(client, desk_later)
    answer = typed(submitter, act="apart")

    page = at.do(first, "pair-change-said", **answer).content.decode()
    assert "Tell them first, and tick the box" in page
    of_submitter = Said(submitter.pk, "phone", CAME)
    of_colleague = Said(colleague.pk, "phone", CAME)
    with pytest.raises(LowNotAccepted):
        record_pair_apart(first.pk, by=desk_later, said=of_submitter)
    with pytest.raises(SaidByNobodyNominated):
        record_pair_apart(first.pk, by=desk_later, said=of_colleague)

    at.do(first, "pair-change-said", **answer, is_low_accepted="on")

    kept = Acknowledgement.objects.get(order=second, what="no_availability")
    assert kept.by == submitter
    assert journey.fresh(first).partner is None


@pytest.mark.guidance("R-2.6-8", "T15")
def test_hv_in_place_of_lv_begins_as_a_draft_that_they_send_themselves(
    client, draft_order, submitter, operator, data_centre, *, desk_later
):
    lv = journey.answer(draft_order, submitter, data_centre, connection_type="lv")
    order = journey.accept(journey.submit(lv, submitter, at=NOW), operator, at=NOW)
    journey.close_as_unavailable(order, operator, at=NOW)
    at, answer = Desk(client, desk_later), typed(submitter, rating="20")
    assert "hv-instead-said" in at.offered(order)

    at.do(order, "hv-instead-said", **answer)

    new = ConnectionRequest.objects.get(copied_from=order)
    assert (new.state, new.channel, new.created_by) == ("draft", "portal", submitter)
    assert (new.connection_type, new.hv_rating_mbps) == ("hv", 20)
    assert "Nothing is ordered until you do." in told(submitter)
    assert "hv-instead-said" not in at.offered(order)


@pytest.mark.guidance("R-2.3-1", "R-2.3-2")
def test_who_shares_it_is_put_on_a_form_and_taken_off_as_a_submitter_said(
    client, returned_order, submitter, *, desk_later
):
    at, order = Desk(client, desk_later), returned_order
    named = {
        "name": "Calder Supply",
        "standing": "sec_party",
        "why": "provider",
        "from_on": "2026-06-01",
    }

    at.do(order, "form-sharer-said", **typed(submitter, **named))

    sharer = journey.fresh(order).sharers.get()
    assert (sharer.name, sharer.added_by, sharer.added_at) == (
        "Calder Supply",
        submitter,
        CAME,
    )
    assert "that Calder Supply is to share the connection" in told(submitter)

    at.do(order, "form-sharer-off-said", **typed(submitter, sharer=sharer.pk))

    assert not journey.fresh(order).sharers.exists()
    assert "is not to share the connection" in told(submitter)
