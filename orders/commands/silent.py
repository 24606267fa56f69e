"""Forms that were returned and stay silent: reminded, and closed if DCC wants that."""

from datetime import date, datetime

from django.conf import settings

from common.clock import uk_date
from common.wording import day_words
from orders import emails
from orders.commands.pair import tell_partner_of_the_end
from orders.deadlines import answer_last_day, answer_reminder_due, warning_day
from orders.models import ConnectionRequest
from orders.signals import order_ended
from orders.states import OrderState
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


@command
def remind_of_questions(order_id: int, *, now: datetime) -> bool:
    """Owe the latest reminder of open questions; return whether one was. Repeatable.

    Each goes once a return. The last one before an order is closed names the day and
    goes to everybody whom the Party nominated; where nobody could have it, no day is
    set, so that nothing ends without a word.

    Source: R-3.2-6, T35. That DCC reminds, and when, is our own rule.
    """
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    today, returned_on = uk_date(now), silent_since(order)
    if returned_on is None or order.answer_by is not None:
        return False
    close_after = settings.RETURNED_CLOSE_DAYS
    days = settings.RETURNED_REMINDER_DAYS
    due = answer_reminder_due(returned_on, today, days=days, close_after=close_after)
    if due is None:
        return False
    is_last = bool(close_after) and due == warning_day(close_after)
    if is_last:
        order.answer_by = answer_last_day(returned_on, today, close_after)
    notices = emails.answer_reminder(order, now, number=due)
    if not any(notice.owed_at == now for notice in notices):
        return False
    what = "Reminder of the open questions sent"
    if is_last:
        order.save(update_fields=["answer_by"])
        what = f"{what}: to be answered by {day_words(order.answer_by)}"
    record_event(order, "remind_of_questions", by=SYSTEM, at=now, what=what)
    return True


@command
def close_unanswered(order_id: int, *, now: datetime) -> bool:
    """Close a returned order whose last day for an answer is over; return whether.

    Only where the setting asks for it and an e-mail named the day. It costs nothing,
    and a new request can be started from its answers. Safe to repeat.

    Source: R-3.2-6, T35. That an order ends by silence is our own rule.
    """
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    today, returned_on = uk_date(now), silent_since(order)
    if returned_on is None or not settings.RETURNED_CLOSE_DAYS:
        return False
    if order.answer_by is None or today <= order.answer_by:
        return False
    why = f"No answer for {(today - returned_on).days} days"
    order_ended.send(ConnectionRequest, order=order, by=SYSTEM, at=now, why=why)
    perform(order.close_unanswered, by=SYSTEM, at=now, why=why)
    emails.closed_unanswered(order, now)
    tell_partner_of_the_end(order, by=SYSTEM, at=now)
    return True


def silent_since(order: ConnectionRequest) -> date | None:
    """Return the UK day on which a form came back that its Party still has."""
    if order.state != OrderState.RETURNED or order.returned_at is None:
        return None
    return uk_date(order.returned_at)
