"""What will be charged in the months ahead, as far as it is known today.

The years of a connection are those of `connections.years_ahead`, by the rule of the
annual charge itself. Amounts are in pounds, net of VAT. Visits that fail and documents
that are asked for are in no forecast.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.db.models import Q, TextChoices

from billing.models import Charge
from common.added_up import added_up
from common.charts import MonthSum
from common.clock import MONTHS_A_YEAR, add_months
from common.csv_file import pieces
from common.money import ZERO
from connections.commands.years import FROM_NEXT_YEAR
from connections.deadlines import year_begins_on
from connections.models import Connection
from connections.querysets import ConnectionQuerySet
from connections.states import ConnectionState
from connections.years import ContractTerms
from connections.years_ahead import UNDER_WAY, YearAhead, day_of_change, years_ahead
from orders.models import ConnectionRequest
from orders.states import ON_SITE
from quotes.models import Quote, QuoteLine
from quotes.pricing import annual_of
from quotes.querysets import QuoteQuerySet
from quotes.states import OPEN, ItemKind, QuoteState
from sites.states import TO_COME, StageKind, VisitPurpose

MONTHS_AHEAD = 36
# Rows that are read at once, so that memory stays flat.
AT_ONCE = 1000


class Condition(TextChoices):
    """On what an amount depends; nothing where it is committed."""

    NONE = "", "Committed"
    ACCEPT = "accept", "if you accept"
    CHECK = "check", "once DCC has checked it"
    KEEP = "keep", "if kept"
    RENEW = "renew", "if renewed"


@dataclass(frozen=True)
class ForecastSpan:
    """The months of a forecast, from the one that `today`, UK, lies in."""

    today: date

    @property
    def first(self) -> date:
        return self.today.replace(day=1)

    @property
    def until(self) -> date:
        """The first UK day that it does not reach."""
        return add_months(self.first, MONTHS_AHEAD)

    def month_of(self, day: date) -> int:
        """Return the number of a day's month, 0 for this one and all before it."""
        months = (day.year - self.first.year) * MONTHS_A_YEAR
        return max(months + day.month - self.first.month, 0)

    @property
    def years(self) -> list[tuple[date, date]]:
        """The first day of the first and of the last month of each year of it."""
        starts = range(0, MONTHS_AHEAD, MONTHS_A_YEAR)
        last = MONTHS_A_YEAR - 1
        return [
            (add_months(self.first, at), add_months(self.first, at + last))
            for at in starts
        ]


@dataclass(frozen=True)
class Foreseen:
    """One amount that is to come.

    Args:
        on: the UK day on which it falls due.
        is_planned: the day is only planned.
    """

    what: str
    on: date
    net: Decimal
    condition: Condition = Condition.NONE
    is_planned: bool = False

    @property
    def is_committed(self) -> bool:
        return not self.condition

    @property
    def condition_words(self) -> str:
        return "" if self.is_committed else str(self.condition.label)


