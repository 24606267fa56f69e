"""What an uploaded scan really is, found from its content and never from its name."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from common.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_PAGES = 40
MAX_PIXELS = 60_000_000
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


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
        reader = PdfReader(io.BytesIO(content), strict=True)
        is_encrypted = reader.is_encrypted
        pages = 0 if is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        reason = "This PDF is damaged or cut short. Scan the signed quotation again."
        raise NotAScan(reason=reason) from error
    if is_encrypted:
        raise NotAScan(reason="This PDF needs a password. Upload it without one.")
    if any(mark in content for mark in ACTIVE):
        reason = "This PDF holds a script or another file. Upload a plain scan."
        raise NotAScan(reason=reason)
    if not 0 < pages <= MAX_PAGES:
        raise NotAScan(reason=f"Upload a PDF of 1 to {MAX_PAGES} pages.")
    return pages


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
