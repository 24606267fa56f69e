"""Files that a stranger might send: hostile ones, and odd ones that are harmless.

They are made here, not kept.
"""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from tests.journey import tiny_pdf


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


def swelling(name, head, megabytes=80):
    """Return a PNG with a chunk that is small only as it is packed."""
    body = head + zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    start, code = picture("PNG"), name.encode()
    sized = struct.pack("!I", len(body)) + code + body
    return start[:33] + sized + struct.pack("!I", zlib.crc32(code + body)) + start[33:]


def huge_jpeg():
    content = picture("JPEG")
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack("!HH", 65500, 65500) + content[place + 4 :]


def heavy_png():
    """Return a real picture of 49 million white points in 50 kB."""
    return picture("PNG", (7000, 7000))


NESTED = b"[" * 50_000 + b"]" * 50_000
HUGE_PICTURE = stream(b"", b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000")
ATTACHED = b"/Type /Annot /Subtype /FileAttachment"
SHARE = rb"/F (\\\\files.example\\a.pdf) "
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
    "an address on opening": with_page(root=b"/OpenAction << /S /URI /URI (h) >>"),
    "an address on a page's opening": with_page(b"/AA << /O << /S /URI >> >>"),
    "more after a place": with_page(
        root=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI >> >>"
    ),
    "a script after a place": with_page(
        root=b"/OpenAction << /S /GoTo /Next [ << /S /JavaScript >> ] >>"
    ),
    "a thread of another file": with_page(
        root=b"/Names << /X << /S /Thread /F (a.pdf) >> >>"
    ),
    "an old film": with_page(b"/Annots [ << /Subtype /Movie /Movie << >> >> ]"),
    "a sound": with_page(b"/Annots [ << /A << /S /Sound >> >> ]"),
    "a body to turn": with_page(b"/Annots [ << /Subtype /3D >> ]"),
    "a page whose words are elsewhere": with_page(
        b"/Contents 4 0 R", stream(b"", SHARE + b"/FFilter /FlateDecode")
    ),
    "a drawing that is elsewhere": with_page(
        b"/X 4 0 R", stream(b"", b"/Subtype /Form /Ref << " + SHARE + b">>")
    ),
    "a name elsewhere, at one remove": with_page(b"/X << /F 4 0 R >>", b"(h.pdf)"),
    "a name elsewhere in Unicode only": with_page(b"/X << /UF (h.pdf) >>"),
    "a form of XML at two removes": with_page(
        b"", b"<< /XFA 5 0 R >>", b"(x)", root=b"/AcroForm 4 0 R"
    ),
    "objects packed in what is none": with_page(b"/X 5 0 R", stream(b"x")),
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
    "a PNG whose words swell": swelling("zTXt", b"a\0\0"),
    "a PNG whose other words swell": swelling("iTXt", b"a\0\1\0\0\0"),
    "a PNG whose colours swell": swelling("iCCP", b"a\0\0"),
    "a JPEG that says it is huge": huge_jpeg(),
    "a JPEG that is cut short": picture("JPEG", (500, 500))[:400],
    "a PDF in small letters": b"%pdf" + tiny_pdf()[4:],
    "a PDF behind a mark": b"\xef\xbb\xbf" + tiny_pdf(),
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
    "a PDF that opens at a place": with_page(
        b"/Resources << /Font << /F 4 0 R >> >> /Annots [ << /F 4 >> ]",
        b"<< /Type /Font >>",
        root=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>",
    ),
    "a PDF of a page as large as a field": raw_pdf(
        ROOT,
        PAGES + b"[3 0 R] >>",
        LEAF.replace(b"595 842", b"1000000 1000000"),
    ),
    "a PDF with a link": with_page(b"/Annots [<< /A << /S /URI /URI (h) >> >>]"),
}
