"""An order that has reached its end: what became of it, and what can follow. Pure.

While it is on its way, its band says what is owed; nothing is owed any more here.
"""

from typing import Any

from django.urls import reverse

from common.clock import uk_date
from common.wording import long_day_words
from dccportal.pages.story import Story
from orders.states import CLOSED, ConnectionType, OrderState
from quotes.states import QuoteState
from worklist.contacts.bands import Band

LV = ConnectionType.LV
AGAIN = "Start again from these answers"
NEVER_SENT = "It was never sent to DCC."


def end_of(story: Story) -> list[Band]:
    """Return what became of an order; nothing while it is on its way."""
    state = story.order.state
    if state == OrderState.CONFIGURED:
        return [configured(story)]
    if state == OrderState.DISCARDED:
        return [discarded(story)]
    return [closed(story)] if state in CLOSED else []


def configured(story: Story) -> Band:
    connection = story.connection
    day = long_day_words(connection.router_configured_on)
    return Band(
        f"In service since {day}",
        [f"What follows is on the page of the connection, {connection.reference}."],
        url=reverse("connection", args=[connection.reference]),
        button="Go to the connection",
    )


def closed(story: Story) -> Band:
    order = story.order
    day = long_day_words(uk_date(order.closed_at))
    if order.state == OrderState.UNAVAILABLE and order.connection_type == LV:
        return Band(
            f"{order.get_state_display()}: ended on {day}",
            endings(story),
            **step(story, "order-hv", "Ask for HV instead, with the same answers"),
            sections=("2.6", "T15"),
        )
    return Band(
        f"{order.get_state_display()}: ended on {day}",
        [*endings(story), f"{who(story)} can start a new request from these answers."],
        **step(story, "order-copy", AGAIN),
    )


def discarded(story: Story) -> Band:
    order, day = story.order, long_day_words(uk_date(story.order.closed_at))
    title = f"This draft was thrown away on {day}"
    if not story.is_restorable:
        return Band(
            title,
            [f"{NEVER_SENT} {who(story)} can start a new request from its answers."],
            **step(story, "order-copy", AGAIN),
        )
    until = long_day_words(order.restore_last_day)
    return Band(
        title,
        [f"{NEVER_SENT} {who(story)} can put it back until the end of {until}."],
        **step(story, "order-restore", "Put this draft back"),
    )


def who(story: Story) -> str:
    """Return who can go on from an order that has ended: the reader, if they may."""
    return "You" if story.may_submit else "A person nominated to submit requests"


def step(story: Story, page: str, button: str) -> dict[str, Any]:
    """Return what leads on, for whoever may take it; nothing for the others."""
    if not story.may_submit:
        return {}
    return {"url": reverse(page, args=[story.order.reference]), "button": button}


def endings(story: Story) -> list[str]:
    """Say why it ended, and what that cost."""
    name = {
        OrderState.LAPSED: f"{lapse_words(story)}. There is no charge.",
        OrderState.DECLINED: "You declined the quotation. There is no charge.",
        OrderState.WITHDRAWN: "You withdrew the request. There is no charge.",
        OrderState.UNAVAILABLE: unavailable_words(story),
    }
    told = story.happened("cancel")
    words = [f"{told[-1].why.rstrip('.')}."] if told and told[-1].why else []
    fixed = name.get(OrderState(story.order.state))
    return [fixed] if fixed else words


def unavailable_words(story: Story) -> str:
    """Say what cannot be had, why, and what can be asked for instead (T15)."""
    kind = story.order.connection_type.upper()
    why = why_unavailable(story)
    instead = (
        "You can ask for HV instead: DCC never changes LV into HV by itself"
        if story.order.connection_type == LV
        else "Ask the Service Desk what is possible, such as another site"
    )
    return f"{kind} cannot be had at this site. {why}. {instead}. There is no charge."


def why_unavailable(story: Story) -> str:
    """Return what the survey found, or the site review where none was made. T33."""
    told = story.happened("close_after_survey") or story.happened("close_unavailable")
    return told[-1].why.rstrip(".") if told else "DCC’s review says so"


def lapse_words(story: Story) -> str:
    lapsed = [one for one in story.quotes if one.state == QuoteState.LAPSED]
    if not lapsed:
        return "Nobody accepted in time"
    return f"Nobody accepted by the end of {long_day_words(lapsed[-1].last_day)}"
