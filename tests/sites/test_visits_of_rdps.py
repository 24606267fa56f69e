"""A Registration Data Provider pays for the visit after a failed one, as others do."""

from decimal import Decimal

import pytest

from quotes.commands import LineEntry
from tests import journey, journey_on_site

FREE = "Used purely for registration data"
LINES = (
    LineEntry("connection", Decimal(0), FREE),
    LineEntry("annual", Decimal(0), FREE),
)


@pytest.fixture
def free_order(rdp, rdp_submitter, rdp_data_centre, operator, installer):
    """Authorised, free of charge, access agreed."""
    who = rdp_submitter
    people = journey.People(rdp, who, who, operator, rdp_data_centre)
    lv = {"connection_type": "lv", "is_registration_only": True}
    order = journey.order_in("accepted", people, **lv)
    quote = journey.offer(order, operator, lines=LINES)
    order = journey.authorise(quote, operator, who)
    return journey_on_site.agree_access(order, installer)


def test_an_rdps_free_connection_has_no_free_second_visit(free_order, installer):
    first = journey_on_site.book(free_order, installer, "circuit")
    assert not first.is_chargeable

    journey_on_site.turn_away(first, installer)

    assert journey_on_site.book(free_order, installer, "circuit").is_chargeable
