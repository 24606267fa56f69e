"""What may be kept as a signed scan, found from its content.

Each of the hostile files is refused in words, each of the odd ones read safely.
"""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFile
from pypdf.generic import (
    NameObject,
    StreamObject,
)

from common.files import harmless_name
from common.inspection import read_scan
from common.uploads import NotAScan, read_scan_apart
from quotes.scans import read_codes
from tests.common.hostile import (
    HARMLESS,
    HOSTILE,
    archived,
    has_a_form_within,
    heavy_png,
    hides_a_file,
    opens_with,
    pdf,
    picture,
    scripted,
)
from tests.journey import tiny_pdf


@pytest.fixture(autouse=True)
def other_libraries_take_parts_for_wholes(monkeypatch):
    """WeasyPrint has Pillow fill up what is cut short, once it is imported."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def read(content):
    return read_scan(content, max_megabytes=1)


def test_there_are_at_least_40_hostile_files():
    assert len(HOSTILE) >= 70


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name):
    with pytest.raises(NotAScan) as refusal:
        read(HOSTILE[name])

    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_is_read_and_pictured_safely(name):
    scan = read(HARMLESS[name])

    assert scan.pages == 1
    assert len(read_codes(HARMLESS[name], scan.content_type, "DCCQ1")) == 1


def test_a_file_that_swells_is_stopped(monkeypatch):
    monkeypatch.setattr("common.uploads.MEGABYTES", 60)

    with pytest.raises(NotAScan, match="too large"):
        read_scan_apart(heavy_png(), max_megabytes=1)


@pytest.mark.parametrize("content", [tiny_pdf(), b"MZ"], ids=["plain", "hostile"])
def test_apart_says_the_same(content):
    with contextlib.suppress(NotAScan):
        assert read_scan_apart(content, max_megabytes=1) == read(content)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("signed.pdf", "signed.pdf"),
        ("signed.exe", "signed.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ada\\signed.pdf", "signed.pdf"),
        ("signed\u202efdp.exe", "signedfdp.exe.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("...", "scan.pdf"),
        ("", "scan.pdf"),
        ("Ünterschrift 3.PDF", "Ünterschrift 3.PDF"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless_and_tells_the_truth(name, shown):
    assert harmless_name(name, "application/pdf") == shown


@pytest.mark.parametrize(
    ("content", "kind", "pages"),
    [
        (tiny_pdf(), "application/pdf", 1),
        (pdf(pages=40), "application/pdf", 40),
        (picture("PNG"), "image/png", 1),
        (picture("JPEG"), "image/jpeg", 1),
    ],
    ids=["pdf", "long pdf", "png", "jpeg"],
)
def test_a_scan_is_known_by_its_content(content, kind, pages):
    scan = read(content)

    assert (scan.content_type, scan.pages) == (kind, pages)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing else", "cut short"),
        (b"%PDF-1.7 nothing else %%EOF", "damaged"),
        (tiny_pdf()[:-200], "cut short"),
        (tiny_pdf() + b"9 0 obj\n<< >>", "cut short"),
        (b" " * 1025 + tiny_pdf(), "none of them"),
        (b"MZ\x90\x00" + b"\0" * 100, "none of them"),
        (b"<html><script>alert(1)</script>", "a page of the web"),
        (picture("GIF"), "a GIF picture"),
        (picture("BMP"), "a BMP picture"),
        (picture("TIFF"), "a TIFF picture"),
        (picture("WEBP"), "a WebP picture"),
        (picture("PNG")[:40], "damaged or cut short"),
        (picture("PNG", (9000, 9000)), "too large"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (pdf(pages=41), "1 to 40 pages"),
        (pdf(lambda w: w.encrypt("secret")), "password"),
        (pdf(scripted), "holds a script"),
        (pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "holds another file"),
        (tiny_pdf() + archived(), "Something else is joined"),
    ],
)
def test_anything_else_is_refused_in_words_that_say_what_to_do(content, words):
    with pytest.raises(NotAScan, match=words):
        read(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (hides_a_file, "holds another file"),
        (has_a_form_within, "holds a script or a form"),
        (opens_with("/GoToR"), "does something by itself"),
        (opens_with("/SubmitForm"), "does something by itself"),
        (opens_with("/ImportData"), "does something by itself"),
        (opens_with("/Rendition"), "does something by itself"),
        (
            opens_with("/Named", **{"/N": NameObject("/Print")}),
            "does something by itself",
        ),
    ],
)
def test_a_pdf_that_does_something_by_itself_or_hides_a_file_is_refused(change, words):
    with pytest.raises(NotAScan, match=f"{words}.* photograph each page"):
        read(pdf(change))


def test_a_script_is_found_however_its_name_is_spelled():
    content = pdf(scripted)
    for plain, odd in ((b"/JavaScript", b"/JavaScr#69pt"), (b"/JS", b"/J#53")):
        content = content.replace(plain, odd)
    assert b"/JS" not in content

    with pytest.raises(NotAScan):
        read(content)


def test_a_picture_whose_bytes_happen_to_spell_a_script_is_kept():
    def with_picture(writer):
        stream = StreamObject()
        stream._data = b"\x00\x01/JS\x02/JavaScript\x03/Launch"
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    assert b"/JS" in pdf(with_picture)
    assert read(pdf(with_picture)).pages == 1


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_mangled_pdf_is_read_or_refused_but_never_an_error(seed):
    source, content = random.Random(seed), bytearray(tiny_pdf())  # noqa: S311
    for _ in range(source.randint(1, 12)):
        content[source.randrange(5, len(content))] = source.randrange(256)

    with contextlib.suppress(NotAScan):
        read(bytes(content))


@given(st.binary(max_size=200))
def test_junk_is_refused(junk):
    for start in (b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with pytest.raises(NotAScan):
            read(start + junk)
