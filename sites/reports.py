"""What the desk reads of visits by month: those that were not made, and why."""

from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from common.reports import (
    CountsChart,
    MonthlyReport,
    MonthSpan,
    ReportFound,
    ReportTable,
    by_month,
    monthly_table,
    series_of,
)
from sites.models import SiteVisit
from sites.states import NOT_MADE, Happened, VisitPurpose, VisitState

COLUMNS = (
    (VisitState.COMPLETED, "Made"),
    (VisitState.FAILED, "Failed, on the Party’s side"),
    (VisitState.MISSED, "Missed, on DCC’s side"),
    (VisitState.CALLED_OFF, "Called off"),
    (VisitState.MOVED, "Moved to another day"),
)
NOT_SAID = "Not recorded"


def visits_found(span: MonthSpan, today: date) -> ReportFound:
    """Return the visits of each month by what became of them. R-2.9.1-10, R-2.9.1-11.

    Visits that are still to come are in none of the columns.
    """
    planned = SiteVisit.objects.filter(**span.of_days("on"))
    rows = planned.order_by().annotate(month=TruncMonth("on"))
    counts = by_month(
        span, rows.values_list("month", "state").annotate(count=Count("pk"))
    )
    series = (
        series_of("Failed, on the Party’s side", counts, [VisitState.FAILED]),
        series_of("Missed, on DCC’s side", counts, [VisitState.MISSED]),
        series_of("Called off", counts, [VisitState.CALLED_OFF]),
    )
    return ReportFound(
        CountsChart("Visits that were not made", span.months, series),
        [
            monthly_table("Visits by what became of them", counts, COLUMNS),
            causes_of(span),
        ],
    )


def causes_of(span: MonthSpan) -> ReportTable:
    """Return what kept whoever came from the work, by kind of visit."""
    lost = SiteVisit.objects.filter(state__in=NOT_MADE, **span.of_days("on"))
    counted = lost.order_by().values_list("happened", "purpose", "state")
    rows = [
        [
            str(Happened(happened).label) if happened else NOT_SAID,
            str(VisitPurpose(purpose).label),
            str(VisitState(state).label),
            count,
        ]
        for happened, purpose, state, count in counted.annotate(
            count=Count("pk")
        ).order_by("-count", "happened", "purpose")
    ]
    heads = ("What happened", "Visit", "State", "Visits")
    nothing = "Every visit of these months was made, or is to come."
    return ReportTable("Why", heads, rows, nothing)


REPORTS = (
    MonthlyReport(
        "visits",
        "Aborted visits",
        "Visits by the month of their day: made, failed, missed, called off or moved, "
        "and what kept whoever came from the work.",
        visits_found,
    ),
)
