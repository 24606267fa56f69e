"""What ordinary readers open is let in; what is hostile once mended is not."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from common.apart import HOME
from common.inspection import read_scan
from common.uploads import NotAScan, read_scan_apart
from quotes.scans import read_codes
from tests.common.hostile import (
    DRAWS_TOO_MUCH,
    MENDED,
    archived,
    drawing,
    form,
    holding,
    moving,
    picture,
)

PDF = "application/pdf"


def read(content):
    return read_scan(content, max_megabytes=5)


@pytest.mark.parametrize("name", MENDED)
def test_what_ordinary_readers_open_is_let_in_and_pictured(name):
    assert (read(MENDED[name]).content_type, read(MENDED[name]).pages) == (PDF, 1)
    assert len(read_codes(MENDED[name], PDF, "DCCQ1")) == 1


def test_a_pdf_that_declares_one_page_and_holds_41_is_refused():
    with pytest.raises(NotAScan, match="says that it has 1 page, and holds 41"):
        read(holding(41, says=1))


def test_a_pdf_of_which_readers_draw_fewer_pages_is_refused(monkeypatch):
    """The pages of one reader are compared with those of the other."""
    fewer = type("Fewer", (), {"__len__": lambda _: 1})
    opened = type(
        "Opened", (), {"__enter__": lambda _: fewer(), "__exit__": lambda *_: None}
    )
    monkeypatch.setattr("common.plain_pdf.pypdfium2.PdfDocument", lambda _: opened())

    with pytest.raises(NotAScan, match="Readers disagree"):
        read(holding(2, says=2))


@pytest.mark.parametrize("name", DRAWS_TOO_MUCH)
def test_a_page_that_draws_too_much_is_refused_before_it_is_drawn(name):
    with pytest.raises(NotAScan, match=r"draws too much.* photograph each page"):
        read(DRAWS_TOO_MUCH[name])


def test_a_page_of_many_marks_and_forms_as_offices_print_it_is_let_in():
    marks = b"0 0 m 500 700 l S\n" * 20_000
    content = drawing(
        marks + b"/F Do " * 50, form(b"9 9 l " * 500), xobjects=b"/F 5 0 R"
    )

    assert read(content).pages == 1


def boxed(brand):
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand + b"miaf" + b"\0" * 200


@pytest.mark.parametrize(
    ("content", "name", "cure"),
    [
        (boxed(b"heic"), "HEIC", "sends a JPEG"),
        (boxed(b"mif1"), "HEIC", "save it as a JPEG"),
        (boxed(b"avif"), "AVIF", "Save it as a JPEG"),
        (boxed(b"qt  "), "film", "Photograph each page"),
        (picture("WEBP"), "WebP", "Save it as a JPEG"),
        (picture("TIFF"), "TIFF", "print it to PDF"),
        (archived("word/document.xml"), "Word document", "Print it to PDF"),
        (archived("xl/workbook.xml"), "Excel workbook", "Print it to PDF"),
        (archived(), "ZIP archive", "Unpack it"),
        (b"%!PS-Adobe-3.0\n", "PostScript", "Print it to PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word", "Print it to PDF"),
    ],
)
def test_what_is_sent_by_mistake_is_named_with_how_to_send_it(content, name, cure):
    with pytest.raises(NotAScan, match=f"(?i)This is an? .*{name}.*{cure}"):
        read(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_refused_wherever_it_is_cut(kind):
    buffer = BytesIO()
    Image.effect_noise((60, 60), 80).save(buffer, kind)
    whole = buffer.getvalue()

    assert read(whole).pages == 1
    # The last 20 bytes of a PNG are its checks and its end: its picture is whole.
    for length in range(12, len(whole) - 20 * (kind == "PNG"), 7):
        with pytest.raises(NotAScan, match="cut short"):
            read(whole[:length])


def test_a_telephones_picture_is_refused_where_its_first_is_cut():
    with pytest.raises(NotAScan, match="cut short"):
        read(moving("MPO")[:300])


def test_nothing_that_opens_a_strangers_file_is_loaded_by_the_web_server():
    program = (
        "import os, sys, django; django.setup(); import dccportal.urls; "
        "print([name for name in ('pikepdf', 'common.inspection') "
        "if name in sys.modules])"
    )
    asked = [sys.executable, "-c", program]

    said = subprocess.run(asked, cwd=HOME, capture_output=True, check=True, text=True)

    assert said.stdout == "[]\n"


def test_the_program_apart_lets_in_what_it_mends():
    assert read_scan_apart(MENDED["no table"], max_megabytes=1).pages == 1
