"""Figures for DCC Billing and Operations: a month, what is owed, what is to come.

Amounts are in pounds. Each page is a few queries for any number of rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils import timezone

from billing.forecast import ForecastSpan, ForecastTotals, all_lines, totalled
from billing.models import Charge, Invoice, Payment
from billing.states import ChargeKind, InvoiceKind, PaymentState
from common.added_up import added_up
from common.charts import AmountsChart, NamedAmount, NamedBars
from common.clock import add_months, uk_date
from common.money import ZERO
from connections.models import Connection, RateChange
from connections.states import RateChangeKind
from quotes.models import Quote
from sites.models import VisitClaim
from sites.states import ClaimState, Happened

# Days past the last one to pay, up to which an invoice stands in a column.
AGES = (30, 60, 90)


@dataclass(frozen=True)
class FiguresTable:
    """A table of a page of figures: words first, then counts and amounts."""

    name: str
    heads: tuple[str, ...]
    rows: list[list[Any]]
    nothing: str = "Nothing."

    @property
    def has_figures(self) -> bool:
        """Whether all but its first column are counts and amounts."""
        cells = [cell for row in self.rows for cell in row[1:]]
        return all(isinstance(cell, int | Decimal) for cell in cells)


@dataclass(frozen=True)
class Figures:
    """What one page of figures shows."""

    lead: str
    tables: list[FiguresTable]
    bars: NamedBars | None = None
    bars_name: str = ""
    totals: ForecastTotals | None = None
    chart: AmountsChart | None = None


# A month in numbers


def month_figures(first: date) -> Figures:
    """Return what was charged, invoiced and paid in the UK month from `first` on."""
    raised = by_kind(Charge.objects.raised_in(first).filter(reverses=None))
    back = by_kind(Charge.objects.raised_in(first).exclude(reverses=None))
    charged = [
        [
            kind.label,
            *raised.get(kind, (0, ZERO)),
            *back.get(kind, (0, ZERO)),
            raised.get(kind, (0, ZERO))[1] + back.get(kind, (0, ZERO))[1],
        ]
        for kind in ChargeKind
        if kind in raised or kind in back
    ]
    bars = [
        NamedAmount(str(ChargeKind(kind).label), net)
        for kind, (_, net) in raised.items()
    ]
    heads = ("Charge", "Raised", "Pounds raised", "Taken back", "Pounds taken back")
    return Figures(
        "What was raised in a month by UK time; what was issued and paid on its days. "
        "Charges exclude VAT.",
        [
            FiguresTable(
                "Charges by kind",
                (*heads, "Pounds in all"),
                with_sum(charged),
                "Nothing was charged.",
            ),
            invoices_of_month(first),
            states_of_month(first),
        ],
        NamedBars(bars) if bars else None,
        "Pounds raised by kind, excluding VAT",
    )


def by_kind(charges: Any) -> dict[str, tuple[int, Decimal]]:
    rows = charges.order_by("kind").values_list("kind")
    found = rows.annotate(count=Count("pk"), net=added_up("net"))
    return {kind: (count, net) for kind, count, net in found}


def with_sum(rows: list[list[Any]]) -> list[list[Any]]:
    """Add a row that says what the others come to, if there are any."""
    if not rows:
        return rows
    columns = list(zip(*rows, strict=True))[1:]
    sums = [
        sum(column)
        if all(isinstance(one, int) for one in column)
        else sum(column, ZERO)
        for column in columns
    ]
    return [*rows, ["In all", *sums]]


def invoices_of_month(first: date) -> FiguresTable:
    """Return what was issued, and what was paid, on the days of a month."""
    until = add_months(first, 1)
    issued = Invoice.objects.filter(issued_on__gte=first, issued_on__lt=until)
    rows = issued.order_by("kind").values_list("kind")
    sums = rows.annotate(
        count=Count("pk"),
        net=added_up("net"),
        vat=added_up("vat"),
        gross=added_up("gross"),
    )
    found = [[InvoiceKind(kind).label, *figures] for kind, *figures in sums]
    return FiguresTable(
        "Invoices and credit notes issued",
        ("Kind", "Issued", "Excluding VAT", "VAT", "Including VAT"),
        with_sum(found),
        "Nothing was issued.",
    )


def states_of_month(first: date) -> FiguresTable:
    """Return how far a month’s invoices are paid today, and what was paid in it."""
    until, today = add_months(first, 1), uk_date(timezone.now())
    issued = Invoice.objects.filter(issued_on__gte=first, issued_on__lt=until)
    counts: dict[PaymentState, list[Any]] = defaultdict(lambda: [0, ZERO, ZERO])
    for row in issued.with_balance().iterator(chunk_size=2000):
        of_state = counts[row.state_on(today)]
        of_state[0] += 1
        of_state[1] += row.gross
        of_state[2] += ZERO if row.is_credit else max(row.left, ZERO)
    found = [[state.label, *counts[state]] for state in PaymentState if state in counts]
    paid = Payment.objects.filter(paid_on__gte=first, paid_on__lt=until)
    told = paid.aggregate(count=Count("pk"), amount=added_up("amount"))
    rows = with_sum(found)
    if told["count"]:
        rows.append(["Paid in the month", told["count"], told["amount"], ZERO])
    return FiguresTable(
        "How far they are paid today",
        ("State", "How many", "Including VAT", "Still to pay"),
        rows,
        "Nothing was issued or paid.",
    )


# What is owed


def owed_figures(today: date) -> Figures:
    """Return what each Party owes, by how long it is past its last day."""
    owed = Invoice.objects.with_balance().owed().order_by("party__name", "pk")
    heads = ["Not due yet", *(f"Up to {age} days late" for age in AGES), "Later"]
    rows: dict[str, list[Decimal]] = {}
    for row in owed.select_related("party").iterator(chunk_size=2000):
        columns = rows.setdefault(row.party.name, [ZERO] * len(heads))
        columns[column_of((today - row.due_on).days)] += row.left
    table = [[party, *columns, sum(columns, ZERO)] for party, columns in rows.items()]
    sums = [sum(column, ZERO) for column in zip(*rows.values(), strict=True)]
    bars = [NamedAmount(*pair) for pair in zip(heads, sums, strict=False)]
    return Figures(
        "What is still to pay of invoices, including VAT, by how many days it is past "
        "the last one to pay.",
        [
            FiguresTable(
                "Due and overdue, by Gateway Party",
                ("Gateway Party", *heads, "In all"),
                with_sum(table),
                "Nothing is owed.",
            )
        ],
        NamedBars(bars) if bars else None,
        "Pounds owed by age, including VAT",
    )


def column_of(days: int) -> int:
    """Return in which column stands what is so many days past its last day."""
    if days <= 0:
        return 0
    return 1 + sum(days > age for age in AGES)


# Free connections, and visits for nothing


def free_figures() -> Figures:
    """Return the free connections of which another use was recorded (T2)."""
    changes = RateChange.objects.filter(kind=RateChangeKind.CHARGEABLE)
    rows = changes.select_related("connection__party").order_by("-requested_at")
    table = [
        [
            row.connection.reference,
            row.connection.party.name,
            row.use,
            uk_date(row.requested_at),
            row.get_state_display(),
            row.annual_net if row.annual_net is not None else "",
        ]
        for row in rows.iterator(chunk_size=2000)
    ]
    return Figures(
        "Connections that an RDP had free of charge for registration data alone, and "
        "that carry more. Nothing is charged before an authoriser has accepted the "
        "amount (our rule, section 2.9.2).",
        [
            FiguresTable(
                "Free connections with other use",
                (
                    "Connection",
                    "Gateway Party",
                    "Use",
                    "Recorded",
                    "State",
                    "A year costs",
                ),
                table,
                "No other use of a free connection is recorded.",
            )
        ],
    )


def visit_figures() -> Figures:
    """Return what visits that were not made cost, by site and by cause."""
    claims = VisitClaim.objects.order_by().values_list(
        "visit__order__party__name",
        "visit__order__data_centre__name",
        "visit__happened",
        "state",
    )
    sums = claims.annotate(count=Count("pk"), net=added_up("net"))
    by_site: dict[tuple[str, ...], list[Any]] = defaultdict(empty_claims)
    by_cause: dict[tuple[str, ...], list[Any]] = defaultdict(empty_claims)
    for party, site, happened, state, count, net in sums:
        for found in (by_site[party, site], by_cause[(cause_words(happened),)]):
            add_claims(found, state, count, net or ZERO)
    heads = ("Visits", "Charged", "To be charged", "Dropped visits")
    return Figures(
        "Visits that were not made for reasons on the Party’s side, and what the next "
        "one cost instead, excluding VAT (section 2.9.1).",
        [
            FiguresTable("By cause", ("Cause", *heads), rows_of(by_cause), "None."),
            FiguresTable(
                "By site", ("Gateway Party", "Site", *heads), rows_of(by_site), "None."
            ),
        ],
        NamedBars(
            [NamedAmount(key[0], row[1] + row[2]) for key, row in by_cause.items()]
        )
        if by_cause
        else None,
        "Pounds charged and to be charged by cause, excluding VAT",
    )


def empty_claims() -> list[Any]:
    return [0, ZERO, ZERO, 0]


def add_claims(found: list[Any], state: str, count: int, net: Decimal) -> None:
    found[0] += count
    if state == ClaimState.CHARGED:
        found[1] += net
    elif state == ClaimState.DROPPED:
        found[3] += count
    else:
        found[2] += net


def cause_words(happened: str) -> str:
    return str(Happened(happened).label) if happened else "Declined too late"


def rows_of(found: dict[tuple[str, ...], list[Any]]) -> list[list[Any]]:
    return [[*key, *figures] for key, figures in sorted(found.items())]


# What is to come


def ahead_figures(today: date) -> Figures:
    """Return what all Parties will be charged, by the rule of each one’s forecast."""
    span = ForecastSpan(today)
    lines = all_lines(Quote.objects.all(), Connection.objects.all(), span)
    totals = totalled(lines, span)
    rows: list[list[Any]] = [
        [f"{month.first:%B %Y}", month.committed, month.undecided, month.total]
        for month in totals.months
    ]
    return Figures(
        "What connections and orders of all Parties will be charged, excluding VAT: as "
        "each Party reads it of its own. Renewals without a notice stand at today’s "
        "charge. Visits, documents and changes that nobody has accepted are not in it.",
        [
            FiguresTable(
                "The next 36 months",
                ("Month", "Committed", "If accepted, kept or renewed", "In all"),
                with_sum(rows),
            )
        ],
        totals=totals,
        chart=AmountsChart(totals.months),
    )


@dataclass(frozen=True)
class FiguresPage:
    """A page of figures: its address, its name and what works it out.

    Args:
        of: takes the first day of the chosen month, and today.
    """

    slug: str
    title: str
    of: Callable[[date, date], Figures]
    has_months: bool = field(default=False)


PAGES: Iterable[FiguresPage] = (
    FiguresPage(
        "month", "A month in numbers", lambda first, _: month_figures(first), True
    ),
    FiguresPage("owed", "Due and overdue", lambda _, today: owed_figures(today)),
    FiguresPage("ahead", "The next 36 months", lambda _, today: ahead_figures(today)),
    FiguresPage("visits", "Visits not made", lambda _, __: visit_figures()),
    FiguresPage(
        "free", "Free connections used otherwise", lambda _, __: free_figures()
    ),
)
