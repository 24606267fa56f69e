"""DCC decides whether an RDP's HV connection is charged, before anything is quoted."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.errors import ReasonMissing
from orders.models import ConnectionRequest
from quotes import commands
from quotes.documents import quotation_facts
from quotes.errors import (
    AlreadyBeingIssued,
    ChargingUndecided,
    DecidedChargeable,
    DecidedFree,
    NotForDccToDecide,
    OfferIsOut,
    ReviewChanged,
)
from quotes.models import ChargingDecision, Quote
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url
from tests.quotes.paper import text_of

WHY = "The line is built for this RDP alone."
FREE = (
    commands.LineEntry("connection", Decimal(0)),
    commands.LineEntry("annual", Decimal(0)),
)


@pytest.fixture
def hv_order(rdp, rdp_submitter, rdp_data_centre, operator):
    """An RDP's order for HV, in desk review, reviewed."""
    order = journey.start(rdp, rdp_submitter)
    answers = {"uses": ["registration_load"], "is_registration_only": True}
    order = journey.answer(order, rdp_submitter, rdp_data_centre, **answers)
    order = journey.accept(journey.submit(order, rdp_submitter), operator)
    return journey.review(order, operator)


def decide(order, by, *, is_chargeable=True, why=WHY, at=None):
    return commands.record_charging_decision(
        order.pk, by=by, is_chargeable=is_chargeable, why=why, at=at
    )


@pytest.mark.guidance("T25")
def test_nothing_is_quoted_before_dcc_has_decided(hv_order, operator):
    with pytest.raises(ChargingUndecided, match="That is our own rule"):
        journey.draft(hv_order, operator)

    decide(hv_order, operator)

    assert journey.issue(journey.draft(hv_order, operator), operator).last_day


@pytest.mark.guidance("T25")
def test_a_draft_made_in_any_other_way_is_neither_prepared_nor_opened(
    hv_order, operator
):
    decide(hv_order, operator)
    quote = journey.draft(hv_order, operator)
    ChargingDecision.objects.all().delete()

    with pytest.raises(ChargingUndecided):
        commands.request_issue(quote.pk, by=operator)

    Quote.objects.filter(pk=quote.pk).update(issue_requested_at=NOW)
    facts = quotation_facts(Quote.objects.get(pk=quote.pk), issued_on=NOW.date())
    pdf = journey.tiny_pdf()
    with pytest.raises(ReviewChanged):
        commands.issue_quote(quote.pk, pdf=pdf, facts=facts, at=NOW)
    assert Quote.objects.get(pk=quote.pk).state == "draft"


@pytest.mark.guidance("T25")
def test_a_decision_keeps_who_when_and_why_and_the_latest_counts(hv_order, operator):
    decide(hv_order, operator, at=NOW)
    decide(hv_order, operator, is_chargeable=False, why="It replaces LV.")

    first, last = ChargingDecision.objects.order_by("pk")

    assert (first.is_chargeable, first.by, first.at) == (True, operator, NOW)
    assert (last.is_chargeable, last.why) == (False, "It replaces LV.")
    events = Event.objects.of_thread(hv_order.thread).filter(
        name="record_charging_decision", is_public=True
    )
    assert {row.why for row in events} == {WHY, "It replaces LV."}


@pytest.mark.guidance("T25")
def test_the_price_is_what_the_decision_says(hv_order, operator):
    decide(hv_order, operator, is_chargeable=False)
    quote = journey.draft(hv_order, operator)
    with pytest.raises(DecidedFree, match="Enter 0"):
        commands.request_issue(quote.pk, by=operator)

    quote = journey.draft(hv_order, operator, lines=FREE)
    decide(hv_order, operator)
    with pytest.raises(DecidedChargeable, match="Enter its charges"):
        commands.request_issue(quote.pk, by=operator)


