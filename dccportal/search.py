"""What a search of the desk looks at. Where orders are looked for, each app says."""

from typing import Any

from django.db.models import Q, QuerySet

from common.lines import look
from common.search import Terms
from orders.models import ConnectionRequest, Enquiry
from orders.search import find_orders
from worklist.models import WorkItem

SEARCHED = (
    "references (of orders, quotations, visits, connections, enquiries and circuits, "
    "and the Party’s own), sites, postcodes, and the names and addresses of contacts"
)


def work_about(terms: Terms, user: Any) -> Q:
    """Return which open work is about what is looked for: its order, or its enquiry.

    Only orders in which something is owed are looked through, not all there ever were.
    """
    if not terms.words:
        return Q()
    live = ConnectionRequest.objects.visible_to(user).filter(
        reference__in=WorkItem.objects.open().order_by().values("thread")
    )
    orders = find_orders(live, terms)
    enquiries = find_enquiries(terms)
    return Q(thread__in=orders.order_by().values("reference")) | Q(
        thread__in=enquiries.order_by().values("reference")
    )


def find_enquiries(terms: Terms) -> "QuerySet[Enquiry]":
    """Keep the enquiries about no order in which each word stands somewhere."""
    found = Enquiry.objects.filter(order=None)
    for word in terms.words:
        found = found.filter(
            Q(reference__icontains=word)
            | Q(party__name_look__contains=look(word))
            | Q(asked_by__name__icontains=word)
            | Q(asked_by__email__icontains=word)
        )
    return found
