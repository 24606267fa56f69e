"""What waits for a Party, by the date it is due, and what happens if nobody acts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from common.clock import uk_date
from common.money import pounds
from common.time_left import TimeLeft, calendar_days_left
from connections.models import ContractPeriod
from dccportal.overview import Turn, soonest_first
from dccportal.pages.home import orders_of
from dccportal.pages.wording import (
    count_words,
    kind_words,
    long_date,
    short_date,
    wish_words,
)
from orders.querysets import OrderQuerySet
from orders.states import OrderState
from parties.models import User
from quotes.deadlines import TO_CONFIRM
from quotes.models import Authority, Quote
from quotes.states import HandIn, Outcome, QuoteState
from quotes.wording import offer_left

SHOWN = 20


@dataclass(frozen=True)
class Need:
    """One thing to do, as the home page shows it. `since` is a clock that waits."""

    what: str
    where: str
    url: str
    button: str
    if_nothing: str
    left: TimeLeft | None = None
    since: date | None = None
    is_secondary: bool = False

    @property
    def due(self) -> date:
        return self.left.last_day if self.left else date.max


def needs_of(user: User, today: date) -> list[Need]:
    """Return what waits for the Party of `user`, the soonest first.

    At most one more than `SHOWN` of each kind, so that a page stays quick.
    """
    orders = list(soonest_first(orders_waiting(user))[: SHOWN + 1])
    offers = open_offers(user, orders)
    found = [order_need(order, offers.get(order.pk), today) for order in orders]
    found += [renewal_need(period, today) for period in renewals(user, today)]
    return sorted(found, key=lambda need: (need.due, need.is_secondary))


def orders_waiting(user: User) -> OrderQuerySet:
    annotated: Any = orders_of(user)
    found: OrderQuerySet = annotated.filter(turn=Turn.YOU)
    return found


def open_offers(user: User, orders: list[Any]) -> dict[int, Any]:
    """Return the offer to decide on, by order.

    `was_refused` says that an authority had no effect; `waits_to_be_sent` that signed
    pages were uploaded and nobody has looked at what they are yet.
    """
    refused = Authority.objects.filter(
        quote=OuterRef("pk"), outcome=Outcome.NOT_EFFECTIVE
    )
    uploaded = Authority.objects.filter(quote=OuterRef("pk"), state=HandIn.UPLOADED)
    offers = (
        Quote.objects.visible_to(user)
        .filter(order__in=[order.pk for order in orders], state=QuoteState.ISSUED)
        .annotate(was_refused=Exists(refused), waits_to_be_sent=Exists(uploaded))
        .prefetch_related("lines")
    )
    return {offer.order_id: offer for offer in offers}


def open_windows(user: User, today: date) -> QuerySet[ContractPeriod]:
    """Return the periods that can be cancelled free of charge today."""
    periods = ContractPeriod.objects.visible_to(user)
    return periods.filter(window_last_day__gte=today)


def renewals(user: User, today: date) -> list[Any]:
    rows = open_windows(user, today).select_related("connection__data_centre")
    return list(rows.order_by("window_last_day")[: SHOWN + 1])


def order_need(order: Any, offer: Any, today: date) -> Need:
    if offer is not None:
        return offer_need(order, offer, today)
    if order.state == OrderState.RETURNED:
        return returned_need(order)
    return draft_need(order)


def place(order: Any) -> str:
    """Return "HV 20 Mbps, 3 years, Thornby Park, Derby. Order ORD-1042"."""
    site = str(order.data_centre) if order.data_centre else ""
    words = ", ".join(filter(None, [wish_words(order), site]))
    return f"{words}. Order {order.reference}"


def upload_need(order: Any, offer: Any, today: date) -> Need:
    """Signed pages were uploaded; they count already, and go by themselves soon."""
    minutes = TO_CONFIRM // timedelta(minutes=1)
    return Need(
        what="Look at the signed quotation that you uploaded, and send it",
        where=f"{offer.reference}, {place(order)}",
        url=reverse("quote-upload", args=[offer.reference]),
        button="Look at it and send it",
        if_nothing=f"it is handed in as it is, {minutes} minutes after the upload.",
        left=calendar_days_left(today, today),
    )


def offer_need(order: Any, offer: Any, today: date) -> Need:
    if offer.waits_to_be_sent:
        return upload_need(order, offer, today)
    kind = "updated quotation" if offer.is_updated else "quotation"
    what = f"Accept or decline the {kind} of {pounds(offer.total.net)}"
    if offer.was_refused:
        what = f"Send the signed {kind} again: the last one had no effect"
    return Need(
        what=what,
        where=f"{offer.reference}, {place(order)}",
        url=reverse("quote", args=[offer.reference]),
        button="Read and decide",
        if_nothing=if_nobody_decides(offer),
        left=offer_left(offer, today),
    )


def if_nobody_decides(offer: Any) -> str:
    if offer.last_day is None:
        return "it stays open: its days begin when you open it."
    over = long_date(offer.last_day + timedelta(days=1))
    return f"the order ends on {over}. No charge, but you would start again."


def returned_need(order: Any) -> Need:
    return Need(
        what="Answer the Service Desk and send the form again",
        where=place(order),
        url=reverse("order-form", args=[order.reference]),
        button="Answer",
        if_nothing="DCC cannot check the form or start your quotation.",
        since=uk_date(order.returned_at),
    )


def draft_need(order: Any) -> Need:
    return Need(
        what="Finish your request and send it",
        where=place(order),
        url=reverse("order-form", args=[order.reference]),
        button="Go on",
        if_nothing="nothing is ordered. Your answers stay here.",
        is_secondary=True,
    )


def renewal_need(period: Any, today: date) -> Need:
    connection = period.connection
    charge = pounds(period.renewal_net)
    months = settings.RENEWAL_MONTHS
    return Need(
        what="Keep or cancel a connection whose period is ending",
        where=(
            f"{connection.reference}, {kind_words(connection)}, "
            f"{connection.data_centre}. Period ends {short_date(period.last_day)}"
        ),
        url=reverse("connection", args=[connection.reference]),
        button="See the renewal",
        if_nothing=f"it renews for {months} months at {charge} a year excluding "
        f"VAT. The {months} months are our rule.",
        left=calendar_days_left(period.window_last_day, today),
        is_secondary=True,
    )


def heading(needs: list[Need], today: date) -> str:
    """Return the page's title: how many things wait, and until when the first does."""
    if not needs:
        return "Nothing needs you"
    words = "More than twenty" if len(needs) > SHOWN else count_words(len(needs))
    things = "thing needs" if len(needs) == 1 else "things need"
    first = f", the first by {near(needs[0].due, today)}" if needs[0].left else ""
    if len(needs) == 1:
        first = first.replace("the first ", "")
    return f"{words.capitalize()} {things} you{first}"


def near(day: date, today: date) -> str:
    named = {0: "the end of today", 1: "tomorrow"}
    return named.get((day - today).days) or long_date(day)


def nav_count(count: int) -> int | str:
    """Return the number for the menu; "20+" when there are more than are shown."""
    return f"{SHOWN}+" if count > SHOWN else count


def count_for_the_menu(user: User, today: date) -> int | str:
    """Count in one query what `needs_of` would list."""
    orders = orders_waiting(user).order_by().values("pk")
    periods = open_windows(user, today).order_by().values("pk")
    return nav_count(orders.union(periods, all=True).count())
