"""Pictures of a scan's pages, and the QR codes on them.

What reads a stranger's file may crash, hang or swell. So `read_apart` starts this
module as a program of its own, with a limit on its time and its memory.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

PDF = "application/pdf"
MOST_PAGES = 40
# A4 at 300 dpi is 8.7 million. A larger page is made smaller before it is read.
MOST_PIXELS = 10_000_000
MOST_ENLARGED = 24_000_000
POINTS_AN_INCH = 72
USUAL_DPI = 200
PICTURE_PIXELS = 1400
SECONDS = 90
MEMORY = 2 * 1024**3
QR = zxingcpp.BarcodeFormat.QRCode


class NotRead(RuntimeError):
    """The scan cannot be read; the message says why."""


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
        NotRead: it took too long or too much memory, or the reader failed.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scan").write_bytes(content)
        command = [sys.executable, "-m", "common.scans", name, content_type, prefix]
        try:
            done = subprocess.run(  # noqa: S603  our own module, without a shell
                command,
                cwd=Path(__file__).parent.parent,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotRead(f"It took longer than {SECONDS} seconds.") from error
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise NotRead("The reader stopped. " + " ".join(last)[:300])
        return pages_in(folder, done.stdout)


def pages_in(folder: Path, found: bytes) -> list[Page]:
    return [
        Page(codes, (folder / f"{number}.jpg").read_bytes())
        for number, codes in enumerate(json.loads(found), start=1)
    ]


def read_into(folder: Path, content_type: str, prefix: str) -> list[list[str]]:
    """Write a picture of each page into `folder`; return the codes of each page."""
    content = (folder / "scan").read_bytes()
    found = []
    for number, page in enumerate(page_images(content, content_type), start=1):
        shown = page.copy()
        shown.thumbnail((PICTURE_PIXELS, PICTURE_PIXELS))
        shown.save(folder / f"{number}.jpg", "JPEG", quality=70)
        found.append(codes_on(page, prefix))
    return found


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
    folder, content_type, prefix = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(read_into(Path(folder), content_type, prefix), sys.stdout)


if __name__ == "__main__":
    main()
