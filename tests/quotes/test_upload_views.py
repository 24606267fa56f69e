"""The page that shows what was read of an upload, and what can be done about it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.unsent import READER
from parties.models import User
from quotes import commands
from quotes.models import Authority
from tests import journey
from tests.cast import NOW
from tests.common.test_unsent import hidden
from tests.quotes.scanned import as_image, pages_of_paper
from tests.quotes.test_decision_views import scan, signed, url
from tests.reading import words_of

pytestmark = pytest.mark.guidance("R-2.11-3")


@pytest.fixture
def at_home(client, authoriser):
    client.force_login(authoriser)
    return client


def photo(quote, page):
    content, _ = as_image(pages_of_paper(quote)[page - 1])
    return SimpleUploadedFile(f"page {page}.jpg", content)


def replacing(row, *files, **answers):
    asked = {"authority": row.pk, "signatory": "Ada Law", "signatory_other": ""}
    return {**asked, "scan": list(files), **answers}


def latest():
    return Authority.objects.latest("pk")


def page_of(client, quote):
    return words_of(client.get(url("quote-upload", quote)))


def test_after_the_upload_comes_what_was_read_before_anything_is_done(
    at_home, issued_quote, clock
):
    answer = at_home.post(url("quote-authority", issued_quote), signed())
    assert answer.url == url("quote-upload", issued_quote)
    words = page_of(at_home, issued_quote)
    assert "Reading the codes on the pages" in words
    assert "data-look-again" in words
    assert "Look again</a>" in words

    commands.read_scan(latest().pk)

    words = page_of(at_home, issued_quote)
    assert "data-look-again" not in words
    assert "No page code was found" in words
    assert words.index("Replace it") < words.index("Send it all the same?")
    assert "Not handed in yet" in words


@pytest.mark.parametrize(
    ("before", "named", "after"),
    [
        ("Tom Ash", {"signatory_other": "Tom Ash", "signatory": "Ada Law"}, "Ada Law"),
        ("Ada Law", {"signatory_other": "Tom Ash", "signatory": "Ada Law"}, "Tom Ash"),
    ],
)
def test_the_name_that_is_new_counts_and_the_one_that_stood_there_need_not_be_removed(
    at_home, issued_quote, before, named, after
):
    authoriser = User.objects.get(name="Ada Law")
    row = journey.bring(issued_quote, authoriser, signatory=before)

    at_home.post(url("quote-upload", issued_quote), replacing(row, scan(), **named))

    assert latest().signatory_name == after


def test_a_worker_that_is_down_holds_up_nobody(at_home, issued_quote, clock):
    at_home.post(url("quote-authority", issued_quote), signed())
    clock.shift(timedelta(seconds=40))

    words = page_of(at_home, issued_quote)

    assert "data-look-again" not in words
    assert "is not answering at the moment" in words
    assert "Send it as it is" in words
    assert "handed in as it is on 3 March 2026, 10:15am" in words


def test_two_photos_are_uploaded_at_once_and_read_as_one(at_home, issued_quote):
    both = [photo(issued_quote, 2), photo(issued_quote, 1)]
    at_home.post(url("quote-authority", issued_quote), signed(scan=both))
    commands.read_scan(latest().pk)

    words = page_of(at_home, issued_quote)

    assert "All its pages are there" in words
    assert words.index("page 1.jpg") < words.index("page 2.jpg")
    assert ">Hand it in</button>" in " ".join(words.split()).replace(" </", "</")


def test_the_missing_page_is_added_and_then_all_is_well(at_home, issued_quote):
    first = signed(scan=[photo(issued_quote, 1)])
    at_home.post(url("quote-authority", issued_quote), first)
    commands.read_scan(latest().pk)
    words = page_of(at_home, issued_quote)
    assert "The page with the signature is missing" in words
    assert "Keep page 1.jpg, and add these" in words

    more = replacing(latest(), photo(issued_quote, 2), reuses_files="on")
    at_home.post(url("quote-upload", issued_quote), more)
    commands.read_scan(latest().pk)

    assert "All its pages are there" in page_of(at_home, issued_quote)
    assert [paper.name for paper in latest().documents] == ["page 1.jpg", "page 2.jpg"]


def test_the_first_choice_is_to_replace_and_the_second_to_send_it(
    at_home, issued_quote
):
    at_home.post(url("quote-authority", issued_quote), signed())
    commands.read_scan(latest().pk)

    answer = at_home.post(
        url("quote-hand-in", issued_quote), {"authority": latest().pk}
    )

    assert answer.url == url("quote", issued_quote)
    assert latest().state == "handed_in"
    words = page_of(at_home, issued_quote)
    assert "You can still replace it until DCC begins its check" in words
    assert "What DCC has now stands until you hand the new one in" in words


@pytest.mark.guidance("R-2.11-5")
def test_once_dcc_looks_at_it_the_page_says_since_when(
    client, pending_authority, operator, authoriser
):
    client.force_login(operator)
    order = pending_authority.quote.order
    client.get(reverse("admin:orders_connectionrequest_verify", args=[order.pk]))
    client.force_login(authoriser)

    words = page_of(client, pending_authority.quote)

    assert "DCC began its check on 3 March 2026, 10:00am" in words
    assert "Upload and read again" not in words


def test_a_replacement_that_is_refused_keeps_the_name_that_was_typed(
    at_home, issued_quote
):
    row = journey.bring(issued_quote, latest_user(at_home), at=NOW)
    wrong = replacing(row, scan(b"MZ"), signatory="", signatory_other="Bo Drake")

    words = words_of(at_home.post(url("quote-upload", issued_quote), wrong))

    assert "This file is none of them" in words
    assert 'value="Bo Drake"' in words
    assert latest() == row


def latest_user(client):
    return client.get(reverse("account")).wsgi_request.user


def test_neither_a_file_nor_the_old_ones_is_nothing_to_send(at_home, pending_authority):
    quote = pending_authority.quote
    none = replacing(pending_authority)

    words = words_of(at_home.post(url("quote-upload", quote), none))

    assert "Choose the file with the signed quotation" in words


def test_an_upload_is_thrown_away(at_home, issued_quote):
    row = journey.bring(issued_quote, latest_user(at_home))

    at_home.post(url("quote-throw-away", issued_quote), {"authority": row.pk})

    assert latest().state == "discarded"
    answer = at_home.get(url("quote-upload", issued_quote))
    assert answer.url == url("quote", issued_quote)


@pytest.mark.parametrize("view", ["quote-hand-in", "quote-throw-away", "quote-upload"])
@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 403), ("operator", 403), ("outsider", 404)]
)
def test_nobody_else_does_anything_about_it(
    request, client, issued_quote, authoriser, *, view, who, status
):
    row = journey.bring(issued_quote, authoriser)
    client.force_login(request.getfixturevalue(who))

    answer = client.post(url(view, issued_quote), {"authority": row.pk})

    assert answer.status_code == status
    assert latest().state == "uploaded"


def test_what_was_changed_meanwhile_is_said_and_changes_nothing(at_home, issued_quote):
    row = journey.bring(issued_quote, latest_user(at_home))
    other = {"authority": row.pk + 1}

    at_home.post(url("quote-hand-in", issued_quote), other)

    assert latest().state == "uploaded"
    assert "no longer the latest" in page_of(at_home, issued_quote)


def test_the_quotation_and_the_order_lead_to_an_upload_that_waits(
    at_home, issued_quote, authoriser
):
    journey.bring(issued_quote, authoriser, at=NOW)

    for view, subject in (("quote", issued_quote), ("order", issued_quote.order)):
        words = words_of(at_home.get(url(view, subject)))
        assert "Check what was uploaded, and hand it in" in words
        assert url("quote-upload", issued_quote) in words
    again = at_home.get(url("quote-authority", issued_quote))
    assert again.url == url("quote-upload", issued_quote)


@pytest.mark.parametrize(
    ("count", "size", "refusal"),
    [
        (7, 10, "Choose at most 6 files. You chose 7."),
        (3, 600_000, "Together the files are larger than 1 MB."),
        (2, 10, "2.pdf: Upload the scan as a PDF, JPEG or PNG."),
    ],
)
def test_too_many_or_too_large_or_one_that_is_none_is_refused_by_name(
    at_home, issued_quote, settings, *, count, size, refusal
):
    settings.UPLOAD_MAX_MEGABYTES = 1
    good = SimpleUploadedFile("1.pdf", journey.tiny_pdf())
    files = [SimpleUploadedFile(f"{n}.pdf", b" " * size) for n in range(2, count + 1)]

    answers = signed(scan=[good, *files] if size == 10 else files)
    words = words_of(at_home.post(url("quote-authority", issued_quote), answers))

    assert refusal in words
    assert not Authority.objects.exists()


def test_what_was_typed_before_the_sign_in_ran_out_is_back_but_for_the_file(
    client, issued_quote, authoriser
):
    client.force_login(authoriser)
    page = client.get(url("quote-authority", issued_quote))
    client.cookies.clear()
    mark = {READER: hidden(page, READER)}
    typed = signed(access="yes", access_rules="Two days before", **mark)
    client.post(url("quote-authority", issued_quote), typed)
    client.force_login(authoriser)

    words = words_of(client.get(url("quote-authority", issued_quote)))

    assert "Two days before</textarea>" in words
    assert '<option value="Ada Law" selected>' in words
