"""A survey that finds no LV at the site ends the order and offers HV in its place."""

import pytest
from django.urls import reverse

from orders.commands import reapply_as_hv
from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from quotes.models import Quote
from records.models import Notice
from sites.models import SiteVisit
from tests import journey, journey_of_pairs, journey_on_site
from tests.desk.conftest import page_url
from tests.reading import words_of

WHY = "No copper pair reaches the building."
NO_LV = {"is_lv_available": False, "is_circuit_possible": False, "notes": WHY}


def surveyed(order, operator, authoriser, installer):
    """Return a survey visit, today, of an order in desk review."""
    quote = journey.offer(order, operator, survey=True)
    order = journey.authorise(quote, operator, authoriser)
    journey_on_site.agree_access(order, installer)
    return journey_on_site.book(order, installer, "survey")


@pytest.fixture
def lv_visit(make_order, operator, authoriser, installer):
    order = make_order("accepted", connection_type="lv")
    return surveyed(order, operator, authoriser, installer)


@pytest.mark.guidance("T33", "R-2.6-8")
def test_no_lv_at_the_site_ends_the_order_without_a_charge(lv_visit, installer):
    journey_on_site.survey(lv_visit, installer, **NO_LV)

    order = journey.fresh(lv_visit.order)
    assert (order.state, bool(order.closed_at)) == ("unavailable", True)
    assert not SiteVisit.objects.booked().exists()
    assert not order.charges.exists()
    assert not Quote.objects.open().filter(order=order).exists()


@pytest.mark.guidance("T33", "R-2.6-8")
def test_the_party_reads_why_and_is_offered_hv(client, lv_visit, installer, submitter):
    journey_on_site.survey(lv_visit, installer, **NO_LV)

    notice = Notice.objects.get(kind="request_unavailable", to=submitter.email)
    assert "The survey of the site" in notice.text
    assert WHY in notice.text
    assert "that is our own rule" in notice.text
    assert not Notice.objects.filter(kind="survey_recorded").exists()
    client.force_login(submitter)
    page = words_of(client.get(lv_visit.order.get_absolute_url()))
    assert WHY.rstrip(".") in page
    assert reverse("order-hv", args=[lv_visit.order.reference]) in page

    new = reapply_as_hv(lv_visit.order.pk, by=submitter, rating=10)
    assert (new.connection_type, new.site_contact_name) == ("hv", "Sam Gate")


def test_it_needs_a_reason(lv_visit, installer):
    with pytest.raises(ReasonMissing):
        journey_on_site.survey(lv_visit, installer, **{**NO_LV, "notes": ""})
    assert journey.fresh(lv_visit.order).state == "survey"


@pytest.mark.guidance("T33", "R-2.6-8")
def test_in_a_pair_hv_takes_the_place_of_the_one_that_ended(
    party, submitter, operator, authoriser, installer, *, data_centre
):
    pair = journey_of_pairs.start(party, submitter)
    lv, other = (
        journey_of_pairs.answer(order, submitter, data_centre, connection_type="lv")
        for order in pair
    )
    for order in (lv, other):
        journey.submit(order, submitter)
    lv = journey.accept(lv, operator)
    visit = surveyed(lv, operator, authoriser, installer)
    journey_on_site.survey(visit, installer, **NO_LV)

    assert Notice.objects.filter(kind="partner_ended").exists()
    new = reapply_as_hv(lv.pk, by=submitter, rating=10)

    assert journey.fresh(new).partner == other
    assert journey.fresh(other).partner == new


def test_of_hv_a_survey_says_nothing_about_lv(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer, is_lv_available=False)

    assert journey.fresh(survey_visit.order).state == "survey"


@pytest.mark.guidance("T33")
def test_the_installer_records_it_on_a_page(client, lv_visit, installer):
    client.force_login(installer)
    answers = {
        "visit": lv_visit.pk,
        "is_lv_available": "no",
        "is_circuit_possible": "no",
        "is_equipment_possible": "no",
        "has_civil_works": "no",
        "surveyed_on": lv_visit.on.isoformat(),
        "notes": WHY,
    }
    shown = words_of(client.get(page_url(lv_visit.order, "survey")))
    assert "That is our own rule" in shown

    client.post(page_url(lv_visit.order, "survey"), answers)

    assert ConnectionRequest.objects.get().state == "unavailable"
