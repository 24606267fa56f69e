"""What the database itself holds of rows in several apps."""

from django.db import models
from django.db.models import Q


def both_positive_or_none(name: str, first: str, second: str) -> models.CheckConstraint:
    """Return the constraint that two figures of a row are given together, or neither.

    Args:
        name: the one that the table has.
    """
    # A check that comes to NULL passes, so both say that they are not.
    given = {f"{column}__isnull": False for column in (first, second)}
    positive = {f"{column}__gt": 0 for column in (first, second)}
    return models.CheckConstraint(
        name=name,
        condition=Q(**{first: None, second: None}) | Q(**given, **positive),
    )
