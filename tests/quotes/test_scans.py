"""What a signed scan's codes say: worn scans are read, and nothing is misread."""

import io
import random

import pytest
import segno
from django.core.exceptions import PermissionDenied
from PIL import Image
from zxingcpp import read_barcodes

from common.apart import MachineTooBusy, Stopped
from quotes import commands, findings
from quotes.commands import read
from quotes.errors import NothingToRead
from quotes.models import Authority, PagePicture
from quotes.scans import read_apart, read_codes
from records.commands import try_again
from records.jobs import pause_after
from records.models import Event
from tests import journey
from tests.owed import do, passes, the_job
from tests.quotes.scanned import PDF, PNG, as_image, as_pdf, pages_of_paper, scan, worn

MARK = "0123456789abcdef"


def codes_in(content, kind):
    return read_codes(content, kind, findings.PREFIX)


def is_read(content, kind, quote):
    """Say whether each page was read, and as nothing but a page of `quote`."""
    found = [
        [findings.parsed(text) for text in page] for page in codes_in(content, kind)
    ]
    assert {code.reference for page in found for code in page} <= {quote.reference}
    return all(found)


@pytest.mark.long
def test_99_of_100_worn_scans_are_read_and_none_is_misread(issued_quote, capsys):
    """Askew, upside down, 100 to 300 dpi, soft, noisy, dark, faxed, JPEG at 30."""
    pages = pages_of_paper(issued_quote)

    rate = sum(is_read(*scan(pages, number), issued_quote) for number in range(100))

    with capsys.disabled():
        print(f"\n{rate} of 100 worn scans read")
    assert rate >= 99


def test_a_page_code_can_lose_a_quarter_of_its_squares(issued_quote):
    for page in pages_of_paper(issued_quote):
        (found,) = read_barcodes(page)
        assert found.ec_level == "Q"
        assert found.text.isupper()


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
@pytest.mark.parametrize("turn", [0, 90, 180, 270, 4, 176])
def test_a_clean_scan_is_read_at_each_resolution_and_turn(issued_quote, dpi, turn):
    page = pages_of_paper(issued_quote)[1]
    small = page.resize((page.width * dpi // 300, page.height * dpi // 300))

    found = codes_in(*as_image(small.rotate(turn, expand=True, fillcolor=255)))

    assert findings.parsed(found[0][0]).page == 2


def decoy(number):
    """Return a worn picture of a code that is not a page of any quotation of ours."""
    chance = random.Random(number)  # noqa: S311  the same decoy each time
    texts = (
        f"https://example.com/{number}",
        f"DCCQ1:QUO-1001-1:1:{number}",
        f"DCCQ2:QUO-1001-1:1:1/2:{MARK}",
        f"WIFI:S:DCCQ1:QUO-1001-1:1:1/2:{MARK};;",
        f"DCCQ1:QUO-{2000 + number}-1:1:1/2:{MARK.upper()}",
    )
    buffer = io.BytesIO()
    segno.make(texts[number % len(texts)]).save(buffer, "png", scale=9)
    sheet = Image.new("L", (1654, 2339), 255)
    sheet.paste(Image.open(buffer).convert("L"), (200, 1800))
    return as_image(worn(sheet, chance))


@pytest.mark.long
def test_none_of_100_decoys_is_taken_for_the_quotation(issued_quote):
    verdicts = {
        findings.verdict(codes_in(*decoy(number)), issued_quote)[0]
        for number in range(100)
    }

    assert verdicts <= {"no_code", "other"}


def code(quote, page, *, reference=None, version=None, mark=None, pages=2):
    return (
        f"DCCQ1:{reference or quote.reference}:{version or quote.version}:"
        f"{page}/{pages}:{(mark or quote.fingerprint[:16]).upper()}"
    )


def said(quote, *pages):
    return findings.verdict([list(page) for page in pages], quote)


def test_all_pages_are_the_whole_quotation_in_any_order(issued_quote):
    kind, words = said(issued_quote, [code(issued_quote, 2)], [code(issued_quote, 1)])

    assert kind == "whole"
    assert words == (
        f"The scan holds pages 1 and 2 of 2 of {issued_quote}, version 1. That is the "
        "whole document that DCC sent."
    )


def test_two_pages_side_by_side_on_one_sheet_count_as_both(issued_quote):
    both = [code(issued_quote, 1), code(issued_quote, 2)]

    assert said(issued_quote, both)[0] == "whole"


def test_a_missing_page_is_named(issued_quote):
    kind, words = said(issued_quote, [code(issued_quote, 2)], [])

    assert kind == "part"
    assert "page 2 of 2" in words
    assert "Page 1 is missing, or its code could not be read." in words
    assert "No code was found on page 2 of the scan." in words


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"reference": "QUO-1001-9", "version": 9}, "QUO-1001-9, version 9"),
        ({"reference": "QUO-7777-1"}, "QUO-7777-1, version 1"),
    ],
    ids=["another version", "another quotation"],
)
def test_what_it_is_instead_is_named(issued_quote, other, named):
    kind, words = said(
        issued_quote, [code(issued_quote, 1)], [code(issued_quote, 2, **other)]
    )

    assert kind == "other"
    assert named in words
    assert f"It was handed in for {issued_quote}, version 1." in words


