"""Requests come of a plan: one or two, with what was chosen and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.commands import withdraw_request
from orders.models import ConnectionRequest
from orders.states import OrderState
from planner.commands import answers_for, save_plan, start_requests
from planner.errors import PlanAlreadyStarted, PlanHasNoOption
from records.models import Event
from tests import journey
from tests.planner.example import CHOSEN, PLAN, SHEET

LOW = {"option": "low", "main": "hv-20", "years": "1", "uses": ["duis"]}
RDP = {
    "option": "low",
    "main": "lv",
    "years": "3",
    "is_rdp": "on",
    "uses": ["duis", "registration_load"],
}


@pytest.fixture
def pair_plan(db):
    return save_plan(PLAN)


def place(plan):
    return reverse("plan-start", args=[plan.token])


def facts(order):
    return (
        order.connection_type,
        order.hv_rating_mbps,
        order.minimum_period_years,
        order.uses,
    )


@pytest.mark.guidance("R-1.3-6", "R-2.4.1-2", "R-2.4-2")
def test_one_connection_makes_one_request_with_what_was_chosen(submitter):
    (made,) = start_requests(save_plan(LOW).token, by=submitter)

    made = ConnectionRequest.objects.get(pk=made.pk)
    assert facts(made) == ("hv", 20, 1, ["duis"])
    assert made.state == OrderState.DRAFT
    assert made.group is None


@pytest.mark.guidance("R-1.3-6", "R-2.4.1-2", "R-2.4.2-1", "R-2.4.2-2", "R-4.2-6")
@pytest.mark.parametrize("option", ["medium", "high"])
def test_two_connections_make_two_requests_that_name_each_other(submitter, option):
    plan = save_plan(PLAN | {"option": option})
    made = start_requests(plan.token, by=submitter)

    main, backup = ConnectionRequest.objects.filter(plans=plan).order_by("pk")
    assert [order.pk for order in made] == [main.pk, backup.pk]
    assert main.group == backup.group
    assert main.group.option == option
    assert (main.role, backup.role) == ("primary", "backup")
    assert main.related_reference == backup.customer_reference != ""
    assert facts(main) == ("hv", 20, 3, ["duis", "ssi"])
    assert facts(backup) == ("lv", None, 3, ["duis", "ssi"])


@pytest.mark.guidance("R-2.8-1")
def test_what_was_only_suggested_is_not_carried_over(submitter):
    (made,) = start_requests(save_plan(SHEET | {"option": "low"}).token, by=submitter)

    made = ConnectionRequest.objects.get(pk=made.pk)
    assert facts(made) == ("", None, None, [])


@pytest.mark.guidance("R-2.5-10")
def test_an_rdp_is_given_no_period_and_only_uses_of_its_own(rdp_submitter):
    (made,) = start_requests(save_plan(RDP).token, by=rdp_submitter)

    made = ConnectionRequest.objects.get(pk=made.pk)
    assert facts(made) == ("lv", None, None, ["registration_load"])
    assert made.is_registration_only


@pytest.mark.guidance("R-2.5-10", "T30")
def test_the_years_of_an_rdps_plan_are_no_answer_of_its_request(rdp, rdp_submitter):
    order = journey.start(rdp, rdp_submitter)

    assert answers_for(save_plan(RDP), "main", order)["minimum_period_years"] is None


def test_a_sec_party_is_not_taken_for_an_rdp(submitter):
    (made,) = start_requests(save_plan(RDP).token, by=submitter)

    assert ConnectionRequest.objects.get(pk=made.pk).is_registration_only is None


def test_the_history_says_where_the_answers_came_from(submitter):
    (made,) = start_requests(save_plan(LOW).token, by=submitter)

    carried = Event.objects.get(thread=made.reference, name="start_requests")
    assert carried.what == "Answers carried over from a plan"
    assert carried.by == submitter


def test_a_plan_without_an_option_is_refused(submitter):
    with pytest.raises(PlanHasNoOption, match="choose low, medium or high"):
        start_requests(save_plan(CHOSEN).token, by=submitter)

    assert not ConnectionRequest.objects.exists()


def test_a_party_starts_a_plan_once_and_another_may_too(pair_plan, submitter, outsider):
    made = start_requests(pair_plan.token, by=submitter)

    with pytest.raises(
        PlanAlreadyStarted, match=f"{made[0]} and {made[1]} already came"
    ):
        start_requests(pair_plan.token, by=submitter)

    assert len(start_requests(pair_plan.token, by=outsider)) == 2
    assert pair_plan.orders.count() == 4


def test_a_plan_may_be_started_again_when_what_came_of_it_is_closed(
    submitted_order, submitter
):
    plan = save_plan(LOW)
    plan.orders.add(submitted_order)
    withdraw_request(submitted_order.pk, by=submitter)

    assert len(start_requests(plan.token, by=submitter)) == 1


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize("who", ["authoriser", "colleague", "operator", "installer"])
def test_only_a_nominated_submitter_starts_requests(request, pair_plan, who):
    with pytest.raises(PermissionDenied):
        start_requests(pair_plan.token, by=request.getfixturevalue(who))

    assert not ConnectionRequest.objects.exists()


def test_a_visitor_keeps_a_plan_signs_in_and_comes_back_to_start_it(
    client, submitter, transactional_db
):
    kept = client.post(reverse("plan-save") + "?start=1", PLAN)
    asked = client.get(kept["Location"])

    assert asked["Location"] == f"/sign-in/?next={kept['Location']}"


def test_the_page_says_what_will_be_made_and_makes_nothing(
    client, pair_plan, submitter
):
    client.force_login(submitter)
    shown = client.get(place(pair_plan)).content.decode()

    assert "this makes two requests that name each other" in shown
    for words in ("HV 20 Mbps", "LV", "3 years", "Self-Service Interface (SSI)"):
        assert words in shown
    assert not ConnectionRequest.objects.exists()


def test_starting_leads_to_the_form_of_the_first(client, pair_plan, submitter):
    client.force_login(submitter)
    response = client.post(place(pair_plan), follow=True)

    first, second = pair_plan.orders.order_by("pk")
    assert response.redirect_chain[0][0] == reverse(
        "order-form", args=[first.reference]
    )
    assert f"{first} and {second} begin with the choices" in response.content.decode()


def test_a_refusal_is_said_on_the_page(client, pair_plan, submitter):
    start_requests(pair_plan.token, by=submitter)
    client.force_login(submitter)

    assert (
        "already came from this plan" in client.post(place(pair_plan)).content.decode()
    )


@pytest.mark.guidance("R-2.2-5")
def test_a_colleague_reads_whom_to_ask_and_may_not(client, pair_plan, colleague):
    client.force_login(colleague)

    assert "You cannot start a request yourself" in (
        client.get(place(pair_plan)).content.decode()
    )
    assert client.post(place(pair_plan)).status_code == 403


def test_only_the_party_reads_what_came_of_a_plan(
    client, pair_plan, submitter, outsider
):
    first = start_requests(pair_plan.token, by=submitter)[0].reference
    shown = {}
    for who in (None, submitter, outsider):
        client.logout()
        if who:
            client.force_login(who)
        shown[who] = first in client.get(pair_plan.get_absolute_url()).content.decode()

    assert shown == {None: False, submitter: True, outsider: False}
