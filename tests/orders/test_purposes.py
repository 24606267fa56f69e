"""What a connection is for, and which kind one connection by itself may be."""

import pytest
from django.urls import reverse

from orders.states import ConnectionType
from tests import journey, journey_of_pairs


def form_page(client, person, order, section):
    client.force_login(person)
    address = reverse("order-section", args=[order.reference, section])
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.guidance("R-4.1-2", "R-2.4-1")
@pytest.mark.parametrize("kind", ["hv", "lv"])
def test_one_connection_by_itself_may_be_of_either_type(
    empty_order, submitter, data_centre, kind
):
    journey.answer(empty_order, submitter, data_centre, connection_type=kind)

    order = journey.submit(empty_order, submitter)

    assert (order.option, order.connection_type) == ("low", kind)


@pytest.mark.guidance("R-2.4.3-1", "T17")
def test_two_split_their_uses_and_each_names_the_other(party, submitter, data_centre):
    pair = journey_of_pairs.start(party, submitter)
    for order, use in zip(pair, ("ssi", "duis"), strict=True):
        journey_of_pairs.answer(order, submitter, data_centre, uses=[use])

    first, second = [journey.submit(order, submitter) for order in pair]

    assert (first.uses, second.uses) == (["ssi"], ["duis"])
    names = {first.related_reference, second.related_reference}
    assert names == {first.customer_reference, second.customer_reference}


@pytest.mark.guidance("R-2.4.4-1", "R-2.1.1-4")
def test_one_for_testing_and_a_later_one_for_live_are_told_apart(make_order):
    testing = {"uses": ["testing"], "testing_kinds": ["interface"]}
    earlier = make_order("submitted", connection_type="lv", **testing)
    later = make_order("submitted", uses=["duis", "ssi"])

    assert (earlier.uses, later.uses) == (["testing"], ["duis", "ssi"])
    assert earlier.group is None
    assert later.group is None


@pytest.mark.guidance("R-2.6-5")
def test_the_form_says_that_only_the_speed_is_limited(client, submitter, empty_order):
    page = form_page(client, submitter, empty_order, "connection")

    assert "There is no monthly allowance, and you do not pay by use" in page
    assert "Mbps" in page


@pytest.mark.guidance("R-1.1-3", "R-5.2.2-1")
def test_duties_of_care_name_their_provisions(client, submitter, empty_order):
    page = form_page(client, submitter, empty_order, "care")

    for provision in ("(CoCo1.12)", "(H15.24)"):
        assert provision in page


@pytest.mark.guidance("R-1-2")
def test_the_types_are_called_as_the_sec_calls_them(client, submitter, empty_order):
    page = form_page(client, submitter, empty_order, "connection")

    for kind in ConnectionType:
        assert f"{kind.label}" in page
    assert ConnectionType.labels == ["High Volume (HV)", "Low Volume (LV)"]
