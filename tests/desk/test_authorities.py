"""The check of an authority: sent by e-mail, or read beside its quotation."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quotes import commands
from quotes.models import Authority, Quote
from records.models import Event, Notice
from tests import journey, journey_on_site
from tests.cast import NOW
from tests.factories.parties import PersonFactory
from tests.quotes.scanned import as_pdf, pages_of_paper
from tests.reading import words_of

CAME = NOW + timedelta(hours=1)


def typed(**answers):
    return {
        "scan": SimpleUploadedFile("signed.pdf", journey.tiny_pdf()),
        "sender_email": "ada@northgate.example",
        "received_at": "2026-03-03T11:00",
        "signatory_name": "Ada Law",
        "has_access_rules": "no",
        "access_rules": "",
        "has_rack_space": "on",
        **answers,
    }


@pytest.mark.guidance("R-2.11-3", "R-2.11-5")
@pytest.mark.parametrize("who", ["desk", "operator"])
def test_the_desk_enters_a_scan_that_came_by_e_mail(
    request, as_, issued_quote, who, clock
):
    person = request.getfixturevalue(who)
    clock.move_to(NOW + timedelta(days=2))

    as_(person).do(issued_quote.order, "key-in", **typed())

    row = Authority.objects.get()
    assert (row.received_at, row.route, row.uploaded_by) == (CAME, "keyed", person)
    assert row.sender_email == "ada@northgate.example"
    assert row.documents[0].virus_check == "not_scanned"
    assert Quote.objects.get().state == "authority_received"


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"received_at": "2026-03-04T11:00"}, "cannot have come later than now"),
        ({"received_at": "2026-03-02T11:00"}, "cannot have come before quotation"),
        ({"received_at": ""}, "Enter the day and the time"),
        ({"sender_email": ""}, "Enter the address it came from"),
        ({"has_access_rules": ""}, "Say whether the site has rules about visits"),
        ({"has_access_rules": "yes"}, "None' is an answer".replace("'", "&#x27;")),
        ({"has_rack_space": ""}, "Confirm that 4U of rack space is free"),
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ")}, "This file is none of them"),
    ],
)
@pytest.mark.guidance("R-3.5-1")
def test_what_cannot_be_is_refused_in_words(at, issued_quote, clock, answers, refusal):
    clock.move_to(NOW + timedelta(hours=3))

    page = at.do(issued_quote.order, "key-in", **typed(**answers))

    assert refusal in words_of(page)
    assert Quote.objects.get().state == "issued"


@pytest.fixture
def lapsed_quote(issued_quote, clock):
    """Lapsed by the timer; nobody had entered the mail that came on the last day."""
    clock.move_to(issued_quote.lapses_at + timedelta(days=4))
    assert commands.lapse_quote(issued_quote.pk, now=issued_quote.lapses_at)
    return Quote.objects.get()


@pytest.mark.guidance("R-2.11-5", "R-3.4-3")
def test_a_mail_that_came_in_time_sets_the_lapse_aside(
    as_, lapsed_quote, authoriser, operator
):
    as_(operator).do(
        lapsed_quote.order, "key-in", **typed(received_at="2026-04-02T23:59")
    )

    quote = Quote.objects.get()
    assert (quote.state, quote.decided_at) == ("authority_received", None)
    assert journey.fresh(quote.order).state == "quoted"
    order = journey.verify(Authority.objects.get(), operator, authoriser)
    assert (order.state, order.closed_at) == ("authorised", None)


@pytest.mark.guidance("R-3.4-3", "R-3.4-6")
def test_a_mail_that_came_a_minute_late_revives_nothing(as_, desk, lapsed_quote):
    late = typed(received_at="2026-04-03T00:00")

    page = as_(desk).do(lapsed_quote.order, "key-in", **late)

    assert "lapsed at the end of 2 April 2026" in words_of(page)
    assert Quote.objects.get().state == "lapsed"
    assert not Authority.objects.exists()


@pytest.mark.guidance("R-2.11-4", "R-3.4-3")
def test_one_set_aside_and_not_effective_lapses_again_at_the_same_instant(
    as_, lapsed_quote, operator
):
    as_(operator).do(lapsed_quote.order, "key-in", **typed())

    commands.reject_authority(
        Authority.objects.get().pk, by=operator, reason="Not signed"
    )

    quote = Quote.objects.get()
    assert (quote.state, quote.decided_at) == ("lapsed", quote.lapses_at)
    assert Event.objects.filter(name="lapse", at=quote.lapses_at).count() == 4
    assert Notice.objects.filter(kind="authority_not_effective").exists()


@pytest.fixture
def updated_quote(indicative_order, operator):
    """The open offer after a survey."""
    order = journey_on_site.survey_site(indicative_order, operator)
    return journey.issue(journey.draft(order, operator), operator)


@pytest.mark.guidance("R-3.6-5")
def test_an_updated_offer_that_was_taken_by_e_mail_goes_on_after_the_survey(
    as_, updated_quote, operator, clock
):
    commands.lapse_quote(updated_quote.pk, now=updated_quote.lapses_at)
    assert journey.fresh(updated_quote.order).state == "lapsed"
    clock.move_to(updated_quote.lapses_at + timedelta(days=1))
    came = f"{updated_quote.last_day}T09:00"

    as_(operator).do(updated_quote.order, "key-in", **typed(received_at=came))

    assert journey.fresh(updated_quote.order).state == "survey"


@pytest.mark.parametrize("who", ["billing_clerk", "installer"])
def test_nobody_else_enters_one(request, as_, issued_quote, who):
    page = as_(request.getfixturevalue(who)).page(issued_quote.order, "key-in")

    assert page.status_code in {403, 404}


@pytest.fixture
def read_authority(issued_quote, authoriser):
    """The quotation's second page only, uploaded and read."""
    second = journey.one_file(*as_pdf(pages_of_paper(issued_quote)[1:]))
    row = journey.upload(issued_quote, authoriser, second)
    assert commands.read_scan(row.pk)
    return row


