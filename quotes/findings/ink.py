"""Whether anything was written on the page that is to be signed."""

from collections.abc import Sequence
from typing import Any

from PIL import Image

from quotes.findings.said import SOON, ScanFinding

# Our own figures. Ink is darker than this, of 255; a name and a signature cover more
# of a page than this. A page without them differs by less, unless the scan is dirty.
DARK = 120
LEAST_INK = 0.0005
SIZE = (700, 990)


def ink_finding(sides: Sequence[tuple[Any, Any]]) -> ScanFinding | None:
    """Warn where the page to sign came back as it was sent; None where it did not.

    It is a warning alone: who looks at the page decides. Source: R-2.11-3.

    Args:
        sides: the pages that came, each beside the quotation's own; the last is signed.
    """
    for sheet, sent in reversed(sides):
        if sheet.picture is not None and sent is not None:
            extra = dark_share(sheet.picture.picture) - dark_share(sent.picture)
            words = "It looks as it was sent: no ink was found. Look at it yourself."
            is_blank = abs(extra) < LEAST_INK
            title = f"Page {sheet.number} seems not to be signed."
            return ScanFinding(SOON, title, words) if is_blank else None
    return None


def dark_share(picture: Any) -> float:
    """Return how much of a picture is dark, of one."""
    with picture.open("rb") as file, Image.open(file) as image:
        counts = image.convert("L").resize(SIZE).histogram()
    return sum(counts[:DARK]) / (SIZE[0] * SIZE[1])
