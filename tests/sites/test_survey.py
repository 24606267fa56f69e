from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from orders.commands import record_site_review
from quotes.errors import SurveyMissing
from records.errors import NotPossibleInState
from records.models import Notice
from sites.errors import (
    BandwidthNotPositive,
    ExpectedBandwidthMissing,
    VisitNotYet,
    WrongPurpose,
)
from sites.models import SiteVisit, SurveyResult
from tests import journey, journey_on_site
from tests.cast import NOW


@pytest.mark.guidance("R-3.6-1")
def test_a_survey_says_what_can_be_installed(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer, is_equipment_possible=False)

    visit = SiteVisit.objects.get()
    assert (visit.state, visit.result.by) == ("completed", installer)
    assert visit.result.is_circuit_possible
    assert not visit.result.is_possible
    assert journey.fresh(visit.order).surveyed_at == visit.result.at


@pytest.mark.guidance("R-3.6-4")
def test_an_updated_quotation_waits_for_the_survey(survey_visit, installer, operator):
    order = journey.fresh(survey_visit.order)
    with pytest.raises(SurveyMissing):
        journey.draft(order, operator)

    journey_on_site.survey(survey_visit, installer)
    assert journey.draft(order, operator).is_updated


@pytest.mark.guidance("R-3.6-5")
def test_accepting_the_updated_quotation_begins_installation(
    surveyed_order, operator, authoriser
):
    order = journey_on_site.accept_update(surveyed_order, operator, authoriser)

    assert order.state == "install"


@pytest.mark.guidance("R-3.6-6")
def test_refusing_the_updated_quotation_ends_the_order(
    surveyed_order, operator, authoriser
):
    journey.issue(journey.draft(surveyed_order, operator), operator)

    assert journey.decline(surveyed_order, authoriser).state == "declined"


def test_a_survey_is_not_recorded_before_its_day(survey_ready_order, installer):
    on = (NOW + timedelta(days=7)).date()
    visit = journey_on_site.book(survey_ready_order, installer, "survey", on=on)

    with pytest.raises(VisitNotYet, match="is on 10 March 2026"):
        journey_on_site.survey(visit, installer)


def test_a_survey_is_recorded_once(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer)

    with pytest.raises(NotPossibleInState, match="is completed"):
        journey_on_site.survey(survey_visit, installer)
    assert SurveyResult.objects.count() == 1


def test_a_result_belongs_to_a_survey(circuit_visit, installer):
    with pytest.raises(WrongPurpose, match="circuit installation"):
        journey_on_site.survey(circuit_visit, installer)


@pytest.mark.parametrize("who", ["desk", "configurer", "submitter", "outsider"])
def test_others_do_not_record_a_survey(request, survey_visit, who):
    with pytest.raises(PermissionDenied):
        journey_on_site.survey(survey_visit, request.getfixturevalue(who))
    assert not SurveyResult.objects.exists()


@pytest.fixture
def lv_survey(make_order, operator, authoriser, installer):
    """A survey visit, today, for LV on the kind of line asked for."""

    def made(line_kind):
        order = make_order("accepted", connection_type="lv")
        record_site_review(
            order.pk,
            by=operator,
            verdict="green",
            is_survey_needed=True,
            line_kind=line_kind,
        )
        quote = journey.issue(journey.draft(order, operator), operator)
        order = journey.authorise(quote, operator, authoriser)
        journey_on_site.agree_access(order, installer)
        return journey_on_site.book(order, installer, "survey")

    return made


def mbps(down, up):
    return {
        "expected_down_mbps": down and Decimal(down),
        "expected_up_mbps": up and Decimal(up),
    }


NONE = mbps(None, None)
IMPOSSIBLE = {**NONE, "is_circuit_possible": False}


@pytest.mark.guidance("R-2.6-7")
@pytest.mark.parametrize(
    ("line", "found", "refusal"),
    [
        ("standard", NONE, ExpectedBandwidthMissing),
        ("standard", mbps("18", None), ExpectedBandwidthMissing),
        ("superfast", mbps(None, "9"), ExpectedBandwidthMissing),
        ("standard", mbps("0", "2.5"), BandwidthNotPositive),
        ("superfast", mbps("-1", "2.5"), BandwidthNotPositive),
    ],
)
def test_a_survey_without_its_expected_bandwidth_is_refused(
    lv_survey, installer, line, found, refusal
):
    visit = lv_survey(line)

    with pytest.raises(refusal):
        journey_on_site.survey(visit, installer, **found)
    assert journey.fresh(visit.order).surveyed_at is None


@pytest.mark.guidance("R-2.6-7")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("standard", mbps("18", "2.5")),
        ("standard", IMPOSSIBLE),
        ("superfast", NONE),
        ("superfast", mbps("38", "9")),
    ],
)
def test_only_standard_broadband_needs_its_expected_bandwidth(
    lv_survey, installer, line, found
):
    visit = lv_survey(line)

    journey_on_site.survey(visit, installer, **found)
    assert journey.fresh(visit.order).surveyed_at is not None


@pytest.mark.guidance("R-2.6-7", "R-2.6-6")
def test_the_party_is_given_the_expected_bandwidth(lv_survey, installer, submitter):
    found = mbps("18", "2.5")
    journey_on_site.survey(lv_survey("standard"), installer, **found)

    notice = Notice.objects.get(kind="survey_recorded")
    assert notice.to == submitter.email
    assert "18 Mbps down (from DCC to you), 2.5 Mbps up" in notice.text


def test_the_party_is_told_what_is_not_possible(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer, is_circuit_possible=False)

    text = Notice.objects.get(kind="survey_recorded").text
    assert "The circuit cannot be installed as you asked." in text
    assert "phone the Service Desk" in text


@pytest.mark.parametrize(
    "impossible",
    [
        {"expected_down_mbps": Decimal(5)},
        {"expected_up_mbps": Decimal(5)},
        {"expected_down_mbps": Decimal(5), "expected_up_mbps": Decimal(0)},
    ],
)
def test_half_a_bandwidth_cannot_be_stored(surveyed_order, impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyResult.objects.update(**impossible)
