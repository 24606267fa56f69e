"""A SEC Party that is an RDP as well says in which capacity it asks."""

import pytest
from django.urls import reverse

from orders.commands import add_sharer, copy_request, save_answers, withdraw_request
from orders.errors import NotEligible, OtherDataNeedsSecParty, RequestIncomplete
from orders.models import ConnectionRequest
from orders.states import OrderState
from planner.commands import save_plan, start_requests
from tests import journey
from tests.cast import NOW
from tests.factories.parties import StandingFactory
from tests.reading import words_of

REGISTRATION = {
    "connection_type": "lv",
    "uses": ["registration_load"],
    "is_registration_only": True,
}


@pytest.fixture
def both(rdp):
    """An RDP that is a SEC Party as well."""
    StandingFactory(party=rdp, from_on=NOW.date())
    return rdp


@pytest.fixture
def capacity_order(both, rdp_submitter):
    return journey.start(both, rdp_submitter)


def section(order, name="capacity"):
    return reverse("order-section", args=[order.reference, name])


def answered(order, who, site, route, **answers):
    order = save_answers(order.pk, by=who, answers={"route": route})
    return journey.answer(order, who, site, **answers)


@pytest.mark.guidance("T32", "R-2.2-2")
def test_the_form_is_not_sent_before_the_capacity_is_said(
    client, capacity_order, rdp_submitter, rdp_data_centre
):
    journey.answer(capacity_order, rdp_submitter, rdp_data_centre)
    with pytest.raises(RequestIncomplete, match="in which capacity you ask"):
        journey.submit(capacity_order, rdp_submitter)

    client.force_login(rdp_submitter)
    shown = words_of(client.get(section(capacity_order)))
    assert "That you say which is our own rule" in shown
    client.post(section(capacity_order), {"route": "e3"})

    assert journey.fresh(capacity_order).route == "e3"


@pytest.mark.guidance("T32", "R-2.2-2")
def test_an_rdp_submits_under_e3_though_it_is_a_sec_party(
    capacity_order, rdp_submitter, rdp_data_centre, operator
):
    who, site = rdp_submitter, rdp_data_centre
    order = answered(capacity_order, who, site, "e3", **REGISTRATION)
    order = journey.accept(journey.submit(order, who), operator)

    assert (order.route, order.minimum_period_years) == ("e3", None)
    assert ConnectionRequest.objects.is_free(order)


@pytest.mark.guidance("T32", "R-2.9.2-1")
def test_it_has_one_free_connection_and_no_second(
    both, rdp_submitter, rdp_data_centre, operator
):
    made = []
    for route in ("h15", "e3", "e3"):
        order = journey.start(both, rdp_submitter)
        answers = {"connection_type": "lv"} if route == "h15" else REGISTRATION
        order = answered(order, rdp_submitter, rdp_data_centre, route, **answers)
        made.append(journey.submit(order, rdp_submitter))

    assert [ConnectionRequest.objects.is_free(order) for order in made] == [
        False,
        True,
        False,
    ]


@pytest.mark.guidance("R-2.9.2-3")
def test_a_connection_for_more_than_registration_data_is_not_free(
    capacity_order, rdp_submitter, rdp_data_centre, operator
):
    who, more = rdp_submitter, {"connection_type": "lv", "is_registration_only": False}
    order = answered(capacity_order, who, rdp_data_centre, "e3", **more)
    order = journey.submit(order, who)

    assert not ConnectionRequest.objects.is_free(order)


@pytest.mark.guidance("T32")
def test_under_e3_it_may_share_since_it_is_a_sec_party(
    capacity_order, rdp_submitter, rdp_data_centre
):
    who = rdp_submitter
    order = answered(capacity_order, who, rdp_data_centre, "e3", **REGISTRATION)
    sharing = {"standing": "sec_party", "reason": "network_rdp"}

    add_sharer(
        order.pk,
        by=who,
        name="Tamar Retail",
        from_on=NOW.date(),
        is_charge_confirmed=True,
        **sharing,
    )

    assert not ConnectionRequest.objects.is_free(journey.fresh(order))


@pytest.mark.guidance("T32")
def test_a_change_of_capacity_drops_what_it_makes_needless(
    capacity_order, rdp_submitter, rdp_data_centre
):
    who, site = rdp_submitter, rdp_data_centre
    uses = ["duis", "registration_load"]
    order = answered(capacity_order, who, site, "h15", uses=uses)
    assert order.minimum_period_years == 3

    order = save_answers(order.pk, by=who, answers={"route": "e3"})

    assert (order.minimum_period_years, order.uses) == (None, ["registration_load"])


@pytest.mark.guidance("R-2.2-2")
def test_whoever_is_one_of_the_two_is_not_asked(
    client, draft_order, submitter, rdp, rdp_submitter
):
    client.force_login(submitter)
    assert client.get(section(draft_order)).status_code == 404
    with pytest.raises(NotEligible):
        save_answers(draft_order.pk, by=submitter, answers={"route": "e3"})
    assert journey.start(rdp, rdp_submitter).route == "e3"


@pytest.mark.guidance("T32")
def test_a_copy_and_a_plan_carry_the_capacity_over(
    capacity_order, rdp_submitter, rdp_data_centre
):
    who = rdp_submitter
    order = answered(capacity_order, who, rdp_data_centre, "e3", **REGISTRATION)
    order = journey.submit(order, who)
    withdraw_request(order.pk, by=who)

    assert copy_request(order.pk, by=who).route == "e3"
    chosen = {"option": "low", "main": "lv", "years": "3"}
    for is_rdp, route in (({}, "h15"), ({"is_rdp": "on"}, "e3")):
        (made,) = start_requests(save_plan(chosen | is_rdp).token, by=who)
        assert journey.fresh(made).route == route


@pytest.mark.guidance("T2")
def test_an_rdp_that_is_no_sec_party_cannot_have_other_data_on_it(
    client, rdp, rdp_submitter, rdp_data_centre
):
    order = journey.start(rdp, rdp_submitter)
    client.force_login(rdp_submitter)
    answers = {"uses": ["registration_load"], "is_registration_only": "False"}
    refused = words_of(client.post(section(order, "use"), answers))
    assert "let a SEC Party order the connection and share it with you" in refused
    assert "That is our own reading" in refused

    only = {**REGISTRATION, "is_registration_only": False}
    order = journey.answer(order, rdp_submitter, rdp_data_centre, **only)
    with pytest.raises(OtherDataNeedsSecParty, match="is not a SEC Party"):
        journey.submit(order, rdp_submitter)
    assert journey.fresh(order).state == OrderState.DRAFT
