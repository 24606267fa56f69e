"""Facts of a row as all pages tell them: UK instants, pounds, per cent, yes or no.

The admin would write an instant by the clock of 24 hours, an amount as a bare number,
and what holds or does not as a picture alone.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst

from common.clock import uk_time
from common.money import percent_words, pounds

PENCE = 2
# What stands where there is nothing, as the admin has it elsewhere.
NOTHING = "-"
# Decimals that are no amounts: of them the name says what they are.
PER_CENT = ("percent", "vat_rate")
NO_AMOUNT = ("mbps", "days", "metres")


def yes_or_no(holds: bool) -> str:
    return "Yes" if holds else "No"


def writer_of(field: models.Field[Any, Any]) -> Callable[[Any], str] | None:
    """Return what writes the value of a field; None where the admin does it well."""
    if isinstance(field, models.DateTimeField):
        return uk_time
    if isinstance(field, models.BooleanField):
        return yes_or_no
    if not isinstance(field, models.DecimalField) or field.name.endswith(NO_AMOUNT):
        return None
    if field.name.endswith(PER_CENT):
        return percent_words
    return pounds if field.decimal_places == PENCE else None


@cache
def column_of(model: type[models.Model], name: str) -> Any:
    """Return a column that tells one field; its bare name where that will do."""
    try:
        field = model._meta.get_field(name)  # noqa: SLF001  Django's door
    except FieldDoesNotExist:
        return name
    if not isinstance(field, models.Field):
        return name
    write = writer_of(field)
    if write is None:
        return name

    @admin.display(description=capfirst(str(field.verbose_name)), ordering=name)
    def told(row: object) -> str:
        value: datetime | Decimal | bool | None = getattr(row, name)
        return NOTHING if value is None else write(value)

    told.__name__ = name
    return told


def shown(model: type[models.Model], names: Iterable[Any]) -> list[Any]:
    """Return the columns that tell these fields, in their order."""
    return [column_of(model, name) if isinstance(name, str) else name for name in names]
