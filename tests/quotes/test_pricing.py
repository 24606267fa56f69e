"""What an offer adds up to."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pricing import (
    cancellation_before_completion,
    due_on_completion,
    outside,
    priced,
    total,
)

VAT = Decimal("20.00")


@dataclass(frozen=True)
class Item:
    kind: str
    net: Decimal


def items(**amounts):
    return [Item(kind, Decimal(net)) for kind, net in amounts.items()]


HV = items(connection="3000.00", annual="4000.00")
LV = items(connection="2000.00", annual="600.00")
ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(["connection", "annual", "new_line", "civil_works", "other"]),
        st.decimals(0, 999_999, places=2),
    ),
    max_size=20,
)


@pytest.mark.guidance("R-2.10-5", "R-3.4-2")
@pytest.mark.parametrize(
    ("lines", "years", "net", "vat"),
    [
        (HV, 3, "15000.00", "3000.00"),
        (HV, 1, "7000.00", "1400.00"),
        (LV, 1, "2600.00", "520.00"),
        (items(connection="0.00", annual="0.00"), 1, "0.00", "0.00"),
        (items(connection="0.03", new_line="0.03"), 1, "0.06", "0.02"),
    ],
    ids=["HV for 3 years", "HV for 1 year", "LV", "free", "VAT line by line"],
)
def test_the_commitment_is_once_only_charges_and_the_years(lines, years, net, vat):
    answer = total(priced(lines, years, VAT))

    assert (answer.net, answer.vat) == (Decimal(net), Decimal(vat))
    assert answer.gross == Decimal(net) + Decimal(vat)


@pytest.mark.guidance("R-2.9.1-5")
def test_once_only_charges_and_the_first_year_fall_due_on_completion():
    assert due_on_completion(HV) == Decimal("7000.00")


@pytest.mark.guidance("T8", "T7")
@pytest.mark.parametrize(
    ("basis", "charge"), [("firm", "15000.00"), ("indicative", "0.00")]
)
def test_cancelling_costs_the_full_cost_only_after_a_firm_offer(basis, charge):
    committed = total(priced(HV, 3, VAT)).net

    assert cancellation_before_completion(basis, committed) == Decimal(charge)


RANGES = {
    "connection": (Decimal("3000.00"), Decimal("15000.00")),
    "annual": (Decimal("4000.00"), Decimal("32000.00")),
}


@pytest.mark.guidance("R-2.9.3-3")
@pytest.mark.parametrize(
    ("nets", "words"),
    [
        (["7500.00", "7500.00"], []),
        (["15000.00", "0.01"], ["Connection charge £15,000.01 in 2 lines"]),
        (["1500.00", "1499.99"], ["Connection charge £2,999.99 in 2 lines"]),
        (["1500.00", "1500.00"], []),
        ([], []),
    ],
    ids=["on the limit", "a penny over", "a penny under", "just enough", "none"],
)
def test_the_range_is_asked_of_the_sum_of_a_kind(nets, words):
    lines = [Item("connection", Decimal(net)) for net in nets] + HV[1:]

    found = outside(lines, RANGES)

    assert [row.split(", indicative")[0] for row in found] == words


@given(ITEMS, st.sampled_from([1, 3]), st.decimals(0, 100, places=2))
def test_a_total_is_the_sum_of_its_lines_in_whole_pence(lines, years, rate):
    rows = priced(lines, years, rate)
    answer = total(rows)

    assert answer.gross == sum((row.gross for row in rows), Decimal(0))
    assert answer.vat == answer.vat.quantize(Decimal("0.01"))
    assert due_on_completion(lines) <= answer.net
