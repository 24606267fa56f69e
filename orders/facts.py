"""What the register of work reads of orders and enquiries, however many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from common.prepared import prepared
from orders.models import ConnectionRequest, Enquiry, Question, SiteReview
from orders.querysets import QuestionQuerySet
from orders.states import CLOSED, OrderState
from parties.models import NominationsQuestion
from worklist.parts import ThreadReading


@dataclass(frozen=True)
class OrderFacts:
    """An order, and what its review from the desk found, if there is one."""

    order: Any
    review: SiteReview | None


def orders_in(reading: ThreadReading) -> dict[str, ConnectionRequest]:
    """Return the orders of some threads by reference; locked, where that is asked.

    The lock comes in the order of keys, as everywhere.
    """
    orders = ConnectionRequest.objects
    found = orders.locked() if reading.is_locking else orders.all()
    rows = found.filter(reference__in=reading.threads).order_by("pk")
    return {order.reference: order for order in rows}


def orders_in_states(
    reading: ThreadReading, states: Iterable[str]
) -> dict[int, ConnectionRequest]:
    """Return by key the orders of some threads that are in one of these states."""
    wanted = set(states)
    orders = reading.get(orders_in).values()
    return {order.pk: order for order in orders if order.state in wanted}


def reviews_in(reading: ThreadReading) -> dict[int, SiteReview]:
    """Return the site reviews by order, where they still decide what comes next."""
    orders = orders_in_states(reading, (OrderState.ACCEPTED,))
    if not orders:
        return {}
    return {row.order_id: row for row in SiteReview.objects.filter(order__in=orders)}


def order_facts(reading: ThreadReading) -> dict[str, OrderFacts]:
    reviews = reading.get(reviews_in)
    return {
        reference: OrderFacts(order, reviews.get(order.pk))
        for reference, order in reading.get(orders_in).items()
    }


def live_orders() -> Iterable[str]:
    """Return the references of all orders in which something may be owed."""
    live = ConnectionRequest.objects.exclude(state__in=CLOSED)
    return live.order_by().values_list("reference", flat=True).iterator()


def enquiries_in(reading: ThreadReading) -> dict[str, list[Enquiry]]:
    """Return the enquiries by thread: that of their order, or their own."""
    named = Q(order__reference__in=reading.threads) | Q(reference__in=reading.threads)
    found: dict[str, list[Enquiry]] = {}
    for enquiry in Enquiry.objects.filter(named).select_related("order"):
        found.setdefault(enquiry.thread, []).append(enquiry)
    return found


def waiting_enquiries() -> Iterable[str]:
    for enquiry in Enquiry.objects.waiting().select_related("order").iterator():
        yield enquiry.thread


@prepared
def orders_told(keys: tuple[int, ...]) -> QuerySet[ConnectionRequest]:
    """Return orders with what their Party is told of them."""
    rows = ConnectionRequest.objects.filter(pk__in=keys)
    return rows.select_related("data_centre")


def returned_told(keys: tuple[int, ...]) -> list[ConnectionRequest]:
    """Return forms that came back, each with the open questions as `asked`."""
    forms = orders_told(keys)
    found: dict[int, list[Question]] = {form.pk: [] for form in forms}
    for question in open_questions(keys):
        found[question.order_id].append(question)
    for form in forms:
        told: Any = form
        told.asked = found[form.pk]
    return forms


@prepared
def open_questions(orders: tuple[int, ...]) -> QuestionQuerySet:
    rows: QuestionQuerySet = Question.objects.filter(order__pk__in=orders)
    return rows.open().for_pages()


@prepared
def enquiries_told(keys: tuple[int, ...]) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(pk__in=keys)


def nominations_asked(reading: ThreadReading) -> dict[str, NominationsQuestion]:
    """Return the open question about its nominations by the Party's own thread.

    Where that is asked the question is locked, not the Party: a command may hold an
    order already, and a Party is locked before it.
    """
    asked = NominationsQuestion.objects.open()
    found = asked.locked() if reading.is_locking else asked
    rows = found.filter(party__reference__in=reading.threads).order_by("pk")
    return {row.thread: row for row in rows.select_related("party")}


def parties_asked() -> Iterable[str]:
    """Return the threads of all Parties that are asked about their nominations."""
    asked = NominationsQuestion.objects.open().order_by()
    return asked.values_list("party__reference", flat=True).iterator()


@prepared
def nominations_told(keys: tuple[int, ...]) -> QuerySet[NominationsQuestion]:
    return NominationsQuestion.objects.filter(pk__in=keys).select_related("party")
