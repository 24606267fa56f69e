"""Preparing an offer, issuing it, and taking it back."""

from dccportal.desk.actions.quotes.form import amount
from dccportal.desk.actions.quotes.issue import Issue, Retry, Withdraw
from dccportal.desk.actions.quotes.prepare import Draft
from dccportal.desk.actions.quotes.receipt import Announce

PAGES = [Draft(), Issue(), Retry(), Announce(), Withdraw()]

__all__ = ["PAGES", "amount"]
