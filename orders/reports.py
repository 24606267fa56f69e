"""What the desk reads of orders by month: where they stand, and how they ended."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from common.reports import (
    CountsChart,
    MonthlyReport,
    MonthSpan,
    ReportFound,
    ReportTable,
    by_month,
    monthly_table,
    series_of,
    uk_month,
)
from orders.models import ConnectionRequest
from orders.states import CLOSED, INSTALLED, NEVER_SUBMITTED, OrderState
from orders.wording import state_words
from records.models import Event

MOST_REASONS, LONGEST_REASON = 200, 300
NO_REASON = "No reason was given"
SENT = [state for state in OrderState if state not in NEVER_SUBMITTED]
ENDED = [state for state in CLOSED if state not in NEVER_SUBMITTED]
# What a Party says why.
SAID = (
    ConnectionRequest.decline,
    ConnectionRequest.decline_late,
    ConnectionRequest.refuse,
    ConnectionRequest.withdraw,
    ConnectionRequest.cancel,
)


def orders_found(span: MonthSpan, today: date) -> ReportFound:
    """Return the orders of each month by the state in which they are today."""
    sent = ConnectionRequest.objects.filter(**span.of_instants("submitted_at"))
    rows = sent.order_by().annotate(month=uk_month("submitted_at"))
    counts = by_month(
        span, rows.values_list("month", "state").annotate(count=Count("pk"))
    )
    on_the_way = [state for state in SENT if state not in (*ENDED, *INSTALLED)]
    series = (
        series_of("Installed or in service", counts, INSTALLED),
        series_of("On their way", counts, on_the_way),
        series_of("Ended before that", counts, ENDED),
    )
    columns = [(state, state_words(state)) for state in SENT]
    return ReportFound(
        CountsChart("Orders sent, by how they stand today", span.months, series),
        [monthly_table("Orders sent, by state today", counts, columns)],
    )


def endings_found(span: MonthSpan, today: date) -> ReportFound:
    """Return how the orders that ended in each month did, and what was said why."""
    over = ConnectionRequest.objects.filter(
        state__in=ENDED, **span.of_instants("closed_at")
    )
    rows = over.order_by().annotate(month=uk_month("closed_at"))
    counts = by_month(
        span, rows.values_list("month", "state").annotate(count=Count("pk"))
    )
    others = (OrderState.WITHDRAWN, OrderState.CANCELLED, OrderState.UNAVAILABLE)
    series = (
        series_of("Lapsed", counts, [OrderState.LAPSED]),
        series_of("Declined", counts, [OrderState.DECLINED]),
        series_of("Withdrawn, cancelled or not available", counts, others),
    )
    columns = [(state, state_words(state)) for state in ENDED]
    return ReportFound(
        CountsChart("Orders that ended without a connection", span.months, series),
        [monthly_table("How they ended", counts, columns), reasons_of(span)],
    )


def reasons_of(span: MonthSpan) -> ReportTable:
    """Return what Parties said when they ended an order, the commonest first."""
    labels = {move.__name__: done_words(move.__name__) for move in SAID}
    events = Event.objects.filter(
        name__in=list(labels),
        subject_type=ContentType.objects.get_for_model(ConnectionRequest),
        **span.of_instants("at"),
    )
    counted = events.order_by().values_list("name", "why").annotate(count=Count("pk"))
    rows = [
        [(why or NO_REASON)[:LONGEST_REASON], labels[name], count]
        for name, why, count in counted.order_by("-count", "why")[:MOST_REASONS]
    ]
    nothing = "Nobody ended an order in these months."
    return ReportTable("What was said why", ("Why", "What", "Orders"), rows, nothing)


def done_words(name: str) -> str:
    """Return what the history calls a move of an order."""
    moves = ConnectionRequest().get_all_state_transitions()
    return next(str(move.custom["done"]) for move in moves if move.name == name)


REPORTS = (
    MonthlyReport(
        "orders",
        "Orders by month and state",
        "Orders by the month in which their form was sent, last if it was sent again, "
        "and by the state in which each is today.",
        orders_found,
    ),
    MonthlyReport(
        "endings",
        "Lapses and why",
        "Orders that ended without a connection, by the month in which they did: the "
        "time to decide passed, or the Party declined, withdrew or cancelled, or it "
        "could not be had at the site.",
        endings_found,
    ),
)
