"""What a visit that was not made costs, and who bears it. Pure: facts in, money out."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from common.money import vat_on
from common.wording import long_day_words, time_words
from sites.states import Bearer, Happened

SUPPLIERS_OWN = (Happened.DID_NOT_COME, Happened.NOT_EQUIPPED, Happened.OUR_PAPERS)
Window = tuple[time, time]
OURS = "That lies with DCC’s side, so the next visit is free of charge."
LATE = "So the next visit is charged (our reading of guidance, section 3.5)."
THEIRS = (
    "DCC came and was not given access, so the next visit is charged "
    "(our reading of guidance, sections 2.9.1 and 3.5)."
)


@dataclass(frozen=True)
class VisitCost:
    """Pounds without and with VAT, and since when the price list says so."""

    net: Decimal
    gross: Decimal
    since: date


def visit_cost(net: Decimal, vat_rate: Decimal, since: date) -> VisitCost:
    """Return the cost of a re-booked visit, VAT added at `vat_rate` percent.

    Args:
        net: pounds, as the price list has it.
        since: the UK day from which that price holds.

    Source: R-2.9.1-10, T11.
    """
    return VisitCost(net, net + vat_on(net, vat_rate), since)


@dataclass(frozen=True)
class NotMade:
    """How a visit came not to be made on its day; all days and times are UK ones.

    Args:
        on: its day; `window`: between which times somebody was to come, if that is
            known.
        last_free_day: until when it moved free of charge.
        told_on: when it was moved or called off, or what happened was recorded.
        happened: what kept whoever came from the work; None: it was moved or called
            off before.
        arrived_on, arrived_at: when the engineer came; None: nobody did.
        is_for_party: whether the Party wanted it moved or called off.
    """

    on: date
    last_free_day: date
    told_on: date
    window: Window | None = None
    happened: Happened | None = None
    arrived_on: date | None = None
    arrived_at: time | None = None
    is_for_party: bool = True


@dataclass(frozen=True)
class Bearing:
    """On whose side it lies, and the sentences that lead there, in their order."""

    bearer: Bearer
    because: tuple[str, ...]

    @property
    def is_charged(self) -> bool:
        """Whether the next visit may be charged to the Party. Source: T11."""
        return self.bearer == Bearer.PARTY

    @property
    def reasoning(self) -> str:
        """Return the sentences as one text. Source: T10."""
        return " ".join(self.because)


def who_bears(facts: NotMade) -> Bearing:
    """Return who bears that a visit was not made, with the reasoning.

    Moved or called off, it is the Party's only where the Party wanted it with less
    than its 5 working days' warning. On the day it is the Party's only where an
    engineer came, on that day and between its times, and was kept from the work for a
    reason that lies with the site. All else is DCC's side's: an engineer who did not
    come, came late or unequipped can never become the Party's charge.

    Source: R-2.9.1-10, R-3.5-7, R-3.6-3, T10.
    """
    if facts.happened is None:
        return before_the_day(facts)
    if facts.happened in SUPPLIERS_OWN:
        return Bearing(Bearer.SUPPLIER, (f"{facts.happened.label}.", OURS))
    wrong = arrived_wrongly(facts)
    if wrong:
        return Bearing(Bearer.SUPPLIER, (wrong, OURS))
    return Bearing(Bearer.PARTY, (arrived(facts), f"{facts.happened.label}.", THEIRS))


def before_the_day(facts: NotMade) -> Bearing:
    """Apply the notice rule: the last free day still is free. Source: R-3.5-7."""
    told, last = long_day_words(facts.told_on), long_day_words(facts.last_free_day)
    free = f"The last day to move it free of charge was {last}."
    if not facts.is_for_party:
        words = "The Gateway Party did not ask for it."
        return Bearing(Bearer.SUPPLIER, (words, OURS))
    if facts.told_on <= facts.last_free_day:
        words = f"It was said on {told}, in time."
        return Bearing(
            Bearer.SUPPLIER, (free, words, "The next visit is free of charge.")
        )
    late = f"It was said on {told}, after that."
    return Bearing(
        Bearer.PARTY,
        (
            free,
            late,
            LATE,
        ),
    )


def arrived_wrongly(facts: NotMade) -> str:
    """Return why nobody came as agreed; nothing where one did. Source: T10."""
    if facts.arrived_on is None or facts.arrived_at is None:
        return "No time of arrival was recorded."
    if facts.arrived_on != facts.on:
        day = long_day_words(facts.arrived_on)
        return f"The engineer came on {day}, not on {long_day_words(facts.on)}."
    if facts.window is None or is_within(facts.arrived_at, facts.window):
        return ""
    begin, end = map(time_words, facts.window)
    came = time_words(facts.arrived_at)
    return f"The engineer came at {came}, and was to come from {begin} to {end}."


def is_within(moment: time, window: Window) -> bool:
    """Say whether a UK time is in a window, both ends included. Source: R-2.9.1-10."""
    return window[0] <= moment <= window[1]


def arrived(facts: NotMade) -> str:
    """Say when the engineer came as agreed. Source: R-2.9.1-11."""
    came = time_words(facts.arrived_at) if facts.arrived_at else ""
    if facts.window is None:
        return f"The engineer came at {came}."
    begin, end = map(time_words, facts.window)
    return f"The engineer came at {came}; it was to be from {begin} to {end}."
