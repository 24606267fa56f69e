"""Which stored documents a person may have: those on the thread of an order."""

from typing import Any

from django.db.models import QuerySet

from orders.models import ConnectionRequest
from parties.models import User
from records.models import Document

# A supplier works from the order, and sees neither prices nor who signed for them.
NOT_FOR_SUPPLIERS = (Document.Kind.QUOTATION, Document.Kind.AUTHORITY)


def documents_visible_to(user: User) -> "QuerySet[Any]":
    """Keep the documents of the orders that `user` may know of.

    Source: R-1.3-3, R-2.3-3.
    """
    orders = ConnectionRequest.objects.visible_to(user)
    papers = Document.objects.filter(thread__in=orders.values("reference"))
    if user.is_staff and not user.is_dcc:
        return papers.exclude(kind__in=NOT_FOR_SUPPLIERS)
    return papers
