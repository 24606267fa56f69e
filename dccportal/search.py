"""Finding orders over all apps: by any reference, site, postcode or person."""

from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Replace

from common.lines import look
from common.search import Terms
from orders.models import Enquiry, Sharer
from orders.querysets import OrderQuerySet
from quotes.models import Quote
from sites.models import InstallationStage, SiteVisit

SEARCHED = (
    "references (of orders, quotations, visits, connections, enquiries and circuits, "
    "and the Party’s own), sites, postcodes, and the names and addresses of contacts"
)
PEOPLE = (
    "technical_contact_name",
    "technical_contact_email",
    "site_contact_name",
    "site_contact_email",
    "sender_email",
    "submitted_by__name",
    "submitted_by__email",
)
PLACES = ("data_centre__town", "data_centre__street", "data_centre__postcode")
REFERENCES = ("reference", "purchase_order", "connection__reference")
# What hangs from an order, and the field by which that is found.
BELOW: tuple[tuple[Any, str], ...] = (
    (Quote, "reference"),
    (SiteVisit, "reference"),
    (InstallationStage, "provider_reference"),
    (Enquiry, "reference"),
    (Sharer, "name_look"),
)


def find_orders(orders: OrderQuerySet, terms: Terms) -> OrderQuerySet:
    """Keep the orders in which each word stands somewhere; no words keep all."""
    found: OrderQuerySet = orders
    if terms.words:
        bare = Replace("customer_reference_look", Value("-"), Value(""))
        found = found.alias(
            bare_reference=Replace(bare, Value(" "), Value("")),
        )
    for word in terms.words:
        found = found.filter(standing_in(word))
    return found


def standing_in(word: str) -> Q:
    """Return the condition that `word` stands somewhere in an order."""
    alike = look(word)
    bare = alike.replace("-", "")
    names = ("customer_reference_look", "party__name_look", "data_centre__name_look")
    somewhere = Q(bare_reference__contains=bare) if bare else Q()
    for name in names:
        somewhere |= Q(**{f"{name}__contains": alike})
    for field in (*REFERENCES, *PLACES, *PEOPLE):
        somewhere |= Q(**{f"{field}__icontains": word})
    for model, field in BELOW:
        below = model.objects.filter(**{f"{field}__icontains": word})
        somewhere |= Q(pk__in=below.exclude(order=None).values("order"))
    return somewhere
