"""The pages of a signed scan in the order of the quotation's own. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.findings.codes import Code, kind_of, parsed
from quotes.models import Quote
from quotes.states import ScanVerdict


@dataclass(frozen=True)
class Sheet:
    """One page of the quotation, and the page that came for it.

    Args:
        number: of the page in the quotation, from 1; beyond its last for what is more.
        picture: the page that came, or None where it is missing.
        code: what that page says of itself, or None.
        kind: a `ScanVerdict` of this page alone; empty where it is missing.
        name: of the file that the page came in.
    """

    number: int
    picture: Any = None
    code: Code | None = None
    kind: str = ""
    name: str = ""

    @property
    def is_missing(self) -> bool:
        return self.picture is None

    @property
    def version_words(self) -> str:
        return f"Version {self.code.version}" if self.code else ""

    @property
    def is_ours(self) -> bool:
        return self.kind == ScanVerdict.WHOLE


def sheet(number: int, picture: Any, quote: Quote) -> Sheet:
    found = codes_of(picture)
    kind = kind_of(found[0], quote) if found else ScanVerdict.NO_CODE
    code = found[0] if found else None
    return Sheet(number, picture, code, str(kind), picture.document.name)


def codes_of(picture: Any) -> list[Code]:
    return [code for text in picture.codes if (code := parsed(text))]


def laid_out(pictures: Sequence[Any], quote: Quote, pages: int) -> list[Sheet]:
    """Return the pages that came, each in the place of the page that it is.

    What has no code fills the places that are left, in the order of the upload.

    Args:
        pages: how many the quotation has.

    Source: R-2.11-3.
    """
    places: dict[int, Any] = {}
    rest = []
    for picture in pictures:
        numbers = [code.page for code in codes_of(picture)]
        if numbers and numbers[0] not in places:
            places[numbers[0]] = picture
        else:
            rest.append(picture)
    both = {code.page for picture in pictures for code in codes_of(picture)}
    wanted = [n for n in range(1, pages + 1) if n not in both]
    fill(places, rest, wanted)
    shown = sorted({*places, *wanted})
    return [
        sheet(n, places[n], quote) if n in places else Sheet(number=n) for n in shown
    ]


def fill(places: dict[int, Any], rest: Iterable[Any], wanted: Sequence[int]) -> None:
    """Give each page without a place of its own the next free one."""
    free = list(wanted)
    for picture in rest:
        last = max([*places, *wanted], default=0)
        places[free.pop(0) if free else last + 1] = picture
