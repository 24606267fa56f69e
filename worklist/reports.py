"""What the desk reads of the clocks by month: how much of our work was in time."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from common.remembered import remembered
from common.reports import (
    CountsChart,
    CountSeries,
    MonthlyReport,
    MonthSpan,
    ReportFound,
    ReportTable,
    day_of,
    month_words,
)
from worklist.attainment import SECONDS_REMEMBERED, WHOLE, in_time, ours
from worklist.kinds import KINDS
from worklist.models import WorkItem
from worklist.parts import register
from worklist.states import Ending

# How many were due, and how many of them were done by their last day.
Met = tuple[int, int]


def clocks_found(span: MonthSpan, today: date) -> ReportFound:
    """Return of each month how much of our work whose last day it held was in time.

    Counted as on the home page of the desk: what is late and still to be done counts,
    what was withdrawn or has lapsed does not.

    Source: R-3.3-1.
    """
    key = f"clocks:{span.first}:{span.last}:{today}"
    rows = remembered(key, SECONDS_REMEMBERED, partial(counts, span, today))
    found: dict[tuple[date, str], Met] = {
        (day_of(row["month"]), row["kind"]): (row["count"], row["met"]) for row in rows
    }
    totals = [total_of(month, found) for month in span.months]
    shares = CountSeries("Done in time", [share(of, met) for of, met in totals])
    return ReportFound(
        CountsChart("Share of our work done in time", span.months, [shares], "%"),
        [all_table(span, totals), kinds_table(span, found)],
    )


def counts(span: MonthSpan, today: date) -> list[dict[str, Any]]:
    is_late = Q(closed_at=None, due_on__lt=today)
    due = WorkItem.objects.filter(ours(), **span.of_days("due_on"))
    months = due.filter(is_late | Q(ending=Ending.DONE)).order_by()
    counted: Any = (
        months.annotate(month=TruncMonth("due_on"))
        .values("month", "kind")
        .annotate(count=Count("pk"), met=Count("pk", filter=in_time()))
    )
    return list(counted)


def total_of(month: date, found: dict[tuple[date, str], Met]) -> Met:
    of_month = [row for (first, _), row in found.items() if first == month]
    return sum(of for of, _ in of_month), sum(met for _, met in of_month)


def share(of: int, met: int) -> int:
    """Return a percentage; 0 where nothing was due."""
    return round(WHOLE * met / of) if of else 0


def all_table(span: MonthSpan, totals: list[Met]) -> ReportTable:
    rows: list[list[Any]] = [
        [month_words(month), of, met, of - met, share(of, met)]
        for month, (of, met) in zip(span.months, totals, strict=True)
    ]
    heads = ("Month", "Due", "In time", "Late", "In time, %")
    return ReportTable("All our work", heads, rows)


def kinds_table(span: MonthSpan, found: dict[tuple[date, str], Met]) -> ReportTable:
    """Return each clock in each month in which something of it was due."""
    rows: list[list[Any]] = []
    for kind in register.kinds():
        for month in span.months:
            of, met = found.get((month, kind.slug), (0, 0))
            if of:
                words = month_words(month)
                rows.append([KINDS[kind.slug].what, words, of, met, share(of, met)])
    heads = ("Work", "Month", "Due", "In time", "In time, %")
    return ReportTable("Each clock by month", heads, rows, "Nothing was due.")


REPORTS = (
    MonthlyReport(
        "clocks",
        "Done in time",
        "Our own work by the month of its last day: how much was done by then. What is "
        "late and still to be done counts too.",
        clocks_found,
    ),
)