def test_another_fingerprint_is_pointed_out(issued_quote):
    kind, words = said(issued_quote, [code(issued_quote, 1, mark=MARK)])

    assert kind == "altered"
    assert "may say something else. Compare every figure." in words


def test_a_code_of_the_first_kind_is_still_read(issued_quote):
    mark = issued_quote.fingerprint[:16]

    assert said(issued_quote, [f"DCCQ1|{issued_quote}|1|1/1|{mark}"])[0] == "whole"


@pytest.mark.parametrize(
    "text", ["DCCQ1", "DCCQ1:::1/2:", "DCCQ1:Q:1:1/2:xyz", "DCCQ1:Q:99999:1/2:ab"]
)
def test_a_code_that_is_not_whole_is_none(issued_quote, text):
    assert said(issued_quote, [text])[0] == "no_code"


def test_without_a_code_staff_are_told_to_compare_by_eye(issued_quote):
    kind, words = said(issued_quote, [], [])

    assert (kind, words[:40]) == ("no_code", "No code was found on any of the 2 pages.")


@pytest.fixture
def signed(issued_quote, authoriser):
    """The quotation's own two pages, scanned and uploaded."""
    both = journey.one_file(*as_pdf(pages_of_paper(issued_quote)))
    return journey.upload(issued_quote, authoriser, both)


def test_a_worker_reads_the_scan_and_pictures_both_papers(signed):
    assert signed.is_being_read

    assert do(commands.read_scan, signed.pk)

    authority = Authority.objects.get()
    assert (authority.verdict, authority.is_being_read) == ("whole", False)
    assert PagePicture.objects.filter(document__in=authority.documents).count() == 2
    assert authority.quote.document.pages.count() == 1
    assert Event.objects.get(name="read_scan").is_public is False


def test_a_scan_is_read_once_however_often_it_is_asked(signed):
    assert commands.read_scan(signed.pk)
    assert not commands.read_scan(signed.pk)

    assert Event.objects.filter(name="read_scan").count() == 1


def test_reading_decides_nothing(pending_authority):
    commands.read_scan(pending_authority.pk)

    authority = Authority.objects.get()
    assert (authority.verdict, authority.outcome) == ("no_code", "pending")
    assert authority.quote.state == "authority_received"


def fails(monkeypatch):
    def refuse(*args):
        raise Stopped("The reader stopped.")

    monkeypatch.setattr(read, "read_apart", refuse)


def test_a_failure_is_kept_in_words_and_staff_may_have_it_read_again(
    pending_authority, desk, monkeypatch
):
    with monkeypatch.context() as patch:
        fails(patch)
        assert not do(commands.read_scan, pending_authority.pk)
    authority = Authority.objects.get()
    assert authority.reading_error.startswith("It breaks the program that reads scans")
    assert "or ask the Party for a photo of each page" in authority.reading_error
    assert not authority.is_being_read

    commands.read_scan_again(authority.pk, by=desk)
    assert do(commands.read_scan, authority.pk)


def test_only_the_desk_asks_again_and_only_after_a_failure(
    pending_authority, authoriser, desk
):
    with pytest.raises(PermissionDenied):
        commands.read_scan_again(pending_authority.pk, by=authoriser)
    with pytest.raises(NothingToRead):
        commands.read_scan_again(pending_authority.pk, by=desk)


def test_a_machine_that_is_too_busy_reads_the_scan_later(
    pending_authority, monkeypatch
):
    def wait(*_):
        raise MachineTooBusy("busy")

    with monkeypatch.context() as patch:
        patch.setattr(read, "read_apart", wait)
        assert not do(commands.read_scan, pending_authority.pk)
    assert Authority.objects.get().is_being_read

    passes(pause_after(1))
    assert do(commands.read_scan, pending_authority.pk)


def test_staff_have_a_scan_read_again_from_the_page_of_jobs(
    pending_authority, desk, monkeypatch
):
    with monkeypatch.context() as patch:
        fails(patch)
        do(commands.read_scan, pending_authority.pk)

    try_again(the_job(commands.read_scan, pending_authority.pk).pk, by=desk)

    assert Authority.objects.get().is_being_read
    assert do(commands.read_scan, pending_authority.pk)


@pytest.mark.parametrize("kind", [PDF, PNG])
def test_a_file_that_breaks_the_reader_breaks_nothing_else(kind):
    with pytest.raises(Stopped, match="The reader stopped"):
        read_apart(b"%PDF-1.7 nothing", kind, findings.PREFIX)
