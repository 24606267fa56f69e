"""How an order, its state and its turn are named to contacts. Pure: rows in, words out.

An order here is one that `overview` has annotated.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from common.time_left import calendar_days_left, working_days_left
from common.working_days import WorkingCalendar
from dccportal.overview import Turn
from orders.states import CLOSED, ConnectionType, OrderState
from quotes.states import QuoteState

STATES = {
    OrderState.DRAFT: "Draft, not sent",
    OrderState.SUBMITTED: "Form being checked",
    OrderState.RETURNED: "Returned to you",
    OrderState.ACCEPTED: "Desk review",
    OrderState.QUOTED: "Quotation",
    OrderState.AUTHORISED: "Access to arrange",
    OrderState.SURVEY: "Survey",
    OrderState.INSTALL: "Installation",
    OrderState.CONFIGURING: "Configuration",
    OrderState.CONFIGURED: "In service",
    OrderState.DECLINED: "You declined",
    OrderState.WITHDRAWN: "You withdrew",
    OrderState.CANCELLED: "You cancelled",
    OrderState.UNAVAILABLE: "Not available",
    OrderState.DISCARDED: "Draft thrown away",
}
PURPOSES = {"survey": "survey", "circuit": "circuit visit", "equipment": "router visit"}
NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  reads as words
)


@dataclass(frozen=True)
class Tag:
    words: str
    kind: str


# While nobody at DCC has decided about an RDP's HV connection (T25).
UNDECIDED = (
    "DCC decides before it sends a quotation whether this connection is charged, and "
    "tells you. The guidance does not say; the rule is ours."
)


def count_words(count: int) -> str:
    """Return "five" for 5 and "13" for 13."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def plural(count: int, noun: str) -> str:
    """Return "one order", "six orders", "10,000 orders"."""
    words = count_words(count) if count < len(NUMBERS) else f"{count:,}"
    return f"{words} {noun}" if count == 1 else f"{words} {noun}s"


def years_words(years: int) -> str:
    """Return "1 year" or "3 years"."""
    return f"{years} year{'' if years == 1 else 's'}"


def short_date(day: date) -> str:
    """Return "5 March 2026"."""
    return f"{day:%-d %B %Y}"


def long_date(day: date) -> str:
    """Return "Thursday 5 March 2026"."""
    return f"{day:%A %-d %B %Y}"


def kind_words(subject: Any) -> str:
    """Return "HV 20 Mbps" or "LV" for an order or a connection; empty if not chosen."""
    if subject.connection_type == ConnectionType.HV:
        return f"HV {subject.hv_rating_mbps} Mbps"
    return "LV" if subject.connection_type else ""


def wish_words(order: Any) -> str:
    """Return "HV 20 Mbps, 3 years"."""
    years = order.minimum_period_years
    period = years_words(years) if years else ""
    wish = ", ".join(filter(None, [kind_words(order), period]))
    return wish or "Not chosen yet"


def state_words(order: Any) -> str:
    if order.state == OrderState.SURVEY and order.offer_state:
        return "Updated quotation"
    if order.state == OrderState.AUTHORISED and order.is_access_agreed:
        return "Visit to book"
    return STATES.get(order.state) or str(order.get_state_display())


def state_tag(order: Any) -> Tag:
    """Quiet while it moves, green in service, grey before it starts and once ended."""
    kind = "grey" if order.state in (OrderState.DRAFT, *CLOSED) else "state"
    if order.state == OrderState.CONFIGURED:
        kind = "done"
    return Tag(state_words(order), kind)


def turn_words(turn: str) -> str:
    names = {
        Turn.INSTALLER: settings.INSTALLER_NAME,
        Turn.CONFIGURER: settings.CONFIGURER_NAME,
    }
    return str(names.get(Turn(turn)) or Turn(turn).label)


def turn_tag(turn: str) -> Tag | None:
    if turn == Turn.NOBODY:
        return None
    kinds = {Turn.YOU: "you", Turn.DCC: "dcc"}
    return Tag(turn_words(turn), kinds.get(Turn(turn), "supplier"))


def next_words(order: Any, today: date, calendar: WorkingCalendar | None) -> str:
    """Return what the next date is, or what the order waits for without one."""
    if order.next_on is None:
        return waiting_words(order)
    if order.state == OrderState.ACCEPTED and calendar:
        left = working_days_left(order.next_on, today, calendar)
        return f"quotation due, {left.words.lower()}"
    left = calendar_days_left(order.next_on, today)
    if order.offer_state == QuoteState.ISSUED:
        return f"last day to accept, {left.words.lower()}"
    return f"{PURPOSES[order.visit_purpose]}, {from_now(left.days)}"


def from_now(days: int) -> str:
    if days < 0:
        return "day passed, result to come"
    named = {0: "today", 1: "tomorrow"}
    return named.get(days) or f"{days} days from now"


def waiting_words(order: Any) -> str:
    if order.offer_state == QuoteState.AUTHORITY_RECEIVED:
        return "signed authority being checked"
    words = {
        OrderState.DRAFT: "not sent yet",
        OrderState.RETURNED: "until you answer the questions",
        OrderState.SUBMITTED: "form being checked for completeness",
        OrderState.AUTHORISED: "access being arranged",
        OrderState.SURVEY: "updated quotation to come",
        OrderState.INSTALL: "visit to be booked",
        OrderState.CONFIGURING: "router being configured",
    }
    if order.state == OrderState.AUTHORISED and order.is_access_agreed:
        return "visit to be booked"
    if order.state == OrderState.INSTALL and order.is_equipment_in:
        return "completion being recorded"
    return words.get(order.state, "")
