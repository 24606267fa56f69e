"""Answers to what the apps below tell."""

from datetime import datetime

from django.dispatch import receiver

from orders.models import ConnectionRequest
from orders.signals import order_ended
from quotes.models import Authority, Quote
from quotes.signals import authority_verified, order_cancelled
from sites import commands

CANCELLED = "The order was cancelled"
ENDED = "The order ended"


@receiver(authority_verified)
def go_on_from_authority(
    *, quote: Quote, authority: Authority, at: datetime, **kwargs: object
) -> None:
    """Keep the access answer; after a survey, installation begins."""
    commands.record_access_answer(authority, at=at)
    commands.begin_after_survey(quote, at=at)


@receiver(order_cancelled)
def end_work_for_a_cancelled_order(
    *, order: ConnectionRequest, at: datetime, **kwargs: object
) -> None:
    commands.call_off_visits_of(order, at=at, why=CANCELLED)
    commands.withdraw_costs_of(order, at=at, why=CANCELLED)


@receiver(order_ended)
def end_work_for_an_ended_order(
    *, order: ConnectionRequest, at: datetime, why: str, **kwargs: object
) -> None:
    commands.call_off_visits_of(order, at=at, why=why)
    commands.withdraw_costs_of(order, at=at, why=why or ENDED)
