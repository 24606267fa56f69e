"""A filter of lists by year, month and day, which asks for no more than two rows."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from common.clock import start_of_uk_day, uk_date
from common.filters import asked_below

Choices = list[tuple[str, str]]
ONE_DAY = timedelta(days=1)


def by_period(column: str, title: str) -> type[admin.SimpleListFilter]:
    """Return a filter by an indexed column that holds UK days or instants."""
    return type("ByPeriod", (PeriodFilter,), {"column": column, "title": title})


class PeriodFilter(admin.SimpleListFilter):
    """Years first, then the months of the chosen year; any day can be asked for."""

    parameter_name = "when"
    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        chosen = period_of(self.value() or "")
        rows = model_admin.model._default_manager.order_by(self.column)  # noqa: SLF001  Django's name
        known = rows.filter(**{f"{self.column}__isnull": False})
        ends = [self.day(row) for row in (known.first(), known.last()) if row]
        return [*years(ends), *within(self.value() or "")] if ends or chosen else []

    def typed(self) -> str:
        """Return the day that is chosen; a month or a year has a link of its own."""
        chosen = self.value() or ""
        return chosen if chosen.count("-") > 1 and period_of(chosen) else ""

    def below(self, changelist: ChangeList) -> SafeString:
        return asked_below(changelist, self, "Or one day", kind="date")

    def day(self, row: object) -> date:
        value = getattr(row, self.column)
        return uk_date(value) if self.is_instant(type(row)) else value

    def is_instant(self, model: Any) -> bool:
        return isinstance(model._meta.get_field(self.column), DateTimeField)  # noqa: SLF001  Django's door

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        period = period_of(self.value() or "")
        if period is None:
            return queryset
        first, end = period
        ends: tuple[Any, Any] = (first, end)
        if self.is_instant(queryset.model):
            ends = start_of_uk_day(first), start_of_uk_day(end)
        since, until = ends
        kept = {f"{self.column}__gte": since, f"{self.column}__lt": until}
        return queryset.filter(**kept)


def years(ends: list[date]) -> Choices:
    """Return the years in which there may be rows, the newest first."""
    if not ends:
        return []
    every = range(max(ends).year, min(ends).year - 1, -1)
    return [(str(year), str(year)) for year in every]


def within(text: str) -> Choices:
    """Return the months of a year where one is chosen, and the day if one is."""
    period = period_of(text)
    if period is None:
        return []
    first = period[0]
    months = [date(first.year, month, 1) for month in range(1, 13)]
    found = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
    if text.count("-") > 1:
        found.append((text, f"{first:%-d %B %Y}"))
    return found


def period_of(text: str) -> tuple[date, date] | None:
    """Return the first day of a year, month or day, and the day after its last.

    None for what is no such period, which then filters nothing.
    """
    try:
        numbers = [int(part) for part in text.split("-")] if text else []
        if not 0 < len(numbers) <= 3:  # noqa: PLR2004  year, month, day
            return None
        first = date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    lengths = {1: 366, 2: calendar.monthrange(first.year, first.month)[1], 3: 1}
    after = first + timedelta(days=lengths[len(numbers)])
    return first, after if len(numbers) > 1 else date(first.year + 1, 1, 1)
