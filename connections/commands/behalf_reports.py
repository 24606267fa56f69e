"""What a submitter said of a report of the use of a connection (T35).

Each is the submitter's own act and counts from when it came.
"""

from datetime import date

from connections.commands.behalf import in_service_since
from connections.commands.behalf_sharing import of_submitter, tell
from connections.commands.locks import locked_connection
from connections.commands.reports import (
    locked_report,
    request_report,
    span_words,
    withdraw_report,
)
from connections.models import PerformanceReport
from orders.commands.behalf import Said
from parties.models import User
from records.unit import command


@command
def record_report_request(
    connection_id: int,
    *,
    by: User,
    said: Said,
    first_day: date,
    last_day: date,
    note: str = "",
) -> PerformanceReport:
    """Ask for a report as a submitter said, from when that came.

    Args:
        first_day, last_day: UK days, both inside, over on the day on which it came.

    Raises:
        As `on_behalf`, and as `request_report`.

    Source: T35, R-2.8-9, R-2.8-10.
    """
    connection = locked_connection(connection_id)
    who = of_submitter(
        connection,
        said,
        by=by,
        since=in_service_since(connection),
        what=f"{connection} has been in service",
    )
    report = request_report(
        connection_id,
        by=who.actor,
        first_day=first_day,
        last_day=last_day,
        note=note,
        at=said.came_at,
    )
    tell(connection, who, f"the request for report {report}, {span_words(report)},")
    return report


@command
def record_report_withdrawal(
    report_id: int, *, by: User, said: Said
) -> PerformanceReport:
    """Take a report back as a submitter said, from when that came.

    Raises:
        As `on_behalf`, and as `withdraw_report`.

    Source: T35, R-2.8-9.
    """
    report = locked_report(report_id)
    connection, since = report.connection, report.requested_at
    what = "the report has been asked for"
    who = of_submitter(connection, said, by=by, since=since, what=what)
    report = withdraw_report(report_id, by=who.actor, at=said.came_at)
    tell(connection, who, f"that report {report} is no longer asked for")
    return report
