"""The form, corrected for a contact, with what that does to its quotation (T35)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from common.money import ZERO, pounds
from common.pages import Answers
from common.wording import day_words, long_day_words, years_words
from orders.commands import Said, as_corrected
from orders.deadlines import QUOTE_WORKING_DAYS
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.steps.correct import CorrectForm, CorrectTheForm
from orders.steps.who_said import said_in
from parties.models import User
from quotes.commands import correct_form
from quotes.commands.correct_form import BEFORE_A_SIGNATURE, next_offer_due
from quotes.commands.lines import ALWAYS, list_price
from quotes.deadlines import QUOTE_OPEN_DAYS
from quotes.file import quotes_of
from quotes.models import Quote

SIGNED = (
    "A signed quotation has come and is not verified yet. Until it is found not "
    "effective, nothing can be corrected that the site review or the price rests on: "
    "a signed price is never rewritten. Other answers can."
)


FROM_THEN = f"{QUOTE_WORKING_DAYS} working days from when this came"
AS_BEFORE = "as before: a slip of DCC gives DCC no more time"


class Touched(NamedTuple):
    """One thing that a correction touches: as it is, as it will be, and by whom."""

    what: str
    now: str
    after: str
    who: str


@dataclass(frozen=True)
class KnownPrice:
    """What an order costs over its period, and by what; None where nobody knows yet."""

    net: Decimal | None
    of: str
    is_offered: bool = False

    def __str__(self) -> str:
        if self.net is None:
            return "No price yet"
        return pounds(self.net) if self.is_offered else f"About {pounds(self.net)}"


@dataclass(frozen=True)
class PriceBeside:
    """What is offered, and what the list would give for the form as corrected."""

    was: KnownPrice
    now: KnownPrice
    difference: str = ""
    rest: str = ""


class CorrectOfferedForm(CorrectForm):
    """The same, with what the answers that change are going to touch."""

    @property
    def begins_again(self) -> bool:
        """Say whether the review is made again with the corrections that are shown."""
        found = getattr(self, "corrections", None)
        is_before = self.file.state in BEFORE_A_SIGNATURE
        return bool(found and is_before and found.reopens_review)

    @property
    def touched(self) -> list[Touched]:
        """Return what begins again with the corrections that are shown."""
        if not self.begins_again:
            return []
        said = said_in(self.cleaned_data)
        due = next_offer_due(self.file.order, said)
        since = AS_BEFORE if said.is_our_slip else FROM_THEN
        return list(what_is_touched(self.file, f"by {long_day_words(due)}, {since}"))

    @property
    def prices(self) -> PriceBeside | None:
        if not self.begins_again:
            return None
        after = as_corrected(self.file.order, self.corrections)
        found = price_beside(self.file, after)
        return found if {found.was.net, found.now.net} != {None} else None

    def agreed(self) -> str:
        """Name what is taken back, where something is."""
        if not self.begins_again:
            return super().agreed()
        offer, party = quotes_of(self.file).open, self.file.order.party
        taken = f"{offer} is withdrawn, the" if offer else "The"
        again = f"{taken} site review is made again and {party} is told."
        return f"{super().agreed()}. {again}"


def price_beside(file: OrderFile, after: ConnectionRequest) -> PriceBeside:
    """Put what is offered, or else the list's price, beside that of what is asked now.

    Source: R-2.9.1-1, T35.
    """
    offer, now = quotes_of(file).open, by_list(after, file.today)
    if offer is None:
        was = by_list(file.order, file.today)
        return PriceBeside(was, now, more(was, now))
    of = f"{offer}, over {years_words(offer.years)}"
    was = KnownPrice(offer.total.net, of, is_offered=True)
    found = found_by_review(offer)
    if not found:
        return PriceBeside(was, now, more(was, now))
    rest = (
        f"Of it, {pounds(found)} was for what the review found. The new review says "
        "what comes on top of the list this time."
    )
    return PriceBeside(was, now, rest=rest)


def found_by_review(offer: Quote) -> Decimal:
    """Return in pounds net what an offer charges beside the connection and its years.

    Source: R-2.9.1-1.
    """
    nets = (line.net for line in offer.lines.all() if line.kind not in ALWAYS)
    return sum(nets, ZERO)


def by_list(order: ConnectionRequest, day: date) -> KnownPrice:
    """Return the list's price on a UK day, what a review finds left aside."""
    net, kind = list_price(order, day), type_words(order)
    if net is None:
        return KnownPrice(None, f"The price list has no price for {kind} today")
    years = years_words(order.minimum_period_years or 1)
    return KnownPrice(net, f"{kind} by today’s price list, over {years}")


def type_words(order: ConnectionRequest) -> str:
    """Return "HV 30 Mbps", or "LV", which has no rating."""
    rating = f" {order.hv_rating_mbps} Mbps" if order.hv_rating_mbps else ""
    return f"{order.connection_type.upper()}{rating}"


def more(was: KnownPrice, now: KnownPrice) -> str:
    """Say by how much the second is more or less, if both are known."""
    if was.net is None or now.net is None:
        return ""
    by = now.net - was.net
    if not by:
        return "The same"
    return f"{pounds(abs(by))} {'more' if by > 0 else 'less'}"


def what_is_touched(file: OrderFile, due: str) -> Iterator[Touched]:
    """Yield what begins again, with who does it and by when.

    Args:
        due: by when the next offer is due, in words.

    Source: R-3.3-1, T35.
    """
    order, offer = file.order, quotes_of(file).open
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
        f"by {day_words(order.quote_due_on)}" if offer is None else "none",
        due,
        "DCC Operations",
    )
    yield from known_to_party(offer, str(order.party))


def known_to_party(offer: Quote | None, party: str) -> Iterator[Touched]:
    """Tell what the Party was offered, until when, and what it hears."""
    if offer is not None:
        until = offer.last_day
        now = f"until {day_words(until)}" if until else "not running"
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

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        """Say what is refused now, where somebody has signed what is not verified."""
        found = super().context(subject, user)
        quotes = quotes_of(subject)
        waits = quotes.pending_authority or quotes.waiting_upload
        is_before = subject.state in BEFORE_A_SIGNATURE
        return {**found, "limits": SIGNED} if waits and is_before else found

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
