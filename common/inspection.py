"""Reads what a stranger sent, in a program of its own: `common.uploads` starts it.

It opens files that may be made to break their reader, so no web process imports it.
"""

import contextlib
import io
import json
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict

from PIL import Image, ImageFile

from common.mistaken_files import kind_named
from common.plain_pdf import read_pdf
from common.uploads import MAX_PAGES, NotAScan, Scan, has_header, require_size

MAX_PIXELS = 60_000_000
# A telephone's JPEG may hold a second picture, which Pillow calls MPO.
IMAGES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HUGE = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)
NOT_ONE_OF_THEM = "Upload the scan as a PDF, JPEG or PNG. This file is none of them."
TOO_LARGE = "The picture is too large. Scan it at 150 to 300 dpi."
CUT_SHORT = (
    "This picture is damaged or cut short. Send it again, or photograph the page again."
)
MOVES = "This picture moves. Upload a plain scan."


def read_scan(
    content: bytes, *, max_megabytes: int, max_pages: int = MAX_PAGES
) -> Scan:
    """Say what `content` is: a PDF, JPEG or PNG that is safe to keep.

    Raises:
        NotAScan: anything else, in words that say what to upload instead.

    Source: R-2.11-3.
    """
    require_size(content, max_megabytes)
    if content.startswith(IMAGE_STARTS):
        return Scan(read_image(content), 1)
    if named := kind_named(content):
        raise NotAScan(reason=named)
    if has_header(content):
        return Scan("application/pdf", read_pdf(content, max_pages))
    raise NotAScan(reason=NOT_ONE_OF_THEM)


def read_image(content: bytes) -> str:
    """Return the content type of a whole JPEG or PNG."""
    try:
        with warnings.catch_warnings(), whole_pictures():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
            require_picture(image)
            image.load()
    except HUGE as error:
        raise NotAScan(reason=TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotAScan(reason=CUT_SHORT) from error
    return IMAGES[str(image.format)]


@contextlib.contextmanager
def whole_pictures() -> Iterator[None]:
    """Take no part for the whole, whatever a library of this program has chosen.

    WeasyPrint lets Pillow fill up what is cut short, for every picture of a program.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def require_picture(image: Image.Image) -> None:
    """Refuse a picture that is huge, or that moves: staff would see one frame of it."""
    if image.width * image.height > MAX_PIXELS:
        raise NotAScan(reason=TOO_LARGE)
    if image.format == "PNG" and getattr(image, "n_frames", 1) > 1:
        raise NotAScan(reason=MOVES)


def main() -> None:
    """Say of what is fed in what it is, or why it is not let in."""
    try:
        megabytes, pages = int(sys.argv[1]), int(sys.argv[2])
        content = sys.stdin.buffer.read()
        scan = read_scan(content, max_megabytes=megabytes, max_pages=pages)
    except NotAScan as refusal:
        json.dump(refusal.facts, sys.stdout)
    else:
        json.dump(asdict(scan), sys.stdout)


if __name__ == "__main__":
    main()
