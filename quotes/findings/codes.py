"""What the codes on a signed scan say that it is. Pure; it decides nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.documents import FINGERPRINT_SHOWN
from quotes.models import Quote
from quotes.states import ScanVerdict

PREFIX = "DCCQ1"
# Colons since the codes became larger; bars before.
PAGE_CODE = re.compile(
    PREFIX + r"[:|]([\w-]{1,24})[:|](\d{1,4})[:|](\d{1,3})/(\d{1,3})[:|]([0-9A-Fa-f]+)"
)


@dataclass(frozen=True)
class Code:
    """What one page of a quotation says of itself."""

    reference: str
    version: int
    page: int
    pages: int
    mark: str

    @property
    def paper(self) -> tuple[str, int, str]:
        return self.reference, self.version, self.mark


def verdict(pages: list[list[str]], quote: Quote) -> tuple[str, str]:
    """Return what a scan is, and the same in words for staff.

    Args:
        pages: the codes found on each page of the scan, in order.
        quote: the offer that the scan was handed in for.
    """
    found = [[code for text in page if (code := parsed(text))] for page in pages]
    codes = [code for page in found for code in page]
    if not codes:
        return ScanVerdict.NO_CODE, no_code_words(len(pages))
    kinds = {kind_of(code, quote) for code in codes}
    kind = next(kind for kind in WORST_FIRST if kind in kinds)
    numbers = {code.page for code in codes if kind_of(code, quote) == ScanVerdict.WHOLE}
    missing = sorted(set(range(1, codes[0].pages + 1)) - numbers)
    if kind == ScanVerdict.WHOLE and missing:
        kind = ScanVerdict.PART
    words = [*papers_in_words(codes), *REMARKS[kind](quote, missing), *blank(found)]
    return kind, " ".join(words)


def parsed(text: str) -> Code | None:
    match = PAGE_CODE.fullmatch(text)
    if match is None:
        return None
    reference, version, page, pages, mark = match.groups()
    return Code(reference, int(version), int(page), int(pages), mark.lower())


def kind_of(code: Code, quote: Quote) -> str:
    if (code.reference, code.version) != (quote.reference, quote.version):
        return ScanVerdict.OTHER
    is_ours = code.mark == quote.fingerprint[:FINGERPRINT_SHOWN]
    return ScanVerdict.WHOLE if is_ours else ScanVerdict.ALTERED


WORST_FIRST = (ScanVerdict.ALTERED, ScanVerdict.OTHER, ScanVerdict.WHOLE)


def papers_in_words(codes: list[Code]) -> list[str]:
    """Name each paper that the scan holds pages of, with its pages."""
    papers = {code.paper: code for code in codes}
    return [
        f"The scan holds {pages_words({c.page for c in codes if c.paper == paper})} "
        f"of {one.pages} of {one.reference}, version {one.version}."
        for paper, one in papers.items()
    ]


def pages_words(numbers: Iterable[int]) -> str:
    *first, last = [str(number) for number in sorted(numbers)]
    if not first:
        return f"page {last}"
    return f"pages {', '.join(first)} and {last}"


def no_code_words(pages: int) -> str:
    where = "the page" if pages == 1 else f"any of the {pages} pages"
    return f"No code was found on {where}. Compare the scan with the quotation by eye."


def blank(found: list[list[Code]]) -> list[str]:
    bare = [number for number, codes in enumerate(found, start=1) if not codes]
    if not bare:
        return []
    return [f"No code was found on {pages_words(bare)} of the scan."]


def all_there(quote: Quote, missing: list[int]) -> list[str]:
    return ["That is the whole document that DCC sent."]


def some_missing(quote: Quote, missing: list[int]) -> list[str]:
    are = "is missing, or its code" if len(missing) == 1 else "are missing, or their"
    end = "could" if len(missing) == 1 else "codes could"
    return [f"{pages_words(missing).capitalize()} {are} {end} not be read."]


def another(quote: Quote, missing: list[int]) -> list[str]:
    return [f"It was handed in for {quote.reference}, version {quote.version}."]


def altered(quote: Quote, missing: list[int]) -> list[str]:
    words = (
        "The fingerprint on it is not that of the document that DCC sent, so it may "
        "say something else. Compare every figure."
    )
    return [words]


REMARKS = {
    ScanVerdict.WHOLE: all_there,
    ScanVerdict.PART: some_missing,
    ScanVerdict.OTHER: another,
    ScanVerdict.ALTERED: altered,
}
