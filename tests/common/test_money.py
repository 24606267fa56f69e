"""Pounds and pence, exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import pounds, to_pence, vat_on

AMOUNTS = st.decimals(0, 10_000_000, places=2)
FINE = st.decimals(-1_000_000, 1_000_000, places=6)
PENNY = Decimal("0.01")


@pytest.mark.parametrize(
    ("amount", "answer"),
    [
        ("0.005", "0.01"),
        ("0.004999", "0.00"),
        ("2.345", "2.35"),
        ("2.335", "2.34"),
        ("-0.005", "-0.01"),
        ("1.005", "1.01"),
    ],
)
def test_half_a_penny_rounds_away_from_nothing(amount, answer):
    assert to_pence(Decimal(amount)) == Decimal(answer)


@given(FINE)
def test_rounding_moves_by_at_most_half_a_penny_and_only_once(amount):
    rounded = to_pence(amount)

    assert abs(rounded - amount) <= PENNY / 2
    assert to_pence(rounded) == rounded
    assert to_pence(-amount) == -rounded


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [
        ("0.01", "20.00", "0.00"),
        ("0.03", "20.00", "0.01"),
        ("0.025", "20.00", "0.01"),
        ("3000.00", "20.00", "600.00"),
        ("33.33", "17.50", "5.83"),
        ("0.00", "20.00", "0.00"),
        ("100.00", "0.00", "0.00"),
    ],
)
def test_vat_is_rounded_half_up_on_each_line(net, rate, vat):
    assert vat_on(Decimal(net), Decimal(rate)) == Decimal(vat)


@given(AMOUNTS, st.decimals(0, 100, places=2))
def test_vat_is_whole_pence_next_to_the_exact_amount(net, rate):
    vat = vat_on(net, rate)

    assert vat == vat.quantize(PENNY)
    assert abs(vat * 100 - net * rate) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("23050", "£23,050.00"),
        ("0", "£0.00"),
        ("-5", "\N{MINUS SIGN}£5.00"),
        ("1234567.899", "£1,234,567.90"),
        ("-0.001", "£0.00"),
        ("-0.00", "£0.00"),
    ],
)
def test_amounts_are_written_as_people_write_them(amount, words):
    assert pounds(Decimal(amount)) == words
