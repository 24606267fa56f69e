"""What may be kept as a signed scan, found from its content.

The hostile files are made here, not kept: each is refused in words or read safely.
"""

import contextlib
import io
import random
import struct
import time
import zipfile
import zlib

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

from common.files import harmless_name
from common.scans import read_codes
from common.uploads import NotAScan, read_scan, read_scan_apart
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


def picture(kind="PNG", size=(20, 20), mode="L"):
    buffer = io.BytesIO()
    Image.new(mode, size, 1).save(buffer, kind)
    return buffer.getvalue()


def read(content):
    return read_scan(content, max_megabytes=1)


def raw_pdf(*objects, trailer=b"", tail=b"%%EOF"):
    """Return a PDF written by hand: object 1 is its root, with a true table."""
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, trailer)
    return bytes(content + b"startxref\n%d\n%b" % (start, tail))


ROOT, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids "
LEAF = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def with_page(extra=b"", *objects, root=b"", **how):
    catalog = b"<< /Type /Catalog /Pages 2 0 R %b >>" % root
    leaf = LEAF.removesuffix(b">>") + extra + b">>"
    return raw_pdf(catalog, PAGES + b"[3 0 R] >>", leaf, *objects, **how)


def stream(body, entries=b""):
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), entries, body)


def bomb(entries=b"", megabytes=80):
    body = zlib.compress(b"[" * megabytes * 1024 * 1024, 9)
    return stream(body, b"/Filter /FlateDecode " + entries)


def archived(name="a.txt"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x" * 100)
    return buffer.getvalue()


def moving(kind):
    buffer = io.BytesIO()
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 128, 255)]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def png_of(width, height):
    """Return a PNG that says it is huge, in a few bytes."""
    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(body))
        + name
        + body
        + struct.pack("!I", zlib.crc32(name + body))
        for name, body in parts
    )


def heavy_png():
    """Return a real picture of 49 million white points in 50 kB."""
    return picture("PNG", (7000, 7000))