@pytest.mark.guidance("R-2.11-4")
def test_staff_see_the_scan_beside_the_quotation_and_what_its_codes_say(
    at, read_authority, issued_quote
):
    words = words_of(at.page(issued_quote.order, "verify"))

    scan, sent = read_authority.documents[0].pk, issued_quote.document_id
    for paper in (scan, sent):
        assert f'src="{reverse("page-picture", args=[paper, 1])}"' in words
    assert "Pages of this quotation are missing" in words
    assert "Page 1 is missing, or its code could not be read." in words
    assert "Not scanned for viruses" in words


@pytest.mark.guidance("R-2.11-3")
def test_the_scan_of_another_order_is_never_among_its_pages(
    at, read_authority, issued_quote, make_order, authoriser
):
    other = make_order("quoted").quotes.get()
    row = journey.upload(
        other, authoriser, journey.one_file(*as_pdf(pages_of_paper(other)))
    )
    assert commands.read_scan(row.pk)

    sides = at.page(issued_quote.order, "verify").context["sides"]

    own = {paper.pk for paper in read_authority.documents}
    came = [sheet.picture for sheet, _ in sides if sheet.picture]
    assert {page.document_id for page in came} == own


@pytest.mark.guidance("R-2.11-4", "T27")
def test_each_nomination_is_shown_as_it_held_on_the_day_and_as_it_holds_today(
    as_, operator, pending_authority, party, clock
):
    later = PersonFactory(party=party, name="Lee Ving", nominated=["authorise"])
    later.nominations.update(from_on=NOW.date() + timedelta(days=1))
    clock.move_to(NOW + timedelta(days=2))

    rows = as_(operator).page(pending_authority.quote.order, "verify").context["rows"]
    found = {str(row["row"].user): (row["then"], row["now"]) for row in rows}
    assert found == {"Ada Law": (True, True), "Lee Ving": (False, True)}


def test_until_it_is_read_the_page_says_so_and_the_check_goes_on(
    at, pending_authority, authoriser
):
    order = pending_authority.quote.order
    assert "Being read." in words_of(at.page(order, "verify"))

    nomination = journey.authorising(authoriser).pk
    at.do(order, "verify", outcome="effective", nomination=nomination)

    assert Authority.objects.get().outcome == "effective"


def test_a_failed_reading_is_shown_and_can_be_repeated(at, pending_authority):
    Authority.objects.update(reading_error="It took longer than 90 seconds.")
    order = pending_authority.quote.order
    assert "It took longer than 90 seconds." in words_of(at.page(order, "verify"))

    at.do(order, "read-again")

    assert Authority.objects.get().is_being_read


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator", 200),
        ("desk", 200),
        ("installer", 404),
        ("authoriser", 200),
        ("colleague", 200),
        ("outsider", 404),
    ],
)
def test_pictures_of_pages_are_for_dcc_and_for_whose_pages_they_are(
    request, client, read_authority, who, status
):
    client.force_login(request.getfixturevalue(who))

    answer = client.get(
        reverse("page-picture", args=[read_authority.documents[0].pk, 1])
    )

    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
