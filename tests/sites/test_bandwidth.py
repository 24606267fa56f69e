"""What an LV line is to carry: estimated, found by a survey, measured by its test."""

from decimal import Decimal

import pytest
from django.urls import reverse

from orders import commands as orders
from orders.errors import EstimateMissing, EstimateNotPositive, LineKindMissing
from orders.models import SiteReview
from quotes.errors import DiversityOpen
from quotes.models import Quote
from records.models import Event, Notice
from sites.errors import (
    DiversityStillOpen,
    ExpectedBandwidthMissing,
    LineStillOpen,
    MeasuredBandwidthMissing,
    MeasuredNotPositive,
)
from tests import journey, journey_of_pairs, journey_on_site
from tests.quotes.paper import text_of
from tests.reading import words_of

ESTIMATE = {"expected_down_mbps": Decimal(14), "expected_up_mbps": Decimal("1.5")}
MEASURED = {"measured_down_mbps": Decimal("12.5"), "measured_up_mbps": Decimal(1)}
ESTIMATED = "14 Mbps from DCC and 1.5 Mbps to DCC: an estimate from the line check"


@pytest.fixture
def lv_order(make_order):
    """In desk review, without a site review."""
    return make_order("accepted", connection_type="lv")


def review(order, by, line, *, survey=False, **found):
    orders.record_site_review(
        order.pk,
        by=by,
        verdict="green",
        is_survey_needed=survey,
        line_kind=line,
        **found,
    )
    return journey.fresh(order)


@pytest.mark.guidance("T31", "R-2.6-4")
@pytest.mark.parametrize("line", ["standard", "unknown"])
def test_a_slow_or_unknown_line_needs_an_estimate_where_no_survey_is_made(
    lv_order, operator, line
):
    with pytest.raises(EstimateMissing, match="as an estimate"):
        review(lv_order, operator, line)

    assert review(lv_order, operator, line, survey=True).site_review
    assert review(lv_order, operator, line, **ESTIMATE).site_review


@pytest.mark.guidance("T31")
def test_the_line_is_superfast_standard_or_not_known_yet(lv_order, operator):
    with pytest.raises(LineKindMissing):
        review(lv_order, operator, "")
    for half in ({"expected_down_mbps": Decimal(1)}, dict.fromkeys(ESTIMATE, 0)):
        with pytest.raises(EstimateNotPositive):
            review(lv_order, operator, "superfast", **half)

    found = review(lv_order, operator, "superfast").site_review
    assert (found.line_kind, found.expected_down_mbps) == ("superfast", None)


@pytest.mark.guidance("T31", "R-2.6-7")
def test_page_paper_order_and_desk_state_the_estimate(
    client, lv_order, operator, submitter
):
    order = review(lv_order, operator, "standard", **ESTIMATE)
    quote = journey.issue(journey.draft(order, operator), operator)

    assert ESTIMATED in text_of(quote)
    client.force_login(submitter)
    page = words_of(client.get(quote.get_absolute_url()))
    assert ESTIMATED in page
    assert "states an estimate is our own rule" in page
    assert ESTIMATED in words_of(client.get(order.get_absolute_url()))
    client.force_login(operator)
    desk = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert "14 Mbps down, 1.5 Mbps up, estimated" in words_of(client.get(desk))


@pytest.fixture
def estimated(lv_order, operator, authoriser, installer):
    """Authorised on a firm offer that states an estimate; access is agreed."""
    order = review(lv_order, operator, "unknown", **ESTIMATE)
    quote = journey.issue(journey.draft(order, operator), operator)
    order = journey.authorise(quote, operator, authoriser)
    return journey_on_site.agree_access(order, installer)


def circuit(order, person, **measured):
    journey_on_site.book(order, person, "circuit")
    return journey_on_site.sites.complete_stage(
        order.pk,
        by=person,
        stage="circuit",
        done_on=journey_on_site.today(),
        test_result="Passed",
        provider="BT Openreach",
        provider_reference="OR-1",
        **measured,
    )


