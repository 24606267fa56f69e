"""What staff call things. Contacts read their own words on their own pages."""

from datetime import date

from orders.states import OrderState

STATES = {
    OrderState.DRAFT: "Draft",
    OrderState.SUBMITTED: "Submitted, being checked",
    OrderState.RETURNED: "Returned with questions",
    OrderState.ACCEPTED: "Desk review",
    OrderState.QUOTED: "Quoted",
    OrderState.AUTHORISED: "Authorised",
    OrderState.SURVEY: "Survey",
    OrderState.INSTALL: "Installation",
    OrderState.CONFIGURING: "Configuration",
    OrderState.CONFIGURED: "In service",
    OrderState.LAPSED: "Quotation lapsed",
    OrderState.DECLINED: "Declined",
    OrderState.WITHDRAWN: "Withdrawn",
    OrderState.CANCELLED: "Cancelled",
    OrderState.UNAVAILABLE: "Not available",
    OrderState.DISCARDED: "Draft thrown away",
}
NUMBERS = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def state_words(state: str) -> str:
    return STATES[OrderState(state)]


def number(count: int) -> str:
    """Return a count as it reads inside a sentence: "three", but "11"."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def long_day(moment: date) -> str:
    """Return a deadline with its weekday: "Friday 27 November 2026"."""
    return f"{moment:%A} {day(moment)}"
