"""Kinds of file that people send by mistake: each is named, with how to send it."""

from collections.abc import Callable

PRINT = "Print it to PDF, and upload that."
RESAVE = "Save it as a JPEG or PNG, or print it to PDF, and upload that."
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
HEIC = (
    "This is a HEIC photo, as iPhones take. Choose it on this page with the phone "
    "itself, which then sends a JPEG; or open it in Photos, save it as a JPEG, and "
    "upload that."
)
AVIF = f"This is an AVIF picture. {RESAVE}"
FILM = "This is a film. Photograph each page, and upload the photos."
BOX = slice(4, 8)
BRANDS = slice(8, 64)
STARTS = (
    (b"II*\0", f"This is a TIFF picture. {RESAVE}"),
    (b"MM\0*", f"This is a TIFF picture. {RESAVE}"),
    (b"GIF8", f"This is a GIF picture. {RESAVE}"),
    (b"BM", f"This is a BMP picture. {RESAVE}"),
    (b"\0\0\1\0", f"This is an icon. {RESAVE}"),
    (b"\0\0\0\x0cjP  ", f"This is a JPEG 2000 picture. {RESAVE}"),
    (b"\xd0\xcf\x11\xe0", f"This is an old Word or Excel document. {PRINT}"),
    (b"{\\rtf", f"This is a text document (RTF). {PRINT}"),
    (b"%!PS", f"This is a PostScript file. {PRINT}"),
    (b"Rar!\x1a", "This is a RAR archive. Unpack it, and upload the scan in it."),
    (b"7z\xbc\xaf", "This is a 7z archive. Unpack it, and upload the scan in it."),
)
# What a ZIP archive holds tells which program wrote it.
PACKED = (
    (b"word/", f"This is a Word document. {PRINT}"),
    (b"xl/", f"This is an Excel workbook. {PRINT}"),
    (b"ppt/", f"This is a PowerPoint presentation. {PRINT}"),
    (b"vnd.oasis.opendocument", f"This is an OpenDocument file. {PRINT}"),
)
ZIP = "This is a ZIP archive. Unpack it, and upload the scan that is in it."
WEB = f"This is a page of the web. {PRINT}"
WEB_STARTS = (b"<!doctype", b"<html", b"<svg", b"<script")
# What no printer writes before or behind a PDF: another file, joined to it.
JOINED = (
    *(b"PK\3\4", b"PK\5\6", b"\x7fELF", b"Rar!\x1a", b"7z\xbc\xaf"),
    *(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%pdf-", *WEB_STARTS),
)
ONLY_AT_THE_START = (b"MZ", b"II*\0", b"MM\0*")


def kind_named(content: bytes) -> str | None:
    """Return what to do with a file of a kind that is not let in, or None."""
    found = (named(content) for named in KINDS)
    return next((words for words in found if words), None)


def by_its_start(content: bytes) -> str | None:
    return next((words for start, words in STARTS if content.startswith(start)), None)


def by_its_boxes(content: bytes) -> str | None:
    """Name a photo or film of a telephone, whose first box names its brands."""
    if content[BOX] != b"ftyp":
        return None
    brands = content[BRANDS]
    if b"avif" in brands:
        return AVIF
    return HEIC if any(brand in brands for brand in HEIC_BRANDS) else FILM


def webp(content: bytes) -> str | None:
    is_webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    return f"This is a WebP picture. {RESAVE}" if is_webp else None


def packed(content: bytes) -> str | None:
    if not content.startswith(b"PK\3\4"):
        return None
    return next((words for part, words in PACKED if part in content), ZIP)


def of_the_web(content: bytes) -> str | None:
    is_web = content[:64].lstrip().lower().startswith(WEB_STARTS)
    return WEB if is_web else None


KINDS: tuple[Callable[[bytes], str | None], ...] = (
    by_its_start,
    by_its_boxes,
    webp,
    packed,
    of_the_web,
)


def is_joined(part: bytes) -> bool:
    """Say whether `part`, before or behind a PDF, begins a file of its own."""
    small = part.lower()
    return part.startswith(ONLY_AT_THE_START) or any(
        mark in part or mark in small for mark in JOINED
    )
