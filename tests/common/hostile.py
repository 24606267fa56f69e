"""Files that a stranger might send: hostile ones, and odd ones that are harmless.

They are made here, not kept.
"""

import io
import re
import struct
import zipfile
import zlib
from functools import cache

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


@cache
def swollen(sign, megabytes):
    """Return so much of one sign, packed: each process that collects makes it once."""
    return zlib.compress(sign * megabytes * 1024 * 1024, 9)


def bomb(entries=b"", megabytes=80):
    body = swollen(b"[", megabytes)
    return stream(body, b"/Filter /FlateDecode " + entries)


def packed(holder, root=b"/X 5 0 R"):
    """Return a PDF whose table, itself a stream, says that `holder` packs object 5."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R %b >>" % root
    bodies = [catalog, PAGES + b"[3 0 R] >>", LEAF, holder]
    content, rows = bytearray(b"%PDF-1.7\n"), [(0, 0, 65535)]
    for number, body in enumerate(bodies, start=1):
        rows.append((1, len(content), 0))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows += [(2, 4, 0), (1, len(content), 0)]
    table = b"".join(struct.pack("!BIH", *row) for row in rows)
    about = b"/Type /XRef /W [1 4 2] /Size 7 /Root 1 0 R"
    body = b"6 0 obj\n%b\nendobj\n" % stream(table, about)
    return bytes(content + body + b"startxref\n%d\n%%%%EOF" % len(content))


def object_stream(body):
    """Return a stream that packs `body` as object 5."""
    return stream(b"5 0 " + body, b"/Type /ObjStm /N 1 /First 4")


def without_table(content):
    """Return a PDF whose table, and the way to it, are gone."""
    before, _, _ = content.rpartition(b"xref\n0")
    root = content[content.rindex(b"trailer") : content.rindex(b"startxref")]
    return before + root + b"startxref\n0\n%%EOF"


def misled(content):
    """Return a PDF in whose table every place is wrong."""
    start = content.rindex(b"xref\n0")
    table = re.sub(rb"\d{10} 00000 n", b"0000000007 00000 n", content[start:])
    return content[:start] + table


def outside_its_table(body):
    """Return a PDF in which an object stands that its table does not name."""
    plain = with_page()
    place = plain.rindex(b"xref\n0")
    loose = b"9 0 obj\n%b\nendobj\n" % body
    moved = plain[:place] + loose + plain[place:]
    return moved.replace(
        b"startxref\n%d" % place, b"startxref\n%d" % (place + len(loose))
    )


def holding(pages, says):
    """Return a PDF of some pages that says another number of itself."""
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 3 + pages))
    tree = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (says, kids)
    return raw_pdf(ROOT, tree, *[LEAF] * pages)


def drawing(body, *objects, xobjects=b""):
    """Return a PDF whose page draws `body`, packed; objects begin at number 5."""
    packed_body = stream(zlib.compress(body, 9), b"/Filter /FlateDecode")
    named = b"/Contents 4 0 R /Resources << /XObject << %b >> >>" % xobjects
    return with_page(named, packed_body, *objects)


def form(body, xobjects=b""):
    about = b"/Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << %b >> >>"
    return stream(body, about % xobjects)


def forms_in_forms(levels, times=10):
    """Return a page that draws a form that draws ten forms, and so on."""
    return drawing(
        b"/F5 Do",
        *(
            form(b"/F%d Do " % (n + 1) * times, b"/F%d %d 0 R" % (n + 1, n + 1))
            for n in range(5, 5 + levels)
        ),
        form(b"0 0 m 9 9 l S"),
        xobjects=b"/F5 5 0 R",
    )


LARGE = stream(b"", b"/Subtype /Image /Width 7000 /Height 7000 /BitsPerComponent 1")
DRAWS_TOO_MUCH = {
    "strokes without end": drawing(b"0 0 m 500 700 l S\n" * 120_000),
    "a path without end": drawing(b"0 0 m " + b"9 9 l 5 5 l " * 60_000 + b"f"),
    "marks without end": drawing(b"q Q " * 200_000),
    "words of a page that swell": drawing(b" " * 20_000_000),
    "forms in forms": forms_in_forms(6),
    "a form that draws itself": drawing(
        b"/F Do", form(b"/F Do", b"/F 5 0 R"), xobjects=b"/F 5 0 R"
    ),
    "forms far within": forms_in_forms(20, times=1),
    "a picture laid on itself": drawing(
        b"q 500 0 0 500 0 0 cm /I Do Q " * 9, LARGE, xobjects=b"/I 5 0 R"
    ),
    "a note that draws without end": with_page(
        b"/Annots [<< /Subtype /Stamp /AP << /N 4 0 R >> >>]",
        form(b"0 0 m 500 700 l S\n" * 120_000),
    ),
}


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
    body = head + swollen(b"\0", megabytes)
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
    "JavaScript by name": with_page(
        b"",
        b"<< /Names [(a) 5 0 R] >>",
        b"<< >>",
        root=b"/Names << /JavaScript 4 0 R >>",
    ),
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
    "objects packed in what is none": packed(stream(b"x")),
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
    "a bomb of objects": packed(bomb(b"/Type /ObjStm /N 9 /First 4")),
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
SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
RUNS = with_page(b"", SCRIPT, root=b"/OpenAction 4 0 R")
# What is wrong with these shows only to a reader that mends the file.
HOSTILE_ONCE_MENDED = {
    "a script in a file without a table": without_table(RUNS),
    "a script in a file with a wrong table": misled(RUNS),
    "a script that the table leaves out": outside_its_table(SCRIPT),
    "a file within that the table leaves out": outside_its_table(b"<< /EF << >> >>"),
    "a script behind a printer's words": b"@PJL\r\n" + RUNS,
    "a script behind a password that is empty": pdf(
        lambda w: (scripted(w), w.encrypt("", "owner"))
    ),
    "a script that is packed": packed(object_stream(SCRIPT), root=b"/OpenAction 5 0 R"),
    "a script that is packed, without a way to it": packed(
        object_stream(SCRIPT), root=b"/OpenAction 5 0 R"
    ).replace(b"startxref", b"startxxxx"),
    "a script behind a stream of a wrong length": with_page(
        b"/Contents 4 0 R",
        stream(b"0 0 m").replace(b"/Length 5", b"/Length 999"),
        SCRIPT,
        root=b"/OpenAction 5 0 R",
    ),
    "a picture that is huge, without a table": without_table(
        with_page(b"/X 4 0 R", HUGE_PICTURE)
    ),
    "41 pages that say they are one": holding(41, says=1),
    "three pages that say they are two": holding(3, says=2),
    "one page that says it is three": holding(1, says=3),
    "three pages that say they are two, without a table": without_table(
        holding(3, says=2)
    ),
}
HOSTILE |= HOSTILE_ONCE_MENDED
PAGE = with_page(b"/Contents 4 0 R /Resources << >>", stream(b"0 0 m 9 9 l S"))
# What ordinary readers open, and scanners, printers and mail programs make.
MENDED = {
    "a mark before it": b"\xef\xbb\xbf" + PAGE,
    "a line before it": b"\r\n" + PAGE,
    "a printer's words before it": b"\x1b%-12345X@PJL JOB\r\n" + b" " * 900 + PAGE,
    "no table": without_table(PAGE),
    "a wrong table": misled(PAGE),
    "a way to the table that is wrong": PAGE.replace(b"startxref\n", b"startxref\n9"),
    "no way to the table": PAGE.replace(b"startxref", b"startxxxx"),
    "a stream that says it is longer": PAGE.replace(b"/Length 13", b"/Length 99"),
    "a stream that says it is shorter": PAGE.replace(b"/Length 13", b"/Length 3"),
    "a printer's words behind it": PAGE + b"\r\n\x1b%-12345X@PJL EOJ\r\n",
    "a mail program's line behind it": PAGE + b"\r\n--_000_boundary--\r\n",
    "a reference to nothing": with_page(b"/X 77 0 R"),
    "a password that only its owner needs": pdf(lambda w: w.encrypt("", "owner")),
    "another password of its owner": pdf(
        lambda w: w.encrypt("", "owner", algorithm="AES-256")
    ),
    "a first view": with_page(root=b"/OpenAction [3 0 R /FitH 800]"),
    "a first view as an action": with_page(
        root=b"/OpenAction << /Type /Action /S /GoTo /D [3 0 R /Fit] >>"
    ),
    "a first view without its kind": with_page(
        root=b"/OpenAction << /D [3 0 R /Fit] >>"
    ),
    "a first page by name": with_page(
        root=b"/OpenAction << /S /Named /N /FirstPage >>"
    ),
    "a first view of a page": with_page(b"/AA << /O << /S /GoTo /D [3 0 R /Fit] >> >>"),
    "no number of pages": with_page().replace(b"/Count 1", b"/Caunt 1"),
    "packed objects": packed(object_stream(b"<< /A 1 >>")),
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

# Enough to see that a page asks the gate: all of them are tried at the gate itself.
SOME_HOSTILE = dict(list(HOSTILE.items())[::9])
