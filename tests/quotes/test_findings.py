"""What an upload is said to be, to whoever sent it and to DCC alike."""

from datetime import timedelta

import pytest

from quotes import commands
from quotes.findings import found_on
from quotes.models import Authority, PagePicture, Quote
from records.models import Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import PersonFactory
from tests.quotes.test_scans import code

pytestmark = pytest.mark.guidance("R-2.11-3")


def brought(quote, person, *files_of_codes, signatory="Ada Law"):
    """Upload one file for each list of pages, as a worker would have read them."""
    files = [
        journey.one_file(b"%%PDF %d" % number, name=f"photo {number}.pdf")
        for number, _ in enumerate(files_of_codes, start=1)
    ]
    row = journey.bring(quote, person, *files, at=NOW, signatory=signatory)
    for document, pages in zip(row.documents, files_of_codes, strict=True):
        for number, codes in enumerate(pages, start=1):
            PagePicture.objects.create(document=document, number=number, codes=codes)
    for number in (1, 2):
        sent = {"document": quote.document, "number": number}
        PagePicture.objects.get_or_create(**sent)
    assert commands.read_scan(row.pk)
    return Authority.objects.get(pk=row.pk)


def said(quote, person, *files_of_codes, **more):
    return found_on(brought(quote, person, *files_of_codes, **more))


def words_of(found):
    return " ".join([found.title, found.lead, *(f.title for f in found.findings)])


def test_all_is_well_with_both_pages_and_a_nominated_signatory(
    issued_quote, authoriser
):
    both = [[code(issued_quote, 1)], [code(issued_quote, 2)]]

    found = said(issued_quote, authoriser, both)

    assert (found.is_well, found.doubts) == (True, [])
    assert found.title == "All its pages are there"


def test_two_photos_are_one_authority_in_the_order_of_their_codes(
    issued_quote, authoriser
):
    found = said(
        issued_quote, authoriser, [[code(issued_quote, 2)]], [[code(issued_quote, 1)]]
    )

    assert found.is_well
    assert [(one.number, one.name) for one in found.sheets] == [
        (1, "photo 2.pdf"),
        (2, "photo 1.pdf"),
    ]


def test_a_page_without_a_code_stands_in_the_place_that_is_left(
    issued_quote, authoriser
):
    found = said(issued_quote, authoriser, [[]], [[code(issued_quote, 1)]])

    assert [one.name for one in found.sheets] == ["photo 2.pdf", "photo 1.pdf"]
    assert found.title == "Page 2 could not be recognised"
    assert found.tone == "soon"


@pytest.mark.parametrize(
    ("page", "title"),
    [(1, "The page with the signature is missing"), (2, "Page 1 is missing")],
)
def test_a_single_photo_of_one_page_is_asked_about(
    issued_quote, authoriser, page, title
):
    found = said(issued_quote, authoriser, [[code(issued_quote, page)]])

    assert (found.title, found.tone) == (title, "bad")
    assert f"Found: page {page} of 2 of version 1." in found.lead
    assert [one.is_missing for one in found.sheets] == [page == 2, page == 1]


def test_a_single_photo_without_a_code_is_asked_about_too(issued_quote, authoriser):
    found = said(issued_quote, authoriser, [[]])

    assert found.title == "No page code was found"
    assert "One page came; the quotation has 2." in words_of(found)
    assert "by eye" in found.if_sent


@pytest.fixture
def second_version(issued_quote, operator):
    """Version 1 was taken back; version 2 is open and dearer."""
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Anew")
    order = journey.fresh(issued_quote.order)
    dearer = [
        commands.LineEntry(line.kind, line.net + 500, reason="More duct")
        for line in journey.LINES
    ]
    return journey.issue(journey.draft(order, operator, lines=dearer), operator)


def test_version_1_for_version_2_is_said_with_both_prices(
    issued_quote, second_version, authoriser
):
    first = Quote.objects.get(version=1)
    old = [[code(first, 1)], [code(first, 2)]]

    found = said(second_version, authoriser, old)

    assert found.title == "This is version 1. Version 2 is the one to sign"
    assert "Pages 1 and 2 of" in found.lead
    price = found.findings[0]
    assert price.title == "The price is not the same."
    assert "Version 1 was £15,000.00 and firm. Version 2 is £17,000.00" in price.words
    assert found.if_sent == "A signature on version 1 does not accept version 2."


def test_another_quotation_is_named_as_the_paper_names_itself(issued_quote, authoriser):
    strange = [[code(issued_quote, 1, reference="QUO-7777-1")]]

    found = said(issued_quote, authoriser, strange)

    assert found.title == f"This is quotation QUO-7777-1, not {issued_quote}"


def test_a_document_that_dcc_did_not_send_is_said_to_be_none_of_ours(
    issued_quote, authoriser
):
    found = said(issued_quote, authoriser, [[code(issued_quote, 1, mark="ab" * 8)]])

    assert found.title == "This is not the document that DCC sent"


@pytest.mark.guidance("R-2.11-4")
@pytest.mark.parametrize("name", ["Ada Law", "ada  LAW "])
def test_a_nominated_signatory_is_recognised_by_name(issued_quote, authoriser, name):
    found = said(issued_quote, authoriser, [[]], signatory=name)

    assert found.findings[-1].tone == "good"


@pytest.mark.guidance("R-2.11-4", "T27")
def test_a_signatory_who_is_not_nominated_is_asked_about_at_once(
    issued_quote, authoriser, submitter
):
    found = said(issued_quote, authoriser, [[]], signatory=submitter.name)

    one = found.findings[-1]
    assert one.title.startswith(f"{submitter.name} may not sign for")
    assert "Ada Law may." in one.words


@pytest.mark.guidance("R-2.11-4", "T27")
def test_the_name_is_asked_of_the_nominations_of_the_day_of_the_upload(
    issued_quote, authoriser, party
):
    later = PersonFactory(party=party, name="Lee Ving", nominated=["authorise"])
    later.nominations.update(from_on=NOW.date() + timedelta(days=1))

    found = said(issued_quote, authoriser, [[]], signatory="Lee Ving")

    assert found.findings[-1].title.startswith("Lee Ving may not sign for")


def test_before_it_is_read_nothing_is_promised(issued_quote, authoriser):
    found = found_on(journey.bring(issued_quote, authoriser))

    assert found.title == "The pages have not been read yet"
    assert not found.is_well


def test_a_reading_that_failed_is_said_so(issued_quote, authoriser):
    row = journey.bring(issued_quote, authoriser)
    row.reading_error = "Stopped"

    assert found_on(row).title == "The pages could not be read"


def test_the_acknowledgement_names_what_was_found(issued_quote, authoriser):
    row = brought(issued_quote, authoriser, [[code(issued_quote, 1)]], signatory="Bo")

    commands.hand_in_authority(row.pk, by=authoriser)

    text = Notice.objects.filter(kind="authority_received").first().text
    assert "What we found: The page with the signature is missing." in text
    assert "- Bo may not sign for" in text
    assert "You can replace it in DCC Connections until DCC begins its check" in text
