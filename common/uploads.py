"""What an uploaded scan really is, found from its content and never from its name."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import IndirectObject, NameObject

from common.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_PAGES = 40
MAX_PIXELS = 60_000_000
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
MAX_OBJECTS = 20_000
SCRIPTS = {"/JavaScript", "/JS", "/XFA"}
# A file within may leave out its own type, but not the entry that leads to it.
FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/RichMedia"}
# What a reader does by itself on opening: start a program, fetch, send.
DEEDS = {"/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition"}
ACTIVE = SCRIPTS | FILES | DEEDS
DAMAGED = "This PDF is damaged or cut short. Scan the signed quotation again."


class NotAScan(DomainError):
    words = "{reason}"


@dataclass(frozen=True)
class Scan:
    content_type: str
    pages: int


def read_scan(content: bytes, *, max_megabytes: int) -> Scan:
    """Say what `content` is: a PDF, JPEG or PNG that is safe to keep.

    Raises:
        NotAScan: anything else, in words that say what to upload instead.

    Source: R-2.11-3.
    """
    if not content:
        raise NotAScan(reason="The file is empty. Scan the signed quotation again.")
    if len(content) > max_megabytes * MEGABYTE:
        reason = (
            f"The file is larger than {max_megabytes} MB. Scan it in grey, 150 dpi."
        )
        raise NotAScan(reason=reason)
    if content.startswith(b"%PDF-"):
        return Scan("application/pdf", read_pdf(content))
    return Scan(read_image(content), 1)


def read_pdf(content: bytes) -> int:
    """Return the number of pages of a plain PDF."""
    try:
        return plain_pages(PdfReader(io.BytesIO(content), strict=True))
    except NotAScan:
        raise
    # A hostile file makes the parser fail in ways that nobody has listed.
    except Exception as error:
        raise NotAScan(reason=DAMAGED) from error


def plain_pages(reader: PdfReader) -> int:
    if reader.is_encrypted:
        raise NotAScan(reason="This PDF needs a password. Upload it without one.")
    pages = len(reader.pages)
    if not 0 < pages <= MAX_PAGES:
        raise NotAScan(reason=f"Upload a PDF of 1 to {MAX_PAGES} pages.")
    if is_active(reader):
        raise NotAScan(
            reason="This PDF holds a script or another file. Upload a plain scan."
        )
    return pages


def is_active(reader: PdfReader) -> bool:
    """Say whether anything in the file's structure runs, or hides another file.

    The structure is walked, also where it is compressed. Searching the bytes would
    find "/JS" by chance in every third large picture, and miss what is compressed.
    """
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            place = (item.idnum, item.generation)
            item = None if place in seen else item.get_object()
            seen.add(place)
        if len(seen) > MAX_OBJECTS or names_in(item) & ACTIVE:
            return True
        waiting += parts_of(item)
    return False


def names_in(item: Any) -> set[str]:
    """Return the keys of a dictionary and the names among its values."""
    if not isinstance(item, dict):
        return set()
    return {*item, *(v for v in item.values() if isinstance(v, NameObject))}


def parts_of(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return list(item.values())
    return list(item) if isinstance(item, list) else []


def read_image(content: bytes) -> str:
    """Return the content type of a whole JPEG or PNG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=list(IMAGES))
            is_too_large = image.width * image.height > MAX_PIXELS
            if not is_too_large:
                image.load()
    except (OSError, ValueError, SyntaxError, Warning) as error:
        reason = "Upload the scan as a PDF, JPEG or PNG. This file is none of them."
        raise NotAScan(reason=reason) from error
    except Image.DecompressionBombError as error:
        raise NotAScan(reason="The picture is too large to read.") from error
    if is_too_large:
        raise NotAScan(reason="The picture is too large. Scan it at 150 to 300 dpi.")
    return IMAGES[str(image.format)]
