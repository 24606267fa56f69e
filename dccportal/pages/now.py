"""What to do about an order now, or that you need do nothing. Pure.

Each state has one function; the page asks for the one of the order's state.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from common.clock import uk_date, uk_time
from common.figures import figure
from common.money import pounds
from common.time_left import TimeLeft, calendar_days_left, working_days_left
from dccportal.pages.band import Now
from dccportal.pages.story import Story, authority_of
from dccportal.pages.wording import long_date, years_words
from orders.states import Channel, ConnectionType, OrderState
from quotes.states import Outcome, QuoteState
from quotes.wording import how_worked_out, later_words, offer_left

CALM = "You need do nothing"
LV = ConnectionType.LV


def now_of(story: Story) -> Now:
    return WORDS[OrderState(story.order.state)](story)


def draft(story: Story) -> Now:
    if story.order.channel != Channel.PORTAL:
        return keyed_in(story)
    return Now(
        "Finish your request and send it",
        ["Nothing is ordered yet. Stop and come back as you like."],
        if_nothing="nothing happens. Your answers stay here.",
        url=reverse("order-form", args=[story.order.reference]),
        button="Go on with the form",
        is_calm=False,
        sections=("3.1",),
    )


def keyed_in(story: Story) -> Now:
    came = long_date(uk_date(story.order.received_at))
    return Now(
        f"{CALM}: DCC is entering the form that you sent",
        [
            (
                f"It came on {came} from {story.order.sender_email}, and counts from "
                "then. DCC enters its answers and then checks it like any other form."
            ),
        ],
        sections=("1.3",),
    )


def submitted(story: Story) -> Now:
    sent = long_date(uk_date(story.order.submitted_at))
    return Now(
        f"{CALM}: DCC is checking the form",
        [
            (
                f"You sent it on {sent}. DCC accepts it, or returns it with questions. "
                "From the day it is accepted, your quotation is due in "
                f"{figure('QUOTE_WORKING_DAYS', 'working day')}."
            ),
        ],
        sections=("3.2",),
    )


def returned(story: Story) -> Now:
    order = story.order
    asked = [row for row in story.questions if row.round.closed_at is None]
    open_ones = sum(row.answered_at is None for row in asked)
    return Now(
        "Answer the Service Desk and send the form again",
        [
            *filter(None, [order.returned_because]),
            *(f"{row.about}: {row.words}" for row in asked),
            still_open(open_ones),
        ],
        if_nothing="DCC cannot check the form or start your quotation.",
        url=reverse("order-form", args=[order.reference]),
        button="Answer",
        is_calm=False,
        since=uk_date(order.returned_at),
        sections=("3.2",),
    )


def still_open(count: int) -> str:
    if not count:
        return "Each question has an answer. The form still has to be sent again."
    return f"{count} question{'s have' if count > 1 else ' has'} no answer yet."


def accepted(story: Story) -> Now:
    done = "has reviewed" if story.review else "is reviewing"
    return Now(
        f"{CALM}: DCC is preparing your quotation",
        [f"DCC {done} your site from the desk. The quotation comes by e-mail."],
        left=quote_left(story),
    )


def quote_left(story: Story) -> TimeLeft | None:
    order = story.order
    if story.calendar is None or order.quote_due_on is None:
        return None
    start = long_date(uk_date(order.accepted_at))
    how = (
        f"The form was accepted on {start}. "
        f"{figure('QUOTE_WORKING_DAYS', 'working day')}, not counting the day on "
        "which they start, end at midnight. They start anew when DCC takes a quotation "
        "back. Saturdays, Sundays and bank holidays do not count."
    )
    due = order.quote_due_on
    return working_days_left(due, story.today, story.calendar, how=how, section="3.3")


def offer(story: Story) -> Now:
    """Return what an open offer asks for, or that its authority is being checked."""
    quote = story.open_offer
    if quote is None:
        return Now(f"{CALM}: the quotation is being recorded")
    uploaded = next((row for row in quote.authorities.all() if row.is_waiting), None)
    if uploaded is not None:
        return to_hand_in(quote, uploaded)
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        return being_checked(quote)
    kind = "updated quotation" if quote.is_updated else "quotation"
    period = f" over {years_words(quote.years)}" if quote.period_years else ""
    amount = f"{pounds(quote.total.net)}{period}, excluding VAT"
    lines = [*refusal(quote), f"It comes to {amount}. {commitment(quote)}"]
    return Now(
        f"Accept or decline the {kind}",
        [*lines, *filter(None, [later_words(quote)]), *unreceived(quote)],
        if_nothing=if_nobody_decides(quote),
        url=reverse("quote", args=[quote.reference]),
        button="Read the quotation and decide",
        is_calm=False,
        left=offer_left(quote, story.today),
        paper=reverse("quote-pdf", args=[quote.reference]),
    )


def unreceived(quote: Any) -> list[str]:
    """Say that the days have not begun while nothing shows receipt (T29)."""
    return [] if quote.received_at else [how_worked_out(quote)]


def if_nobody_decides(quote: Any) -> str:
    if quote.last_day is None:
        return "it stays open, and its days begin when you open it."
    over = long_date(quote.last_day + timedelta(days=1))
    return (
        f"the order ends on {over}. There is no charge, but you would start again "
        "with a new request."
    )


def to_hand_in(quote: Any, uploaded: Any) -> Now:
    """Return that somebody has to look at what was uploaded, or need not."""
    return Now(
        "Check what was uploaded, and hand it in",
        [f"Signed pages came on {uk_time(uploaded.received_at)}, and count from then."],
        if_nothing=f"they go to DCC as they are on {uk_time(uploaded.hands_in_at)}.",
        url=reverse("quote-upload", args=[quote.reference]),
        button="See what was found",
        is_calm=False,
    )


def refusal(quote: Any) -> list[str]:
    """Say first that the last authority had no effect, if so."""
    refused = authority_of(quote, Outcome.NOT_EFFECTIVE)
    if refused is None:
        return []
    return [f"The signed quotation you sent had no effect: {refused.reason}"]


def commitment(quote: Any) -> str:
    """Say what signing commits to (T8)."""
    if quote.is_firm:
        return "It is firm: signing it commits you to that cost."
    return (
        "It is indicative: signing it lets DCC survey your site, and you decide again "
        "once the price is confirmed."
    )


def being_checked(quote: Any) -> Now:
    pending = authority_of(quote, Outcome.PENDING)
    since = long_date(uk_date(pending.received_at)) if pending else "today"
    until = f" until the end of {long_date(quote.last_day)}" if quote.last_day else ""
    return Now(
        f"{CALM}: DCC is checking who signed",
        [
            (
                f"Your signed quotation came on {since}, and counts from then. If it "
                f"turns out to have no effect, you can send another{until}."
            ),
        ],
        sections=("2.11",),
    )


def authorised(story: Story) -> Now:
    if not story.order.is_access_agreed:
        return Now(
            f"{CALM}: access to your site is being arranged",
            ["DCC agrees with your site contact how engineers get in."],
            sections=("3.5",),
        )
    return on_site(story)


def survey(story: Story) -> Now:
    if story.open_offer is not None:
        return offer(story)
    if story.order.surveyed_at is not None:
        return Now(
            f"{CALM}: DCC is preparing the updated quotation",
            ["Your site has been surveyed. The price is confirmed or updated next."],
            sections=("3.6",),
        )
    return on_site(story)


def on_site(story: Story) -> Now:
    """Return the visit to be ready for, or that one is to be booked."""
    visit = story.booked()
    if visit is None:
        supplier = settings.INSTALLER_NAME
        return Now(
            f"{CALM}: {supplier} books the next visit",
            ["You hear by e-mail on which day somebody comes, and what to have ready."],
            sections=("3.5",),
        )
    what = visit.get_purpose_display().lower()
    is_free = visit.is_free_to_move_on(story.today)
    free = f"until the end of {long_date(visit.last_free_day)} that is free of charge"
    move = free if is_free else "moving it now costs a new visit"
    return Now(
        f"Be ready for the {what} on {long_date(visit.on)}",
        [
            f"Who comes: {visit.visitor}. Let them in and have the rack ready.",
            f"If the day does not suit you, phone the Service Desk: {move}.",
        ],
        if_nothing="the visit goes ahead.",
        left=free_days_left(visit, story.today) if is_free else None,
        sections=() if is_free else ("3.5", "T11"),
    )


def free_days_left(visit: Any, today: date) -> TimeLeft:
    how = (
        f"The visit is on {long_date(visit.on)}. The fifth working day before it, not "
        f"counting its own, is {long_date(visit.last_free_day)}. Saturdays, Sundays "
        "and bank holidays do not count."
    )
    return calendar_days_left(visit.last_free_day, today, how=how, section="3.5 T10")


def install(story: Story) -> Now:
    if story.order.is_equipment_in:
        return Now(
            f"{CALM}: DCC is recording that installation is complete",
            ["Line and router are in. Your contract starts on that day."],
            sections=("3.7", "T12"),
        )
    return on_site(story)


def configuring(story: Story) -> Now:
    supplier = settings.CONFIGURER_NAME
    return Now(
        f"{CALM}: {supplier} is configuring the router",
        ["No visit is needed. You can say already which sessions you want."],
        sections=("3.7",),
    )


def configured(story: Story) -> Now:
    connection = story.connection
    day = long_date(connection.router_configured_on)
    return Now(
        f"In service since {day}",
        [f"What follows is on the page of the connection, {connection.reference}."],
        url=reverse("connection", args=[connection.reference]),
        button="Go to the connection",
    )


def closed(story: Story) -> Now:
    order = story.order
    day = long_date(uk_date(order.closed_at))
    if order.state == OrderState.UNAVAILABLE and order.connection_type == LV:
        return Now(
            f"{order.get_state_display()}: ended on {day}",
            endings(story),
            url=reverse("order-hv", args=[order.reference]),
            button="Ask for HV instead, with the same answers",
            sections=("2.6", "T15"),
        )
    return Now(
        f"{order.get_state_display()}: ended on {day}",
        [*endings(story), "You can start a new request from the same answers."],
        url=reverse("order-copy", args=[order.reference]),
        button="Start again from these answers",
    )


def discarded(story: Story) -> Now:
    order, day = story.order, long_date(uk_date(story.order.closed_at))
    title = f"This draft was thrown away on {day}"
    if not story.is_restorable:
        return Now(
            title,
            ["It was never sent to DCC. You can start a new request from its answers."],
            url=reverse("order-copy", args=[order.reference]),
            button="Start again from these answers",
        )
    until = long_date(order.restore_last_day)
    return Now(
        title,
        [f"It was never sent to DCC. You can put it back until the end of {until}."],
        url=reverse("order-restore", args=[order.reference]),
        button="Put this draft back",
    )


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
    return f"Nobody accepted by the end of {long_date(lapsed[-1].last_day)}"


WORDS: dict[str, Callable[[Story], Now]] = {
    OrderState.DRAFT: draft,
    OrderState.SUBMITTED: submitted,
    OrderState.RETURNED: returned,
    OrderState.ACCEPTED: accepted,
    OrderState.QUOTED: offer,
    OrderState.AUTHORISED: authorised,
    OrderState.SURVEY: survey,
    OrderState.INSTALL: install,
    OrderState.CONFIGURING: configuring,
    OrderState.CONFIGURED: configured,
    OrderState.LAPSED: closed,
    OrderState.DECLINED: closed,
    OrderState.WITHDRAWN: closed,
    OrderState.CANCELLED: closed,
    OrderState.UNAVAILABLE: closed,
    OrderState.DISCARDED: discarded,
}
