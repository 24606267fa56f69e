"""The day by which a quotation is to be sent: warned of, kept or missed."""

from datetime import date, datetime

from common.clock import uk_date
from common.wording import day_words
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from orders.states import OrderState
from quotes import emails
from quotes.deadlines import is_in_time, warning_due_on
from quotes.models import QuoteTarget
from records.transitions import SYSTEM, record_event
from records.unit import command


def record_sent(order: ConnectionRequest, at: datetime) -> None:
    """Keep that the quotation went, and whether by its day. Source: R-3.3-1."""
    due_on = order.quote_due_on
    if due_on is not None:
        sent = {"sent_at": at, "is_met": is_in_time(at, due_on)}
        order.quote_targets.update_or_create(due_on=due_on, defaults=sent)


def record_missed(order: ConnectionRequest, due_on: date) -> bool:
    """Keep that the day passed without a quotation; return whether that is news.

    An offer that was sent and taken back on the day of acceptance left a row for the
    same day, which was met then and is missed now. Source: R-3.3-1.
    """
    row, is_new = QuoteTarget.objects.get_or_create(
        order=order, due_on=due_on, defaults={"is_met": False}
    )
    if is_new or not row.is_met:
        return is_new
    row.sent_at, row.is_met = None, False
    row.save()
    return True


@command
def warn_of_due_quote(order_id: int, *, now: datetime) -> bool:
    """Warn of a quotation that is due on the next working day; return whether. Once.

    The owner of the order is told, or the Service Desk while it has none.

    Source: R-3.3-1.
    """
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    due_on, today = order.quote_due_on, uk_date(now)
    if order.state != OrderState.ACCEPTED or due_on is None or today > due_on:
        return False
    if today < warning_due_on(due_on, working_calendar()):
        return False
    notices = emails.quote_due_soon(order, now, due_on=due_on)
    return any(notice.owed_at == now for notice in notices)


@command
def report_missed_quote(order_id: int, *, now: datetime) -> bool:
    """Report a quotation that was not sent by its day; return whether. Once.

    Source: R-3.3-1.
    """
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    due_on = order.quote_due_on
    if order.state != OrderState.ACCEPTED or due_on is None or uk_date(now) <= due_on:
        return False
    if not record_missed(order, due_on):
        return False
    what = f"No quotation was sent by {day_words(due_on)}, its last day"
    record_event(order, "miss_quote", by=SYSTEM, at=now, what=what, is_public=False)
    emails.quote_overdue(order, now, due_on=due_on)
    return True
