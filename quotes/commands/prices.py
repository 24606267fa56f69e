"""The figures that the guidance and the law give; staff enter all others."""

from datetime import date
from decimal import Decimal

from orders.states import ConnectionType
from quotes.errors import NoVatRate
from quotes.models import Ballpark, VatRate

PUBLISHED = date(2015, 1, 19)
BALLPARKS = {
    ConnectionType.HV: (3000, 15000, 4000, 32000),
    ConnectionType.LV: (2000, 4000, 600, 1000),
}
STANDARD_VAT = (Decimal("20.00"), date(2011, 1, 4))


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


def vat_rate_on(day: date) -> Decimal:
    """Return the VAT rate in percent in force on `day`.

    Raises:
        NoVatRate: the table has no rate for that day.

    Source: R-2.9.3-4.
    """
    rate = VatRate.objects.valid_on(day).order_by("-from_on").first()
    if rate is None:
        raise NoVatRate(day=f"{day:%-d %B %Y}")
    percent: Decimal = rate.percent
    return percent
