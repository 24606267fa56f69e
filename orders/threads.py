"""What rows of work say of an order, an enquiry and a Party, and how each is found."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from common.lines import look
from common.prepared import prepared
from common.row_addresses import RowAddresses
from common.search import Terms
from orders.findings.looks import Evidence, count_words, evidence_of, findings
from orders.models import ConnectionRequest, Enquiry
from orders.obligations import CHECK
from orders.querysets import OrderQuerySet
from orders.search import find_orders
from parties.models import Party, User
from parties.search import parties_found
from worklist.models import WorkItem
from worklist.threads import ThreadDescription

Threads = QuerySet[Any, Any]
ORDERS = RowAddresses("admin:orders_connectionrequest_change")
ENQUIRIES = RowAddresses("admin:orders_enquiry_change")
PARTIES = RowAddresses("admin:parties_party_change")


def describe_orders(items: list[WorkItem], today: date) -> dict[str, ThreadDescription]:
    """Return what is said of each order; of a form to check, what was found in it."""
    threads = {item.thread for item in items}
    found = {order.reference: order for order in orders_called(tuple(threads))}
    forms = sorted({item.thread for item in items if item.kind == CHECK.slug})
    evidence = evidence_of([found[thread] for thread in forms], today)
    address = ORDERS.here()
    return {
        reference: describe_order(order, evidence.get(order.pk), address(order.pk))
        for reference, order in found.items()
    }


@prepared
def orders_called(references: tuple[str, ...]) -> OrderQuerySet:
    rows: OrderQuerySet = ConnectionRequest.objects.filter(reference__in=references)
    return rows.select_related("party", "data_centre", "group")


def describe_order(
    order: ConnectionRequest, evidence: Evidence | None, url: str
) -> ThreadDescription:
    return ThreadDescription(
        title=order.title,
        party=order.party,
        url=url,
        what={CHECK.slug: check_words(evidence)} if evidence else {},
    )


def check_words(evidence: Evidence) -> str:
    """Say which form is to be checked, and what the portal found in it."""
    number = evidence.order.hanging.rounds + 1
    which = CHECK.what if number == 1 else f"Check form {number}"
    return f"{which}: {count_words(findings(evidence))}"


def describe_enquiries(
    items: list[WorkItem], today: date
) -> dict[str, ThreadDescription]:
    """Return what is said of each enquiry that is about no order."""
    threads = {item.thread for item in items}
    rows = Enquiry.objects.for_pages().filter(reference__in=threads)
    return {
        enquiry.reference: ThreadDescription(
            title=enquiry.get_kind_display(),
            party=enquiry.party,
            url=ENQUIRIES.of(enquiry.pk),
        )
        for enquiry in rows
    }


def orders_found(terms: Terms, user: User, live: Threads) -> Threads:
    orders = ConnectionRequest.objects.visible_to(user).filter(reference__in=live)
    return find_orders(orders, terms).order_by().values("reference")


def enquiries_found(terms: Terms, user: User, live: Threads) -> Threads:
    """Keep the enquiries about no order in which each word stands somewhere."""
    found = Enquiry.objects.filter(order=None)
    for word in terms.words:
        found = found.filter(
            Q(reference__icontains=word)
            | Q(party__name_look__contains=look(word))
            | Q(asked_by__name__icontains=word)
            | Q(asked_by__email__icontains=word)
        )
    return found.order_by().values("reference")


def describe_parties(
    items: list[WorkItem], today: date
) -> dict[str, ThreadDescription]:
    """Return what is said of each Party that is asked about its own register."""
    rows = Party.objects.filter(reference__in={item.thread for item in items})
    return {
        party.reference: ThreadDescription(
            title="Nominations", party=party, url=PARTIES.of(party.pk)
        )
        for party in rows
    }


def asked_parties_found(terms: Terms, user: User, live: Threads) -> Threads:
    parties = Party.objects.visible_to(user).filter(reference__in=live)
    return parties_found(parties, terms).order_by().values("reference")
