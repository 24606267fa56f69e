"""The addresses that DCC supplies: kept, of one machine each, shared by a pair."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from connections.commands import record_addressing
from connections.errors import AddressesWrong, AddressTwice, VirtualWithoutPair
from connections.models import Connection
from records.models import Event
from tests import journey_on_site

ROUTER, PEP, VIRTUAL = "192.0.2.1", "192.0.2.9", "192.0.2.254"
QUERIES = 14


def record(connection, person, **changed):
    given = {"router_address": ROUTER, "pep_address": PEP, **changed}
    return record_addressing(connection.pk, by=person, **given)


def fresh(connection):
    return Connection.objects.get(pk=connection.pk)


def shown(client, person, connection):
    client.force_login(person)
    answer = client.get(connection.get_absolute_url())
    return " ".join(answer.content.decode().split())


@pytest.fixture
def as_read(client, submitter):
    """Return a connection's page as its Party reads it."""
    return lambda connection: shown(client, submitter, connection)


@pytest.mark.guidance("R-4.1-7")
@pytest.mark.parametrize("who", ["operator", "configurer"])
def test_the_addresses_are_kept_with_the_connection(request, connection, who):
    person = request.getfixturevalue(who)
    record(connection, person, router_address=" 2001:DB8::0001 ")

    found = fresh(connection)
    assert (found.router_address, found.pep_address) == ("2001:db8::1", PEP)
    told = Event.objects.get(name="record_addressing")
    assert (told.by, told.thread) == (person, connection.thread)
    assert "router 2001:db8::1, PEP 192.0.2.9" in told.what


@pytest.mark.guidance("R-4.1-7", "R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "installer", "billing_clerk", "submitter"])
def test_others_record_no_addresses(request, connection, who):
    with pytest.raises(PermissionDenied):
        record(connection, request.getfixturevalue(who))
    assert fresh(connection).router_address is None


@pytest.mark.guidance("R-4.1-7")
@pytest.mark.parametrize("wrong", ["127.0.0.1", "224.0.0.1", "::1", "ff02::1", "", "x"])
def test_an_address_that_reaches_no_machine_is_refused(connection, operator, wrong):
    with pytest.raises(AddressesWrong, match="No usable IP address"):
        record(connection, operator, router_address=wrong)


@pytest.mark.guidance("R-4.1-7", "R-4.2-8")
@pytest.mark.parametrize(
    "given", [{"pep_address": ROUTER}, {"virtual_address": PEP}], ids=str
)
def test_two_machines_have_two_addresses(paired_connections, operator, given):
    with pytest.raises(AddressTwice, match="is entered for two machines"):
        record(paired_connections[0], operator, **given)


def test_the_database_holds_no_address_of_two_machines(connection, operator):
    record(connection, operator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.update(pep_address=ROUTER)


@pytest.mark.guidance("R-4.2-8", "R-4.3-7")
def test_one_by_itself_has_no_virtual_address(connection, operator):
    with pytest.raises(VirtualWithoutPair, match="not one of a pair"):
        record(connection, operator, virtual_address=VIRTUAL)


@pytest.mark.guidance("R-4.2-8", "R-4.3-7")
def test_both_of_a_pair_have_the_same_virtual_address(paired_connections, configurer):
    first, second = paired_connections
    record(first, configurer, virtual_address=VIRTUAL)
    assert fresh(second).virtual_address == VIRTUAL
    told = Event.objects.of_thread(second.thread).get(name="record_addressing")
    assert told.what == f"Virtual address of the pair supplied by DCC: {VIRTUAL}"

    record(second, configurer, router_address="192.0.2.2")

    assert fresh(first).virtual_address is None
    assert fresh(first).router_address == ROUTER


@pytest.mark.guidance("R-4.2-8")
def test_the_connection_that_comes_later_takes_the_virtual_address_of_its_pair(
    authorised_pair, operator
):
    first, second = authorised_pair
    early = journey_on_site.install_and_complete(first, operator)
    record(early, operator, virtual_address=VIRTUAL)

    late = journey_on_site.install_and_complete(second, operator)

    assert late.virtual_address == VIRTUAL


@pytest.mark.guidance("R-4.2-3", "R-4.3-3")
def test_the_routers_of_a_pair_are_two(paired_connections, operator):
    first, second = paired_connections
    record(first, operator)
    with pytest.raises(AddressTwice):
        record(second, operator)

    record(second, operator, router_address="192.0.2.2")

    assert fresh(second).pep_address == fresh(first).pep_address


@pytest.mark.guidance("R-4.3-3")
def test_each_of_two_sites_has_a_pep_of_its_own(paired_connections, operator):
    first, second = paired_connections
    type(first.order.group).objects.update(option="high")
    record(first, operator)

    with pytest.raises(AddressTwice, match=PEP):
        record(second, operator, router_address="192.0.2.2")


@pytest.mark.guidance("R-4.1-7")
def test_the_party_reads_what_dcc_supplies(as_read, connection, operator):
    assert "Supplied by DCC and not here yet" in as_read(connection)

    record(connection, operator)

    page = as_read(connection)
    for words in (ROUTER, PEP, "Supplied by DCC.", ">4.1</a>"):
        assert words in page
    assert "Virtual address" not in page


@pytest.mark.guidance("R-4.2-8", "R-4.3-7")
@pytest.mark.parametrize(("option", "section"), [("medium", "4.2"), ("high", "4.3")])
def test_the_party_reads_how_the_virtual_address_fails_over(
    as_read, paired_connections, operator, *, option, section
):
    first, second = paired_connections
    type(first.order.group).objects.update(option=option)
    record(first, operator, virtual_address=VIRTUAL)

    page = as_read(second)

    for words in (VIRTUAL, "takes it over automatically", ROUTER, first.reference):
        assert words in page
    assert f">{section}</a>" in page


@pytest.mark.guidance("R-4.1-7", "R-2.3-3")
def test_another_party_reads_no_addresses(client, connection, outsider, operator):
    record(connection, operator)

    assert ROUTER not in shown(client, outsider, connection)


def test_the_page_of_one_of_a_pair_asks_the_database_few_questions(
    client, submitter, paired_connections, django_assert_max_num_queries
):
    client.force_login(submitter)
    with django_assert_max_num_queries(QUERIES):
        client.get(paired_connections[1].get_absolute_url())


@pytest.mark.guidance("R-4.2-8")
def test_staff_record_the_addresses_of_a_pair_on_their_page(
    client, configurer, paired_connections
):
    client.force_login(configurer)
    pk = paired_connections[0].order_id
    place = reverse("admin:orders_connectionrequest_addresses", args=[pk])
    given = {"router_address": ROUTER, "pep_address": PEP, "virtual_address": VIRTUAL}
    client.post(place, given)

    order = reverse("admin:orders_connectionrequest_change", args=[pk])
    page = client.get(order).content.decode()
    assert f"Router {ROUTER}, PEP {PEP}, virtual {VIRTUAL}" in page
    assert "Change the addresses" in page


def test_staff_are_asked_no_virtual_address_of_one_alone(client, operator, connection):
    client.force_login(operator)
    pk = connection.order_id
    place = reverse("admin:orders_connectionrequest_addresses", args=[pk])

    assert "Virtual address" not in client.get(place).content.decode()
    client.post(place, {"router_address": ROUTER, "pep_address": PEP})
    assert fresh(connection).router_address == ROUTER
