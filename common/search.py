"""What people type into a search, as words that are looked for; not without end.

Each further word costs the database another look at every row, so there is a limit, and
the page says so when it was reached.
"""

import re
from typing import NamedTuple
from unicodedata import category

from common.lines import MINUS, one_line

MOST_WORDS = 8
MOST_CHARACTERS = 200
# Our references have a kind and a number; a quotation's has its version behind it.
REFERENCE = re.compile(
    r"\b(ORD|QUO|CON|VIS|ENQ|REF|PTY)[ -]?(\d{4,9})(?:[ -](\d{1,3}))?(?![\w-])",
    re.ASCII | re.IGNORECASE,
)
POSTCODE = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]?)\s?(\d[A-Z]{2})\b", re.ASCII | re.IGNORECASE
)
# A number of the United Kingdom, from here or from abroad.
PHONE = re.compile(
    r"(?<![\w+-])(?:\+44|0044|0)[ ()./-]*(?:\d[ ()./-]*){8,10}\d(?![\w-])"
)
ABROAD = ("+440", "+44", "00440", "0044")
# Stands for a space inside a word until the words are split.
JOIN = "\N{SYMBOL FOR SPACE}"


class Terms(NamedTuple):
    """The words that are looked for, each of which has to be found."""

    words: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def notice(self) -> str:
        """What to say when not all that was typed was looked for; else nothing."""
        if not self.is_cut:
            return ""
        return (
            f"Only the first {MOST_WORDS} words of up to {MOST_CHARACTERS} characters "
            f"are searched for: {self.text}. Search for fewer words to find more."
        )


def read_reference(text: str) -> str:
    """Return the portal's references in `text` as it writes them: "ord 1042", ORD-1042.

    Any dash will do, or a space, or nothing; so will small letters.
    """
    return REFERENCE.sub(
        lambda found: "-".join(filter(None, found.groups())).upper(), dashed(text)
    )


def dashed(text: str) -> str:
    """Return `text` as one line, in which every dash is a hyphen."""
    signs = one_line(text)
    return "".join("-" if s == MINUS or category(s) == "Pd" else s for s in signs)


def figures_of(phone: str) -> str:
    """Return a phone number as it is dialled from here, its figures alone."""
    plain = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    for abroad in ABROAD:
        plain = plain.replace(abroad, "0") if plain.startswith(abroad) else plain
    return plain


def read_terms(text: str) -> Terms:
    """Return what is looked for.

    References are read in any writing, a postcode with or without its space, a phone
    number as its figures alone, and a site as the portal writes it: "Thornby Park,
    Derby".
    """
    typed = PHONE.sub(lambda found: figures_of(found[0]), read_reference(text))
    kept = typed[:MOST_CHARACTERS]
    joined = POSTCODE.sub(rf"\1{JOIN}\2", kept).replace(",", " ")
    words = [word.replace(JOIN, " ") for word in joined.split()]
    is_cut = len(typed) > MOST_CHARACTERS or len(words) > MOST_WORDS
    return Terms(tuple(words[:MOST_WORDS]), is_cut)
