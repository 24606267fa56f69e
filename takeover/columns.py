"""What a cell of a file may say, and how it is read. Pure: text in, facts out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.days import read_day
from common.lines import look, same_address
from common.money import ZERO, to_pence
from common.numbers import read_pounds
from common.postcodes import read_postcode

LONGEST_SHOWN = 40
MOST_POUNDS = Decimal(10**8)
YES_AND_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class FileColumn:
    """One column of a file.

    Args:
        says: what it holds, in a sentence for whoever fills it in.
        read: returns what a cell says; a ValueError says what is wrong with it.
        is_needed: a line cannot do without it.
    """

    head: str
    says: str
    example: str
    read: Callable[[str], Any]
    is_needed: bool = True

    def value(self, text: str) -> Any:
        """Return what a cell says; None where it is empty and may be.

        Raises:
            ValueError: with the words for whoever mends it.
        """
        if text:
            return self.read(text)
        if self.is_needed:
            raise ValueError("it is empty.")
        return None


def short(text: str) -> str:
    """Return a cell as a finding repeats it."""
    is_long = len(text) > LONGEST_SHOWN
    return f"“{text[:LONGEST_SHOWN]}…”" if is_long else f"“{text}”"


def words(longest: int) -> Callable[[str], str]:
    """Return a reader of words of one line."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"it is longer than {longest} characters.")
        return text

    return read


def email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"{short(text)} is no e-mail address.") from None
    return same_address(text)


def postcode(text: str) -> str:
    try:
        return read_postcode(text)
    except ValueError:
        why = f"{short(text)} is not a full UK postcode, such as DE21 7QX."
        raise ValueError(why) from None


def day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError:
        raise ValueError(f"{short(text)} is no day, such as 2026-03-05.") from None


def pounds(text: str) -> Decimal:
    """Return an amount in pounds, net of VAT; 0 is one."""
    try:
        amount = read_pounds(text)
    except ValueError:
        why = f"{short(text)} is no amount in pounds, such as 4,000.00."
        raise ValueError(why) from None
    if amount < ZERO:
        raise ValueError("an amount is not below 0.")
    if amount != to_pence(amount):
        raise ValueError(f"{short(text)} has parts of a penny.")
    if amount >= MOST_POUNDS:
        raise ValueError(f"{short(text)} is more than any charge.")
    return to_pence(amount)


def whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len("9999")):
        raise ValueError(f"{short(text)} is no whole number.")
    return int(text)


def one_of(choices: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a reader of one of some words, whatever their capitals."""
    known = {look(name): value for name, value in choices.items()}

    def read(text: str) -> Any:
        # Most are written as they stand in the template.
        if text in choices:
            return choices[text]
        name = look(text)
        if name not in known:
            told = ", ".join(choices)
            raise ValueError(f"{short(text)} is none of these: {told}.")
        return known[name]

    return read


def some_of(choices: Mapping[str, Any]) -> Callable[[str], list[Any]]:
    """Return a reader of some of these words, with semicolons between."""
    read = one_of(choices)

    def read_all(text: str) -> list[Any]:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        return list(dict.fromkeys(read(part) for part in parts))

    return read_all


yes_or_no = one_of(YES_AND_NO)
