"""The box in the head of each page of the desk finds a thing by what is at hand."""

import pytest
from django.urls import reverse

from connections.models import Connection, SessionAddress
from orders.models import ConnectionRequest
from orders.search import write_texts
from parties.models import Party, User
from sites.models import InstallationStage
from tests.desk.conftest import change_url

MOST_QUERIES = 18


def found(desk, words):
    """Return the registers in which something is found, with what it is called."""
    page = desk.client.get(reverse("admin:find"), {"q": words})
    return {
        one.title: [row.name for row in one.rows] for one in page.context["registers"]
    }


@pytest.fixture
def known_order(session):
    """An order in service, of which many things are known."""
    order = session.connection.order
    answers = {"site_contact_phone": "+44 (0)7700 900123"}
    ConnectionRequest.objects.filter(pk=order.pk).update(**answers)
    addresses = {"router_address": "10.20.30.41", "pep_address": "10.20.30.42"}
    Connection.objects.filter(order=order).update(**addresses)
    SessionAddress.objects.create(
        session=session, connection=session.connection, address="10.20.99.7"
    )
    stages = InstallationStage.objects.filter(order=order)
    stages.filter(pk=stages.first().pk).update(provider_reference="OGEA 0815")
    Party.objects.filter(pk=order.party_id).update(phone="01332 496 0123")
    User.objects.filter(pk=order.submitted_by_id).update(phone="+447911 123456")
    write_texts([order.reference])
    return order


# All of one order: to build it for each of these is dear.
AT_HAND = [
    *("Thornby Park", "Northgate", "northgate thornby"),
    *("10.20.30.41", "10.20.99.7", "OGEA 0815"),
    *("07700 900123", "07700900123", "+44 7700 900123", "0044 7700-900123"),
]


def test_an_order_is_found_by_whatever_is_at_hand(at, known_order):
    postcode = known_order.data_centre.postcode
    for words in (*AT_HAND, postcode, postcode.replace(" ", "").lower()):
        assert found(at, words)["Orders"] == [known_order.reference], words
        # The list of what is owed finds it by the same.
        assert set(at.owed(q=words)) == {known_order.reference}, words


def test_parties_people_and_sites_are_found_too(at, known_order):
    for words, register in (
        ("Northgate", "Parties"),
        ("01332 4960123", "Parties"),
        ("Sue Mitter", "People"),
        ("07911123456", "People"),
        ("Thornby", "Data centres"),
    ):
        assert found(at, words)[register], words


def test_a_reference_alone_leads_straight_to_its_page(at, known_order):
    for row in (
        known_order,
        known_order.connection,
        known_order.quotes.get(),
        known_order.visits.first(),
        known_order.party,
    ):
        for write in ("{}-{}", "{}\u2013{}", "{} {}", "{}{}"):
            typed = write.format(*row.reference.lower().split("-", 1))
            page = at.client.get(reverse("admin:find"), {"q": typed})

            meta = row._meta
            name = f"admin:{meta.app_label}_{meta.model_name}_change"
            assert page["Location"] == reverse(name, args=[row.pk]), typed


def test_a_supplier_finds_its_orders_and_nothing_of_the_registers(
    as_, installer, known_order, draft_order
):
    at = as_(installer)

    assert found(at, "thornby").keys() <= {"Orders"}
    page = at.client.get(
        reverse("admin:find"), {"q": known_order.quotes.get().reference}
    )
    assert page.status_code == 200


def test_a_draft_of_a_party_is_found_by_nobody_at_dcc(at, draft_order):
    assert "Orders" not in found(at, "northgate")


@pytest.mark.parametrize("words", ["", " ", "nowhere at all", "9" * 2000])
def test_nothing_found_is_said(at, submitted_order, words):
    page = at.client.get(reverse("admin:find"), {"q": words})

    assert page.context["registers"] == []
    assert page.status_code == 200


def test_a_search_asks_the_same_however_much_is_found(
    at, known_order, make_order, django_assert_max_num_queries
):
    for _ in range(2):
        make_order("submitted")
    found(at, "warm")

    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(found(at, "northgate")["Orders"]) == 3


def test_the_box_stands_on_every_page(at, known_order):
    for address in (reverse("admin:index"), change_url(known_order)):
        assert f'action="{reverse("admin:find")}"' in (
            at.client.get(address).content.decode()
        )
