"""Uploading the signed scan, declining, and how an offer then stands."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from quotes import commands
from quotes.models import Authority, Quote
from quotes.states import QuoteState
from tests import journey
from tests.reading import words_of


def url(view, subject):
    return reverse(view, args=[subject.reference])


def scan(content=None, name="signed.pdf"):
    return SimpleUploadedFile(name, content or journey.tiny_pdf(), "text/html")


def signed(**answers):
    whole = {
        "scan": scan(),
        "signatory": "Ada Law",
        "signatory_other": "",
        "access": "none",
        "access_rules": "",
        "rack_space": "on",
        "agreed": "on",
    }
    return {name: text for name, text in (whole | answers).items() if text is not None}


@pytest.mark.guidance("R-2.11-3", "R-3.5-1", "T19")
@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("authoriser", 302, QuoteState.AUTHORITY_RECEIVED),
        ("submitter", 302, QuoteState.AUTHORITY_RECEIVED),
        ("colleague", 403, QuoteState.ISSUED),
        ("operator", 403, QuoteState.ISSUED),
        ("outsider", 404, QuoteState.ISSUED),
    ],
)
def test_a_nominated_contact_uploads_the_signed_scan_and_hands_it_in(
    request, client, issued_quote, *, who, status, state
):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url("quote-authority", issued_quote), signed())
    assert Quote.objects.get().state == QuoteState.ISSUED
    uploaded = Authority.objects.first()
    asked = {"authority": uploaded.pk if uploaded else ""}
    client.post(url("quote-hand-in", issued_quote), asked)

    assert response.status_code == status
    assert Quote.objects.get().state == state


def png():
    buffer = io.BytesIO()
    Image.new("L", (40, 60), 255).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.guidance("R-2.11-3", "R-3.5-1")
def test_what_was_uploaded_is_kept_with_what_it_really_is(
    client, issued_quote, authoriser
):
    client.force_login(authoriser)
    rules = "Badge office first, a day before"
    answers = signed(scan=scan(png(), "a.exe"), access="yes", access_rules=rules)

    client.post(url("quote-authority", issued_quote), answers)

    authority = Authority.objects.get()
    (kept,) = authority.documents
    assert kept.content_type == "image/png"
    assert (authority.signatory_name, authority.access_rules) == ("Ada Law", rules)
    assert journey.content_of(kept) == png()


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"scan": None}, "Choose the file with the signed quotation"),
        ({"scan": scan(b"<script>")}, "This is a page of the web. Print it to PDF"),
        ({"scan": scan(b"%PDF-1.7 cut")}, "This PDF is cut short"),
        ({"scan": scan(b" " * (1024 * 1024 + 1))}, "The file is larger than 1 MB"),
        ({"signatory": ""}, "Choose or enter the name of the person who signed"),
        ({"signatory_other": "Bo"}, "Choose a person, or enter another name"),
        ({"signatory": "Bo"}, "Choose one of the answers to"),
        ({"access": None}, "Say whether the site has rules about visits"),
        ({"access": "yes"}, "Say what must be done before a visit"),
        ({"agreed": None}, "Tick the box to confirm what is accepted"),
        ({"rack_space": None}, "Confirm the rack space"),
    ],
)
@pytest.mark.guidance("R-3.5-1")
def test_an_upload_that_is_not_whole_is_refused_in_words(
    client, issued_quote, authoriser, settings, *, answers, refusal
):
    settings.UPLOAD_MAX_MEGABYTES = 1
    client.force_login(authoriser)

    response = client.post(url("quote-authority", issued_quote), signed(**answers))

    assert refusal in words_of(response)
    assert Quote.objects.get().state == QuoteState.ISSUED


def test_an_empty_file_is_refused_in_words(client, issued_quote, authoriser):
    client.force_login(authoriser)
    empty = SimpleUploadedFile("signed.pdf", b"")

    response = client.post(url("quote-authority", issued_quote), signed(scan=empty))

    assert "The file is empty. Scan the document again." in words_of(response)


def test_all_that_was_typed_and_chosen_stays(client, issued_quote, authoriser):
    client.force_login(authoriser)
    answers = signed(access="yes", access_rules="Two days before", agreed=None)

    words = words_of(client.post(url("quote-authority", issued_quote), answers))

    assert "which you chose before" in words
    assert "Choose the file" not in words
    assert "Two days before</textarea>" in words
    assert '<option value="Ada Law" selected>' in words


@pytest.mark.guidance("R-2.11-2", "R-2.11-4")
def test_somebody_who_is_not_nominated_can_be_named_and_dcc_will_say(
    client, issued_quote, submitter
):
    client.force_login(submitter)
    answers = signed(signatory="", signatory_other="Bo Drake")

    client.post(url("quote-authority", issued_quote), answers)

    assert Authority.objects.get().signatory_name == "Bo Drake"


@pytest.mark.guidance("R-3.4-2")
@pytest.mark.parametrize(
    ("offer", "statement"),
    [
        ("issued_quote", "which commits it to £15,000.00 excluding VAT over 3 years"),
        ("indicative_quote", "The total of £15,000.00 excluding VAT over 3 years is"),
    ],
)
def test_the_box_names_the_total(request, client, authoriser, *, offer, statement):
    quote = request.getfixturevalue(offer)
    client.force_login(authoriser)

    assert statement in words_of(client.get(url("quote-authority", quote)))


@pytest.mark.guidance("R-3.4-3")
def test_a_late_upload_is_refused_in_words_before_any_timer(
    client, issued_quote, authoriser, clock
):
    clock.move_to(issued_quote.lapses_at)
    client.force_login(authoriser)

    response = client.post(url("quote-authority", issued_quote), signed())
    page = client.get(url("quote", issued_quote))

    assert "lapsed at the end of 2 April 2026" in words_of(response)
    assert "This quotation has lapsed" in words_of(page)
    assert Quote.objects.get().state == QuoteState.ISSUED


@pytest.mark.guidance("R-2.11-4", "R-2.11-5")
def test_while_an_authority_is_checked_the_page_says_since_when_and_what_if_not(
    client, pending_authority, authoriser
):
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", pending_authority.quote)))

    assert "3 March 2026, 10:00am, signed by Ada Law" in words
    assert "If the signature is not effective" in words
    assert "Up to the end of Thursday 2 April 2026" in words


def test_a_second_upload_waits_for_the_first(client, pending_authority, authoriser):
    client.force_login(authoriser)

    response = client.post(url("quote-authority", pending_authority.quote), signed())

    assert "A signed authority is being checked by DCC" in words_of(response)
    assert Authority.objects.count() == 1


@pytest.mark.guidance("R-2.11-4")
def test_an_authority_without_effect_is_said_so_with_the_reason(
    client, pending_authority, authoriser, operator
):
    reason = "Ada Law was nominated only later."
    commands.reject_authority(pending_authority.pk, by=operator, reason=reason)
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", pending_authority.quote)))

    assert "was not effective. Ada Law was nominated only later." in words
    assert "Upload the signed quotation" in words


def end(quote, ending, operator, authoriser):
    match ending:
        case "accepted":
            journey.authorise(quote, operator, authoriser)
        case "lapsed":
            journey.lapse(quote.order)
        case "declined":
            journey.decline(quote.order, authoriser)
        case "withdrawn":
            journey.withdraw(quote.order, authoriser)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("accepted", "This quotation is accepted"),
        ("lapsed", "This quotation has lapsed"),
        ("declined", "This quotation was declined"),
        ("withdrawn", "This quotation no longer stands"),
    ],
)
def test_an_offer_that_is_settled_says_how_and_offers_no_decision(
    client, issued_quote, operator, authoriser, *, ending, said
):
    end(issued_quote, ending, operator, authoriser)
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", issued_quote)))

    assert said in words
    assert 'id="decide"' not in words
    for view in ("quote-authority", "quote-decline"):
        assert client.get(url(view, issued_quote)).url == url("quote", issued_quote)


@pytest.mark.guidance("R-3.4-5", "R-2.11-4")
@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("authoriser", 302, QuoteState.DECLINED),
        ("submitter", 403, QuoteState.ISSUED),
        ("colleague", 403, QuoteState.ISSUED),
        ("operator", 403, QuoteState.ISSUED),
        ("outsider", 404, QuoteState.ISSUED),
    ],
)
def test_only_an_authoriser_declines(
    request, client, issued_quote, *, who, status, state
):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url("quote-decline", issued_quote), {"reason": "Too dear"})

    assert response.status_code == status
    assert Quote.objects.get().state == state
