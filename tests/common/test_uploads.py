"""What may be kept as a signed scan, found from its content."""

import contextlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from common.uploads import NotAScan, read_scan
from tests.journey import tiny_pdf

pytestmark = pytest.mark.guidance("R-2.11-3")


def scripted(writer):
    words = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    action = DictionaryObject({NameObject(key): value for key, value in words.items()})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def opens_with(action, **parts):
    """Return what gives a PDF an action that a reader takes on opening."""

    def change(writer):
        words = {"/S": NameObject(action), **parts}
        keyed = DictionaryObject({NameObject(key): words[key] for key in words})
        writer.root_object[NameObject("/OpenAction")] = keyed

    return change


def hides_a_file(writer):
    """Embed a file that does not say of itself that it is one."""
    stream = StreamObject()
    stream._data = b"MZ"
    held = DictionaryObject({NameObject("/F"): writer._add_object(stream)})
    writer.root_object[NameObject("/AF")] = DictionaryObject({NameObject("/EF"): held})


def has_a_form_within(writer):
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<x/>")})
    writer.root_object[NameObject("/AcroForm")] = form


def pdf(change=bool, pages=1):
    writer, buffer = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    change(writer)
    writer.write(buffer)
    return buffer.getvalue()


def picture(kind="PNG", size=(20, 20)):
    buffer = io.BytesIO()
    Image.new("L", size, 255).save(buffer, kind)
    return buffer.getvalue()


def read(content):
    return read_scan(content, max_megabytes=1)


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
        (b"%PDF-1.7 nothing else", "damaged"),
        (tiny_pdf()[:-200], "damaged"),
        (b"\n" + tiny_pdf(), "none of them"),
        (b"MZ\x90\x00" + b"\0" * 100, "none of them"),
        (b"<html><script>alert(1)</script>", "none of them"),
        (picture("GIF"), "none of them"),
        (picture("BMP"), "none of them"),
        (picture("PNG")[:40], "none of them"),
        (picture("PNG", (9000, 9000)), "too large"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (pdf(pages=41), "1 to 40 pages"),
        (pdf(lambda w: w.encrypt("secret")), "password"),
        (pdf(scripted), "script or another file"),
        (pdf(lambda w: w.add_attachment("a.exe", b"MZ")), "script or another file"),
    ],
)
def test_anything_else_is_refused_in_words_that_say_what_to_do(content, words):
    with pytest.raises(NotAScan, match=words):
        read(content)


@pytest.mark.parametrize(
    "change",
    [
        hides_a_file,
        has_a_form_within,
        opens_with("/GoToR"),
        opens_with("/SubmitForm"),
        opens_with("/ImportData"),
        opens_with("/Rendition"),
    ],
)
def test_a_pdf_that_does_something_by_itself_or_hides_a_file_is_refused(change):
    with pytest.raises(NotAScan, match="script or another file"):
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


@settings(max_examples=60, deadline=None)
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