@pytest.mark.guidance("T31", "R-2.6-7")
def test_the_circuit_test_measures_what_was_only_estimated(estimated, installer):
    with pytest.raises(MeasuredBandwidthMissing, match="only an estimate"):
        circuit(estimated, installer)


@pytest.mark.guidance("T31")
def test_half_a_measurement_is_none(estimated, installer):
    with pytest.raises(MeasuredNotPositive):
        circuit(estimated, installer, measured_down_mbps=Decimal(3))


@pytest.mark.guidance("T31", "R-2.6-7")
def test_the_party_reads_what_was_measured(
    client, estimated, installer, operator, submitter
):
    circuit(estimated, installer, **MEASURED)
    client.force_login(submitter)
    page = words_of(client.get(estimated.get_absolute_url()))
    assert "Measured: 12.5 Mbps from DCC, 1 Mbps to DCC." in page

    journey_on_site.complete_stage(estimated, installer, "equipment")
    connection = journey_on_site.complete(estimated, operator)
    page = words_of(client.get(reverse("connection", args=[connection.reference])))
    assert "12.5 Mbps from DCC, 1 Mbps to DCC, by the test" in page
    text = Notice.objects.filter(kind="installation_complete").first().text
    assert "measured 12.5 Mbps down" in text


@pytest.fixture
def open_line(lv_order, operator, authoriser, installer):
    """A survey visit, today, for LV whose kind of line the review left open."""
    order = review(lv_order, operator, "unknown", survey=True)
    quote = journey.issue(journey.draft(order, operator), operator)
    order = journey.authorise(quote, operator, authoriser)
    journey_on_site.agree_access(order, installer)
    return journey_on_site.book(order, installer, "survey")


@pytest.mark.guidance("T31", "R-2.6-7")
def test_the_survey_says_which_line_it_is_and_what_to_expect(
    open_line, installer, operator
):
    with pytest.raises(LineStillOpen):
        journey_on_site.survey(open_line, installer)
    with pytest.raises(ExpectedBandwidthMissing):
        journey_on_site.survey(open_line, installer, line_kind="standard")

    journey_on_site.survey(open_line, installer, line_kind="standard", **ESTIMATE)

    order = journey.fresh(open_line.order)
    assert order.site_review.line_kind == "standard"
    assert Event.objects.of_thread(order.thread).filter(name="settle_review").exists()
    paper = text_of(journey.draft(order, operator))
    assert "14 Mbps from DCC and 1.5 Mbps to DCC, as the survey found" in paper
    assert "standard broadband" in paper


@pytest.fixture
def open_pair(party, submitter, operator, data_centre):
    """The first of a pair, in desk review, with diverse routing asked for."""
    pair = journey_of_pairs.answered(party, submitter, [data_centre, data_centre])
    for order in pair:
        journey.submit(order, submitter)
    first, _ = [journey.accept(order, operator) for order in pair]
    return first


@pytest.mark.guidance("R-2.14-5")
def test_a_firm_quotation_promises_no_survey(open_pair, operator):
    order = review(open_pair, operator, "")
    with pytest.raises(DiversityOpen, match="or that a survey is needed"):
        journey.draft(order, operator)

    order = review(open_pair, operator, "", is_diversity_available=False)
    assert "The survey finds out" not in text_of(journey.draft(order, operator))


@pytest.mark.guidance("R-2.14-5")
def test_what_a_survey_is_to_find_out_it_answers(
    open_pair, operator, authoriser, installer
):
    order = review(open_pair, operator, "", survey=True)
    quote = journey.issue(journey.draft(order, operator), operator)
    assert "The survey finds out" in text_of(Quote.objects.get(pk=quote.pk))
    order = journey.authorise(quote, operator, authoriser)
    journey_on_site.agree_access(order, installer)
    visit = journey_on_site.book(order, installer, "survey")

    with pytest.raises(DiversityStillOpen):
        journey_on_site.survey(visit, installer)
    journey_on_site.survey(visit, installer, is_diversity_available=False)

    assert SiteReview.objects.get(order=order).is_diversity_available is False
    paper = text_of(journey.draft(journey.fresh(order), operator))
    assert "Not available at this site" in paper
