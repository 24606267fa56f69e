"""One order through the staff's pages, from its form to a connection in service."""

import pytest

from common.clock import uk_date
from orders.models import ConnectionRequest
from quotes.commands import issue_quote, record_rendering_failure
from quotes.documents import quotation_facts
from quotes.models import Quote
from tests import journey
from tests.desk.conftest import page_url
from tests.journey_on_site import PASSPORT

TODAY = "2026-03-03"
WINDOW = {"from_time": "8am", "until_time": "1pm"}
QUOTATION = {
    "connection_net": "3200.00",
    "connection_reason": "Worked out by hand",
    "annual_net": "4100.00",
    "annual_reason": "Worked out by hand",
    "delivery_on": "2026-05-05",
    "line_1_kind": "civil_works",
    "line_1_description": "Duct across the yard",
    "line_1_net": "950.50",
    "line_1_reason": "The duct of the building is full",
}


def state_of(order):
    return ConnectionRequest.objects.get(pk=order.pk).state


def store_its_document(quote):
    """What the worker does once staff have asked for it."""
    facts = quotation_facts(quote, issued_on=uk_date(quote.issue_requested_at))
    at = quote.issue_requested_at
    assert issue_quote(quote.pk, pdf=journey.tiny_pdf(), facts=facts, at=at)


def do(at, order, slug, **answers):
    answer = at.do(order, slug, **answers)
    assert answer.status_code == 302, answer.context["form"].errors


def send_a_quotation(at, order, *, survey):
    do(at, order, "accept")
    needed = "yes" if survey else "no"
    do(at, order, "site-review", verdict="green", is_survey_needed=needed)
    return prepare_and_issue(at, order)


def prepare_and_issue(at, order):
    do(at, order, "quotation", **QUOTATION)
    do(at, order, "issue")
    quote = order.quotes.get(state="draft")
    store_its_document(quote)
    return Quote.objects.get(pk=quote.pk)


def authorise(at, quote, authoriser):
    journey.upload(quote, authoriser)
    nomination = journey.authorising(authoriser).pk
    do(at, quote.order, "verify", outcome="effective", nomination=nomination)


def tell_of_the_site(at, order):
    do(at, order, "passport", **PASSPORT, based_on="0")


def install(at, order):
    for stage in ("circuit", "equipment"):
        if not order.visits.filter(purpose=stage).exists():
            do(at, order, "book", purpose=stage, on=TODAY, visitor="Gamma", **WINDOW)
        do(
            at,
            order,
            "stage",
            stage=stage,
            done_on=TODAY,
            test_result="Passed",
            provider="BT Openreach",
            provider_reference="ONEA-77",
        )
    do(at, order, "complete", completed_on=TODAY)


@pytest.mark.guidance("R-3.7.1-1")
def test_staff_take_a_firm_order_into_service(at, submitted_order, authoriser):
    quote = send_a_quotation(at, submitted_order, survey=False)
    assert (quote.basis, state_of(submitted_order)) == ("firm", "quoted")
    authorise(at, quote, authoriser)
    tell_of_the_site(at, submitted_order)
    do(at, submitted_order, "access", notes="Ask for Sam")
    install(at, submitted_order)
    assert state_of(submitted_order) == "configuring"
    do(at, submitted_order, "configure", configured_on=TODAY, test_result="Passed")
    assert state_of(submitted_order) == "configured"
    order = journey.fresh(submitted_order)
    assert order.connection.periods.get().number == 1
    assert order.charges.exists()


@pytest.mark.guidance("R-3.6-1", "R-3.6-4", "R-3.6-5")
def test_staff_take_an_order_through_its_survey(at, submitted_order, authoriser):
    quote = send_a_quotation(at, submitted_order, survey=True)
    authorise(at, quote, authoriser)
    tell_of_the_site(at, submitted_order)
    do(at, submitted_order, "access")
    do(
        at,
        submitted_order,
        "book",
        purpose="survey",
        on=TODAY,
        visitor="Gamma",
        **WINDOW,
    )
    visit = submitted_order.visits.get().pk
    found = {"is_circuit_possible": "yes", "is_equipment_possible": "yes"}
    found |= {"has_civil_works": "no", "surveyed_on": TODAY}
    do(at, submitted_order, "survey", visit=visit, **found)
    updated = prepare_and_issue(at, submitted_order)
    assert (updated.stage, updated.basis) == ("updated", "firm")
    authorise(at, updated, authoriser)
    assert state_of(submitted_order) == "install"


