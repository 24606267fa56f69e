"""What the site review found, as the Party reads it, and HV in place of LV."""

from decimal import Decimal

import pytest
from django.urls import reverse

from orders import commands
from orders.errors import NotInstead, NotNominated, ReasonMissing
from orders.models import ConnectionRequest
from records.models import Event
from tests import journey
from tests.reading import words_of


def hv_page(order):
    return reverse("order-hv", args=[order.reference])


def review(order, operator, **found):
    facts = {"verdict": "green", "is_survey_needed": False, **found}
    return commands.record_site_review(order.pk, by=operator, **facts)


@pytest.mark.guidance("R-3.2-8", "R-2.14-5")
def test_the_party_reads_what_was_found_and_not_the_desks_notes(
    client, accepted_order, operator, submitter
):
    ConnectionRequest.objects.update(wants_diverse_routing=True)
    review(
        accepted_order,
        operator,
        verdict="amber",
        reason="New duct is needed.",
        is_diversity_available=True,
        diversity_cost=Decimal("8400.00"),
        lead_time_days=90,
        notes="Ask the carrier again.",
    )
    client.force_login(submitter)

    words = words_of(client.get(accepted_order.get_absolute_url()))

    for told in ("Amber", "New duct is needed.", "£8,400.00", "90 calendar days"):
        assert told in words
    assert "Ask the carrier again." not in words


@pytest.mark.parametrize("verdict", ["amber", "red"])
def test_a_review_that_is_not_green_says_why(accepted_order, operator, verdict):
    with pytest.raises(ReasonMissing):
        review(accepted_order, operator, verdict=verdict, reason="  ")


@pytest.mark.guidance("T15")
def test_hv_is_asked_for_with_the_answers_of_the_closed_request(
    client, make_order, submitter
):
    order = make_order("unavailable", site_contact_name="Gate House")
    client.force_login(submitter)
    told = words_of(client.get(order.get_absolute_url()))
    assert f'href="{hv_page(order)}"' in told
    assert "LV cannot be had at this site. No copper pair at this exchange." in told

    for _ in range(2):
        client.post(hv_page(order), {"rating": "30"})

    new = ConnectionRequest.objects.get(copied_from=order)
    assert (new.connection_type, new.hv_rating_mbps, new.state) == ("hv", 30, "draft")
    assert new.site_contact_name == "Gate House"
    assert Event.objects.filter(name="reapply_as_hv").count() == 1


def test_the_new_request_takes_the_place_of_the_closed_one_in_its_pair(
    party, submitter, operator, data_centre
):
    first, second = commands.start_pair(party.pk, by=submitter, option="medium")
    for order in (first, second):
        journey.answer(order, submitter, data_centre)
    ConnectionRequest.objects.filter(pk=first.pk).update(
        connection_type="lv",
        hv_rating_mbps=None,
        state="unavailable",
        submitted_by=submitter,
        submitted_at="2026-03-03T10:00Z",
        accepted_at="2026-03-03T10:00Z",
        quote_due_on="2026-03-10",
        closed_at="2026-03-03T10:00Z",
    )

    new = commands.reapply_as_hv(first.pk, by=submitter, rating=20)

    partner, new = journey.fresh(second), journey.fresh(new)
    assert (new.partner, partner.partner) == (partner, new)
    assert new.role == first.role
    assert partner.related_reference == new.customer_reference
    assert journey.fresh(first).partner is None


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
def test_nothing_else_is_asked_again_as_hv(client, make_order, submitter, state):
    order = make_order(state, connection_type="lv")
    client.force_login(submitter)

    assert client.get(hv_page(order)).status_code == 404
    with pytest.raises(NotInstead):
        commands.reapply_as_hv(order.pk, by=submitter, rating=20)


def test_only_a_submitter_asks_for_hv(client, make_order, colleague):
    order = make_order("unavailable")
    client.force_login(colleague)

    assert client.get(hv_page(order)).status_code == 200
    assert client.post(hv_page(order), {"rating": "20"}).status_code == 403
    with pytest.raises(NotNominated):
        commands.reapply_as_hv(order.pk, by=colleague, rating=20)


def test_nor_is_the_request_that_was_started_handed_to_anybody_else(
    make_order, submitter, outsider
):
    order = make_order("unavailable")
    commands.reapply_as_hv(order.pk, by=submitter, rating=20)

    with pytest.raises(NotNominated):
        commands.reapply_as_hv(order.pk, by=outsider, rating=20)


@pytest.mark.parametrize("rating", ["", "15", "5000", "x"])
def test_a_rating_that_hv_does_not_have_is_refused(
    client, make_order, submitter, rating
):
    order = make_order("unavailable")
    client.force_login(submitter)

    answer = client.post(hv_page(order), {"rating": rating})

    assert answer.status_code == 200
    assert not ConnectionRequest.objects.filter(copied_from=order).exists()
