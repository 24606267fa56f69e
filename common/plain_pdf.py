"""A PDF as a scanner or a printer writes it: whole, plain, and of the pages it says.

What ordinary readers mend is mended here too, by qpdf, and only to be looked at: what
is kept is what came. Every object is looked at as the file's own table finds it, and
again as a reader finds it that goes by the objects alone: readers mend differently.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits

from common.apart import MEGABYTE
from common.drawing_cost import require_modest
from common.mistaken_files import is_joined
from common.uploads import HEADER, TOO_MUCH, WAY_OUT, NotAScan

# Readers look for the end in the last kilobyte.
END, END_WITHIN = b"%%EOF", 1024
TABLE, NO_TABLE = b"startxref", b"startxxxx"
MAX_PIXELS = 60_000_000
OBJECTS_A_PAGE = 500
MEMORY = 32 * MEGABYTE
MOST_WARNINGS = 1000
LIMITS: dict[str, Any] = {
    "doc_max_warnings": MOST_WARNINGS,
    "flate_max_memory": MEMORY,
    "run_length_max_memory": MEMORY,
    "png_max_memory": MEMORY,
    "tiff_max_memory": MEMORY,
    "dct_max_memory": MEMORY,
}
# In qpdf's warnings: it left out objects that another reader may find.
LEFT_OUT = ("supposed object stream", "error decoding stream data")
SCRIPTS = {"/JavaScript", "/JS", "/XFA"}
# A file within may leave out its own type, but not the entry that leads to it.
FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/RichMedia"}
# What a reader does by itself on opening: start a program, fetch, send.
DEEDS = {"/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition"}
MEDIA = {"/Movie", "/Sound", "/3D"}
# Where to begin to read. "Print" is an action of the same kind, and is none of them.
PLACES = {"/FirstPage", "/LastPage", "/NextPage", "/PrevPage"}
HOLDS = (
    (SCRIPTS, "a script or a form that runs by itself"),
    (FILES, "another file"),
    (MEDIA, "a film or a sound"),
)
ACTS = "This PDF does something by itself when it is opened."
DAMAGED = f"This PDF is damaged, and no reader can mend it. {WAY_OUT}"
CUT_SHORT = "This PDF is cut short: its end is missing. Send it again."
JOINED = f"Something else is joined to this PDF. {WAY_OUT}"
LOCKED = "This PDF needs a password. Upload it without one."
TOO_LARGE = "A picture in this PDF is too large. Scan it at 150 to 300 dpi."
DISAGREE = f"Readers disagree how many pages this PDF has. {WAY_OUT}"


def read_pdf(content: bytes, max_pages: int) -> int:
    """Return the number of pages of a plain PDF.

    Raises:
        NotAScan: it cannot be read, or is not plain, in words that say what to do.
    """
    require_whole(content)
    set_qpdf_limits(**LIMITS)
    before = qpdf_limit_errors()
    try:
        pages = plain_pages(content, max_pages)
    except NotAScan:
        raise
    except pikepdf.PasswordError as error:
        raise NotAScan(reason=LOCKED) from error
    # A hostile file makes a parser fail in ways that nobody has listed.
    except Exception as error:
        raise NotAScan(reason=DAMAGED) from error
    # qpdf leaves out what swells or nests too deep, and goes on.
    if qpdf_limit_errors() > before:
        raise NotAScan(reason=TOO_MUCH)
    return pages


def require_whole(content: bytes) -> None:
    """Refuse what is cut short, or has another file before or behind it.

    A whole archive may stand there, which another program would open instead. What a
    printer's job or a mail gateway puts there is short and begins no file.
    """
    if END not in content:
        raise NotAScan(reason=CUT_SHORT)
    before = content.partition(HEADER)[0]
    behind = content.rpartition(END)[2].strip(b"\0 \t\r\n")
    if is_joined(before) or is_joined(behind):
        raise NotAScan(reason=JOINED)
    # A later version of the file, which was written over its end.
    if len(behind) > END_WITHIN or b" obj" in behind:
        raise NotAScan(reason=CUT_SHORT)


def plain_pages(content: bytes, max_pages: int) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = pages_agreed(pdf, content, max_pages)
        require_plain(pdf, most_objects=max_pages * OBJECTS_A_PAGE)
        require_modest(pdf)
    require_plain_without_table(content, most_objects=max_pages * OBJECTS_A_PAGE)
    return pages


def pages_agreed(pdf: pikepdf.Pdf, content: bytes, max_pages: int) -> int:
    """Return the number of pages that it says, that it holds, and that are drawn."""
    # Asked first: to count the pages is to mend what the file says of them.
    said = pdf.Root.Pages.get("/Count")
    held = len(pdf.pages)
    if said is not None and int(said) != held:
        raise NotAScan(reason=f"{says(int(said))}, and holds {held}. {WAY_OUT}")
    if not 0 < held <= max_pages:
        raise NotAScan(reason=f"Upload a PDF of 1 to {max_pages} pages.")
    with pypdfium2.PdfDocument(content) as drawn:
        if len(drawn) != held:
            raise NotAScan(reason=DISAGREE)
    return held


def says(pages: int) -> str:
    return f"This PDF says that it has {pages} page{'' if pages == 1 else 's'}"


def require_plain_without_table(content: bytes, *, most_objects: int) -> None:
    """Look at every object that stands in the file, whether its table names it or not.

    A reader that mends the file may come upon them.
    """
    loose = content.replace(TABLE, NO_TABLE)
    try:
        pdf = pikepdf.open(io.BytesIO(loose))
    except pikepdf.PdfError:
        return  # No reader can open it without its table, so none comes upon more.
    with pdf:
        require_plain(pdf, most_objects=most_objects)


def require_plain(pdf: pikepdf.Pdf, *, most_objects: int) -> None:
    """Refuse what runs, hides another file or is a huge picture, by its structure.

    It is walked, also where it is compressed. Searching the bytes would find "/JS" by
    chance in every third large picture, and miss what is compressed.
    """
    if len(pdf.objects) > most_objects:
        raise NotAScan(reason=TOO_MUCH)
    found = list(dictionaries_in([pdf.trailer, *pdf.objects]))
    # What it holds first: "holds a script" is truer than "does something by itself".
    for require in (require_nothing_held, require_harmless):
        for entries in found:
            require(entries)
    warnings = [str(one) for one in pdf.get_warnings()]
    if any(mark in one for one in warnings for mark in LEFT_OUT):
        raise NotAScan(reason=DAMAGED)


def dictionaries_in(items: list[Any]) -> Iterator[Any]:
    """Yield every dictionary of these objects and within them, each once."""
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Stream):
            item = item.stream_dict
        if isinstance(item, pikepdf.Dictionary):
            yield item
            within = [value for _, value in item.items()]
        else:
            within = list(item) if isinstance(item, pikepdf.Array) else []
        # What has a number of its own stands in the list of objects already.
        waiting += [part for part in within if is_direct(part)]


def is_direct(part: Any) -> bool:
    is_container = isinstance(part, pikepdf.Dictionary | pikepdf.Array)
    return is_container and not part.is_indirect


def require_nothing_held(entries: object) -> None:
    names = names_in(entries)
    for kind, words in HOLDS:
        if names & kind:
            raise NotAScan(reason=f"This PDF holds {words}. {WAY_OUT}")


def require_harmless(entries: object) -> None:
    names = names_in(entries)
    if names & DEEDS or acts_on_opening(entries):
        raise NotAScan(reason=f"{ACTS} {WAY_OUT}")
    if names_a_file(entries):
        raise NotAScan(reason=f"This PDF needs another file. {WAY_OUT}")
    if "/Image" in names and is_huge(entries):
        raise NotAScan(reason=TOO_LARGE)


def names_in(entries: Any) -> set[str]:
    """Return the keys of a dictionary and the names among its values."""
    values = (value for _, value in entries.items())
    named = (str(value) for value in values if isinstance(value, pikepdf.Name))
    return {*entries.keys(), *named}


def names_a_file(entries: Any) -> bool:
    """Say whether it points to a file elsewhere, which a reader might then fetch.

    A number under these names is a flag, and an object may be a font called F.
    """
    named = [entries.get(key) for key in ("/F", "/UF")]
    return any(isinstance(one, pikepdf.String) for one in named)


def acts_on_opening(entries: Any) -> bool:
    """Say whether opening it, or a page of it, does more than show a place in it."""
    more = entries.get("/AA")
    on_pages = [value for _, value in more.items()] if is_dictionary(more) else []
    actions = [entries.get("/OpenAction"), *on_pages]
    return any(does_more(one) for one in actions if is_dictionary(one))


def does_more(action: Any) -> bool:
    """Say whether an action does more than show a place, or another follows it."""
    kind = str(action.get("/S", "/GoTo"))
    shows = kind == "/GoTo" or (
        kind == "/Named" and str(action.get("/N", "")) in PLACES
    )
    return not shows or action.get("/Next") is not None


def is_dictionary(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary)


def is_huge(entries: Any) -> bool:
    sides = (entries.get("/Width", 0), entries.get("/Height", 0))
    return bool(int(sides[0]) * int(sides[1]) > MAX_PIXELS)
