"""What the desk reads of connections by month: the funnel, and renewals."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import TruncMonth

from common.reports import (
    CountsChart,
    CountSeries,
    MonthlyReport,
    MonthSpan,
    ReportFound,
    ReportTable,
    by_month,
    day_of,
    monthly_table,
    series_of,
    uk_month,
)
from connections.models import Connection, ContractPeriod, RenewalAnswer
from connections.states import LEAVING, RenewalChoice, RenewalOutcome
from orders.models import ConnectionRequest
from quotes.models import Quote
from quotes.states import QuoteState

WHOLE = 100
# Once an order was authorised: an updated offer takes the place of the one before.
GIVEN = (QuoteState.ACCEPTED, QuoteState.SUPERSEDED)
STAGES = (
    ("sent", "Form sent"),
    ("accepted", "Form accepted"),
    ("quoted", "Quotation issued"),
    ("authorised", "Authorised"),
    ("installed", "Installed"),
    ("live", "In service"),
)
NOTICES = (
    ("renewed", "Renewed"),
    ("ends", "Ends with the period"),
    ("kept", "Kept, month not over"),
    ("waiting", "Notice sent, no answer yet"),
    ("to_send", "Notice to send"),
)


def funnel_found(span: MonthSpan, today: date) -> ReportFound:
    """Return how many orders of each month reached each stage, wherever they are now.

    Four queries, each of which counts by month.
    """
    counts: dict[date, dict[Any, int]] = {month: {} for month in span.months}
    sent = ConnectionRequest.objects.filter(**span.of_instants("submitted_at"))
    add(counts, sent, "", {"sent": Count("pk"), "accepted": Count("accepted_at")})
    of_order = span.of_instants("order__submitted_at")
    quotes = Quote.objects.filter(issued_at__isnull=False, **of_order)
    given = Count("order", distinct=True, filter=Q(state__in=GIVEN))
    offered = {"quoted": Count("order", distinct=True), "authorised": given}
    add(counts, quotes, "order__", offered)
    there = {"installed": Count("pk"), "live": Count("router_configured_on")}
    add(counts, Connection.objects.filter(**of_order), "order__", there)
    series = (
        series_of("In service", counts, ["live"]),
        behind("Authorised, not in service", counts, "authorised", "live"),
        behind("Not authorised", counts, "sent", "authorised"),
    )
    table = monthly_table("Orders that reached each stage", counts, STAGES)
    return ReportFound(
        CountsChart("Orders sent, by how far they came", span.months, series),
        [table, shares_of(table)],
    )


def add(
    counts: dict[date, dict[Any, int]],
    rows: Any,
    path: str,
    figures: dict[str, Count],
) -> None:
    """Count rows by the UK month in which their order was sent.

    Args:
        path: from a row to its order.
    """
    months = rows.order_by().annotate(month=uk_month(f"{path}submitted_at"))
    for row in months.values("month").annotate(**figures):
        counts[day_of(row["month"])] |= {name: row[name] for name in figures}


def behind(
    name: str, counts: dict[date, dict[Any, int]], wide: str, narrow: str
) -> CountSeries:
    """Return those that came to one stage and not to a later one."""
    rest = [of.get(wide, 0) - of.get(narrow, 0) for of in counts.values()]
    return CountSeries(name, [max(count, 0) for count in rest])


def shares_of(table: ReportTable) -> ReportTable:
    """Return the same as shares of the forms that were sent, in percent."""
    rows = [
        [row[0], *(round(WHOLE * count / row[1]) for count in row[2:])]
        for row in table.rows
        if row[1]
    ]
    heads = ("Month", *(f"{head}, %" for head in table.heads[2:]))
    return ReportTable("The same in percent of the forms sent", heads, rows)


def renewals_found(span: MonthSpan, today: date) -> ReportFound:
    """Return what became of the periods whose notice falls due in each month.

    Source: R-2.5-4, R-2.5-6.
    """
    due = ContractPeriod.objects.filter(**span.of_days("renewal_due_on"))
    kept = RenewalAnswer.objects.filter(
        period=OuterRef("pk"), choice=RenewalChoice.KEEP
    )
    rows = due.order_by().annotate(
        month=TruncMonth("renewal_due_on"),
        standing=Case(
            When(outcome=RenewalOutcome.RENEWED, then=Value("renewed")),
            When(outcome=RenewalOutcome.ENDS, then=Value("ends")),
            When(connection__state__in=LEAVING, then=Value("ends")),
            When(notice_at=None, then=Value("to_send")),
            When(Exists(kept), then=Value("kept")),
            default=Value("waiting"),
        ),
    )
    found = rows.values_list("month", "standing").annotate(count=Count("pk"))
    counts = by_month(span, found)
    series = (
        series_of("Renewed or kept", counts, ["renewed", "kept"]),
        series_of("Still to be decided", counts, ["waiting", "to_send"]),
        series_of("Ends with the period", counts, ["ends"]),
    )
    return ReportFound(
        CountsChart("Renewals, by the month of their notice", span.months, series),
        [monthly_table("What became of them", counts, NOTICES)],
    )


REPORTS = (
    MonthlyReport(
        "funnel",
        "Funnel",
        "Of the orders whose form was sent in a month: how many have come to each "
        "stage by today. Orders of the last months are still on their way.",
        funnel_found,
    ),
    MonthlyReport(
        "renewals",
        "Renewals by month",
        "Contract periods by the month in which their renewal notice falls due "
        "(section 2.5): what became of them, or what they wait for.",
        renewals_found,
    ),
)
