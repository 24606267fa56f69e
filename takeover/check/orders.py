"""Lines about orders in flight: what each state needs, and in which order its days."""

from collections.abc import Iterator
from datetime import date

from common.csv_file import LineFault
from common.dated_rows import Dated
from common.wording import day_words
from quotes.deadlines import quote_last_day
from quotes.states import Basis
from takeover.check.contracts import (
    faults_of_order_of_days,
    faults_of_subject,
)
from takeover.check.known import KnownRows
from takeover.columns import short
from takeover.states import Stage
from takeover.tables import (
    ACCEPTED_ON,
    ACCESS_ON,
    ANNUAL,
    AUTHORISED_BY,
    AUTHORISED_ON,
    BASIS,
    CONNECTION_CHARGE,
    DELIVERY_ON,
    ORDERED_ON,
    QUOTED_ON,
    RECEIVED_ON,
    SOCKETS,
    STAGE,
    VISIT_ON,
    VISITOR,
    ReadLine,
)

MOST_SOCKETS = 99
DAYS = (ORDERED_ON, ACCEPTED_ON, QUOTED_ON, RECEIVED_ON, AUTHORISED_ON, ACCESS_ON)
# What a line has to say from a state on.
NEEDED = (
    (Stage.ACCEPTED, (ACCEPTED_ON,)),
    (
        Stage.QUOTED,
        (QUOTED_ON, RECEIVED_ON, BASIS, CONNECTION_CHARGE, ANNUAL, DELIVERY_ON),
    ),
    (Stage.AUTHORISED, (AUTHORISED_ON, AUTHORISED_BY)),
    (Stage.SURVEY, (ACCESS_ON,)),
)
WAY = list(Stage)
# The states in which somebody may come.
VISITED = (Stage.SURVEY, Stage.INSTALLATION)


def has_reached(line: ReadLine, stage: Stage) -> bool:
    """Say whether an order was in a state, or is."""
    return WAY.index(line[STAGE]) >= WAY.index(stage)


def faults_of_orders(
    lines: list[ReadLine], known: KnownRows, today: date
) -> Iterator[LineFault]:
    """Yield what is wrong with lines about orders in flight.

    Source: R-2.11-1, R-2.11-4, R-3.2-4, R-3.3-1, R-3.3-2.
    """
    for line in lines:
        yield from faults_of_subject(line, known)
        yield from faults_of_stage(line)
        yield from faults_of_order_of_days(line, DAYS, today)
        yield from faults_of_offer(line, today)
        if has_reached(line, Stage.AUTHORISED):
            yield from faults_of_authority(line, known)
        yield from faults_of_visit(line, today)
        if (line[SOCKETS] or 0) > MOST_SOCKETS:
            yield LineFault(line.number, SOCKETS, f"it is more than {MOST_SOCKETS}.")


def faults_of_stage(line: ReadLine) -> Iterator[LineFault]:
    """Yield what a state needs and is not there, or is said too early."""
    for stage, heads in NEEDED:
        for head in heads:
            has_it, is_needed = line[head] is not None, has_reached(line, stage)
            if is_needed and not has_it:
                why = f"it is empty, and the order is “{line[STAGE].label.lower()}”."
                yield LineFault(line.number, head, why)
            elif has_it and not is_needed and head in DAYS:
                why = f"the order is “{line[STAGE].label.lower()}”, not so far yet."
                yield LineFault(line.number, head, why)


def faults_of_offer(line: ReadLine, today: date) -> Iterator[LineFault]:
    """Yield that an offer is over, or that no such visit follows from it. R-3.4-3."""
    received_on = line[RECEIVED_ON]
    if received_on is None:
        return
    last_day = quote_last_day(received_on)
    if line[STAGE] == Stage.QUOTED and last_day < today:
        why = f"the offer lapsed on {day_words(last_day)}, so the order is over."
        yield LineFault(line.number, RECEIVED_ON, why)
    if line[AUTHORISED_ON] and line[AUTHORISED_ON] > last_day:
        why = f"the offer was open until {day_words(last_day)}."
        yield LineFault(line.number, AUTHORISED_ON, why)
    if line[STAGE] == Stage.SURVEY and line[BASIS] == Basis.FIRM:
        yield LineFault(line.number, BASIS, "a firm quotation needs no survey.")
    if line[STAGE] == Stage.INSTALLATION and line[BASIS] == Basis.INDICATIVE:
        why = "nothing is installed on an indicative quotation."
        yield LineFault(line.number, BASIS, why)


def faults_of_authority(line: ReadLine, known: KnownRows) -> Iterator[LineFault]:
    """Yield that nobody of that name was nominated on the day. Source: R-2.11-4."""
    email, on = line[AUTHORISED_BY], line[AUTHORISED_ON]
    if email is None or on is None:
        return
    if nomination_of(line, known) is None:
        why = f"{short(email)} was not nominated to authorise on {day_words(on)}."
        yield LineFault(line.number, AUTHORISED_BY, why)


def nomination_of(line: ReadLine, known: KnownRows) -> Dated | None:
    """Return the nomination by which whoever authorised did so."""
    person, on = known.person(line, AUTHORISED_BY), line[AUTHORISED_ON]
    rows = known.nominations.get(person.pk, []) if person else []
    return next((row for row in rows if row.holds_on(on)), None)


def faults_of_visit(line: ReadLine, today: date) -> Iterator[LineFault]:
    """Yield what is wrong with the visit that is booked. Source: R-3.5-7."""
    on, stage = line[VISIT_ON], line[STAGE]
    if stage == Stage.SURVEY and on is None:
        yield LineFault(line.number, VISIT_ON, "it is empty, and a survey is booked.")
    if on is None:
        return
    if stage not in VISITED:
        why = "nobody comes before the survey or the installation has begun."
        yield LineFault(line.number, VISIT_ON, why)
    elif on < today:
        why = f"{day_words(on)} is over: say what became of it, or book another."
        yield LineFault(line.number, VISIT_ON, why)
    if line[VISITOR] is None:
        yield LineFault(line.number, VISITOR, "it is empty: who comes?")
