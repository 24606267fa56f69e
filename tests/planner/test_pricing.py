"""Indicative cost over the years, for one connection and for two."""

from decimal import Decimal

import pytest

from common.money import ZERO
from orders.states import ConnectionType
from planner.pricing import FREE, Price, Range, each_price, total_price

HV, LV = ConnectionType.HV, ConnectionType.LV


def span(low, high):
    return Range(Decimal(low), Decimal(high))


PRICES = {
    HV: Price(span(3000, 15000), span(4000, 32000)),
    LV: Price(span(2000, 4000), span(600, 1000)),
}


@pytest.mark.parametrize(
    ("kinds", "one_year", "three_years"),
    [
        ([HV], "£7,000 to £47,000", "£15,000 to £111,000"),
        ([LV], "£2,600 to £5,000", "£3,800 to £7,000"),
        ([HV, HV], "£14,000 to £94,000", "£30,000 to £222,000"),
        ([HV, LV], "£9,600 to £52,000", "£18,800 to £118,000"),
    ],
)
def test_a_cost_is_connecting_once_and_each_year(kinds, one_year, three_years):
    total = total_price(each_price(kinds, PRICES))

    assert (str(total.over(1)), str(total.over(3))) == (one_year, three_years)


@pytest.mark.guidance("R-2.9.2-1")
@pytest.mark.parametrize(
    ("kinds", "free"),
    [([LV], [True]), ([LV, LV], [True, False]), ([HV, LV], [False, True])],
)
def test_only_the_first_lv_connection_of_an_rdp_is_free(kinds, free):
    found = each_price(kinds, PRICES, lv_is_free=True)

    assert [price == FREE for price in found] == free
    assert str(FREE.over(3)) == "£0"
    assert FREE.connection == Range(ZERO, ZERO)
