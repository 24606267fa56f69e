"""What stands and cannot be rewritten, beside the form that the desk corrects."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from billing.file import charges_of
from common.money import pounds
from common.wording import day_words
from orders.file import OrderFile
from quotes.file import quotes_of
from quotes.steps.correct import CorrectOffered, CorrectOfferedForm
from sites.file import site_of


class Stands(NamedTuple):
    """One thing that rests on the form: in words, and whether there is any."""

    words: str
    is_any: bool


def standing(file: OrderFile) -> Iterator[Stands]:
    """Yield what was signed, billed, booked or paired, or that there is none of it."""
    signed = quotes_of(file).accepted or quotes_of(file).pending_authority
    yield Stands(f"Signed, and it stays: {signed}", True) if signed else NOT_SIGNED
    charged = sum((row.net for row in charges_of(file).rows), Decimal(0))
    billed = f"Charged, and it stays: {pounds(charged)}"
    yield Stands(billed, True) if charges_of(file).rows else NOT_BILLED
    yield from booked(file)
    partner = file.order.partner
    paired = f"Its pair is {partner}: what both forms say is corrected on both"
    yield Stands(paired, True) if partner else NO_PAIR


NOT_SIGNED = Stands("Nothing is signed", False)
NOT_BILLED = Stands("Nothing is billed", False)
NOT_BOOKED = Stands("No visit is booked", False)
NO_PAIR = Stands("No pair has to agree", False)


def booked(file: OrderFile) -> Iterator[Stands]:
    visits = site_of(file).booked
    if not visits:
        yield NOT_BOOKED
    for visit in visits:
        day = day_words(visit.day)
        yield Stands(f"Booked, and it stays: {visit}, {day}", True)


class CorrectAtDeskForm(CorrectOfferedForm):
    @property
    def standing(self) -> list[Stands]:
        return list(standing(self.file))


class CorrectAtDesk(CorrectOffered):
    form_class = CorrectAtDeskForm


CORRECT = CorrectAtDesk()
