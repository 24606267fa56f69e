"""What a line may not say: each fault is found at its column."""

import pytest

from tests.takeover.files import (
    ACCEPTED,
    AUTHORISED,
    CONNECTION,
    ORDER,
    QUOTED,
    SURVEY,
    faults_of,
)

pytestmark = pytest.mark.usefixtures("register_taken_over")


@pytest.mark.parametrize(
    ("says", "column"),
    [
        ({"Party": "SEC-99"}, "Party"),
        ({"Data centre": "Elsewhere"}, "Data centre"),
        ({"Ordered by": "nobody@fenland.example"}, "Ordered by"),
        (
            {"Ordered as": "RDP", "Minimum period": "", "Only registration data": "no"},
            "Party",
        ),
        ({"Rating": "25"}, "Rating"),
        ({"Completed on": "2026-03-04"}, "Completed on"),
        ({"Ordered on": "2015-01-25"}, "Ordered on"),
        ({"Renewal notice sent on": "2025-08-13"}, "Renewal notice sent on"),
        ({"Annual charge": "-1"}, "Annual charge"),
    ],
)
def test_what_cannot_be_of_a_connection_is_found(operator, says, column):
    assert column in {
        head for _, head in faults_of("connections", operator, CONNECTION | says)
    }


@pytest.mark.parametrize(
    ("says", "column"),
    [
        (QUOTED | {"Quoted on": ""}, "Quoted on"),
        (QUOTED | {"Quotation received on": "2026-01-31"}, "Quotation received on"),
        (ACCEPTED | {"Authorised on": "2026-02-27"}, "Authorised on"),
        (AUTHORISED | {"Authorised by": "x@fenland.example"}, "Authorised by"),
        (SURVEY | {"Quotation is": "firm"}, "Quotation is"),
        (SURVEY | {"Next visit on": "2026-03-02"}, "Next visit on"),
    ],
)
def test_what_cannot_be_of_an_order_in_its_state_is_found(operator, says, column):
    found = {head for _, head in faults_of("orders", operator, ORDER | says)}

    assert column in found


def test_who_was_nominated_to_authorise_on_the_day_did_so(operator):
    assert not faults_of("orders", operator, ORDER | AUTHORISED)
