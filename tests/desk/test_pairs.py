"""What staff see of a pair and of sharing."""

import pytest
from django.urls import reverse

from orders import commands
from tests import journey, journey_of_pairs


@pytest.fixture
def pair(party, submitter, data_centre):
    sites = [data_centre, data_centre]
    first, second = journey_of_pairs.answered(party, submitter, sites)
    return journey.submit(first, submitter), second


def shown(client, person, order):
    client.force_login(person)
    address = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.guidance("R-2.14-2", "R-2.4.1-1", "R-2.4.2-1")
def test_staff_see_both_of_a_pair_with_their_references(client, operator, pair):
    first, second = pair
    page = shown(client, operator, first).split("The pair <span")[1]

    for words in ("Primary", "Back-up", f"names {first}", f"names {second}"):
        assert words in page
    assert "Diverse routing is asked for" in page


@pytest.mark.guidance("R-1.3-3")
def test_a_supplier_sees_the_other_one_only_once_it_is_passed_on(
    client, installer, submitter, authorised_order
):
    other = commands.pair_with_new(authorised_order.pk, by=submitter, option="medium")

    page = shown(client, installer, authorised_order).split("The pair <span")[1]

    assert f">{other}</a>" not in page


@pytest.mark.guidance("R-2.3-1", "R-2.3-5")
def test_staff_see_who_shares_and_who_pays(client, desk, submitter, draft_order):
    commands.add_sharer(
        draft_order.pk,
        by=submitter,
        name="Fenland Power",
        standing="sec_party",
        reason="legal_entities",
        from_on="2026-04-01",
    )

    page = shown(client, desk, draft_order)

    assert "all charges go to Northgate Energy" in page
    assert "Fenland Power<small>not in the register" in page