@pytest.mark.guidance("R-3.3-2", "R-2.9.1-1")
def test_what_staff_enter_becomes_the_lines_of_the_draft(at, reviewed_order):
    do(at, reviewed_order, "quotation", **QUOTATION)

    lines = reviewed_order.quotes.get().lines.all()
    assert [(line.kind, str(line.net)) for line in lines] == [
        ("connection", "3200.00"),
        ("annual", "4100.00"),
        ("civil_works", "950.50"),
    ]


def test_a_draft_comes_back_as_it_was_entered(at, reviewed_order):
    do(at, reviewed_order, "quotation", **QUOTATION)

    shown = at.page(reviewed_order, "quotation").context["form"].initial
    assert str(shown["annual_net"]) == "4100.00"
    assert shown["line_1_description"] == "Duct across the yard"


def test_a_free_line_without_its_kind_is_pointed_at(at, reviewed_order):
    answers = {**QUOTATION, "line_1_kind": ""}

    form = at.do(reviewed_order, "quotation", **answers).context["form"]

    assert form.errors == {"line_1_kind": ["Choose what this line charges for"]}
    assert form["line_1_net"].value() == "950.50"


@pytest.mark.guidance("R-2.9.3-3")
def test_a_charge_outside_the_range_is_pointed_at_before_it_is_issued(
    at, reviewed_order
):
    do(at, reviewed_order, "quotation", **{**QUOTATION, "connection_net": "16000"})

    page = at.page(reviewed_order, "issue").content.decode()

    assert "Connection charge £16,000.00, indicative range £3,000.00" in page
    assert "Say why in the note" in page


def test_a_document_that_failed_is_shown_and_asked_for_again(at, draft_quote, operator):
    order = draft_quote.order
    do(at, order, "issue")
    record_rendering_failure(draft_quote.pk, "no font")
    assert "no font" in at.order(order).content.decode()
    assert at.offered(order) >= {"retry"}

    do(at, order, "retry")

    assert Quote.objects.get(pk=draft_quote.pk).rendering_error == ""
    assert "is being prepared" in at.order(order).content.decode()


@pytest.mark.guidance("R-2.11-4")
def test_an_authority_of_somebody_not_nominated_then_is_refused_in_words(
    at, pending_authority, authoriser
):
    nomination = journey.authorising(authoriser)
    nomination.from_on = "2026-03-04"
    nomination.save()
    order = pending_authority.quote.order

    answers = {"outcome": "effective", "nomination": nomination.pk}
    page = at.do(order, "verify", **answers).content.decode()

    assert "was not nominated to authorise orders on 3 March 2026" in page
    assert "Not nominated" in page


@pytest.mark.guidance("R-2.11-4", "R-2.11-5")
def test_an_authority_that_is_not_effective_opens_the_offer_again(
    at, pending_authority
):
    order = pending_authority.quote.order

    do(at, order, "verify", outcome="not_effective", reason="No signature")

    assert Quote.objects.get(order=order).state == "issued"


def test_a_withdrawn_offer_brings_the_order_back_to_the_desk(at, issued_quote):
    do(at, issued_quote.order, "withdraw-quotation", reason="Wrong site")

    assert state_of(issued_quote.order) == "accepted"


@pytest.mark.guidance("R-3.5-7")
def test_a_visit_that_they_move_late_is_charged_and_it_is_said(at, circuit_visit):
    url = page_url(circuit_visit.order, "move-visit")
    answers = {"visit": circuit_visit.pk, "on": "2026-03-20", "asked_by_party": "yes"}
    answers |= {"reason": "No key"}

    refused = at.client.post(url, answers).content.decode()
    assert "understand what the next visit costs" in refused
    assert "last free day was Tuesday 24 February 2026" in refused
    page = at.client.post(url, {**answers, "is_understood": "on"}, follow=True)

    assert "takes its place. Operations confirms what it costs" in page.content.decode()


def test_a_session_is_recorded_as_established(at, session):
    named = {"session": session.pk, "dcc_pep_name": "DCC gateway 2"}
    do(at, session.connection.order, "session", **named)

    assert session.connection.sessions.get().state == "established"


@pytest.mark.guidance("R-2.5-5")
def test_the_renewal_charge_is_set_for_the_notice(at, period):
    do(at, period.connection.order, "renewal-charge", net="4250.00")

    assert str(period.connection.periods.get().renewal_net) == "4250.00"
