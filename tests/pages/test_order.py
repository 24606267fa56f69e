"""One order's page: what to do now, who may, what there is to read."""

from datetime import date

import pytest
from django.urls import reverse

from records.models import Document
from tests import journey, journey_on_site
from tests.reading import read_to_the_end

# The register says whose turn it is; that is one query for the order and its pair.
QUERIES = 17


def page(client, person, order):
    client.force_login(person)
    return client.get(order.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fixture", "title"),
    [
        ("draft_order", "Finish your request and send it"),
        ("submitted_order", "You need do nothing: DCC is checking the form"),
        ("returned_order", "Answer the Service Desk and send the form again"),
        ("accepted_order", "You need do nothing: DCC is preparing your quotation"),
        ("quoted_order", "Accept or decline the quotation"),
        ("authorised_order", "Say how people get into Thornby Park"),
        ("told_order", "You need do nothing: access to your site is being"),
        ("ready_order", "You need do nothing: Gamma books the next visit"),
        ("surveyed_order", "You need do nothing: DCC is preparing the updated"),
        ("installed_order", "You need do nothing: DCC is recording that"),
    ],
)
def test_the_page_begins_with_what_to_do_now(
    request, client, submitter, fixture, title
):
    assert title in page(client, submitter, request.getfixturevalue(fixture))


@pytest.mark.guidance("R-3.5-7")
def test_a_visit_to_come_says_until_when_it_can_be_moved(
    client, submitter, ready_order, installer
):
    friday = date(2026, 3, 20)
    visit = journey_on_site.book(ready_order, installer, "circuit", on=friday)

    shown = page(client, submitter, ready_order)

    assert "Be ready for the circuit installation on Friday 20 March 2026" in shown
    assert f"until the end of Friday {visit.last_free_day:%-d %B %Y}" in shown
    assert f"Who comes: {visit.visitor}. Let them in" in shown


@pytest.mark.parametrize(
    ("fixture", "said"), [("connection", "Installed as"), ("session", "In service as")]
)
def test_a_connection_is_in_service_only_once_it_is_configured(
    request, client, submitter, fixture, said
):
    found = request.getfixturevalue(fixture)
    order = getattr(found, "connection", found).order

    shown = page(client, submitter, order)

    assert [word for word in ("Installed as", "In service as") if word in shown] == [
        said
    ]


def test_a_signed_quotation_is_being_checked_and_nothing_need_be_done(
    client, submitter, pending_authority
):
    shown = page(client, submitter, pending_authority.quote.order)

    assert "You need do nothing: DCC is checking who signed" in shown
    assert "until the end of Thursday 2 April 2026" in shown


@pytest.mark.guidance("T7")
def test_a_visit_called_off_with_its_order_does_not_hide_the_cost(
    client, submitter, authoriser, circuit_visit
):
    order = journey.cancel(circuit_visit.order, authoriser)

    assert "Charge £15,000.00 excluding VAT" in page(client, submitter, order)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("lapsed", "Nobody accepted by the end of Thursday 2 April 2026."),
        ("declined", "You declined the quotation. There is no charge."),
        ("withdrawn", "You withdrew the request. There is no charge."),
        ("unavailable", "LV cannot be had at this site."),
        ("cancelled", "Charge £15,000.00 excluding VAT"),
    ],
)
def test_an_order_that_ended_says_why_and_at_what_cost(
    client, submitter, make_order, state, words
):
    shown = page(client, submitter, make_order(state))

    assert words in shown
    assert "Start again from these answers" in shown


