"""Answers to what the apps below tell."""

from datetime import date, datetime

from django.dispatch import receiver

from connections import commands, emails
from orders.models import ConnectionRequest
from parties.models import User
from quotes.models import Quote
from records.models import Notice
from records.signals import notice_sent
from sites.signals import installation_completed


@receiver(installation_completed)
def open_its_connection(
    *,
    order: ConnectionRequest,
    quote: Quote,
    completed_on: date,
    by: User,
    at: datetime,
    **kwargs: object,
) -> None:
    commands.open_connection(
        order, quote=quote, completed_on=completed_on, by=by, at=at
    )


@receiver(notice_sent)
def record_delivery_of_a_renewal_notice(*, notice: Notice, **kwargs: object) -> None:
    """The month to cancel runs from the day the notice really went (T5)."""
    period_id = emails.period_of(notice)
    if period_id is not None:
        commands.record_notice_delivery(period_id, at=notice.worded_at)
