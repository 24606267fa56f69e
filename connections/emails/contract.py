"""Letters about the contract of a connection, its end and reports of its use."""

from datetime import datetime
from typing import Any

from common.clock import uk_date
from connections.deadlines import later_window
from connections.models import (
    Cancellation,
    Connection,
    ContractPeriod,
    EquipmentCollection,
    PerformanceReport,
    RenewalAnswer,
)
from connections.usage.figures import UsageReport
from connections.usage.page import first_direction
from orders.emails import everybody, nominated, readers_of, tell_readers
from orders.readers import EVERYBODY, SUBMITTERS, read_by
from parties.states import Purpose
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when, worded_when_sent

RENEWAL_NOTICE = "renewal_notice"
RENEWAL_KEY = "renewal-notice"
RENEWAL_REMINDER = "renewal_reminder"
read_by(SUBMITTERS, "order_configured")
read_by(
    EVERYBODY,
    RENEWAL_NOTICE,
    "renewal_answered",
    "renewal_settled",
    "connection_cancelled",
    "connection_ended",
    "collection_agreed",
    "equipment_collected",
)
read_by(
    SUBMITTERS, "report_ready", "report_refused", others="whoever asked for the report"
)

row_for("connection", Connection.objects.for_pages, "order__reference")
row_for("period", ContractPeriod.objects.all, "connection__order__reference")


def order_configured(connection: Connection, at: datetime) -> None:
    """Say that the connection is in service. Source: R-3.7.1-1."""
    key = f"order-configured:{connection.order_id}"
    order = connection.order
    before = getattr(order.replaces, "connection", None)
    facts = {"connection": connection, "before": before}
    tell_readers("order_configured", order, at=at, key=key, **facts)


def renewal_notice(period: ContractPeriod, at: datetime) -> list[Notice]:
    """State the charge on renewal and the last day to cancel. Source: R-2.5-5."""
    key, to = f"{RENEWAL_KEY}:{period.pk}", contacts(period.connection, at)
    return owe_notice(
        RENEWAL_NOTICE,
        key=key,
        to=to,
        at=at,
        thread=period.thread,
        **renewal_facts(period),
    )


def contacts(connection: Connection, at: datetime) -> list[str]:
    """Return the addresses of all who are nominated by the Gateway Party."""
    return everybody(connection.order, at)


def renewal_facts(period: ContractPeriod) -> dict[str, Any]:
    connection = period.connection
    return {"period": period, "connection": connection, "party": connection.party}


@worded_when_sent(RENEWAL_NOTICE)
def renewal_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    """State the last day that follows from the day on which the notice goes (T5).

    Once it went to one person its month runs, and the others read the same day.
    """
    period = ContractPeriod.objects.for_pages().get(pk=period_of(notice) or 0)
    if period.delivered_at is None:
        period.window_last_day = later_window(period, at)
    return renewal_facts(period)


def period_of(notice: Notice) -> int | None:
    """Return the pk of the period whose renewal notice this is, if it is one."""
    if notice.kind != RENEWAL_NOTICE:
        return None
    return int(notice.key.split(":")[1])


def renewal_reminder(
    period: ContractPeriod, at: datetime, *, number: str
) -> list[Notice]:
    """Remind of a renewal, once for each `number`. Source: R-2.5-8."""
    return owe_notice(
        RENEWAL_REMINDER,
        key=f"renewal-reminder:{period.pk}:{number}",
        to=whom_to_remind(period, at),
        at=at,
        thread=period.thread,
        **reminder_facts(period, at),
    )


def whom_to_remind(period: ContractPeriod, at: datetime) -> list[str]:
    """Return those who may decide; while nobody has read the notice, all nominated.

    Source: R-2.5-8, R-2.5-9.
    """
    if period.readings.exists():
        return nominated(period.connection.order, Purpose.AUTHORISE, at)
    return list(dict.fromkeys(contacts(period.connection, at)))


def reminder_facts(period: ContractPeriod, at: datetime) -> dict[str, Any]:
    last_day = period.window_last_day
    left = (last_day - uk_date(at)).days if last_day else 0
    is_read = period.readings.exists()
    return {**renewal_facts(period), "days_left": left, "is_read": is_read}


@worded_when_sent(RENEWAL_REMINDER)
def reminder_facts_when_sent(notice: Notice, at: datetime) -> dict[str, Any]:
    return reminder_facts(reminded_period(notice), at)


