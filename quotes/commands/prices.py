"""The figures that the guidance and the law give; staff enter all others."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.money import pounds
from common.wording import day_words
from orders.models import ConnectionRequest
from orders.states import ConnectionType
from parties.models import User
from parties.policies import is_operations
from quotes.commands.charging import free_reason
from quotes.deadlines import ended_by, require_one_a_day
from quotes.errors import NoVatRate, PricePutRight
from quotes.models import Ballpark, PriceItem, Quote, VatRate
from quotes.pricing import outside
from quotes.states import ItemKind
from records.transitions import record_event
from records.unit import command

PUBLISHED = date(2015, 1, 19)
BALLPARKS = {
    ConnectionType.HV: (3000, 15000, 4000, 32000),
    ConnectionType.LV: (2000, 4000, 600, 1000),
}
STANDARD_VAT = (Decimal("20.00"), date(2011, 1, 4))
Figure = PriceItem | Ballpark | VatRate


def seed_prices() -> None:
    """Fill in the guidance's ballparks and the standard VAT rate where none are.

    Source: R-2.9.3-2, R-2.9.3-4.
    """
    if not Ballpark.objects.exists():
        for kind, (low, high, yearly_low, yearly_high) in BALLPARKS.items():
            Ballpark.objects.create(
                connection_type=kind,
                connection_min=Decimal(low),
                connection_max=Decimal(high),
                annual_min=Decimal(yearly_low),
                annual_max=Decimal(yearly_high),
                from_on=PUBLISHED,
            )
    if not VatRate.objects.exists():
        percent, from_on = STANDARD_VAT
        VatRate.objects.create(percent=percent, from_on=from_on)


@command
def save_figure(row: Figure, *, by: User, at: datetime | None = None) -> None:
    """Add a dated figure or end one; the open row before a new one ends with it.

    Args:
        row: not yet saved, or with a new last day.

    Raises:
        FiguresOverlap, FiguresGap, NothingFollows, EndsBeforeItBegins: a day would
            have two figures, or none.
        PricePutRight: another row has taken its place.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-2.9.3-2, R-2.9.3-4, R-1.3-1.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    lock_figures()
    require_standing(row)
    others = list(row.others())
    require_one_a_day(row, others, is_seamless=row.is_seamless)
    for earlier in ended_by(row, others):
        earlier.until_on = row.from_on - timedelta(days=1)
        earlier.save()
        note_figure(earlier, f"{earlier} ended", by, at)
    is_new = row.pk is None
    if is_new and isinstance(row, PriceItem):
        row.entered_at, row.entered_by = at, by
    row.save()
    note_figure(row, f"{row} {'entered' if is_new else 'ended'}", by, at)


def lock_figures() -> None:
    """Let one person at a time write figures, so that no day comes to have two.

    The first rate of VAT, which every portal has, stands for the list: a series that is
    empty has no row to lock.
    """
    list(VatRate.objects.select_for_update().order_by("pk")[:1])


def require_standing(row: Figure) -> None:
    """Refuse to end a price that was put right: it is none of any day."""
    if isinstance(row, PriceItem) and row.pk is not None:
        right = PriceItem.objects.filter(corrects=row.pk).first()
        if right is not None:
            raise PricePutRight(item=row, now=pounds(right.net))


def note_figure(row: Figure, words: str, by: User, at: datetime) -> None:
    record_event(row, "save_figure", by=by, at=at, what=words, is_public=False)


def vat_rate_on(day: date) -> Decimal:
    """Return the VAT rate in percent in force on `day`.

    Raises:
        NoVatRate: the table has no rate for that day.

    Source: R-2.9.3-4.
    """
    rate = VatRate.objects.valid_on(day).order_by("-from_on").first()
    if rate is None:
        raise NoVatRate(day=day_words(day))
    percent: Decimal = rate.percent
    return percent


def prices_of(order: ConnectionRequest, day: date) -> dict[str, PriceItem]:
    """Return the price list for an order on a day, one price a kind.

    The price of its very rating goes before one of every rating.

    Source: R-2.9.1-1, R-2.9.1-2, R-2.6-9.
    """
    found: dict[str, Any] = {}
    for item in PriceItem.objects.valid_on(day).for_order(order):
        found.setdefault(item.kind, item)
    return found


def outside_ballpark(quote: Quote, day: date) -> list[str]:
    """Name in words the charges outside the indicative range; none for a free offer.

    Source: R-2.9.3-2, R-2.9.3-3, R-2.9.2-1.
    """
    order = quote.order
    ranges = Ballpark.objects.valid_on(day).filter(
        connection_type=order.connection_type
    )
    ballpark = ranges.last()
    if ballpark is None or free_reason(order):
        return []
    limits = {
        ItemKind.CONNECTION: (ballpark.connection_min, ballpark.connection_max),
        ItemKind.ANNUAL: (ballpark.annual_min, ballpark.annual_max),
    }
    return outside(quote.lines.all(), limits)
