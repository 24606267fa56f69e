"""Lines about connections: what they are of, their days and their charges."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.conf import settings

from common.csv_file import LineFault
from common.money import ZERO
from common.wording import day_words
from connections.years import running_period
from orders.deadlines import SERVICE_START
from orders.models import HV_STEP_MBPS
from orders.states import ConnectionType, Route
from parties.models import Party
from takeover.check.known import KnownRows
from takeover.check.register import no_party
from takeover.columns import short
from takeover.tables import (
    ANNUAL,
    BY,
    COMPLETED_ON,
    NOTICE_ON,
    ONLY_REGISTRATION,
    ORDERED_ON,
    PARTY,
    PERIOD,
    RATING,
    RENEWAL_CHARGE,
    ROUTE,
    SERVICE_ON,
    SITE,
    TYPE,
    ReadLine,
)


def faults_of_connections(
    lines: list[ReadLine], known: KnownRows, today: date
) -> Iterator[LineFault]:
    """Yield what is wrong with lines about live connections.

    Source: R-2.5-1, R-2.5-4, R-2.6-4, R-2.9.2-1.
    """
    for line in lines:
        yield from faults_of_subject(line, known)
        days = (ORDERED_ON, COMPLETED_ON, SERVICE_ON)
        yield from faults_of_order_of_days(line, days, today)
        yield from faults_of_renewal(line, today)


def faults_of_subject(line: ReadLine, known: KnownRows) -> Iterator[LineFault]:
    """Yield what is wrong with whose connection it is, and which kind."""
    party = known.party(line)
    if party is None:
        yield no_party(line)
        return
    if known.site(line) is None:
        why = f"{party} has no data centre {short(line[SITE])}. Take it over first."
        yield LineFault(line.number, SITE, why)
    if known.person(line, BY) is None:
        why = f"{short(line[BY])} is no contact of {party}. Take them over first."
        yield LineFault(line.number, BY, why)
    yield from faults_of_standing(line, party)
    yield from faults_of_kind(line)


def faults_of_standing(line: ReadLine, party: Party) -> Iterator[LineFault]:
    """Yield that the Party was not what it ordered as. Source: R-2.2-1, R-1.1-2."""
    on = line[ORDERED_ON]
    is_sec = line[ROUTE] == Route.H15
    has_it = party.is_sec_party_on(on) if is_sec else party.is_rdp_on(on)
    if not has_it:
        kind = "SEC Party" if is_sec else "RDP"
        why = f"{party} was no {kind} on {day_words(on)}, when it ordered."
        yield LineFault(line.number, PARTY, why)


def faults_of_kind(line: ReadLine) -> Iterator[LineFault]:
    """Yield what is wrong with rating and period. Source: R-2.5-1, R-2.6-4, T30."""
    rating, most = line[RATING], settings.HV_MAXIMUM_MBPS
    if line[TYPE] == ConnectionType.LV and rating is not None:
        yield LineFault(line.number, RATING, "LV has no rating.")
    elif line[TYPE] == ConnectionType.HV and rating not in range(
        HV_STEP_MBPS, most + 1, HV_STEP_MBPS
    ):
        why = f"HV has {HV_STEP_MBPS} to {most} Mbps, in steps of {HV_STEP_MBPS}."
        yield LineFault(line.number, RATING, why)
    if line[ROUTE] == Route.E3:
        yield from faults_of_rdps(line)
    elif line[PERIOD] is None:
        yield LineFault(line.number, PERIOD, "it is empty: 1 or 3 years.")


def faults_of_rdps(line: ReadLine) -> Iterator[LineFault]:
    """Yield what is wrong with the connection of an RDP. Source: R-2.9.2-1, T30."""
    if line[PERIOD] is not None:
        yield LineFault(line.number, PERIOD, "an RDP’s connection has no period.")
    if line[ONLY_REGISTRATION] is None:
        why = "it is empty: yes or no, of an RDP’s connection."
        yield LineFault(line.number, ONLY_REGISTRATION, why)
    elif is_free_kind(line) and (line[ANNUAL] or ZERO) > ZERO:
        why = "an RDP’s LV connection for registration data alone is free."
        yield LineFault(line.number, ANNUAL, why)


def is_free_kind(line: ReadLine) -> bool:
    """Say whether an RDP has one like it free of charge. Source: R-2.9.2-1."""
    is_rdps = line[ROUTE] == Route.E3 and line[TYPE] == ConnectionType.LV
    return is_rdps and bool(line[ONLY_REGISTRATION])


def faults_of_order_of_days(
    line: ReadLine, heads: tuple[str, ...], today: date
) -> Iterator[LineFault]:
    """Yield days that are to come, or before the one that they follow.

    Args:
        heads: in the order in which their days are, the first of which every line has.

    Source: T21.
    """
    before, told = SERVICE_START, "the service opened"
    for head in heads:
        on = line[head]
        if on is None:
            continue
        if on > today:
            yield LineFault(line.number, head, f"{day_words(on)} is still to come.")
        elif on < before:
            why = f"{day_words(on)} is before {day_words(before)}, {told}."
            yield LineFault(line.number, head, why)
        before, told = on, f"which is “{head}”"


def faults_of_renewal(line: ReadLine, today: date) -> Iterator[LineFault]:
    """Yield what is wrong with the notice of the running period. Source: R-2.5-4."""
    notice_on, years = line[NOTICE_ON], line[PERIOD]
    if years is None:
        for head in (NOTICE_ON, RENEWAL_CHARGE):
            if line[head] is not None:
                why = "an RDP’s connection has no period to renew."
                yield LineFault(line.number, head, why)
        return
    if notice_on is None:
        return
    if line[RENEWAL_CHARGE] is None:
        why = "it is empty: a notice states what a year costs from then."
        yield LineFault(line.number, RENEWAL_CHARGE, why)
    completed_on = cast("date", line[COMPLETED_ON])
    period = running_period(completed_on, years, today)
    if not period.starts_on <= notice_on <= today:
        since = day_words(period.starts_on)
        why = f"it is not in the period that runs since {since}."
        yield LineFault(line.number, NOTICE_ON, why)
