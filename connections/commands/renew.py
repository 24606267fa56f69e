"""The renewal notice: its charge, its sending, the time to leave that it opens."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections import emails, policies
from connections.commands.papers import keep_notice
from connections.deadlines import later_window, window_last_day
from connections.errors import (
    ChargeNegative,
    NothingToRemindOf,
    NoticeAlreadySent,
    RemindedToday,
)
from connections.models import ContractPeriod, RenewalReading
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_desk
from quotes.deadlines import reminders_due
from records.behalf import OnBehalf, person_of
from records.transitions import SYSTEM, record_event
from records.unit import command


def locked_period(period_id: int) -> ContractPeriod:
    """Lock the order, then read the period."""
    ConnectionRequest.objects.locked().get(connection__periods=period_id)
    periods = ContractPeriod.objects.for_pages()
    period: ContractPeriod = periods.get(pk=period_id)
    return period


@command
def set_renewal_charge(
    period_id: int, *, by: User, net: Decimal, at: datetime | None = None
) -> ContractPeriod:
    """Set the annual charge, in pounds net of VAT, that the renewal notice will state.

    It can be changed until the notice has gone.

    Raises:
        NoticeAlreadySent: the notice has stated a charge.
        ChargeNegative: below 0.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.5-5.
    """
    at = at or timezone.now()
    period = locked_period(period_id)
    if not policies.may_set_renewal_charge(period, by):
        raise PermissionDenied
    if net < ZERO:
        raise ChargeNegative
    if period.notice_at is not None:
        raise NoticeAlreadySent(day=day_words(period.notice_on))
    period.renewal_net = net
    period.save()
    what = f"Annual charge on renewal set to {pounds(net)} excluding VAT"
    record_event(
        period,
        "set_renewal_charge",
        by=by,
        at=at,
        what=what,
        is_public=False,
        tells_price=True,
    )
    return period


@command
def send_renewal_notice(period_id: int, *, now: datetime) -> bool:
    """Owe the renewal notice if it is due at `now`; return whether. Safe to repeat.

    It needs its charge and somebody to write to; without them it stays overdue, and
    cancelling stays free. The month to cancel runs from the day of the notice (T5).

    Source: R-2.5-4, R-2.5-5, R-2.5-6, R-2.5-9.
    """
    period = locked_period(period_id)
    due = ContractPeriod.objects.due_for_notice(uk_date(now))
    if not due.filter(pk=period_id).exists():
        return False
    # The e-mail states both; they are kept only if there is somebody to write to.
    period.notice_at = now
    period.window_last_day = window_last_day(uk_date(now))
    if not emails.renewal_notice(period, now):
        return False
    period.save()
    what = f"Renewal notice: free to cancel until {day_words(period.window_last_day)}"
    record_event(period, "send_renewal_notice", by=SYSTEM, at=now, what=what)
    return True


@command
def record_notice_delivery(period_id: int, *, at: datetime) -> bool:
    """Keep when the notice first went, and move the window later if that was later.

    Never earlier: what the notice said stands at least.

    Args:
        at: aware; when the e-mail was worded, so that it and the page say one day.

    Returns:
        Whether this was the first delivery; others change nothing.

    Source: R-2.5-6, R-2.5-9.
    """
    period = locked_period(period_id)
    if period.notice_at is None or period.delivered_at is not None:
        return False
    period.delivered_at = at
    last_day = later_window(period, at)
    if last_day != period.window_last_day:
        period.window_last_day = last_day
        what = f"Renewal notice went late: free to cancel until {day_words(last_day)}"
        record_event(period, "record_notice_delivery", by=SYSTEM, at=at, what=what)
    period.save()
    keep_notice(period)
    return True


@command
def remind_of_renewal(period_id: int, *, now: datetime) -> bool:
    """Owe the latest reminder that has come due; return whether one was. Repeatable.

    Only while nobody has answered; days are counted from the notice, and the last day
    always brings one. While nobody of the Party has opened the notice it goes to all
    who are nominated, not to those alone who may decide.

    Source: R-2.5-8, R-2.5-9.
    """
    period = locked_period(period_id)
    last_day, notice_on = period.window_last_day, period.notice_on
    if last_day is None or notice_on is None:
        return False
    if not period.may_be_reminded_of(uk_date(now)):
        return False
    open_days = (last_day - notice_on).days
    days = settings.RENEWAL_REMINDER_DAYS
    due = reminders_due(notice_on, uk_date(now), days, open_days)
    if not due:
        return False
    notices = emails.renewal_reminder(period, now, number=str(due[-1]))
    return any(notice.owed_at == now for notice in notices)


@command
def remind_by_hand(
    period_id: int, *, by: User, at: datetime | None = None
) -> ContractPeriod:
    """Send a reminder of a renewal now, beside those that go by themselves.

    Raises:
        NothingToRemindOf: no notice has gone, it is answered, or its month is over.
        RemindedToday: somebody did so today.
        PermissionDenied: `by` is neither Service Desk nor Operations.

    Source: R-2.5-8.
    """
    at = at or timezone.now()
    period = locked_period(period_id)
    if not is_desk(by):
        raise PermissionDenied
    if not period.may_be_reminded_of(uk_date(at)):
        raise NothingToRemindOf(connection=period.connection)
    day = uk_date(at)
    notices = emails.renewal_reminder(period, at, number=f"by-hand-{day}")
    if not any(notice.owed_at == at for notice in notices):
        raise RemindedToday(connection=period.connection)
    what = "Reminder of the renewal sent by hand"
    record_event(period, "remind_by_hand", by=by, at=at, what=what)
    return period


def record_renewal_reading(
    period: ContractPeriod, *, by: User, at: datetime
) -> RenewalReading | None:
    """Keep when somebody of the Party first opened a renewal after its notice went.

    Later times keep nothing, and nobody else's reading is kept.

    Source: R-2.5-9.
    """
    party_id = period.connection.party_id
    if period.notice_at is None or by.party_id != party_id:
        return None
    # Nearly every opening is a later one, which needs no transaction.
    first: RenewalReading | None = period.readings.filter(by=by).first()
    return first or store_renewal_reading(period, by, at)


@command
def store_renewal_reading(
    period: ContractPeriod, by: User, at: datetime
) -> RenewalReading:
    """Keep one reading, and say so in the history. Source: R-2.5-9."""
    kept: RenewalReading
    kept, is_new = RenewalReading.objects.get_or_create(
        period=period, by=person_of(by), defaults={"at": at, **told_facts(by)}
    )
    if is_new:
        told = isinstance(by, OnBehalf)
        what = "Renewal notice " + ("known of" if told else "read in the portal")
        record_event(period, "read_renewal", by=by, at=at, what=what)
    return kept


def told_facts(by: object) -> dict[str, Any]:
    """Return how a reading came to DCC and who recorded it, where it was told (T35)."""
    if not isinstance(by, OnBehalf):
        return {}
    return {"how": by.how or "", "recorded_by": by.recorder}
