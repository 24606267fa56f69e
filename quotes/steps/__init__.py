"""Preparing an offer, issuing it, and taking it back."""

from typing import Any

from orders.steps.base import OrderPage
from quotes.steps.issue import Issue, Retry, Withdraw
from quotes.steps.prepare import Draft
from quotes.steps.receipt import Announce

PAGES: list[OrderPage[Any]] = [Draft(), Issue(), Retry(), Announce(), Withdraw()]

__all__ = ["PAGES"]
