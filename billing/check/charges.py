"""The charges of an order, laid beside what it calls for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Prefetch

from billing.check.called_for import CalledFor, Key, called_for, key_of
from billing.models import Charge
from billing.querysets import ChargeQuerySet
from common.money import ZERO, pounds
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet

AT_ONCE = 200
# What a row that takes another back has to repeat.
KEPT = (
    "order_id",
    "connection_id",
    "party_id",
    "kind",
    "due_on",
    "tax_point",
    "year",
)


def faults_of_charges(today: date) -> Iterator[str]:
    """Yield in words what is wrong with the charges of any order, on a UK day.

    What a timer raises has until the end of the day on which it fell due. An order that
    seems wrong is read once more: somebody may have changed it while it was read.
    """
    for order in with_all(ConnectionRequest.objects.all()).iterator(AT_ONCE):
        if any(faults_of(order, today)):
            again = with_all(ConnectionRequest.objects.filter(pk=order.pk))
            yield from faults_of(again.get(), today)


def with_all(orders: OrderQuerySet) -> OrderQuerySet:
    """Bring all that a charge may rest on, in a fixed number of queries."""
    charges: ChargeQuerySet = Charge.objects.select_related("visit", "reversal")
    related = orders.order_by("pk").select_related("connection__cancellation")
    return related.prefetch_related(
        Prefetch("charges", charges.order_by("pk")),
        "quotes__lines",
        "connection__periods",
        "connection__rate_changes",
        "visits__own_claim__next_visits",
        "access_items__costs__item",
    )


def faults_of(order: ConnectionRequest, today: date) -> Iterator[str]:
    """Yield what is wrong with the charges of one order, each in a sentence.

    Source: R-2.9.1-4, R-2.9.1-5, R-2.9.1-6, R-2.3-5.
    """
    raised: dict[Key, list[Charge]] = defaultdict(list)
    for charge in order.charges.all():
        yield from faults_of_row(order, charge)
        if charge.reverses_id is None:
            raised[key_of(charge)].append(charge)
    for one in called_for(order, today):
        for words in compared(one, raised.pop(one.key, []), today):
            yield f"{order}: {one.what} {words}."
    for charge in (row for rows in raised.values() for row in rows):
        if not charge.is_taken_back:
            yield f"{order}: {charge.description} is charged, and nothing calls for it."


def faults_of_row(order: ConnectionRequest, charge: Charge) -> Iterator[str]:
    if charge.party_id != order.party_id:
        yield f"{order}: {charge.description} is charged to another Party."
    if charge.is_taken_back and not is_opposite(charge, charge.reversal):
        yield f"{order}: {charge.description} is taken back by a row unlike it."


def is_opposite(charge: Charge, reversal: Charge) -> bool:
    same = all(getattr(charge, name) == getattr(reversal, name) for name in KEPT)
    return same and charge.net + reversal.net == ZERO


def compared(one: CalledFor, rows: list[Charge], today: date) -> Iterator[str]:
    """Yield how the rows of one cause differ from what it calls for.

    Whoever put a charge right decided what it costs, or that nothing is owed.
    """
    standing = [row for row in rows if not row.is_taken_back]
    if len(standing) > 1:
        yield f"is charged {len(standing)} times"
    for row in standing:
        if one.due_on not in (None, row.due_on):
            yield f"is due on {day_words(row.due_on)}, not on {day_words(one.due_on)}"
        if row.net not in one.nets and not is_put_right(rows):
            nets = " or ".join(sorted(map(pounds, one.nets)))
            yield f"is charged at {pounds(row.net)} instead of {nets}"
    yesterday = today - timedelta(days=1)
    if not standing and not one.may_be_missing(yesterday) and not is_put_right(rows):
        yield "is taken back and not charged anew" if rows else "is not charged"


def is_put_right(rows: list[Charge]) -> bool:
    """Whether somebody of DCC put one of them right."""
    ends = [row.reversal for row in rows if row.is_taken_back]
    return any(row.raised_by_id is not None for row in [*rows, *ends])
