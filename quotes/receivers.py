"""Answers to what the apps below tell."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from orders.models import ConnectionRequest
from orders.signals import order_unavailable, order_withdrawn
from quotes import commands


@receiver([order_withdrawn, order_unavailable])
def withdraw_its_offers(
    *, order: ConnectionRequest, at: datetime, **kwargs: Any
) -> None:
    commands.withdraw_undecided(order, at=at, why="Its order was closed")
