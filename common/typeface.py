"""Which letters the bundled fonts have, and which of the fonts a text needs.

Source Sans 3 is bundled in parts, each for some alphabets. Nearly every document needs
the first part alone.
"""

import html
import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
USUAL = "latin"
PARTS = ("latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese")
WEIGHTS = (400, 600, 700)
TAG = re.compile(r"<[^>]*>")
# Line ends, spaces and marks that only say how a line may be broken draw nothing.
DRAWS_NOTHING = {"Cc", "Cf", "Zs", "Zl", "Zp"}
SHOWN = 80
FAMILY = "Source Sans 3"
# Each part is a family of its own: WeasyPrint takes two files of one family for one
# font, and mixes up their letters.
FACE = (
    '@font-face {{ font-family: "{family}"; font-weight: {weight}; '
    'src: url("../fonts/{name}") format("woff2"); }}\n'
)


def file_of(part: str, weight: int) -> str:
    return f"source-sans-3-{part}-{weight}-normal.woff2"


@cache
def letters_of(part: str) -> frozenset[str]:
    """Return the letters that a part has in every weight."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  as slow as WeasyPrint to import

    fonts = [TTFont(FONTS / file_of(part, weight)) for weight in WEIGHTS]
    return frozenset.intersection(
        *(frozenset(map(chr, font.getBestCmap())) for font in fonts)
    )


def texts_of(markup: str) -> list[str]:
    """Return what an HTML document says, piece by piece."""
    pieces = (html.unescape(piece).strip() for piece in TAG.split(markup))
    return [piece for piece in pieces if piece]


def letters_in(text: str) -> set[str]:
    return {one for one in text if unicodedata.category(one) not in DRAWS_NOTHING}


@cache
def every_letter() -> frozenset[str]:
    return letters_of(USUAL).union(*map(letters_of, PARTS))


def missing_letters(text: str) -> list[str]:
    """Return the letters of a text that no bundled font has, in its order."""
    if text.isascii():
        return []
    missing = letters_in(text) - every_letter()
    return sorted(missing, key=text.index)


def missing_in(markup: str) -> tuple[str, str] | None:
    """Return the first letter that no bundled font has, and the text that holds it."""
    for text in texts_of(markup):
        for letter in missing_letters(text):
            return letter, text
    return None


def called(letter: str) -> str:
    """Return a letter with its name: “漢” (cjk unified ideograph-6f22)."""
    name = unicodedata.name(letter, "a letter without a name").lower()
    return f"“{letter}” ({name})"


def missing_words(letter: str, text: str) -> str:
    """Say which letter of which text cannot be printed, and what to do."""
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return (
        f"{called(letter)} in “{shown}” is in none of the portal’s fonts, so it "
        "cannot be printed. Correct that text: Latin, Greek and Cyrillic letters can "
        "be. Then have the document made again."
    )


def faces_for(markup: str) -> str:
    """Return the style rules of the parts that a document needs beside the first."""
    needed = set().union(*map(letters_in, texts_of(markup))) - letters_of(USUAL)
    families, rules = [FAMILY], ""
    for part in PARTS:
        if needed & letters_of(part):
            needed -= letters_of(part)
            families.append(f"{FAMILY} {part}")
            rules += "".join(
                FACE.format(
                    family=families[-1], weight=weight, name=file_of(part, weight)
                )
                for weight in WEIGHTS
            )
    named = ", ".join(f'"{family}"' for family in families)
    return f"{rules}html, svg, text {{ font-family: {named} }}\n" if rules else ""
