"""One text an order to search in, kept with the register of work, thread by thread.

Each app says which of its rows an order is found by. The texts of any number of orders
come from one query.
"""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Replace

from common.lines import look
from common.search import Terms
from orders.models import ConnectionRequest, Enquiry, SearchText, Sharer
from orders.models.answers import SEARCHED_ANSWERS
from orders.querysets import OrderQuerySet
from parties.search import only_figures

Rows = QuerySet[Any, Any]
LINE = "\n"
# No reference begins like this.
MARK = "thread "
TEXT: TextField[str, str] = TextField()
# Where a search of orders looks, as people read it; the apps above add their sources.
SEARCHED = (
    "references (of orders, quotations, visits, connections, enquiries and circuits, "
    "and the Party’s own), sites, postcodes, IP addresses, and the names, e-mail "
    "addresses and phone numbers of contacts"
)
# Takes the references of orders; gives pairs of a reference and lines of text.
Source = Callable[[Collection[str]], Rows]

SOURCES: list[Source] = []
PEOPLE = (
    *("party__name", "party__reference", "sender_email"),
    *("submitted_by__name", "submitted_by__email"),
)
PHONES = ("technical_contact_phone", "site_contact_phone")
PLACES = tuple(
    f"data_centre__{part}" for part in ("name", "street", "town", "postcode")
)


def found_by(source: Source) -> Source:
    """Let orders be found by what `source` reads."""
    SOURCES.append(source)
    return source


def lines_of(rows: Rows, order: str, *fields: Any) -> Rows:
    """Return pairs of an order's reference and some fields, each a line of its own.

    Args:
        order: the path from a row to its order; empty where the rows are orders.
        fields: names of fields, or expressions of text.
    """
    named = (F(one) if isinstance(one, str) else one for one in fields)
    texts = [Coalesce(Cast(one, TEXT), Value("", TEXT)) for one in named]
    reference = F(f"{order}__reference" if order else "reference")
    return rows.order_by().values_list(reference, joined(texts))


def joined(texts: list[Any]) -> Any:
    """Join lines two by two: a database reads no more than so many brackets deep."""
    if len(texts) == 1:
        return texts[0]
    middle = len(texts) // 2
    return Concat(joined(texts[:middle]), Value(LINE, TEXT), joined(texts[middle:]))


@found_by
def words_of_orders(threads: Collection[str]) -> Rows:
    rows = ConnectionRequest.objects.filter(reference__in=threads)
    dashed = Replace("customer_reference_look", Value("-"), Value(""))
    # As they type it who leave dashes and spaces out.
    bare = Replace(dashed, Value(" "), Value(""))
    return lines_of(rows, "", "reference", bare, *SEARCHED_ANSWERS, *PEOPLE, *PLACES)


@found_by
def phones_of(threads: Collection[str]) -> Rows:
    rows = ConnectionRequest.objects.filter(reference__in=threads)
    return lines_of(rows, "", *map(only_figures, PHONES))


@found_by
def enquiries_of(threads: Collection[str]) -> Rows:
    rows = Enquiry.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "reference")


@found_by
def sharers_of(threads: Collection[str]) -> Rows:
    rows = Sharer.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "name")


@lru_cache(maxsize=16)
def statement(count: int, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for so many orders, with marks where their references go.

    Every command asks it, and to put it together takes ten times as long as its answer.
    """
    marks = [f"{MARK}{place}" for place in range(count)]
    first, *rest = (source(marks) for source in SOURCES)
    sql, params = first.union(*rest, all=True).query.sql_with_params()
    return sql, tuple(params)


def texts_of(threads: Collection[str]) -> dict[str, str]:
    """Return what each of these orders is found by, from one query."""
    if not threads:
        return {}
    sql, params = statement(len(threads), connection.vendor)
    named = dict(
        zip((f"{MARK}{place}" for place in range(len(threads))), threads, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [named.get(one, one) for one in params])
        found_rows = cursor.fetchall()
    lines: dict[str, set[str]] = {}
    for reference, words in found_rows:
        found = lines.setdefault(reference, set())
        found.update(look(line) for line in words.split(LINE))
    return {
        reference: LINE.join(sorted(filter(None, found)))
        for reference, found in lines.items()
    }


def stored_of(threads: Collection[str]) -> dict[str, tuple[int, str | None]]:
    """Return of each order its key and the text that is kept."""
    orders = ConnectionRequest.objects.filter(reference__in=threads).order_by("pk")
    rows = orders.values_list("reference", "pk", "search_text__text")
    return {reference: (pk, text) for reference, pk, text in rows}


def write_texts(threads: Collection[str]) -> None:
    """Write what differs: nothing where nothing changed that orders are found by."""
    texts, kept = texts_of(threads), stored_of(threads)
    new = [
        SearchText(order_id=pk, text=texts[reference])
        for reference, (pk, text) in kept.items()
        if text != texts[reference]
    ]
    SearchText.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["order"], update_fields=["text"]
    )


def differences(threads: Collection[str]) -> Iterator[str]:
    """Say of which orders the text that is kept is not what the rows say."""
    texts = texts_of(threads)
    for reference, (_, text) in stored_of(threads).items():
        if text != texts[reference]:
            yield f"{reference}: what it is found by is not what its rows say."


def all_orders() -> Iterator[str]:
    references = ConnectionRequest.objects.order_by().values_list(
        "reference", flat=True
    )
    return references.iterator()


def find_orders(orders: OrderQuerySet, terms: Terms) -> OrderQuerySet:
    """Keep the orders in which each word stands somewhere; no words keep all."""
    found: OrderQuerySet = orders
    for word in terms.words:
        found = found.filter(standing_in(word))
    return found


def standing_in(word: str) -> Q:
    """Return the condition that `word` stands in what an order is found by."""
    alike = look(word)
    bare = alike.replace("-", "")
    somewhere = Q(search_text__text__contains=alike)
    # Asked twice in the same words, a database reads twice.
    is_other = bare not in ("", alike)
    return somewhere | Q(search_text__text__contains=bare) if is_other else somewhere