@pytest.mark.parametrize("state", ["discarded", "lapsed", "unavailable"])
def test_who_may_not_go_on_from_an_order_that_ended_is_not_led_to_it(
    client, colleague, make_order, state
):
    shown = page(client, colleague, make_order(state))

    assert "A person nominated to submit requests can" in shown or "LV cannot" in shown
    for button in ("Put this draft back", "Start again from", "Ask for HV instead"):
        assert button not in shown


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("who", "offered"),
    [("submitter", True), ("authoriser", True), ("colleague", False)],
)
def test_each_is_offered_what_they_are_nominated_for(
    request, client, quoted_order, who, offered
):
    shown = page(client, request.getfixturevalue(who), quoted_order)

    assert ("Withdraw this request: free" in shown) is offered
    told = "You are not nominated to authorise orders. Ask Ada Law." in shown
    assert told is (who != "authoriser")


@pytest.mark.guidance("R-2.11-6")
def test_a_party_without_an_authoriser_is_told_so(
    client, submitter, accepted_order, operator
):
    order = journey.offer(accepted_order, operator).order

    shown = page(client, submitter, order)

    assert "Nobody is nominated to authorise orders today" in shown


@pytest.mark.parametrize(
    "fixture", ["quoted_order", "accepted_order", "surveyed_order", "session"]
)
def test_the_page_asks_the_database_few_questions(
    request, client, submitter, fixture, django_assert_max_num_queries
):
    found = request.getfixturevalue(fixture)
    order = getattr(found, "connection", None) or found
    order = getattr(order, "order", order)
    client.force_login(submitter)

    with django_assert_max_num_queries(QUERIES):
        client.get(order.get_absolute_url())


def history(client, person, order):
    client.force_login(person)
    place = reverse("order-history", args=[order.reference])
    return client.get(place).content.decode()


def test_the_history_says_who_when_from_to_and_why(client, submitter, returned_order):
    shown = history(client, submitter, returned_order)

    for words in ("Olga Perry", "3 March 2026, 10:00am", "Which floor?"):
        assert words in shown
    assert "Submitted to Returned to you" in shown


def test_what_dcc_keeps_to_itself_is_not_in_the_history(client, submitter, draft_quote):
    assert "drafted" not in history(client, submitter, draft_quote.order)


@pytest.mark.guidance("R-1.3-3", "R-2.3-3")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("submitter", 200),
        ("colleague", 200),
        ("operator", 200),
        ("billing_clerk", 200),
        ("outsider", 404),
        ("installer", 404),
        ("configurer", 404),
    ],
)
def test_only_the_party_and_dcc_have_offers_and_authorities(
    request, client, authorised_order, who, status
):
    client.force_login(request.getfixturevalue(who))

    for kind in (Document.Kind.QUOTATION, Document.Kind.AUTHORITY):
        paper = Document.objects.get(thread=authorised_order.reference, kind=kind)
        answer = client.get(reverse("document", args=[paper.pk]))
        read_to_the_end(answer)
        assert answer.status_code == status


def test_a_document_is_a_download_and_nothing_else(client, submitter, quoted_order):
    paper = Document.objects.get()
    client.force_login(submitter)

    answer = client.get(reverse("document", args=[paper.pk]))

    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="{paper.name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("state", "is_told"),
    [("authorised", True), ("declined", False), ("withdrawn", False)],
)
def test_only_an_order_that_goes_on_has_dates_to_come(
    client, submitter, make_order, state, is_told
):
    shown = page(client, submitter, make_order(state))

    assert ("Dates to come are plans" in shown) == is_told


def test_all_that_is_owed_is_told_and_first_what_the_party_owes(
    client, both, ready_order, installer, clock
):
    journey_on_site.book(ready_order, installer, "circuit", on=date(2026, 3, 24))
    clock.move_to("2026-03-17T10:00Z")

    shown = page(client, both, ready_order)

    assert shown.index("Last day to move the circuit") < shown.index("Be ready for the")
    assert "You need do nothing" not in shown


def test_several_steps_of_dcc_that_come_to_one_thing_are_told_once(
    client, submitter, accepted_order
):
    shown = page(client, submitter, accepted_order)

    assert shown.count("DCC is preparing your quotation") == 1
    for words in ("DCC is reviewing your site", "The quotation comes by e-mail"):
        assert words in shown
