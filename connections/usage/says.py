"""What a performance report says in words. Pure; the page and the paper share it."""

from dataclasses import dataclass
from datetime import date, timedelta

from common.wording import day_words, long_day_words
from connections.usage.charts import mbps
from connections.usage.figures import LineUse, Trend

TO_DCC, FROM_DCC = "up", "down"
DIRECTIONS = {TO_DCC: "to DCC", FROM_DCC: "from DCC"}
UNKNOWN = "Use of this connection"


@dataclass(frozen=True)
class Advice:
    """What follows from a trend. Our own working: advice, never a promise.

    Args:
        title: the page's heading.
        why: how it was worked out, as sentences.
        meets_on: the UK day on which use meets the rating; None where it does not soon.
        ask_by: the last UK day to ask for a change in time; None where none can help.
    """

    title: str
    why: str
    meets_on: date | None = None
    ask_by: date | None = None


def advice_on(use: LineUse, *, today: date, lead_days: int | None) -> Advice:
    """Say when to ask for more, at the present trend.

    Args:
        today: the UK day on which the report was made.
        lead_days: calendar days that a change of rate takes; None where this
            connection can have no higher one.

    Source: R-2.8-10, R-2.6-11.
    """
    if use.level >= use.rating:
        return Advice(
            "Its use meets what it carries",
            f"The 95th percentile of these days is {mbps(use.level)} Mbps, and the "
            f"connection carries {mbps(use.rating)}.",
            meets_on=today,
            ask_by=today if lead_days is not None else None,
        )
    trend = use.trend
    if trend is None:
        return Advice(
            UNKNOWN,
            "Fewer than four whole weeks are known, so no trend is drawn from them.",
        )
    if trend.meets_on is None:
        return Advice("Its use stays within what it carries", flat_words(use, trend))
    carried = carried_on_words(use, trend, trend.meets_on)
    if lead_days is None:
        on = day_words(trend.meets_on)
        title = f"At this pace it meets what it carries on {on}"
        return Advice(title, carried, trend.meets_on)
    return in_time(trend.meets_on, carried, today, lead_days)


def flat_words(use: LineUse, trend: Trend) -> str:
    if trend.a_week <= 0:
        return f"The weekly 95th percentile does not rise: {over_weeks(use)}."
    return (
        f"The weekly 95th percentile rises so little that it does not meet "
        f"{mbps(use.rating)} Mbps within five years: {over_weeks(use)}."
    )


def over_weeks(use: LineUse) -> str:
    first, last = use.weeks[0], use.weeks[-1]
    return (
        f"{mbps(first.level)} Mbps in the week of {day_words(first.first_day)} and "
        f"{mbps(last.level)} in the week of {day_words(last.first_day)}"
    )


def carried_on_words(use: LineUse, trend: Trend, meets_on: date) -> str:
    return (
        f"The weekly 95th percentile was {over_weeks(use)}. Carried on at "
        f"{mbps(trend.a_week)} Mbps more each week, it meets {mbps(use.rating)} Mbps "
        f"on {long_day_words(meets_on)}."
    )


def in_time(meets_on: date, carried: str, today: date, lead_days: int) -> Advice:
    """Say by when a change has to be asked for, so that it is done in time."""
    ask_by = meets_on - timedelta(days=lead_days)
    takes = f"A change takes {lead_days} days"
    if ask_by < today:
        why = f"{carried} {takes}, so one that is asked for now comes after that day."
        return Advice("At this pace, ask for a higher rate now", why, meets_on, today)
    return Advice(
        f"At this pace, ask for a higher rate by {day_words(ask_by)}",
        f"{carried} {takes}, so {long_day_words(ask_by)} is the last day to ask for "
        "one in time.",
        meets_on,
        ask_by,
    )