@pytest.mark.guidance("T25")
def test_hv_that_dcc_has_decided_is_free_is_proposed_at_nothing(hv_order, operator):
    decide(hv_order, operator, is_chargeable=False)

    lines = commands.proposed_lines(hv_order, NOW.date())

    assert {line.net for line in lines} == {Decimal(0)}
    assert all("not a rule of the guidance" in line.description for line in lines)
    assert "2.9.2" not in " ".join(line.description for line in lines)


@pytest.mark.guidance("T25")
def test_it_is_no_longer_corrected_once_the_quotation_is_on_its_way(hv_order, operator):
    decide(hv_order, operator)
    quote = journey.draft(hv_order, operator)
    commands.request_issue(quote.pk, by=operator)
    with pytest.raises(AlreadyBeingIssued):
        decide(hv_order, operator, is_chargeable=False)

    facts = quotation_facts(Quote.objects.get(pk=quote.pk), issued_on=NOW.date())
    commands.issue_quote(quote.pk, pdf=journey.tiny_pdf(), facts=facts, at=NOW)
    with pytest.raises(OfferIsOut, match="take an open quotation back first"):
        decide(hv_order, operator, is_chargeable=False)

    commands.withdraw_quote(quote.pk, by=operator, reason="Decided anew.", at=NOW)
    assert decide(hv_order, operator, is_chargeable=False)


def test_it_needs_a_reason_and_dcc_operations(hv_order, operator, desk):
    with pytest.raises(ReasonMissing):
        decide(hv_order, operator, why=" ")
    with pytest.raises(PermissionDenied):
        decide(hv_order, desk)


def test_nobody_decides_about_what_the_guidance_says(reviewed_order, operator):
    with pytest.raises(NotForDccToDecide):
        decide(reviewed_order, operator)
    assert journey.draft(reviewed_order, operator)


@pytest.mark.guidance("T25")
def test_the_party_reads_it_as_dccs_own_decision_wherever_it_stands(
    client, hv_order, operator, rdp_submitter
):
    decide(hv_order, operator)
    quote = journey.issue(journey.draft(hv_order, operator), operator)
    client.force_login(rdp_submitter)
    words = "Chargeable: DCC’s own decision for this order, of 3 March 2026, not a rule"

    for place in (hv_order.get_absolute_url(), quote.get_absolute_url()):
        page = client.get(place).content.decode()
        assert words in page, place
        assert WHY in page, place
    assert words in text_of(quote)
    assert WHY in text_of(quote)


@pytest.mark.guidance("T25")
def test_the_party_is_told_by_email_and_knows_before_that_it_is_to_come(
    client, hv_order, operator, rdp_submitter
):
    client.force_login(rdp_submitter)
    page = client.get(hv_order.get_absolute_url()).content.decode()
    assert page.count("The guidance does not say; the rule is ours") == 2

    decide(hv_order, operator)

    (notice,) = Notice.objects.filter(kind="charging_decided")
    assert notice.to == rdp_submitter.email
    assert WHY in notice.text
    assert "DCC’s own decision for this order" in notice.text


@pytest.mark.guidance("T25")
def test_the_desk_decides_and_corrects_on_a_page(client, hv_order, operator):
    client.force_login(operator)
    quotation = client.get(page_url(hv_order, "quotation")).content.decode()
    assert "DCC Operations first records a decision" in quotation

    client.post(page_url(hv_order, "charging"), {"decision": "chargeable", "why": WHY})
    client.post(page_url(hv_order, "charging"), {"decision": "free", "why": "Error."})

    kept = [row.is_chargeable for row in ChargingDecision.objects.all()]
    assert kept == [False, True]
    order = reverse("admin:orders_connectionrequest_change", args=[hv_order.pk])
    page = client.get(order).content.decode()
    assert "Free of charge, by Olga Perry" in page
    assert "DCC’s own decision: the guidance does not say" in page


def test_the_desk_offers_it_for_an_rdps_hv_alone(client, reviewed_order, operator):
    client.force_login(operator)
    page = client.get(page_url(reviewed_order, "charging")).content.decode()

    assert "is not an RDP’s order for HV" in page
    assert ConnectionRequest.objects.get(pk=reviewed_order.pk).route == "h15"
