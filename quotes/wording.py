"""When an offer was received and how its last day follows, in words. Pure.

Every page, e-mail and list says it with these, so that none says another day.
"""

from datetime import date
from typing import TYPE_CHECKING

from common.money import pounds
from common.time_left import TimeLeft, calendar_days_left
from common.wording import long_day_words

if TYPE_CHECKING:
    from quotes.models import Quote

OUR_RULE = (
    "The guidance counts from receipt and does not say what receipt is. Our rule: "
    "the moment a mail server accepts our e-mail for one of your contacts, or one of "
    "them opens the quotation here, whichever comes first."
)
HOW = {
    "email": "our e-mail was accepted for one of its contacts",
    "portal": "one of its contacts opened it in the portal",
}


def receipt_words(quote: "Quote") -> str:
    """Say when it was sent and when received, if that was another UK day. T29."""
    issued, received = quote.issued_on, quote.received_on
    if received is None:
        return f"Sent {long_day_words(issued)}. Nothing shows yet that it was received."
    if received == issued:
        return f"Sent and received {long_day_words(issued)}."
    return f"Sent {long_day_words(issued)}, received {long_day_words(received)}."


def how_worked_out(quote: "Quote") -> str:
    """Say how the last day follows from the day of receipt.

    Source: R-2.11-1, T29.
    """
    if quote.last_day is None:
        days = f"Its {quote.open_days} calendar days run from the day after receipt."
        return f"{receipt_words(quote)} {days} {OUR_RULE}"
    return (
        f"{receipt_words(quote)} The day of receipt is not counted. {quote.open_days} "
        f"calendar days end on {long_day_words(quote.last_day)} at midnight, UK time. "
        f"Weekends and bank holidays count. {OUR_RULE}"
    )


def later_words(quote: "Quote") -> str:
    """Say why the last day is later than on the document; empty where it is not."""
    if not quote.is_received_late:
        return ""
    return (
        f"It was sent {long_day_words(quote.issued_on)} and received "
        f"{long_day_words(quote.received_on)}, so the last day is later than the one "
        "that the document states."
    )


def offer_left(quote: "Quote", today: date, *, if_nothing: str = "") -> TimeLeft | None:
    """Return the time left of an offer; none while nothing shows that it came.

    Source: R-2.11-1, R-3.4-1, R-3.6-5.
    """
    if quote.last_day is None:
        return None
    return calendar_days_left(
        quote.last_day,
        today,
        how=how_worked_out(quote),
        section=rule_of(quote),
        if_nothing=if_nothing,
    )


def rule_of(quote: "Quote") -> str:
    """Return what the last day of an offer follows."""
    return "3.6 T9 T29" if quote.is_updated else "2.11 T29"


def version_before(quote: "Quote") -> "Quote | None":
    """Return the latest earlier version that the Party has seen. Source: R-3.6-4."""
    earlier = quote.order.quotes.filter(
        version__lt=quote.version, issued_at__isnull=False
    )
    return earlier.order_by("-version").first()


def difference_words(quote: "Quote") -> str:
    """Say by how much a version differs from the one before; empty for a first one.

    Source: R-3.6-4.
    """
    before = version_before(quote)
    if before is None:
        return ""
    was = f"version {before.version}, which came to {pounds(before.total.net)}"
    by = quote.total.net - before.total.net
    if not by:
        return f"That is the same as {was}."
    return f"That is {pounds(abs(by))} {'more' if by > 0 else 'less'} than {was}."
