"""Lists whose page begins after the last row of the one before: no page costs more.

None counts its rows, and none steps over those of the pages before.
"""

import json
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

from common.row_addresses import RowAddresses

AFTER = "after"
# How the name of an address ends that gives a whole list as a file.
EXPORT = "_export"
NOTHING = Q(pk__in=())
Key = list[Any]
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class SortKey:
    """One thing that a list is sorted by.

    Args:
        name: under which a row carries it.
        may_miss: whether there are rows without it. They come last, but for a list
            that is read backwards.
    """

    name: str
    expression: Any
    is_descending: bool = False
    may_miss: bool = False
    is_backwards: bool = False

    @property
    def ordering(self) -> Any:
        """Return what sorts by it, alike on every database."""
        missing = self.may_miss or None
        return OrderBy(
            self.expression,
            descending=self.is_descending,
            nulls_first=missing if self.is_backwards else None,
            nulls_last=None if self.is_backwards else missing,
        )

    def same(self, value: object) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": True})
        return Q(**{self.name: value})

    def beyond(self, value: object, *, or_same: bool = False) -> Q:
        """Return the condition that a row stands after one with `value`."""
        if value is None:
            return self.beyond_missing(or_same)
        sign = ("lt" if self.is_descending else "gt") + ("e" if or_same else "")
        later = Q(**{f"{self.name}__{sign}": value})
        has_missing_after = self.may_miss and not self.is_backwards
        return later | self.same(None) if has_missing_after else later

    def beyond_missing(self, or_same: bool) -> Q:
        if self.is_backwards:
            return Q() if or_same else ~self.same(None)
        return self.same(None) if or_same else NOTHING


def terms_of(model: type[Model], ordering: tuple[Any, ...]) -> list[SortKey]:
    """Return what a list is sorted by, with names under which its rows carry it."""
    return [
        term_of(model, f"{AFTER}_{place}", one) for place, one in enumerate(ordering)
    ]


def term_of(model: type[Model], name: str, one: object) -> SortKey:
    if isinstance(one, OrderBy):
        return SortKey(name, one.expression, one.descending, bool(one.nulls_last))
    if not isinstance(one, str):
        return SortKey(name, one)
    path, is_descending = column_of(model, one.removeprefix("-"), one.startswith("-"))
    fields: list[Any] = [] if path == "pk" else get_fields_from_path(model, path)
    return SortKey(name, F(path), is_descending, any(field.null for field in fields))


def column_of(model: type[Model], path: str, is_descending: bool) -> tuple[str, bool]:
    """Follow a relation to what its rows are sorted by themselves, as Django does."""
    field: Any = None if path == "pk" else get_fields_from_path(model, path)[-1]
    if field is None or not field.is_relation:
        return path, is_descending
    first = next(iter(field.related_model._meta.ordering), "pk")  # noqa: SLF001  Django's door
    flipped = is_descending != first.startswith("-")
    column = first.removeprefix("-")
    return f"{path}_id" if column == "pk" else f"{path}__{column}", flipped


def backwards(terms: list[SortKey]) -> list[SortKey]:
    """Return what sorts the same rows the other way round."""
    return [
        replace(
            term,
            is_descending=not term.is_descending,
            is_backwards=not term.is_backwards,
        )
        for term in terms
    ]


def marked(rows: Rows, terms: list[SortKey]) -> Rows:
    """Sort rows by these terms, and let each carry where it stands."""
    carried = {term.name: term.expression for term in terms}
    return in_order(rows.annotate(**carried), terms)


def in_order(rows: Rows, terms: list[SortKey]) -> Rows:
    return rows.order_by(*(term.ordering for term in terms))


def place_of(row: Model, terms: list[SortKey]) -> Key:
    """Return where a row that was marked stands."""
    return [getattr(row, term.name) for term in terms]


def key_of(row: Model, terms: list[SortKey]) -> str:
    """Return where a row stands, as an address can carry it."""
    return written(place_of(row, terms))


def written(key: Key) -> str:
    return json.dumps(key, default=str)


def beyond(terms: list[SortKey], key: Key) -> Q:
    """Return the condition that a row stands after the one of `key`.

    The first term is asked for apart, though it follows: an index can begin there.
    """
    pairs = list(zip(terms, key, strict=True))
    later = (
        reduce(Q.__and__, (term.same(value) for term, value in pairs[:place]), Q())
        & pairs[place][0].beyond(pairs[place][1])
        for place in range(len(pairs))
    )
    first, value = pairs[0]
    return first.beyond(value, or_same=True) & reduce(or_, later)


def read_key(text: str) -> Key:
    """Return the values of a key.

    Raises:
        ValueError: it is no list of plain values.
    """
    key = json.loads(text)
    if not isinstance(key, list) or any(isinstance(one, (list, dict)) for one in key):
        raise ValueError(text)
    return key


def after(rows: Rows, terms: list[SortKey], text: str) -> Rows:
    """Keep what stands after the row of a key; an empty one keeps all.

    Raises:
        IncorrectLookupParameters: it is no key of such a list.
    """
    if not text:
        return rows
    try:
        return rows.filter(beyond(terms, read_key(text)))
    except (TypeError, ValueError, ValidationError) as error:
        raise IncorrectLookupParameters from error


def is_export(request: HttpRequest) -> bool:
    """Say whether the whole list is asked for as a file, and no page of it."""
    place = request.resolver_match
    return place is not None and str(place.url_name).endswith(EXPORT)


class KeysetList(ChangeList):
    """A list of the admin in pages of which each leads to the next."""

    next_url = first_url = ""

    def get_filters_params(self, params: Any = None) -> Any:
        asked = super().get_filters_params(params)
        asked.pop(AFTER, None)
        return asked

    def get_results(self, request: HttpRequest) -> None:
        # Links to other filters and orders begin at the beginning.
        for asked in (self.params, self.filter_params):
            asked.pop(AFTER, None)
        if is_export(request):
            self.result_list = []
            return
        begins = request.GET.get(AFTER, "")
        terms = terms_of(self.model, self.queryset.query.order_by)
        found = after(marked(self.queryset, terms), terms, begins)
        size = self.list_per_page
        rows = list(found[: size + 1])
        self.result_list = rows[:size]
        if len(rows) > size:
            key = key_of(rows[size - 1], terms)
            self.next_url = self.get_query_string({AFTER: key})
        if begins:
            self.first_url = self.get_query_string()
        self.paginator = Paginator(self.result_list, size)
        self.result_count = len(self.result_list)
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = True

    def url_for_result(self, result: Any) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return RowAddresses(f"admin:{name}_change").of(result.pk)

    def _get_deterministic_ordering(self, ordering: Any) -> Any:
        """Let rows that stand alike follow the direction of the last term.

        An index is then read in one direction. Django would add the key once more
        where a list is sorted by it already.
        """
        if not {"pk", "-pk"}.isdisjoint(
            one for one in ordering if isinstance(one, str)
        ):
            return list(ordering)
        whole: Any = super()._get_deterministic_ordering(ordering)  # type: ignore[misc]  # Django's, without a type
        *given, last = whole
        is_added = last == "-pk" and given and len(whole) > len(ordering)
        if is_added and isinstance(given[-1], str) and not given[-1].startswith("-"):
            return [*given, "pk"]
        return whole
