"""Answers to what the apps below tell."""

from datetime import datetime
from decimal import Decimal

from django.dispatch import receiver

from billing import commands
from connections.models import Connection
from connections.signals import connection_opened
from orders.models import ConnectionRequest
from quotes.models import Quote
from quotes.signals import order_cancelled


@receiver(connection_opened)
def bill_completion(
    *, connection: Connection, quote: Quote, at: datetime, **kwargs: object
) -> None:
    commands.raise_completion_charges(connection, quote=quote, at=at)


@receiver(order_cancelled)
def bill_cancellation(
    *,
    order: ConnectionRequest,
    quote: Quote,
    charge: Decimal,
    at: datetime,
    **kwargs: object,
) -> None:
    commands.raise_cancellation_charge(order, quote=quote, charge=charge, at=at)
