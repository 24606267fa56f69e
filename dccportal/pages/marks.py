"""The 18 steps of an order one by one: done when, by whom, due when, and why so.

Pure: an order's story in, marks out. What is done is known from rows alone; which step
is the one to do now is the timeline's to say.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from common.clock import uk_date
from common.money import pounds
from common.time_left import calendar_days_left, working_days_left
from common.wording import day_words, plural, years_words
from dccportal.pages.reasons import (
    begun_anew,
    estimate,
    late_words,
    moved,
    moves,
    promise,
)
from dccportal.pages.story import Story, given_authority
from orders.states import OrderState
from quotes.states import OPEN, Outcome
from quotes.wording import offer_left, receipt_words
from quotes.words import authority_of
from sites.states import Purpose

RECEIVED_LATER = "Received later than sent"
NOT_NEEDED = "not needed: your price is firm"
NOT_EXPECTED = "not needed, as far as DCC’s desk review shows"


@dataclass(frozen=True)
class Mark:
    """One step before it is known whether it is the one to do now.

    Args:
        done_on: the UK day it was done; None while it is not.
        by: who did it.
        who: who does it, while it is not done.
        due: the last day, or the booked day, while it is not done.
        left: the words beside `due` when it is the step to do now.
        planned: a day it is expected on, while it is to come.
        beside: what stands under an actual day.
        absent: why the step is left out; empty when it is needed.
    """

    name: str
    done_on: date | None = None
    by: str = ""
    who: str = ""
    due: date | None = None
    left: str = ""
    is_late: bool = False
    planned: date | None = None
    beside: str = ""
    cause: str = ""
    why: str = ""
    absent: str = ""


def all_marks(story: Story) -> list[Mark]:
    return [
        submitted(story),
        checked(story),
        reviewed(story),
        quoted(story),
        decided(story),
        verified(story),
        access_agreed(story),
        with_carrier(story),
        surveyed(story),
        requoted(story),
        reaccepted(story),
        permissions(story),
        delivery_date(story),
        installed(story, Purpose.CIRCUIT),
        installed(story, Purpose.EQUIPMENT),
        completed(story),
        configured(story),
        in_service(story),
    ]


# Request


def submitted(story: Story) -> Mark:
    sent = story.happened("submit")
    first = uk_date(sent[0].at) if sent else None
    by = f"by {sent[0].by}" if sent else ""
    return Mark("Request submitted", first, by=by, who="you")


def checked(story: Story) -> Mark:
    order = story.order
    mark = Mark("Checked for completeness", who="DCC", left="no fixed time")
    if order.accepted_at:
        why = returns(story)
        mark = replace(mark, name=f"{mark.name}, accepted", by="by DCC", why=why)
        return replace(mark, done_on=uk_date(order.accepted_at))
    if order.state == OrderState.RETURNED:
        since = day_words(uk_date(order.returned_at))
        left = f"clock paused while we wait for you, since {since}"
        because = asked(story)
        return replace(mark, left=left, cause="DCC asks", why=because)
    return replace(mark, why=returns(story))


def asked(story: Story) -> str:
    """Return what DCC asked when it last returned the form, on one line.

    Several questions stand in full above the timeline.
    """
    last = story.questions[-1].round_id if story.questions else None
    count = sum(row.round_id == last for row in story.questions)
    if last is not None and count > 1:
        return f"{count} questions, listed above."
    told = story.happened("return_for_correction")
    return " ".join(told[-1].why.split()) if told else ""


def returns(story: Story) -> str:
    """Say how often and when the form came back to the Party."""
    days = [uk_date(event.at) for event in story.happened("return_for_correction")]
    if not days:
        return ""
    listed = " and ".join(day_words(day) for day in days)
    again = day_words(uk_date(story.happened("submit")[-1].at))
    return f"Returned with questions on {listed}. You sent it again on {again}."


def reviewed(story: Story) -> Mark:
    mark = Mark("Desk review", who="DCC")
    if story.review is None:
        return replace(mark, **due_quote(story)) if story.order.quote_due_on else mark
    survey = "A survey of your site is needed." if story.needs_survey else ""
    day = uk_date(story.review.at)
    return replace(mark, done_on=day, by="by DCC", why=survey)


# Quotation


def quoted(story: Story) -> Mark:
    quote = story.initial
    if quote is None:
        mark = Mark("Quotation issued", who="DCC", planned=story.order.quote_due_on)
        mark = replace(mark, **begun_anew(story))
        return replace(mark, **due_quote(story)) if story.calendar else mark
    day = uk_date(quote.issued_at)
    name = f"Quotation issued, {quote.get_basis_display().lower()}"
    due = story.order.quote_due_on
    beside = f"due {day_words(due)}{late_words(day, due)}" if due else ""
    return Mark(name, day, by="by DCC", beside=beside, **begun_anew(story))


def due_quote(story: Story) -> dict[str, Any]:
    """Return when the quotation is due and how far off that is, in working days."""
    due = story.order.quote_due_on
    if not (due and story.calendar):
        return {}
    left = working_days_left(due, story.today, story.calendar)
    words = f"quotation due, {left.words.lower()}"
    return {"due": due, "left": words, "is_late": left.is_late}


def decided(story: Story) -> Mark:
    return decision(story.initial, "Your decision", story)


def decision(quote: Any, name: str, story: Story) -> Mark:
    """Return the step in which the Party answers one offer."""
    given = given_authority(quote)
    mark = Mark(name, who="you")
    if quote is None:
        return mark
    if given is not None:
        day = uk_date(given.received_at)
        last = quote.last_day
        beside = f"last day was {day_words(last)}" if last else ""
        return replace(mark, done_on=day, by="by you", beside=beside)
    mark = replace(mark, **decision_due(quote, story))
    refused = authority_of(quote, Outcome.NOT_EFFECTIVE)
    cause = "The authority you sent had no effect"
    return replace(mark, cause=cause, why=refused.reason) if refused else mark


def decision_due(quote: Any, story: Story) -> dict[str, Any]:
    """Return the last day to decide; without receipt there is none yet (T29)."""
    left = offer_left(quote, story.today)
    if left is None:
        return {"left": "the days begin when one of you opens it"}
    words = f"last day, {left.words.lower()}" if left.days else "last day today"
    why = receipt_words(quote) if quote.is_received_late else ""
    cause = RECEIVED_LATER if why else ""
    return {"due": left.last_day, "left": words, "cause": cause, "why": why}


def verified(story: Story) -> Mark:
    return verification(story.initial, "Authority to proceed, signatory verified")


def verification(quote: Any, name: str) -> Mark:
    effective = authority_of(quote, Outcome.EFFECTIVE)
    if effective is None:
        return Mark(name, who="DCC", left="being checked")
    received = day_words(uk_date(effective.received_at))
    why = f"{effective.nomination.user}, nominated to authorise. The upload counts"
    return Mark(
        name,
        uk_date(effective.checked_at),
        by="by DCC",
        why=f"{why} from {received}.",
    )


# Site and survey


def access_agreed(story: Story) -> Mark:
    access = story.access
    mark = Mark("Access details agreed", who="DCC, with your site contact")
    if access is None or not access.is_agreed:
        return replace(mark, left="being arranged")
    day = uk_date(access.agreed_at)
    return replace(mark, done_on=day, by="by you and DCC")


def with_carrier(story: Story) -> Mark:
    mark = Mark("Carrier has the order", who=settings.INSTALLER_NAME)
    if not story.visits:
        return replace(mark, left="first visit to be booked")
    day = min(uk_date(visit.booked_at) for visit in story.visits)
    return replace(mark, done_on=day, by=f"by {settings.INSTALLER_NAME}")


def no_survey(story: Story) -> str:
    """Say why the steps of a survey are left out, if they are."""
    words = NOT_NEEDED if story.initial is not None else NOT_EXPECTED
    return words if story.needs_survey is False else ""


def perhaps(story: Story) -> str:
    """Say so while nobody knows whether the site needs a survey."""
    return "Only if your site needs a survey." if story.needs_survey is None else ""


def surveyed(story: Story) -> Mark:
    mark = Mark("Survey of your site", who=visitor(story, Purpose.SURVEY))
    if not story.needs_survey:
        return replace(mark, absent=no_survey(story), why=perhaps(story))
    if story.order.surveyed_at is None:
        return visit_mark(mark, story, Purpose.SURVEY)
    visits = story.visits_for(Purpose.SURVEY)
    day = visits[-1].on if visits else uk_date(story.order.surveyed_at)
    told = {"by": f"by {mark.who}", **moved(story, Purpose.SURVEY, day)}
    return replace(mark, name="Survey attended", done_on=day, **told)


def requoted(story: Story) -> Mark:
    quote, absent = story.updated, no_survey(story)
    if quote is None:
        name = "Confirmed or updated quotation"
        mark = Mark(name, who="DCC", left="being prepared", absent=absent)
        return replace(mark, why=perhaps(story))
    day = uk_date(quote.issued_at)
    cause, why = price_change(quote, story)
    name = "Updated quotation issued, firm"
    return Mark(name, day, by="by DCC", cause=cause, why=why)


def price_change(quote: Any, story: Story) -> tuple[str, str]:
    """Say by how much the survey changed the price, in pounds net, while it matters."""
    if story.initial is None or quote.state not in OPEN:
        return "", ""
    change = quote.total.net - story.initial.total.net
    if not change:
        return "", "The survey confirmed the price."
    word = "rose" if change > 0 else "fell"
    return "Price after the survey", f"it {word} by {pounds(abs(change))}."


def reaccepted(story: Story) -> Mark:
    quote, absent = story.updated, no_survey(story)
    mark = decision(quote, "Your acceptance of it", story)
    if mark.done_on and authority_of(quote, Outcome.EFFECTIVE) is None:
        mark = replace(mark, done_on=None, who="DCC", left="signatory being checked")
    why = mark.why or perhaps(story)
    return replace(mark, absent=absent, why=why)


# Build


def permissions(story: Story) -> Mark:
    is_past = Purpose.CIRCUIT in story.stages
    absent = "none recorded" if is_past else "only if your route needs any"
    return Mark("Permissions for the route", who="carrier", absent=absent)


def delivery_date(story: Story) -> Mark:
    visits = story.visits_for(Purpose.CIRCUIT)
    mark = Mark("Delivery date committed", who="carrier", left="visit to be booked")
    quote = story.updated or story.initial
    promised = quote.delivery_on if quote else None
    if promised:
        mark = replace(mark, why=promise(story, quote))
    if not visits:
        return mark
    first = visits[0]
    return replace(
        mark, done_on=uk_date(first.booked_at), by=f"by {settings.INSTALLER_NAME}"
    )


STAGES = {
    Purpose.CIRCUIT: "Circuit installed and tested",
    Purpose.EQUIPMENT: "DCC router installed",
}


def installed(story: Story, purpose: Purpose) -> Mark:
    stage = story.stages.get(purpose)
    mark = Mark(STAGES[purpose], who=f"{visitor(story, purpose)}, visit to your site")
    if stage is None:
        return visit_mark(mark, story, purpose)
    by = f"by {visitor(story, purpose)}"
    day = stage.done_on
    return replace(mark, done_on=day, by=by, **moved(story, purpose, day))


def visitor(story: Story, purpose: str) -> str:
    visits = story.visits_for(purpose)
    return visits[-1].visitor if visits else str(settings.INSTALLER_NAME)


def visit_mark(mark: Mark, story: Story, purpose: str) -> Mark:
    """Return the step with the day of the visit that is booked for it, if any."""
    visit = story.booked(purpose)
    cause, why = moves(story, purpose)
    if visit is None:
        return replace(mark, left="visit to be booked", cause=cause, why=why)
    left = calendar_days_left(visit.on, story.today)
    words = "today" if left.days == 0 else left.words.replace(" left", " from now")
    words = "result to come" if left.is_late else words
    return replace(mark, due=visit.on, left=f"visit, {words}", cause=cause, why=why)


def completed(story: Story) -> Mark:
    connection = story.connection
    mark = Mark("Installation complete", who="DCC", left="being recorded")
    years = story.order.minimum_period_years
    period = f"The {years_words(years)} of your contract" if years else "Your use"
    if connection is None:
        return replace(mark, **estimate(story))
    start = f"{period} and the first charges count from here."
    return replace(mark, done_on=connection.completed_on, by="by DCC", why=start)


# Into service


def configured(story: Story) -> Mark:
    supplier = settings.CONFIGURER_NAME
    connection = story.connection
    day = connection.router_configured_on if connection else None
    name = "Router configured, connectivity tested"
    who = f"{supplier}, remotely"
    return Mark(name, day, by=f"by {supplier}", who=who, left="under way")


def in_service(story: Story) -> Mark:
    supplier = settings.CONFIGURER_NAME
    is_done = story.order.state == OrderState.CONFIGURED
    day = story.connection.router_configured_on if is_done else None
    who = f"you and {supplier}"
    return Mark(
        "Sessions, in service",
        day,
        by=f"by {who}",
        who=who,
        why=session_words(story) if is_done else "",
    )


def session_words(story: Story) -> str:
    live = sum(session.established_at is not None for session in story.sessions)
    asked = len(story.sessions) - live
    if not story.sessions:
        return "No session is set up yet: ask for one on the page of the connection."
    waiting = f"{plural(asked, 'session')} being set up" if asked else ""
    words = [f"{plural(live, 'session')} established" if live else "", waiting]
    text = ", ".join(filter(None, words))
    return f"{text[0].upper()}{text[1:]}."
