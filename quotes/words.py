"""What is owed about a quotation, as its Party reads it. Pure."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from common.clock import uk_date, uk_time
from common.figures import figure
from common.money import pounds
from common.wording import long_day_words, years_words
from orders.words import PREPARING, place_words
from quotes.states import AuthorityOutcome
from quotes.wording import how_worked_out, later_words, rule_of
from worklist.words import Words

if TYPE_CHECKING:
    from orders.models import ConnectionRequest
    from quotes.models import Authority, Quote
    from worklist.models import WorkItem


def authority_of(quote: "Quote | None", *outcomes: str) -> "Authority | None":
    """Return the latest authority of an offer with one of `outcomes`, or None."""
    if quote is None:
        return None
    rows = quote.authorities.all()
    return next((row for row in rows if row.outcome in outcomes), None)


def offer_name(quote: "Quote") -> str:
    return "updated quotation" if quote.is_updated else "quotation"


def subject_words(quote: "Quote") -> str:
    return f"{quote.reference}, {place_words(quote.order)}"


def send(order: Any, item: "WorkItem", today: date) -> Words:
    """Tell until when the first quotation comes. Source: R-3.3-1."""
    start = long_day_words(uk_date(order.accepted_at))
    return Words(
        what=PREPARING,
        why=["The quotation comes by e-mail."],
        how=(
            f"The form was accepted on {start}. "
            f"{figure('QUOTE_WORKING_DAYS', 'working day')}, not counting the day on "
            "which they start, end at midnight. They start again when DCC takes a "
            "quotation back. Saturdays, Sundays and bank holidays do not count."
        ),
        rule="3.3",
    )


def send_updated(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="DCC is preparing the updated quotation",
        why=["Your site has been surveyed. The price is confirmed or updated next."],
        sections=("3.6",),
    )


def decide_charges(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    """Tell that something comes first; why and by which rule, the timeline says."""
    return Words(
        PREPARING, ["DCC decides first whether this connection is charged at all."]
    )


def decide(quote: "Quote", item: "WorkItem", today: date) -> Words:
    """Tell what an open offer asks for. Source: R-2.11-1, R-3.4-1, T8, T29."""
    name, period = offer_name(quote), ""
    if quote.period_years:
        period = f" over {years_words(quote.years)}"
    amount = f"{pounds(quote.total.net)}{period}, excluding VAT"
    refused = authority_of(quote, AuthorityOutcome.NOT_EFFECTIVE)
    what = f"Accept or decline the {name} of {pounds(quote.total.net)}"
    if refused is not None:
        what = f"Send the signed {name} again: the last one had no effect"
    return Words(
        what=what,
        why=[
            *([f"Why it had no effect: {refused.reason}"] if refused else []),
            f"It comes to {amount}. {commitment(quote)}",
            *filter(None, [later_words(quote)]),
            *([] if quote.received_at else [how_worked_out(quote)]),
        ],
        subject=subject_words(quote),
        if_nothing=if_nobody_decides(quote),
        url=reverse("quote", args=[quote.reference]),
        button="Read and decide",
        look="Read the quotation",
        paper=reverse("quote-pdf", args=[quote.reference]),
        how=how_worked_out(quote),
        rule=rule_of(quote),
    )


def commitment(quote: "Quote") -> str:
    """Say what signing commits to (T8)."""
    if quote.is_firm:
        return "It is firm: signing it commits you to that cost."
    return (
        "It is indicative: signing it lets DCC survey your site, and you decide again "
        "once the price is confirmed."
    )


def if_nobody_decides(quote: "Quote") -> str:
    """Say what becomes of an open offer that nobody answers. Source: R-3.4-1, T29."""
    if quote.last_day is None:
        return "it stays open, and its days begin when one of you opens it."
    over = long_day_words(quote.last_day + timedelta(days=1))
    return (
        f"the order ends on {over}. There is no charge, but you would start again "
        "with a new request."
    )


def hand_in(quote: "Quote", item: "WorkItem", today: date) -> Words:
    """Tell of an upload that nobody has looked at yet, and when it goes by itself."""
    waiting = next(row for row in quote.authorities.all() if row.is_waiting)
    return Words(
        what="Check what was uploaded, and hand it in",
        why=[
            f"Signed pages came on {uk_time(waiting.received_at)}, and count from then."
        ],
        subject=subject_words(quote),
        if_nothing=f"it goes to DCC as it is on {waiting.until_words}.",
        url=reverse("quote-upload", args=[quote.reference]),
        button="See what was found",
        look="Read the quotation",
        at=waiting.hands_in_at,
    )


def verify(quote: "Quote", item: "WorkItem", today: date) -> Words:
    """Tell that DCC checks who signed. Source: R-2.11-4, T27."""
    pending = authority_of(quote, AuthorityOutcome.PENDING)
    since = long_day_words(uk_date(pending.received_at)) if pending else "today"
    last = quote.last_day
    until = f" until the end of {long_day_words(last)}" if last else ""
    return Words(
        what="DCC is checking who signed",
        why=[
            (
                f"Your signed quotation came on {since}, and counts from then. If it "
                f"turns out to have no effect, you can send another{until}."
            )
        ],
        sections=("2.11",),
    )
