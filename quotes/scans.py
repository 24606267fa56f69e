"""Pictures of a scan's pages, and the QR codes on them.

A worker calls `read_apart`, which runs this module as a program of its own.
"""

import base64
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from common.apart import MachineTooBusy, Stopped, TookTooLong, run_apart

PDF = "application/pdf"
MOST_PAGES = 40
# A4 at 300 dpi is 8.7 million. A larger page is made smaller before it is read.
MOST_PIXELS = 10_000_000
MOST_ENLARGED = 24_000_000
POINTS_AN_INCH = 72
USUAL_DPI = 200
SHOWN_DPI = 110
PICTURE_PIXELS = 1400
# Of the processor. Forty pages on which no code is found take 20.
SECONDS = 30
# By the clock, on a machine that does ten other things.
PATIENCE = 300
MEGABYTES = 2048
BY_EYE = (
    "Open the file and compare it with the quotation by eye, or ask the Party for a "
    "photo of each page."
)
QR = zxingcpp.BarcodeFormat.QRCode


@dataclass(frozen=True)
class Page:
    """One page of a scan: the codes found on it and a JPEG of it to look at."""

    codes: list[str]
    picture: bytes


def read_apart(content: bytes, content_type: str, prefix: str) -> list[Page]:
    """Return the pages of a scan, read by a program of its own.

    Args:
        content: a PDF, JPEG or PNG that `common.uploads` let in.
        prefix: codes that begin otherwise are somebody else's, and left out.

    Raises:
        Stopped: it took too long or too much memory, or the reader failed; see
            `why_not_read`.
    """
    found = run_apart(
        "quotes.scans",
        content_type,
        prefix,
        content=content,
        seconds=SECONDS,
        patience=PATIENCE,
        megabytes=MEGABYTES,
    )
    return [
        Page(page["codes"], base64.b64decode(page["picture"]))
        for page in json.loads(found)
    ]


def why_not_read(error: Exception) -> str:
    """Return for staff why a scan was not read, and what to do instead."""
    if isinstance(error, TookTooLong):
        return (
            f"Its pages draw too much: after {SECONDS} seconds of the processor's time "
            f"they were not read. {BY_EYE}"
        )
    if isinstance(error, MachineTooBusy):
        return "The machine was too busy to read the scan. Have it read again."
    if isinstance(error, Stopped):
        return f"It breaks the program that reads scans. {BY_EYE} ({error})"
    return f"{type(error).__name__}: {error}"


def read_pages(content: bytes, content_type: str, prefix: str) -> list[dict[str, Any]]:
    return [
        {"codes": codes_on(page, prefix), "picture": picture_of(page)}
        for page in page_images(content, content_type)
    ]


def picture_of(page: Image.Image) -> str:
    """Return a JPEG of a page, in base64."""
    shown, buffer = page.copy(), io.BytesIO()
    shown.thumbnail((PICTURE_PIXELS, PICTURE_PIXELS))
    shown.save(buffer, "JPEG", quality=70)
    return base64.b64encode(buffer.getvalue()).decode()


def read_codes(content: bytes, content_type: str, prefix: str) -> list[list[str]]:
    """Return the codes on each page that begin with `prefix`, read in this process."""
    pages = page_images(content, content_type)
    return [codes_on(page, prefix) for page in pages]


def page_images(content: bytes, content_type: str) -> Iterator[Image.Image]:
    """Yield each page in grey, upright as its file says, of a bounded size."""
    if content_type == PDF:
        yield from pdf_pages(content)
    else:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            yield bounded(grey(image))


def grey(image: Image.Image) -> Image.Image:
    """Return the picture in grey, on white where it is transparent."""
    turned = ImageOps.exif_transpose(image)
    if turned.has_transparency_data:
        turned = turned.convert("RGBA")
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned)
    return turned.convert("L")


def bounded(image: Image.Image) -> Image.Image:
    many = image.width * image.height / MOST_PIXELS
    return image.reduce(int(many**0.5) + 1) if many > 1 else image


def pdf_pages(content: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            width, height = page.get_size()
            most = (MOST_PIXELS / max(width * height, 1)) ** 0.5
            scale = min(USUAL_DPI / POINTS_AN_INCH, most)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")
            page.close()


def page_pictures(content: bytes) -> list[bytes]:
    """Return each page of a PDF that the portal made itself, in colour, as JPEG.

    For a worker: the library may not be used by two threads at once.
    """
    pictures = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            buffer = io.BytesIO()
            shown = page.render(scale=SHOWN_DPI / POINTS_AN_INCH).to_pil()
            shown.convert("RGB").save(buffer, "JPEG", quality=80)
            pictures.append(buffer.getvalue())
            page.close()
    return pictures


def codes_on(page: Image.Image, prefix: str) -> list[str]:
    """Return the codes on a page that begin with `prefix`, tried until one is read."""
    for prepare in PREPARATIONS:
        image = prepare(page)
        if image is None:
            continue
        found = {code.text for code in zxingcpp.read_barcodes(image, formats=QR)}
        ours = sorted(text for text in found if text.startswith(prefix))
        if ours:
            return ours
    return []


def as_it_is(page: Image.Image) -> Image.Image:
    return page


def twice(page: Image.Image) -> Image.Image | None:
    return larger(page, 2)


def thrice_and_soft(page: Image.Image) -> Image.Image | None:
    """Enlarge so far that a blur closes the holes of a fax, and not the squares."""
    image = larger(page, 3)
    return image and image.filter(ImageFilter.GaussianBlur(2))


def half(page: Image.Image) -> Image.Image:
    return page.reduce(2)


def larger(page: Image.Image, times: int) -> Image.Image | None:
    size = (page.width * times, page.height * times)
    if size[0] * size[1] > MOST_ENLARGED:
        return None
    return page.resize(size, Image.Resampling.BICUBIC)


# The quickest first. Measured on worn scans: 98.8, 99.5 and 99.8 of 100 read so far;
# the last is for coarse noise at 300 dpi.
PREPARATIONS: tuple[Callable[[Image.Image], Image.Image | None], ...] = (
    as_it_is,
    twice,
    thrice_and_soft,
    half,
)


def main() -> None:
    content_type, prefix = sys.argv[1:]
    json.dump(read_pages(sys.stdin.buffer.read(), content_type, prefix), sys.stdout)


if __name__ == "__main__":
    main()