NESTED = b"[" * 50_000 + b"]" * 50_000
HUGE_PICTURE = stream(b"", b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000")
ATTACHED = b"/Type /Annot /Subtype /FileAttachment"
HOSTILE = {
    "JavaScript on opening": with_page(
        root=b"/OpenAction << /S /JavaScript /JS (x) >>"
    ),
    "JavaScript by name": with_page(root=b"/Names << /JavaScript 4 0 R >>"),
    "JavaScript on a page": with_page(b"/AA << /O << /S /JavaScript /JS (x) >> >>"),
    "a name in disguise": with_page(root=b"/OpenAction << /S /J#61vaScript >>"),
    "launches a program": with_page(root=b"/OpenAction << /S /Launch /F (c.exe) >>"),
    "goes to another file": with_page(root=b"/OpenAction << /S /GoToR /F (a) >>"),
    "goes into a file": with_page(root=b"/OpenAction << /S /GoToE >>"),
    "sends a form": with_page(root=b"/OpenAction << /S /SubmitForm /F (h) >>"),
    "imports": with_page(root=b"/OpenAction << /S /ImportData /F (h) >>"),
    "a film": with_page(root=b"/OpenAction << /S /Rendition >>"),
    "a form of XML": with_page(root=b"/AcroForm << /XFA (<x/>) >>"),
    "an embedded file": with_page(root=b"/Names << /EmbeddedFiles << >> >>"),
    "a file without a type": with_page(root=b"/AF [ << /EF << /F 4 0 R >> >> ]"),
    "a file on a page": with_page(b"/Annots [ << " + ATTACHED + b" >> ]"),
    "rich media": with_page(b"/Annots [ << /Subtype /RichMedia >> ]"),
    "a script as a writer puts it": pdf(scripted),
    "encrypted": pdf(lambda w: w.encrypt("secret")),
    "encrypted by name only": with_page(trailer=b"/Encrypt << /Filter /Standard >>"),
    "cut short": tiny_pdf()[:-200],
    "without an end": tiny_pdf().replace(b"%%EOF", b""),
    "an archive behind it": tiny_pdf() + archived(),
    "a program behind it": tiny_pdf() + b"MZ" + b"\0" * 500,
    "no pages": raw_pdf(ROOT, b"<< /Type /Pages /Count 0 /Kids [] >>"),
    "a million pages": raw_pdf(ROOT, b"<< /Type /Pages /Count 1000000 /Kids [] >>"),
    "less than no pages": raw_pdf(ROOT, b"<< /Type /Pages /Count -1 /Kids [] >>"),
    "more pages than it says": raw_pdf(
        ROOT, PAGES + b"[" + b"3 0 R " + b"4 0 R " * 60 + b"] >>", *[LEAF] * 64
    ).replace(b"4 0 R 4 0 R", b"4 0 R 5 0 R"),
    "pages that hold themselves": raw_pdf(ROOT, PAGES + b"[2 0 R] >>"),
    "no root": raw_pdf(b"<< >>"),
    "an object that is itself": raw_pdf(b"1 0 R", PAGES + b"[3 0 R] >>", LEAF),
    "nested without end": with_page(b"/X " + NESTED),
    "a bomb of objects": with_page(b"/X 5 0 R", bomb(b"/Type /ObjStm /N 9 /First 4")),
    "a huge picture within": with_page(b"/X 4 0 R", HUGE_PICTURE),
    "30,000 objects": with_page(
        b"/X [" + b" ".join(b"%d 0 R" % n for n in range(4, 30_000)) + b"]",
        *[b"1"] * 30_000,
    ),
    "a PNG of 50,000 points a side": png_of(50_000, 50_000),
    "a PNG of no points": png_of(0, 0),
    "a PNG that is not whole": png_of(100, 100)[:60],
    "an animated PNG": moving("PNG"),
    "an animated GIF": moving("GIF"),
    "a TIFF": picture("TIFF"),
    "a WebP": picture("WEBP"),
    "an icon": picture("ICO"),
    "JPEG 2000": picture("JPEG2000"),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
    "a page of the web": b"<!DOCTYPE html><script>alert(1)</script>",
    "a page of the web that says PDF": b"%PDF-1.4<html><script>x</script>",
    "an archive": archived(),
    "a letter": archived("word/document.xml"),
    "a program": b"MZ\x90\0" + b"\0" * 600,
    "another program": b"\x7fELF" + b"\0" * 600,
    "nothing but zeros": b"\0" * 5000,
    "nothing": b"",
    "too much": b"%PDF-1.7" + b" " * 1024 * 1024,
}
HARMLESS = {
    "a JPEG in print colours": picture("JPEG", mode="CMYK"),
    "a JPEG with a page of the web behind it": picture("JPEG") + b"<script>",
    "a PNG with a page of the web behind it": picture("PNG") + b"<script>",
    "a telephone's double picture": moving("MPO"),
    "a PNG with a palette": picture("PNG", mode="P"),
    "a see-through PNG": picture("PNG", mode="RGBA"),
    "a PNG of fax": picture("PNG", mode="1"),
    "a PDF that ends in zeros": tiny_pdf() + b"\0" * 200,
    "a PDF with a bomb that nobody opens": with_page(b"/X 4 0 R", bomb()),
    "a PDF with a link": with_page(b"/Annots [<< /A << /S /URI /URI (h) >> >>]"),
}


def test_there_are_at_least_40_hostile_files():
    assert len(HOSTILE) >= 50


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_soon(name):
    begun = time.perf_counter()

    with pytest.raises(NotAScan) as refusal:
        read(HOSTILE[name])

    assert str(refusal.value).endswith(".")
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_is_read_and_pictured_safely(name):
    scan = read(HARMLESS[name])

    assert scan.pages == 1
    assert len(read_codes(HARMLESS[name], scan.content_type, "DCCQ1")) == 1


def test_a_file_that_takes_too_long_is_refused_and_takes_nothing_with_it(monkeypatch):
    monkeypatch.setattr("common.uploads.SECONDS", 0.01)

    with pytest.raises(NotAScan, match="takes too long"):
        read_scan_apart(tiny_pdf(), max_megabytes=1)


def test_a_file_that_swells_is_stopped(monkeypatch):
    monkeypatch.setattr("common.uploads.MEGABYTES", 60)

    with pytest.raises(NotAScan):
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
