"""The steps of a timeline that are about an order's quotations, and why they moved."""

from dataclasses import replace

from common.clock import uk_date
from common.figures import figure
from common.money import pounds
from common.wording import day_words
from orders.file import OrderFile
from orders.marks import Mark, author, late_words, until_quoted
from orders.models import ConnectionRequest
from orders.words import UNDECIDED
from quotes.file import quotes_of
from quotes.models import Quote
from quotes.states import OPEN, AuthorityOutcome
from quotes.wording import offer_left, receipt_words
from quotes.words import authority_of

RECEIVED_LATER = "Received later than sent"


def quoted(file: OrderFile) -> Mark:
    quote = quotes_of(file).initial
    if quote is None:
        mark = Mark("Quotation issued", who="DCC", planned=file.order.quote_due_on)
        return until_quoted(begun_anew(mark, file), file)
    day = quote.issued_on
    name = f"Quotation issued, {quote.get_basis_display().lower()}"
    due = file.order.quote_due_on
    day_note = f"due {day_words(due)}{late_words(day, due)}" if day and due else ""
    return begun_anew(Mark(name, day, by="by DCC", day_note=day_note), file)


def begun_anew(mark: Mark, file: OrderFile) -> Mark:
    """Say why the quotation's day was set anew, by whom, on what day. R-3.3-1."""
    if quotes_of(file).is_charging_open:
        return replace(mark, why=UNDECIDED)
    anew = file.moves(ConnectionRequest.reopen)
    if not anew:
        return mark
    last = anew[-1]
    # The offer that was taken back.
    taken = file.event(last.cause_id)
    why = f"{taken.why.rstrip('.')}. " if taken else ""
    again = f"The {figure('QUOTE_WORKING_DAYS', 'working day')} began again on "
    day = day_words(uk_date(last.at))
    return replace(
        mark, cause=f"Taken back by {author(last)}", why=f"{why}{again}{day}."
    )


def decided(file: OrderFile) -> Mark:
    return decision(quotes_of(file).initial, "Your decision", file)


def decision(quote: Quote | None, name: str, file: OrderFile) -> Mark:
    """Return the step in which the Party answers one offer."""
    mark = Mark(name, who="you")
    if quote is None:
        return mark
    # An authority stands for it, checked or not yet.
    given = authority_of(quote, AuthorityOutcome.EFFECTIVE, AuthorityOutcome.PENDING)
    if given is not None:
        day = uk_date(given.received_at)
        last = quote.last_day
        day_note = f"last day was {day_words(last)}" if last else ""
        return replace(mark, done_on=day, by="by you", day_note=day_note)
    mark = until_decided(mark, quote, file)
    refused = authority_of(quote, AuthorityOutcome.NOT_EFFECTIVE)
    cause = "The authority you sent had no effect"
    return replace(mark, cause=cause, why=refused.reason) if refused else mark


def until_decided(mark: Mark, quote: Quote, file: OrderFile) -> Mark:
    """Say of a step until when an offer is open; nothing without receipt (T29)."""
    left = offer_left(quote, file.today)
    if left is None:
        return replace(mark, left="the days begin when one of you opens it")
    words = f"last day, {left.words.lower()}" if left.days else "last day today"
    why = receipt_words(quote) if quote.is_received_late else ""
    cause = RECEIVED_LATER if why else ""
    return replace(mark, due=left.last_day, left=words, cause=cause, why=why)


def verified(file: OrderFile) -> Mark:
    name = "Authority to proceed, signatory verified"
    effective = authority_of(quotes_of(file).initial, AuthorityOutcome.EFFECTIVE)
    if effective is None:
        return Mark(name, who="DCC", left="being checked")
    received = day_words(uk_date(effective.received_at))
    who = effective.nomination and effective.nomination.user
    why = f"{who}, nominated to authorise. The upload counts from {received}."
    checked = effective.checked_at and uk_date(effective.checked_at)
    return Mark(name, checked, by="by DCC", why=why)


def requoted(file: OrderFile) -> Mark:
    quote, absent = quotes_of(file).updated, quotes_of(file).no_survey_words
    if quote is None:
        name = "Confirmed or updated quotation"
        mark = Mark(name, who="DCC", left="being prepared", absent=absent)
        return replace(mark, why=quotes_of(file).perhaps_words)
    day = quote.issued_on
    cause, why = price_change(quote, file)
    name = "Updated quotation issued, firm"
    return Mark(name, day, by="by DCC", cause=cause, why=why)


def price_change(quote: Quote, file: OrderFile) -> tuple[str, str]:
    """Say by how much the survey changed the price, in pounds net, while it matters."""
    initial = quotes_of(file).initial
    if initial is None or quote.state not in OPEN:
        return "", ""
    change = quote.total.net - initial.total.net
    if not change:
        return "", "The survey confirmed the price."
    word = "rose" if change > 0 else "fell"
    return "Price after the survey", f"it {word} by {pounds(abs(change))}."


def reaccepted(file: OrderFile) -> Mark:
    quote, absent = quotes_of(file).updated, quotes_of(file).no_survey_words
    mark = decision(quote, "Your acceptance of it", file)
    if mark.done_on and authority_of(quote, AuthorityOutcome.EFFECTIVE) is None:
        mark = replace(mark, done_on=None, who="DCC", left="signatory being checked")
    why = mark.why or quotes_of(file).perhaps_words
    return replace(mark, absent=absent, why=why)
