"""If disaster strikes: what moves, what stays, and what a Party must provide."""

import pytest
from django.urls import reverse

from connections.commands import establish_session
from connections.models import Connection, Session, SessionAddress
from tests.factories.parties import DataCentreFactory
from tests.journey_on_site import request_session
from tests.reading import words_of

ADDRESSES = ["198.51.100.7", "2001:db8::7"]


@pytest.fixture
def crossed(pair_in_service, submitter, configurer):
    """One session stands by on the second link, one has no secondary."""
    first, second = pair_in_service
    for name, secondary, addresses in (
        ("DUIS live", second.pk, ADDRESSES),
        ("Sandpit", None, ["10.0.0.9"]),
    ):
        asked = request_session(
            first, submitter, name=name, secondary=secondary, addresses=addresses
        )
        establish_session(asked.pk, by=configurer)
    return pair_in_service


@pytest.fixture
def page(client, crossed, submitter):
    def read():
        client.force_login(submitter)
        return words_of(client.get(reverse("failover", args=[crossed[0].reference])))

    return read


@pytest.mark.guidance("R-6-13", "R-7-1", "R-6-12")
def test_each_session_keeps_its_addresses_on_the_link_that_takes_over(
    client, crossed, page
):
    first, second = crossed
    rows = SessionAddress.objects.filter(session__name="DUIS live")
    on = {
        link: sorted(str(row) for row in rows if row.connection_id == link.pk)
        for link in crossed
    }
    shown = page()
    what_if = words_of(
        client.get(reverse("sessions", args=[first.reference]), {"failed": first})
    )

    # The same are kept for it on both links, so nobody else can have them on either.
    assert on[first] == on[second] == sorted(ADDRESSES)
    assert f"{second}</span> with the same IP addresses" in shown
    assert ", ".join(ADDRESSES) in shown
    assert "by itself, same addresses, nothing to configure" in what_if
    assert Session.objects.get(name="DUIS live").party_addresses == ADDRESSES


@pytest.mark.guidance("R-7-3")
def test_for_every_session_and_link_the_page_says_what_happens(page, crossed):
    first, second = crossed
    before, after = page().split(f"If {second} fails")

    lost = before.split(f"If {first} fails")[1]
    assert lost.index("It fails over to") < lost.index("Sandpit")
    assert lost.index("Sandpit") < lost.index("No access")
    assert after.count("It stays on") == 2
    assert "No access" not in after.split("Failover tests")[0]


@pytest.mark.guidance("R-7-1", "R-6-12")
def test_the_page_says_that_a_failover_needs_no_order_and_nothing_configured(page):
    words = page()

    for promise in (
        "Traffic of each session moves from its primary to its secondary",
        "No order and no work by DCC is needed for it",
        "Your IP addresses and DCC’s",
        "Nothing is configured again at either end",
    ):
        assert promise in words


@pytest.mark.guidance("R-7-2", "R-6-14")
def test_the_page_says_what_a_party_provides_between_two_sites(page, crossed, party):
    near = page()
    other = DataCentreFactory(party=party)
    Connection.objects.filter(pk=crossed[1].pk).update(data_centre=other)
    far = page()

    assert "A layer 2 switched network that joins the two routers" in near
    assert "A layer 2 link of your own between the two sites" in far
