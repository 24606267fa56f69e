"""Where each order stands, over all apps: whose turn it is, and the next date.

One query for a page of orders, however many there are: what a page filters and sorts
by is worked out in the database, by the same rules for every page.
"""

from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from common.clock import UK
from orders.querysets import OrderQuerySet
from orders.states import Channel, OrderState
from quotes.models import Quote
from quotes.states import QuoteState
from sites.models import InstallationStage, SiteAccess, SiteVisit


class Turn(TextChoices):
    """Who has the next step of an order."""

    YOU = "you", "You"
    DCC = "dcc", "DCC"
    INSTALLER = "installer", "Gateway Connection Provider"
    CONFIGURER = "configurer", "Data Service Provider"
    NOBODY = "nobody", "Nobody"


OPEN_OFFER = Q(state__in=(OrderState.QUOTED, OrderState.SURVEY))
ON_SITE = Q(state__in=(OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL))

TURNS = [
    # A form that came by e-mail is being keyed in by the desk.
    (Q(state=OrderState.DRAFT) & ~Q(channel=Channel.PORTAL), Turn.DCC),
    (Q(state__in=(OrderState.DRAFT, OrderState.RETURNED)), Turn.YOU),
    (Q(state__in=(OrderState.SUBMITTED, OrderState.ACCEPTED)), Turn.DCC),
    (OPEN_OFFER & Q(offer_state=QuoteState.ISSUED), Turn.YOU),
    (OPEN_OFFER & Q(offer_state=QuoteState.AUTHORITY_RECEIVED), Turn.DCC),
    (Q(state=OrderState.AUTHORISED, is_access_agreed=False), Turn.DCC),
    (Q(state=OrderState.SURVEY, surveyed_at__isnull=False), Turn.DCC),
    (Q(state=OrderState.INSTALL, is_equipment_in=True), Turn.DCC),
    (ON_SITE, Turn.INSTALLER),
    (Q(state=OrderState.CONFIGURING), Turn.CONFIGURER),
]
NEXT_DATES = [
    (Q(state=OrderState.ACCEPTED), F("quote_due_on")),
    (OPEN_OFFER & Q(offer_state=QuoteState.ISSUED), F("offer_last_day")),
    (ON_SITE, F("visit_on")),
]


def overview(orders: OrderQuerySet) -> OrderQuerySet:
    """Add `turn`, `next_on` and what they are worked out from to each order.

    `next_on` is a UK date or None; `offer_last_day` the last day of the open offer,
    which has none until it is received (T29).
    """
    offers = Quote.objects.open().filter(order=OuterRef("pk"))
    visits = SiteVisit.objects.filter(order=OuterRef("pk"), state="booked")
    access = SiteAccess.objects.filter(order=OuterRef("pk"))
    stages = InstallationStage.objects.filter(order=OuterRef("pk"))
    # An offer lapses at a UK midnight, and clocks never change in the hour before one.
    last_day = TruncDate(F("lapses_at") - timedelta(hours=1), tzinfo=UK)
    found: OrderQuerySet = orders.annotate(
        offer_state=Subquery(offers.values("state")[:1]),
        offer_last_day=Subquery(offers.values(day=last_day)[:1]),
        visit_on=Subquery(visits.order_by("on").values("on")[:1]),
        visit_purpose=Subquery(visits.order_by("on").values("purpose")[:1]),
        is_access_agreed=Exists(access.filter(agreed_at__isnull=False)),
        is_equipment_in=Exists(stages.filter(stage="equipment")),
    ).annotate(
        turn=Case(
            *(When(rule, then=Value(turn.value)) for rule, turn in TURNS),
            default=Value(Turn.NOBODY.value),
            output_field=CharField(),
        ),
        next_on=Case(
            *(When(rule, then=date) for rule, date in NEXT_DATES),
            default=None,
            output_field=DateField(),
        ),
    )
    return found


def soonest_first(orders: OrderQuerySet) -> OrderQuerySet:
    """Sort by the next date; orders without one come last, the latest at the top."""
    return orders.order_by(F("next_on").asc(nulls_last=True), "-pk")
