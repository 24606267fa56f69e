"""The form, corrected for a contact, with what that does to its quotation (T35)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from common.pages import Answers
from common.wording import day_words
from orders.commands import Said
from orders.deadlines import QUOTE_WORKING_DAYS, quote_due_on
from orders.file import OrderFile
from orders.steps.base import OrderPage
from orders.steps.correct import CorrectForm, CorrectTheForm
from parties.models import User
from quotes.commands import correct_form
from quotes.commands.correct_form import BEFORE_A_SIGNATURE
from quotes.deadlines import QUOTE_OPEN_DAYS
from quotes.file import quotes_of
from quotes.models import Quote


class Touched(NamedTuple):
    """One thing that a correction touches: as it is, as it will be, and by whom."""

    what: str
    now: str
    after: str
    who: str


class CorrectOfferedForm(CorrectForm):
    """The same, with what the answers that change are going to touch."""

    @property
    def touched(self) -> list[Touched]:
        """Return what begins again with the corrections that are shown."""
        found = getattr(self, "corrections", None)
        is_before = self.file.state in BEFORE_A_SIGNATURE
        if not (found and is_before and found.reopens_review):
            return []
        return list(what_is_touched(self.file))


def what_is_touched(file: OrderFile) -> Iterator[Touched]:
    order, offer = file.order, quotes_of(file).open
    due = day_words(quote_due_on(file.today, file.calendar))
    is_reviewed = hasattr(order, "site_review")
    if offer is not None:
        yield Touched("State of the order", "Quoted", "Desk review", "the portal")
    yield Touched(
        "Site review",
        "done" if is_reviewed else "not made yet",
        "made again; the history keeps what it found" if is_reviewed else "the same",
        "DCC Operations",
    )
    if offer is not None:
        last = f"open until {day_words(offer.last_day)}" if offer.last_day else "open"
        now = f"{offer}, {last}"
        yield Touched("Quotation", now, "withdrawn, kept as a document", "the portal")
    yield Touched(
        "Next quotation",
        "none yet",
        f"by {due} or earlier: {QUOTE_WORKING_DAYS} working days from when it came",
        "DCC Operations",
    )
    yield from known_to_party(offer, str(order.party))


def known_to_party(offer: Quote | None, party: str) -> Iterator[Touched]:
    """Tell what the Party was offered, until when, and what it hears."""
    last = offer.last_day if offer else None
    now = f"until {day_words(last)}" if last else "not running"
    after = f"{QUOTE_OPEN_DAYS} days from the next"
    yield Touched("Time to accept", now, after, party)
    knows = f"has {offer}" if offer else "has no quotation"
    yield Touched("The Party", knows, "told at once by e-mail", "the portal")


class CorrectOffered(CorrectTheForm):
    """Corrects a form; withdraws what was offered on what changes."""

    form_class = CorrectOfferedForm

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        """An open quotation is withdrawn where it rests on what changes."""
        if file.state not in BEFORE_A_SIGNATURE or quotes_of(file).open is None:
            return super().letters(file)
        withdrawn = {"quote_withdrawn": "if the quotation is withdrawn"}
        return {**super().letters(file), **withdrawn}

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return correct_form(
            file.pk,
            by=user,
            said=said,
            corrections=answers["corrections"],
            reason=answers["reason"],
        )


PAGES: list[OrderPage[Any]] = [CorrectOffered()]
