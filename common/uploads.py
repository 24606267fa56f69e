"""What an uploaded scan really is, found from its content and never from its name.

A web process calls `read_scan_apart`, which runs this module as a program of its own.
"""

import contextlib
import io
import json
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image, ImageFile
from pypdf import PdfReader
from pypdf.generic import (
    ByteStringObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from common.apart import MEGABYTE, Stopped, run_apart
from common.errors import DomainError

MAX_PAGES = 40
MAX_PIXELS = 60_000_000
# A telephone's JPEG may hold a second picture, which Pillow calls MPO.
IMAGES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
SECONDS, MEGABYTES = 10, 1024
OBJECTS_A_PAGE = 500
SCRIPTS = {"/JavaScript", "/JS", "/XFA"}
# A file within may leave out its own type, but not the entry that leads to it.
FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/RichMedia"}
# What a reader does by itself on opening: start a program, fetch, send.
DEEDS = {"/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition"}
MEDIA = {"/Movie", "/Sound", "/3D"}
ACTIVE = SCRIPTS | FILES | DEEDS | MEDIA
DAMAGED = "This PDF is damaged or cut short. Scan the document again."
TOO_MUCH = (
    "This file takes too long to read. Scan the document again, in grey at 150 dpi."
)
NOT_ONE_OF_THEM = "Upload the scan as a PDF, JPEG or PNG. This file is none of them."
TOO_LARGE = "The picture is too large. Scan it at 150 to 300 dpi."
END = b"%%EOF"


class NotAScan(DomainError):
    words = "{reason}"


@dataclass(frozen=True)
class Scan:
    content_type: str
    pages: int


def read_scan_apart(
    content: bytes, *, max_megabytes: int, max_pages: int = MAX_PAGES
) -> Scan:
    """Do as `read_scan`, in a program that may not take more than its share.

    Raises:
        NotAScan: as there, or it took too long or too much memory.

    Source: R-2.11-3.
    """
    require_size(content, max_megabytes)
    try:
        found = json.loads(
            run_apart(
                "common.uploads",
                str(max_megabytes),
                str(max_pages),
                content=content,
                seconds=SECONDS,
                megabytes=MEGABYTES,
            )
        )
    except Stopped as error:
        raise NotAScan(reason=TOO_MUCH) from error
    if "reason" in found:
        raise NotAScan(**found)
    return Scan(**found)


def require_size(content: bytes, max_megabytes: int) -> None:
    if not content:
        raise NotAScan(reason="The file is empty. Scan the document again.")
    if len(content) > max_megabytes * MEGABYTE:
        reason = (
            f"The file is larger than {max_megabytes} MB. Scan it in grey, 150 dpi."
        )
        raise NotAScan(reason=reason)


def read_scan(
    content: bytes, *, max_megabytes: int, max_pages: int = MAX_PAGES
) -> Scan:
    """Say what `content` is: a PDF, JPEG or PNG that is safe to keep.

    Raises:
        NotAScan: anything else, in words that say what to upload instead.

    Source: R-2.11-3.
    """
    require_size(content, max_megabytes)
    if content.startswith(b"%PDF-"):
        return Scan("application/pdf", read_pdf(content, max_pages))
    return Scan(read_image(content), 1)


def read_pdf(content: bytes, max_pages: int) -> int:
    """Return the number of pages of a plain PDF."""
    if content.rpartition(END)[2].strip(b"\0 \t\r\n"):
        # Such as a whole archive, which another program would open instead.
        raise NotAScan(reason=DAMAGED)
    try:
        return plain_pages(PdfReader(io.BytesIO(content), strict=True), max_pages)
    except NotAScan:
        raise
    # A hostile file makes the parser fail in ways that nobody has listed.
    except Exception as error:
        raise NotAScan(reason=DAMAGED) from error


def plain_pages(reader: PdfReader, max_pages: int) -> int:
    if reader.is_encrypted:
        raise NotAScan(reason="This PDF needs a password. Upload it without one.")
    said = len(reader.pages)
    found = pages_found(reader, most_objects=max_pages * OBJECTS_A_PAGE)
    if not 0 < said <= max_pages or found > max_pages:
        raise NotAScan(reason=f"Upload a PDF of 1 to {max_pages} pages.")
    return said


def pages_found(reader: PdfReader, *, most_objects: int) -> int:
    """Walk the file's structure and return how many pages it really has.

    It is walked, also where it is compressed. Searching the bytes would find "/JS" by
    chance in every third large picture, and miss what is compressed.

    Raises:
        NotAScan: something in it runs, hides another file, or is a huge picture.
    """
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    pages = 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            place = (item.idnum, item.generation)
            item = None if place in seen else item.get_object()
            seen.add(place)
        names = names_in(item)
        if len(seen) > most_objects:
            raise NotAScan(reason=TOO_MUCH)
        require_plain(item, names)
        pages += "/Page" in names
        waiting += parts_of(item)
    return pages


def require_plain(item: Any, names: set[str]) -> None:
    if names & ACTIVE or names_a_file(item) or acts_on_opening(item):
        raise NotAScan(
            reason="This PDF holds a script or another file. Upload a plain scan."
        )
    if "/Image" in names and is_huge(item):
        raise NotAScan(reason=TOO_LARGE)


def names_a_file(item: Any) -> bool:
    """Say whether it points to a file elsewhere, which a reader might then fetch.

    A number under these names is a flag, and an object may be a font called F.
    """
    if not isinstance(item, dict):
        return False
    named = [resolved(item.get(key)) for key in ("/F", "/UF")]
    return any(isinstance(n, TextStringObject | ByteStringObject) for n in named)


def acts_on_opening(item: Any) -> bool:
    """Say whether opening it, or a page of it, does more than show a place in it."""
    if not isinstance(item, dict):
        return False
    more = resolved(item.get("/AA"))
    actions = [item.get("/OpenAction"), *(more.values() if more else ())]
    found = [one for one in map(resolved, actions) if isinstance(one, dict)]
    return any(one.get("/S") != "/GoTo" or "/Next" in one for one in found)


def resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def is_huge(item: Any) -> bool:
    sides = (item.get("/Width", 0), item.get("/Height", 0))
    return bool(sides[0] * sides[1] > MAX_PIXELS)


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
        with warnings.catch_warnings(), whole_pictures():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
            require_picture(image)
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAScan(reason=TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise NotAScan(reason=NOT_ONE_OF_THEM) from error
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
        raise NotAScan(reason="This picture moves. Upload a plain scan.")


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
