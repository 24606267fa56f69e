import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from billing.models import Charge
from connections.commands import begin_session, close_session, establish_session
from connections.commands.sessions import check_addresses
from connections.errors import (
    AddressesMissing,
    AddressesWrong,
    NameMissing,
    NameTaken,
)
from connections.models import Session
from orders.errors import NotNominated
from parties.models import User
from records.models import Event, Notice
from tests import journey_on_site
from tests.journey_on_site import request_session


@pytest.mark.guidance("R-3.7.1-2")
def test_a_session_says_what_it_is_for(connection, submitter):
    session = request_session(connection, submitter, pep_name="PEP-North")

    assert (session.service, session.use, session.state) == (
        "duis",
        "live",
        "requested",
    )
    assert (session.pep_name, session.party_addresses) == (
        "PEP-North",
        ["198.51.100.7"],
    )


@pytest.mark.guidance("R-6-5", "T28")
def test_a_session_costs_nothing(connection, submitter):
    before = Charge.objects.count()
    request_session(connection, submitter)

    assert Charge.objects.count() == before


@pytest.mark.guidance("R-6.1-1")
def test_a_connection_has_any_number_of_sessions(connection, submitter):
    for number in range(5):
        request_session(connection, submitter, name=f"Session {number}")

    assert connection.sessions.count() == 5


@pytest.mark.guidance("R-2.2-5", "R-3.7.1-2")
@pytest.mark.parametrize("who", ["colleague", "authoriser", "outsider", "configurer"])
def test_only_a_submitter_of_the_party_requests_a_session(request, connection, who):
    with pytest.raises(NotNominated, match="Only a person nominated by Northgate"):
        request_session(connection, request.getfixturevalue(who))
    assert not Session.objects.exists()


@pytest.mark.guidance("R-3.7.1-3")
@pytest.mark.parametrize(
    ("given_addresses", "kept"),
    [
        (["198.51.100.7"], ["198.51.100.7"]),
        ([" 198.51.100.7 ", "", "198.51.100.7"], ["198.51.100.7"]),
        (["2001:DB8:0:0::1", "10.0.0.1"], ["2001:db8::1", "10.0.0.1"]),
    ],
)
def test_addresses_are_kept_once_in_their_usual_spelling(given_addresses, kept):
    assert check_addresses(given_addresses) == kept


@pytest.mark.guidance("R-3.7.1-3")
@pytest.mark.parametrize(
    "wrong",
    [
        "fe80::1%eth0",
        "256.1.1.1",
        "10.0.0.0/8",
        "example.com",
        "10.0.0",
        "0.0.0.0",  # noqa: S104
        "::1",
        "224.0.0.1",
    ],
)
def test_what_is_no_address_of_a_machine_is_refused_by_name(wrong):
    with pytest.raises(AddressesWrong) as refusal:
        check_addresses(["198.51.100.7", wrong])

    assert f"No usable IP address: {wrong}." in str(refusal.value)


@pytest.mark.parametrize("nothing", [[], [""], [" ", "\n"]])
def test_a_session_needs_an_address(nothing):
    with pytest.raises(AddressesMissing):
        check_addresses(nothing)


@given(st.lists(st.ip_addresses(network="198.51.100.0/24"), min_size=1))
def test_kept_addresses_can_be_given_again(addresses):
    kept = check_addresses(map(str, addresses))

    assert check_addresses(kept) == kept
    assert len(set(kept)) == len(kept)


def test_a_name_is_needed_and_taken_once_among_the_open(connection, submitter):
    request_session(connection, submitter, name="Live  DUIS")

    with pytest.raises(NameTaken, match="already has a session named Live DUIS"):
        request_session(connection, submitter, name=" Live DUIS ")
    with pytest.raises(NameMissing):
        request_session(connection, submitter, name=" ")


def test_a_closed_session_gives_its_name_back(session, submitter):
    close_session(session.pk, by=submitter, reason="No longer needed")

    assert request_session(session.connection, submitter, name=session.name).pk
    assert Event.objects.get(name="close").why == "No longer needed"


@pytest.mark.parametrize("is_taken_up_first", [True, False])
def test_the_configurer_establishes_a_session(session, configurer, is_taken_up_first):
    if is_taken_up_first:
        assert begin_session(session.pk, by=configurer).state == "configuring"

    found = establish_session(session.pk, by=configurer)

    assert found.state == "established"
    assert found.established_at is not None
    assert not Session.objects.waiting().exists()


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("command", [begin_session, establish_session])
@pytest.mark.parametrize("who", ["submitter", "installer", "desk", "outsider"])
def test_others_do_not_set_up_a_session(request, session, command, who):
    with pytest.raises(PermissionDenied):
        command(session.pk, by=request.getfixturevalue(who))


def test_an_outsider_does_not_close_a_session(session, outsider):
    with pytest.raises(PermissionDenied):
        close_session(session.pk, by=outsider)


def test_the_configurers_are_told_what_to_set_up(session, configurer):
    notice = Notice.objects.get(kind="session_requested")

    assert notice.to == configurer.email
    for words in ("Northgate Energy", "Live DUIS", "198.51.100.7", "(DUIS)"):
        assert words in notice.text


def test_a_configurer_who_has_left_is_not_written_to(connection, submitter, configurer):
    User.objects.filter(pk=configurer.pk).update(is_active=False)
    request_session(connection, submitter)

    assert not Notice.objects.filter(kind="session_requested").exists()


def test_the_party_is_told_that_a_session_is_established(
    session, configurer, submitter
):
    establish_session(session.pk, by=configurer)

    notice = Notice.objects.get(kind="session_established")
    assert notice.to == submitter.email
    assert "Opened for: 198.51.100.7" in notice.text


def test_a_session_can_be_asked_for_while_the_router_is_configured(
    connection, submitter, configurer
):
    session = request_session(connection, submitter)
    journey_on_site.configure(connection, configurer)

    assert establish_session(session.pk, by=configurer).state == "established"
