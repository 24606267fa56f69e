"""Amounts that the database adds up, to the penny."""

from django.db.models import Sum  # noqa: TID251  nowhere else
from django.db.models.functions import Round


def added_up(name: str) -> Round:
    """Return the sum of a column of pounds.

    SQLite adds up what it cannot hold exactly, and would leave a trace of it.
    """
    return Round(Sum(name), precision=2)
