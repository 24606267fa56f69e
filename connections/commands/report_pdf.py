"""The PDF of a performance report: made by a worker, and stored once."""

from datetime import datetime

from connections.documents import TEMPLATE, render_report
from connections.models import PerformanceReport
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    store_rendering,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.unit import command


def waiting_report(report_id: int) -> PerformanceReport | None:
    """Lock the order; return its report while that has no PDF yet."""
    waiting = PerformanceReport.objects.waiting_for_pdf().for_pages()
    return waiting_under_lock(order_of(report_id), waiting.filter(pk=report_id))


def order_of(report_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(connection__reports=report_id)


@command
def store_report_pdf(report_id: int, *, pdf: bytes, at: datetime | None = None) -> bool:
    """Keep the PDF of a report, unless another worker was first."""
    report = waiting_report(report_id)
    if report is None:
        return False
    store_rendering(
        report,
        "document",
        pdf,
        kind=Document.Kind.REPORT,
        name=f"{report} performance of {report.connection}.pdf",
        template=TEMPLATE,
        at=at,
    )
    return True


@command
def record_report_failure(report_id: int, words: str) -> None:
    """Keep why no PDF could be made. Its page shows the report all the same."""
    keep_failure_to_render(
        waiting_report(report_id),
        words,
        action="record_report_failure",
        what="The PDF of a performance report could not be made",
    )


@command
def forget_report_failure(report_id: int) -> None:
    """Let it wait for its PDF again."""
    rows = PerformanceReport.objects.filter(pk=report_id)
    forget_failure_to_render(order_of(report_id), rows)


@job(
    "Performance report",
    queue=JobQueue.DOCUMENTS,
    failed=record_report_failure,
    again=forget_report_failure,
    is_missed=True,
)
def make_report_pdf(report_id: int, *, at: datetime | None = None) -> bool:
    """Make the PDF of a report; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-2.8-9.
    """
    waiting = PerformanceReport.objects.waiting_for_pdf().for_pages()
    report = waiting.filter(pk=report_id).first()
    if report is None:
        return False
    return store_report_pdf(report_id, pdf=render_report(report), at=at)
