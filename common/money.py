"""Pounds and pence as exact decimals, net of VAT. The one rounding rule is here."""

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
ZERO = Decimal("0.00")


def to_pence(amount: Decimal) -> Decimal:
    """Return `amount` in pounds rounded half up to the penny."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def vat_on(net: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT in pounds on one line of `net` pounds at `rate` percent.

    Rounded half up to the penny, line by line. Source: R-2.9.3-4.
    """
    return to_pence(net * rate / 100)


def pounds(amount: Decimal) -> str:
    """Return `amount` as people write it: £23,050.00."""
    pence = to_pence(amount)
    sign = "\N{MINUS SIGN}" if pence < 0 else ""
    return f"{sign}£{abs(pence):,.2f}"


def percent_words(rate: Decimal) -> str:
    """Return a rate in percent as people write it: 20%, 17.5%."""
    return f"{rate.normalize():f}%"
