"""Why a date of an order changed, and who changed it. Pure: a story in, words out."""

from datetime import date
from typing import Any

from common.clock import uk_date
from common.figures import figure
from common.wording import day_words, plural
from dccportal.pages.story import Story
from orders.words import UNDECIDED
from sites.states import VisitState

MOVED = (VisitState.FAILED, VisitState.REARRANGED)
MOVES = ("rearrange", "fail")


def author(event: Any) -> str:
    """Return who did it, as a contact may know them."""
    return str(event.by) if event.by else "the portal"


def late_words(day: date, due: date) -> str:
    return f", {plural((day - due).days, 'day')} late" if day > due else ""


def begun_anew(story: Story) -> dict[str, Any]:
    """Say why the quotation's day was set anew, by whom, on what day. R-3.3-1."""
    anew = story.happened("reopen")
    if story.is_charging_open:
        return {"why": UNDECIDED}
    if not anew:
        return {}
    last = anew[-1]
    taken = [
        row for row in story.events if row.name == "withdraw" and row.at == last.at
    ]
    why = f"{taken[-1].why.rstrip('.')}. " if taken else ""
    day = day_words(uk_date(last.at))
    return {
        "cause": f"Taken back by {author(last)}",
        "why": f"{why}The {figure('QUOTE_WORKING_DAYS', 'working day')} began again on "
        f"{day}.",
    }


def measured(stage: Any) -> str:
    """Say what the test of an LV circuit measured. Source: R-2.6-7, T31."""
    down, up = (
        f"{figure.normalize():f}"
        for figure in (stage.measured_down_mbps, stage.measured_up_mbps)
    )
    return f"Measured: {down} Mbps from DCC, {up} Mbps to DCC."


def promise(story: Story, quote: Any) -> str:
    """Say which day the quotation estimates, and what an earlier version said."""
    words = f"Your quotation estimates {day_words(quote.delivery_on)}."
    dated = [one for one in story.quotes if one.delivery_on and one.pk != quote.pk]
    if not dated or dated[-1].delivery_on == quote.delivery_on:
        return words
    before = dated[-1]
    return (
        f"{words} Version {before.version} said {day_words(before.delivery_on)}; DCC "
        f"changed it with version {quote.version}."
    )


def estimate(story: Story) -> dict[str, Any]:
    """Return when the quotation expects delivery; a day gone by is no plan any more."""
    quote = story.updated or story.initial
    day = quote.delivery_on if quote else None
    if day and day < story.today:
        return {"why": f"Later than {day_words(day)}, which your quotation estimated."}
    return {"planned": day}


def moved(story: Story, purpose: str, day: date) -> dict[str, Any]:
    """Return what changed the day of a stage, and what its test measured. T31."""
    told = moved_by_days(story, purpose, day)
    stage = story.stages.get(purpose)
    if stage is not None and stage.measured_down_mbps:
        told["why"] = f"{told.get('why', '')} {measured(stage)}".strip()
    return told


def moved_by_days(story: Story, purpose: str, day: date) -> dict[str, Any]:
    """Return the day that was planned first, if another came of it, and why."""
    cause, why = moves(story, purpose)
    visits = story.visits_for(purpose)
    first = min(visits, key=lambda visit: visit.pk).on if visits else day
    late = late_words(day, first) or ", earlier"
    beside = f"planned {day_words(first)}{late}" if first != day else ""
    return {"cause": cause, "why": why, "beside": beside}


def moves(story: Story, purpose: str) -> tuple[str, str]:
    """Return what moved the latest visit of a purpose: cause first, then why."""
    moved = [visit for visit in story.visits_for(purpose) if visit.state in MOVED]
    if not moved:
        return "", ""
    last = max(moved, key=lambda visit: visit.pk)
    how = "Failed on" if last.state == VisitState.FAILED else "Moved from"
    by = mover(story, last)
    charge = any(visit.is_chargeable for visit in story.visits_for(purpose))
    cost = " The new visit is charged." if charge else ""
    return f"{how} {day_words(last.on)}{by}", f"{last.reason.rstrip('.')}.{cost}"


def mover(story: Story, visit: Any) -> str:
    """Return " by Ian Staller": who moved a visit, or found that it failed."""
    told = [
        event for event in story.events if event.name in MOVES and event.is_about(visit)
    ]
    return f" by {author(told[-1])}" if told else ""
