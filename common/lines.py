"""What people type, as it is kept: the same to the machine where it looks the same.

A line has one form: composed letters (NFC), single spaces, nothing that cannot be seen.
Letters stay, with their marks (ŵ, ġ, ł), and so do apostrophes and hyphens. Joiners of
scripts that use them (ZWJ, ZWNJ) are format characters and go: a name loses a ligature,
never a letter.
"""

from unicodedata import category, normalize

# Control, format (bidirectional marks among them) and halves of a character.
UNSEEN = {"Cc", "Cf", "Cs"}
# Letters, marks and symbols that are drawn as nothing.
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
BLANK |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
BLANK_PATTERN = "\N{BRAILLE PATTERN BLANK}"

APOSTROPHES = "‘’‛ʼʻʹˈ′`´＇"  # noqa: RUF001  these are what is replaced
MINUS = "\N{MINUS SIGN}"
# Small letters of Cyrillic and Greek that no reader tells from the Latin ones.
ALIKE = str.maketrans(
    "авекмнорстухіјѕԁһԛԝαεικνορτυχϲ",
    "abekmhopctyxijsdhqwaeiknoptuxc",
)


def is_seen(sign: str) -> bool:
    """Say whether a character is drawn, or is a space or a line break."""
    if sign.isspace():
        return True
    return category(sign) not in UNSEEN and ord(sign) not in BLANK


def seen(text: str) -> str:
    """Return `text` without what cannot be seen."""
    shown = text.replace(BLANK_PATTERN, " ")
    return shown if shown.isascii() and shown.isprintable() else _seen(shown)


def _seen(text: str) -> str:
    return "".join(sign for sign in text if is_seen(sign))


def one_line(text: str) -> str:
    """Return what was typed as one line, in the one form in which it is kept."""
    return normalize("NFC", " ".join(seen(text).split()))


def paragraphs(text: str) -> str:
    """Return a longer text with its line breaks, tabs and spaces, but nothing unseen.

    A line break is one character, however the browser sent it.
    """
    lines = "\n".join(seen(text).splitlines())
    kept = "".join(sign for sign in lines if sign in "\n\t" or category(sign) != "Cc")
    return normalize("NFC", kept.strip())


def same_address(text: str) -> str:
    """Return an e-mail address as it is compared: in small letters."""
    return one_line(text).lower()


def look(text: str) -> str:
    """Return what a name or reference looks like; two of one look are the same.

    Neither capitals nor the kind of dash or apostrophe tells two apart, nor the width
    of a letter or the alphabet of one that looks Latin. Figures and letters do: 0 and O
    differ, and so do ŵ and w.
    """
    plain = normalize("NFKC", normalize("NFKC", one_line(text)).casefold())
    dashed = "".join(
        "-" if sign == MINUS or category(sign) == "Pd" else sign for sign in plain
    )
    for apostrophe in APOSTROPHES:
        dashed = dashed.replace(apostrophe, "'")
    return one_line(dashed.translate(ALIKE))
