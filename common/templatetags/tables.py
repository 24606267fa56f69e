"""How facts of any kind are written in the cells of a table."""

from datetime import date
from decimal import Decimal

from django import template

from common.money import pounds
from common.wording import day_words

register = template.Library()


@register.simple_tag
def figure_cell(fact: object) -> str:
    """A fact of a table: pounds of an amount, a day of a date, else as it is."""
    if isinstance(fact, Decimal):
        return pounds(fact)
    if isinstance(fact, date):
        return day_words(fact)
    return f"{fact:,}" if isinstance(fact, int) else str(fact)


@register.filter
def is_figure(fact: object) -> bool:
    """Whether a fact is a count or an amount, which stands on the right."""
    return isinstance(fact, int | Decimal)