@dataclass(frozen=True)
class ForecastLine:
    """What is to come of one connection, or of one order that is to become one."""

    subject: Connection | Quote
    amounts: list[Foreseen]

    @property
    def reference(self) -> str:
        if isinstance(self.subject, Quote):
            return str(self.subject.order.reference)
        return self.subject.reference

    @property
    def title(self) -> str:
        if isinstance(self.subject, Quote):
            return order_title(self.subject.order)
        return self.subject.title

    @property
    def url_name(self) -> str:
        return "order" if isinstance(self.subject, Quote) else "connection"

    @property
    def total(self) -> Decimal:
        return sum((one.net for one in self.amounts), ZERO)

    def of_years(self, span: ForecastSpan) -> list[list[Foreseen]]:
        """Return its amounts in the years of a forecast."""
        years: list[list[Foreseen]] = [[] for _ in span.years]
        for one in self.amounts:
            years[span.month_of(one.on) // MONTHS_A_YEAR].append(one)
        return years


def order_title(order: ConnectionRequest) -> str:
    """Return "HV 20 Mbps to Thornby Park", as its connection will be called."""
    rating = f"HV {order.hv_rating_mbps} Mbps" if order.hv_rating_mbps else "LV"
    return f"{rating} to {order.data_centre}"


@dataclass
class ForecastTotals:
    """What the lines of a forecast come to, month by month."""

    span: ForecastSpan
    committed: list[Decimal] = field(default_factory=lambda: [ZERO] * MONTHS_AHEAD)
    undecided: list[Decimal] = field(default_factory=lambda: [ZERO] * MONTHS_AHEAD)
    next_line: ForecastLine | None = None
    next_amount: Foreseen | None = None

    def add(self, line: ForecastLine) -> None:
        for one in line.amounts:
            sums = self.committed if one.is_committed else self.undecided
            sums[self.span.month_of(one.on)] += one.net
            known = self.next_amount
            if one.is_committed and (known is None or one.on < known.on):
                self.next_line, self.next_amount = line, one

    @property
    def months(self) -> list[MonthSum]:
        return [
            MonthSum(add_months(self.span.first, at), *sums)
            for at, sums in enumerate(zip(self.committed, self.undecided, strict=True))
        ]

    @property
    def in_all(self) -> MonthSum:
        return self.sum_of(range(MONTHS_AHEAD))

    @property
    def years(self) -> list[MonthSum]:
        starts = range(0, MONTHS_AHEAD, MONTHS_A_YEAR)
        return [self.sum_of(range(at, at + MONTHS_A_YEAR)) for at in starts]

    def sum_of(self, months: range) -> MonthSum:
        return MonthSum(
            add_months(self.span.first, months.start),
            sum((self.committed[at] for at in months), ZERO),
            sum((self.undecided[at] for at in months), ZERO),
        )


def all_lines(
    quotes: QuoteQuerySet, connections: ConnectionQuerySet, span: ForecastSpan
) -> Iterator[ForecastLine]:
    """Yield what is to come: of orders first, then of connections.

    A fixed number of queries for each thousand of them, and flat memory.

    Source: R-2.9.1-5, R-2.9.1-6, R-2.5-2, T30.
    """
    found = (order_lines(quotes, span), connection_lines(connections, span))
    for lines in found:
        yield from (line for line in lines if line.amounts)


# Connections


def connection_lines(
    connections: ConnectionQuerySet, span: ForecastSpan
) -> Iterator[ForecastLine]:
    """Yield a line for each connection that has not ended."""
    there = connections.exclude(state=ConnectionState.ENDED).order_by("pk")
    rows = there.prefetch_related("periods", "rate_changes")
    for piece in pieces(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        without = [row.order_id for row in piece if not row.periods.all()]
        quoted = quoted_years(without) if without else {}
        leaving = [row.pk for row in piece if row.is_leaving]
        raised = raised_ahead(leaving, span) if leaving else {}
        for row in piece:
            years = years_of_connection(row, quoted.get(row.order_id, ZERO), span)
            changes = changes_of(row, span)
            yield ForecastLine(row, [*raised.get(row.pk, []), *changes, *years])


def quoted_years(orders: list[int]) -> dict[int, Decimal]:
    """Return what a year was quoted at in the accepted quotation of some orders.

    As `annual_net_of` has it for one.
    """
    lines = QuoteLine.objects.filter(
        quote__order__in=orders, quote__state=QuoteState.ACCEPTED, kind=ItemKind.ANNUAL
    )
    sums = lines.order_by().values_list("quote__order").annotate(net=added_up("net"))
    return dict(sums)


def raised_ahead(
    connections: list[int], span: ForecastSpan
) -> dict[int, list[Foreseen]]:
    """Return what is raised already and due later: what ending them costs."""
    charges = Charge.objects.filter(connection__in=connections).standing()
    found: dict[int, list[Foreseen]] = {}
    for row in charges.filter(due_on__gt=span.today, due_on__lt=span.until):
        foreseen = Foreseen(row.get_kind_display(), row.due_on, row.net)
        found.setdefault(cast("int", row.connection_id), []).append(foreseen)
    return found


def terms_of(connection: Connection, quoted_net: Decimal) -> ContractTerms:
    return ContractTerms(
        connection.completed_on,
        list(connection.periods.all()),
        list(connection.rate_changes.all()),
        quoted_net,
        lower_counts=settings.LOWER_RATE_FROM == FROM_NEXT_YEAR,
    )


def years_of_connection(
    connection: Connection, quoted_net: Decimal, span: ForecastSpan
) -> Iterator[Foreseen]:
    """Yield the years of a connection that are to come; free ones cost nothing."""
    ahead = years_ahead(
        connection,
        terms_of(connection, quoted_net),
        today=span.today,
        until=span.until,
        months=settings.RENEWAL_MONTHS,
    )
    for one in ahead:
        if one.year.net > ZERO:
            what, on = f"Year {one.year.number}", one.year.begins_on
            yield Foreseen(what, on, one.year.net, condition_of(one))


def condition_of(ahead: YearAhead) -> Condition:
    """Return on what a year depends. An RDP keeps it from year to year (T30)."""
    if ahead.is_committed:
        return Condition.NONE
    is_kept = ahead.is_asked or ahead.year.told is None
    return Condition.KEEP if is_kept else Condition.RENEW


def changes_of(connection: Connection, span: ForecastSpan) -> Iterator[Foreseen]:
    """Yield what accepted changes cost once they are done. Source: R-2.7.2-2."""
    for change in connection.rate_changes.all():
        on = day_of_change(change, span.today)
        if change.state in UNDER_WAY and change.net and on and on < span.until:
            yield Foreseen(str(change), on, change.net, is_planned=True)


# Orders


def order_lines(quotes: QuoteQuerySet, span: ForecastSpan) -> Iterator[ForecastLine]:
    """Yield a line for each order with an offer to decide, or under way."""
    authorised = Q(state=QuoteState.ACCEPTED, order__state__in=ON_SITE)
    rows = quotes.filter(Q(state__in=OPEN) | authorised)
    rows = rows.select_related("order__data_centre").order_by("order", "-version")
    hanging = ("lines", "order__stage_days", "order__visits")
    seen = 0
    for quote in rows.prefetch_related(*hanging).iterator(chunk_size=AT_ONCE):
        # The newest version of an order comes first; those behind it say no more.
        if quote.order_id != seen:
            seen = quote.order_id
            yield ForecastLine(quote, list(amounts_of(quote, span)))


def planned_completion(quote: Quote) -> date | None:
    """Return the UK day on which an installation is planned to be complete.

    That of the booked visit, else the one that is set for the stage, else the one that
    was estimated in the offer. None where nobody has said one.

    Source: R-2.9.1-5, R-2.12-1.
    """
    order = quote.order
    booked = [
        visit.on
        for visit in order.visits.all()
        if visit.purpose == VisitPurpose.EQUIPMENT and visit.state in TO_COME
    ]
    stage = StageKind.EQUIPMENT
    days = [row.on for row in order.stage_days.all() if row.stage == stage]
    # From the least certain to the most.
    found = [quote.delivery_on, *days[-1:], *booked[-1:]]
    known = [day for day in found if day is not None]
    return known[-1] if known else None


def amounts_of(quote: Quote, span: ForecastSpan) -> Iterator[Foreseen]:
    """Yield what an order costs on completion, and in each year after it.

    An indicative offer commits to its survey alone: the rest waits for the updated one
    (T8). Nothing where no day is known.

    Source: R-2.9.1-5, R-2.9.1-6, T8, T30.
    """
    planned = planned_completion(quote)
    if planned is None:
        return
    # A planned day that has gone by without it is not before today.
    day = max(planned, span.today)
    is_given = quote.state == QuoteState.ACCEPTED and quote.is_firm
    lines = list(quote.lines.all())
    annual = annual_of(lines)
    number, net, what = 1, quote.due_on_completion, "Completion, with year 1"
    while (on := year_begins_on(day, number)) < span.until:
        if net > ZERO:
            condition = condition_of_order(quote, number, is_given=is_given)
            yield Foreseen(what, on, net, condition, is_planned=True)
        number += 1
        net, what = annual, f"Year {number}"


def condition_of_order(quote: Quote, number: int, *, is_given: bool) -> Condition:
    if quote.state == QuoteState.AUTHORITY_RECEIVED:
        return Condition.CHECK
    if not is_given:
        return Condition.ACCEPT
    if number <= quote.years:
        return Condition.NONE
    return Condition.RENEW if quote.period_years else Condition.KEEP


def totalled(lines: Iterable[ForecastLine], span: ForecastSpan) -> ForecastTotals:
    totals = ForecastTotals(span)
    for line in lines:
        totals.add(line)
    return totals
