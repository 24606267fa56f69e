"""What a survey leaves behind: its report, and which civil works are needed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.files import Upload
from orders.sections.papers import documents_visible_to
from quotes.commands import LineEntry, request_issue
from quotes.errors import CivilWorksNotPriced
from records.models import Document, Notice
from sites.commands import correct_record, hand_in_survey_report
from sites.errors import CivilWorksDenied, CivilWorksNotDescribed, CorrectionHeld
from sites.models import SurveyResult
from tests import journey, journey_on_site
from tests.common.hostile import SOME_HOSTILE
from tests.sites.test_photo import a_photo
from worklist.models import WorkItem

DUCT = "12 metres of new duct from Mill Road"
REPORT = Upload(b"%PDF-1.7 survey", "survey.pdf", "application/pdf", "clean", pages=1)


def send(client, visit, report, **said):
    """Record a survey at the desk with a report."""
    page = reverse("admin:orders_connectionrequest_survey", args=[visit.order_id])
    found = {"is_circuit_possible": "yes", "is_equipment_possible": "yes"}
    found |= {"has_civil_works": "no", "notes": "Room 2 is locked", **said}
    found["surveyed_on"] = visit.on.isoformat()
    file = SimpleUploadedFile("survey.jpg", report)
    return client.post(page, {"visit": visit.pk, **found, "report": file})


def test_no_hostile_file_is_taken_and_what_was_typed_is_there(
    client, survey_visit, installer
):
    client.force_login(installer)
    for name, content in SOME_HOSTILE.items():
        answer = send(client, survey_visit, content)

        assert answer.status_code == 200, name
        assert "Room 2 is locked" in answer.content.decode(), name
    assert not SurveyResult.objects.exists()
    assert not Document.objects.filter(kind="survey").exists()


@pytest.mark.guidance("R-3.6-1")
def test_the_report_is_stored_and_its_party_reads_it(
    client, survey_visit, installer, submitter, configurer
):
    client.force_login(installer)
    assert send(client, survey_visit, a_photo()).status_code == 302

    report = SurveyResult.objects.get().report
    assert (report.kind, report.thread) == ("survey", survey_visit.thread)
    address = reverse("document", args=[report.pk])
    assert address in Notice.objects.get(kind="survey_recorded").text
    client.force_login(submitter)
    for name, key in (("visit", survey_visit), ("order", survey_visit.order)):
        page = client.get(reverse(name, args=[key.reference])).content.decode()
        assert address in page, name
    assert not documents_visible_to(configurer).filter(pk=report.pk).exists()


def test_a_report_comes_later_or_anew_and_the_first_stays_stored(
    surveyed_order, installer, desk
):
    result = SurveyResult.objects.get()
    with pytest.raises(PermissionDenied):
        hand_in_survey_report(result.pk, by=desk, file=REPORT)
    owed = WorkItem.objects.open().filter(kind="hand_in_survey_report")
    assert [row.turn for row in owed] == ["installer"]
    for _ in range(2):
        hand_in_survey_report(result.pk, by=installer, file=REPORT)
    assert not owed.all()

    stored = Document.objects.filter(kind="survey", thread=surveyed_order.thread)
    assert stored.count() == 2
    assert SurveyResult.objects.get().report == stored.latest("pk")


@pytest.mark.guidance("R-2.9.3-5")
def test_civil_works_are_described_and_told_with_what_follows(
    client, survey_visit, installer, submitter
):
    how = {"has_civil_works": True, "civil_works": DUCT}
    journey_on_site.survey(survey_visit, installer, **how)

    text = Notice.objects.get(kind="survey_recorded").text
    assert f"Civil works are needed: {DUCT}" in text
    assert "None begin before you accept it" in text
    client.force_login(submitter)
    page = client.get(reverse("visit", args=[survey_visit.reference]))
    assert DUCT in page.content.decode()


@pytest.mark.parametrize(
    ("answer", "words", "refusal"),
    [(True, " ", CivilWorksNotDescribed), (False, DUCT, CivilWorksDenied)],
)
def test_civil_works_have_words_and_only_then(
    survey_visit, installer, answer, words, refusal
):
    how = {"has_civil_works": answer, "civil_works": words}
    with pytest.raises(refusal):
        journey_on_site.survey(survey_visit, installer, **how)


@pytest.fixture
def dug_order(survey_visit, installer):
    """Its survey found that new duct is needed."""
    how = {"has_civil_works": True, "civil_works": DUCT}
    journey_on_site.survey(survey_visit, installer, **how)
    return journey.fresh(survey_visit.order)


def right_works(order, operator, words):
    visit = order.visits.get(purpose="survey")
    how = {"what": "civil_works", "value": words, "why": "The duct is there"}
    return correct_record(order.pk, by=operator, visit_id=visit.pk, **how)


@pytest.mark.guidance("R-2.9.3-5")
@pytest.mark.parametrize("cost", ["2650.00", "0.00"])
def test_the_updated_quotation_prices_the_civil_works_or_says_why_they_cost_nothing(
    dug_order, operator, cost
):
    why = {"reason": "The landlord digs", "description": DUCT}
    works = LineEntry("civil_works", Decimal(cost), **why)
    without = journey.draft(dug_order, operator)
    with pytest.raises(CivilWorksNotPriced, match=DUCT):
        request_issue(without.pk, by=operator)

    lines = [*journey.LINES, works]
    quote = journey.draft(dug_order, operator, lines=lines)

    assert request_issue(quote.pk, by=operator).is_being_prepared


@pytest.mark.guidance("R-3.6-1")
def test_civil_works_are_corrected_until_an_updated_quotation_rests_on_them(
    dug_order, operator
):
    row = right_works(dug_order, operator, "")
    result = SurveyResult.objects.get()
    assert (result.has_civil_works, result.civil_works) == (False, "")
    assert (row.before_words, row.after_words) == (DUCT, "nothing")
    quote = journey.draft(journey.fresh(dug_order), operator)
    assert request_issue(quote.pk, by=operator)

    with pytest.raises(CorrectionHeld, match=f"{quote} rests on it"):
        right_works(dug_order, operator, DUCT)


@pytest.mark.guidance("R-3.6-1")
def test_a_survey_is_recorded_from_its_day_on_and_not_before(
    client, survey_ready_order, installer, clock
):
    day = date(2026, 3, 17)
    visit = journey_on_site.book(survey_ready_order, installer, "survey", on=day)
    page = reverse("admin:orders_connectionrequest_change", args=[visit.order_id])
    step = reverse("admin:orders_connectionrequest_survey", args=[visit.order_id])
    client.force_login(installer)
    assert step not in client.get(page).content.decode()

    clock.move_to("2026-03-17T00:30Z")
    client.force_login(installer)
    assert step in client.get(page).content.decode()