@untrue_when(RENEWAL_REMINDER)
def no_renewal_to_remind_of(notice: Notice, at: datetime) -> str:
    """Say why a reminder has become untrue: answered, over, or not theirs any more."""
    period = reminded_period(notice)
    if period.answers.exists():
        return f"The renewal notice of {period.connection} has an answer."
    if not period.is_free_to_leave(uk_date(at)):
        return f"The time to leave {period.connection} free of charge is over."
    if notice.to in contacts(period.connection, at):
        return ""
    return f"{notice.to} is no longer nominated by {period.connection.party}."


def reminded_period(notice: Notice) -> ContractPeriod:
    rows = ContractPeriod.objects.for_pages()
    period: ContractPeriod = rows.get(pk=int(notice.key.split(":")[1]))
    return period


def renewal_answered(
    answer: RenewalAnswer, at: datetime, *, recorded: str = ""
) -> None:
    """Confirm an answer to everybody who may decide or order. Source: R-2.5-9."""
    period = answer.period
    owe_notice(
        "renewal_answered",
        key=f"renewal-answered:{answer.pk}",
        to=readers_of("renewal_answered", period.connection.order, at),
        at=at,
        thread=period.thread,
        **renewal_facts(period),
        answer=answer,
        recorded=recorded,
    )


def renewal_settled(period: ContractPeriod, at: datetime) -> None:
    """Confirm that it renews, or that it ends. Source: R-2.5-8."""
    owe_notice(
        "renewal_settled",
        key=f"renewal-settled:{period.pk}:{period.outcome}",
        to=readers_of("renewal_settled", period.connection.order, at),
        at=at,
        thread=period.thread,
        **renewal_facts(period),
    )


def connection_cancelled(
    row: Cancellation, at: datetime, *, recorded: str = ""
) -> None:
    """Confirm it in writing: its last day, its cost and how that was worked out.

    Source: R-2.10-3.
    """
    key = f"connection-cancelled:{row.pk}"
    facts = {"cancellation": row, "recorded": recorded}
    tell_contacts("connection_cancelled", row.connection, at, key=key, **facts)


def tell_contacts(
    kind: str, connection: Connection, at: datetime, *, key: str, **facts: object
) -> None:
    """Write of a connection to those of its Gateway Party who get such e-mails."""
    owe_notice(
        kind,
        key=key,
        to=readers_of(kind, connection.order, at),
        at=at,
        thread=connection.thread,
        connection=connection,
        party=connection.party,
        **facts,
    )


def connection_ended(connection: Connection, at: datetime) -> None:
    """Say that a connection has ended, and its sessions with it."""
    key = f"connection-ended:{connection.pk}"
    tell_contacts("connection_ended", connection, at, key=key)


def collection_agreed(row: EquipmentCollection, at: datetime) -> None:
    """Say on which day the equipment is collected; another day is told anew."""
    key = f"collection-agreed:{row.pk}:{row.planned_on}"
    tell_contacts("collection_agreed", row.connection, at, key=key, collection=row)


def equipment_collected(
    row: EquipmentCollection, at: datetime, *, taken: list[str], left: list[str]
) -> None:
    """Say what was collected, and what of the equipment is still there."""
    key = f"equipment-collected:{row.pk}:{at:%Y%m%d%H%M%S%f}"
    facts = {"collection": row, "taken": taken, "left": left}
    tell_contacts("equipment_collected", row.connection, at, key=key, **facts)


def report_ready(report: PerformanceReport, found: UsageReport, at: datetime) -> None:
    """Say that a performance report is there, and its figures. Source: R-2.8-9."""
    shown = report.shown(first_direction(found))
    tell_of_report("report_ready", report, at, shown=shown)


def report_refused(report: PerformanceReport, at: datetime) -> None:
    """Say why a performance report could not be made. Source: R-2.8-9."""
    tell_of_report("report_refused", report, at)


def tell_of_report(
    kind: str, report: PerformanceReport, at: datetime, **facts: object
) -> None:
    """Write to whoever may submit, and to the person who asked, if still with it."""
    order, asker = report.connection.order, report.requested_by
    to = dict.fromkeys(readers_of(kind, order, at))
    if asker.is_active and asker.party_id == report.connection.party_id:
        to[asker.email] = None
    owe_notice(
        kind,
        key=f"{kind.replace('_', '-')}:{report.pk}",
        to=list(to),
        at=at,
        thread=report.thread,
        report=report,
        connection=report.connection,
        party=report.connection.party,
        **facts,
    )
