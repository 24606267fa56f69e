"""Figures, amounts and days as people type or paste them: one reader for each.

What the portal itself writes is read back as what it was. Only the figures 0 to 9 are
figures: those of other scripts, full width and raised ones are refused, as are powers
of ten, so that nobody reads an amount in two ways.
"""

import re
from decimal import Decimal

from common.lines import MINUS, one_line

# Thousands are set apart by commas or spaces, all of them or none.
NUMBER = re.compile(
    r"([-+]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+|(?=\.\d))(\.\d*)?", re.ASCII
)
LONGEST = 40
POUNDS = re.compile(r"([-+]?) ?(?:£|gbp) ?|() ?(?:gbp|pounds)$", re.IGNORECASE)


def read_number(text: str) -> Decimal:
    """Return the number that `text` writes: "12,500.50", "12 500.5" or "12500.5".

    Raises:
        ValueError: it is none, or none that everybody reads alike: "1e3", "12,5".
    """
    plain = one_line(text).replace(MINUS, "-")
    found = NUMBER.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        raise ValueError(f"{plain!r} is no number.")
    sign, whole, part = found.groups(default="")
    digits = whole.replace(",", "").replace(" ", "")
    return Decimal(f"{sign}{digits or 0}{part}")


def read_whole(text: str) -> int:
    """Return the whole number that `text` writes: "210,000"; "4.0" is one too.

    Raises:
        ValueError: it is none.
    """
    number = read_number(text)
    if number != number.to_integral_value():
        raise ValueError(f"{number} is no whole number.")
    return int(number)


def read_pounds(text: str) -> Decimal:
    """Return the amount in pounds that `text` writes: "£12,500.50" or "12500.50".

    Raises:
        ValueError: it is no amount.
    """
    plain = one_line(text).replace(MINUS, "-")
    return read_number(POUNDS.sub(r"\1", plain, count=1))
