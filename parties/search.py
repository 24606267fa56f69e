"""Parties and people are found by their references, names and numbers."""

from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from common.lines import look
from common.search import ABROAD, Terms

Rows = QuerySet[Any, Any]


def only_figures(phone: str) -> Any:
    """Return a column of phone numbers as `read_terms` reads one: 07700900123."""
    plain: Any = F(phone)
    for sign in " -()./":
        plain = Replace(plain, Value(sign), Value(""))
    for abroad in ABROAD:
        plain = Replace(plain, Value(abroad), Value("0"))
    return plain


def parties_found(parties: Rows, terms: Terms) -> Rows:
    """Keep the Parties in which each word stands somewhere; no words keep all."""
    found: Rows = parties.alias(figures=only_figures("phone"))
    for word in terms.words:
        found = found.filter(
            Q(reference__icontains=word)
            | Q(sec_identifier__icontains=word)
            | Q(name_look__contains=look(word))
            | Q(figures__contains=word)
        )
    return found


def people_found(people: Rows, terms: Terms) -> Rows:
    """Keep the people in whom each word stands somewhere; no words keep all."""
    found: Rows = people.alias(figures=only_figures("phone"))
    for word in terms.words:
        found = found.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(party__name_look__contains=look(word))
            | Q(figures__contains=word)
        )
    return found
