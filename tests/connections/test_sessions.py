from dataclasses import asdict
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from billing.models import Charge
from connections.commands import (
    begin_session,
    change_session,
    close_session,
    defer_session,
    establish_session,
    offered_versions,
    record_dccki,
    save_interface_version,
)
from connections.commands.session_wish import check_addresses, wish_of
from connections.errors import (
    AddressesMissing,
    AddressesWrong,
    AddressUsed,
    DeferralUnexplained,
    LinkNotConfirmed,
    LoadNotPositive,
    NameMissing,
    NameTaken,
    PriorityNotAccepted,
    SecondaryNotOfPair,
    SessionUnchanged,
    VersionOfOther,
)
from connections.models import InterfaceVersion, Session
from orders.errors import NotNominated
from parties.models import User
from records.models import Event, Notice
from tests import journey, journey_on_site
from tests.factories.parties import DataCentreFactory
from tests.journey_on_site import request_session
from tests.reading import words_of
from worklist.commands import differences
from worklist.models import WorkItem


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


@pytest.mark.guidance("R-6-1")
def test_a_session_records_whom_it_supports_in_which_role_for_which_service(
    client, connection_in_service, submitter, configurer
):
    request_session(
        connection_in_service,
        submitter,
        used_by="Calder Supply",
        user_role="gas_supplier",
        service="ssi",
    )
    client.force_login(configurer)
    name, order = "admin:orders_connectionrequest_session", connection_in_service.order
    page = words_of(client.get(reverse(name, args=[order.pk])))

    assert "Calder Supply, gas supplier" in page
    assert "Self-Service Interface (SSI)" in page


@pytest.mark.guidance("R-6-5", "T28")
def test_a_session_costs_nothing(connection, submitter):
    before = Charge.objects.count()
    request_session(connection, submitter)

    assert Charge.objects.count() == before


@pytest.mark.guidance("R-6.1-1")
def test_a_connection_has_any_number_of_sessions(connection, submitter):
    for number in range(5):
        addresses = [f"198.51.100.{number + 1}"]
        name = f"Session {number}"
        request_session(connection, submitter, name=name, addresses=addresses)

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


@pytest.fixture
def pair(paired_connections):
    return paired_connections


def elsewhere(connection, party):
    """Let a connection end at another site."""
    connection.data_centre = DataCentreFactory(party=party)
    connection.save()


@pytest.mark.guidance("R-6-10", "R-6.1-2")
def test_a_session_has_a_primary_and_a_secondary_of_its_pair(pair, submitter):
    first, second = pair

    live = request_session(first, submitter, secondary=second.pk)
    test = request_session(
        second, submitter, name="Test", secondary=first.pk, addresses=["198.51.100.8"]
    )

    assert (live.connection, live.secondary) == (first, second)
    assert (test.connection, test.secondary) == (second, first)


def test_an_order_is_found_by_addresses_of_a_session_that_it_only_stands_by_for(
    pair_in_service, submitter
):
    first, second = pair_in_service

    session = request_session(
        first, submitter, secondary=second.pk, addresses=["198.51.100.77"]
    )
    assert list(differences()) == []

    close_session(session.pk, by=submitter, reason="No longer needed")
    assert list(differences()) == []


@pytest.mark.guidance("R-6.1-4", "R-6-10", "R-6-11")
def test_nothing_but_the_other_of_the_pair_stands_by(
    connection_in_service, pair, submitter
):
    for other in (connection_in_service, pair[0]):
        with pytest.raises(SecondaryNotOfPair, match="no third is possible"):
            request_session(pair[0], submitter, secondary=other.pk)


@pytest.mark.guidance("R-6-14", "R-7-2")
def test_across_two_sites_the_party_confirms_its_layer_2_link(pair, submitter, party):
    first, second = pair
    elsewhere(second, party)

    with pytest.raises(LinkNotConfirmed, match="layer 2 link joins the two"):
        request_session(first, submitter, secondary=second.pk)
    kept = request_session(first, submitter, secondary=second.pk, has_layer_2_link=True)
    assert kept.has_layer_2_link


@pytest.mark.guidance("R-6-8")
def test_live_use_needs_the_priority_to_be_accepted(connection, submitter):
    with pytest.raises(PriorityNotAccepted):
        request_session(connection, submitter, is_priority_accepted=False)
    request_session(connection, submitter, use="test", is_priority_accepted=False)


@pytest.mark.guidance("R-6-7")
def test_a_session_names_a_listed_version_of_what_it_carries(connection, submitter):
    cited = {row.name: row for row in InterfaceVersion.objects.all()}
    assert cited.keys() == {"DUGIDS v0.8", "SSI design specification v1.1"}

    with pytest.raises(VersionOfOther):
        request_session(
            connection,
            submitter,
            interface_version=cited["SSI design specification v1.1"].pk,
        )
    version = cited["DUGIDS v0.8"]
    kept = request_session(connection, submitter, interface_version=version.pk)
    assert kept.interface_version == version


@pytest.mark.guidance("R-6-7")
def test_operations_keep_the_list_of_versions(operator, desk):
    with pytest.raises(PermissionDenied):
        save_interface_version(service="duis", name="v2", is_offered=True, by=desk)
    row = save_interface_version(
        service="duis", name="DUIS v2", is_offered=True, by=operator
    )
    save_interface_version(
        service="duis", name="DUIS v2", is_offered=False, by=operator
    )

    assert row.name in [one.name for one in InterfaceVersion.objects.all()]
    assert row.name not in [one.name for one in offered_versions()]


@pytest.mark.guidance("R-3.7.1-3")
def test_an_address_is_used_once_on_a_connection(pair, submitter):
    first, second = pair
    session = request_session(first, submitter, secondary=second.pk)

    for connection in pair:
        with pytest.raises(AddressUsed, match=f"of session {session.name} already"):
            request_session(connection, submitter, name="Another")
    close_session(session.pk, by=submitter, reason="No longer needed")
    assert request_session(second, submitter, name="Another").is_open


def changed(session, person, **asked):
    asked = {**asdict(wish_of(session)), **asked}
    return change_session(session.pk, by=person, **asked)


@pytest.mark.guidance("R-6-4", "R-6-5")
def test_a_session_in_use_works_as_before_until_it_is_changed(
    session, configurer, submitter, operator
):
    establish_session(session.pk, by=configurer, dcc_pep_name="DCC-1")
    new = ["198.51.100.99"]

    asked = changed(Session.objects.get(), submitter, addresses=new, expected_mbps=4)

    assert (asked.state, asked.party_addresses) == ("changing", ["198.51.100.7"])
    kind = WorkItem.objects.get(kind="set_up_session", closed_at=None)
    assert kind.turn == "configurer"
    establish_session(session.pk, by=configurer)
    kept = Session.objects.get()
    assert (kept.state, kept.party_addresses, kept.load) == ("established", new, 4)
    assert kept.dcc_pep_name == "DCC-1"
    assert [row.address for row in kept.addresses.all()] == new


def test_one_that_waits_is_changed_at_once(session, submitter):
    kept = changed(session, submitter, name="DUIS of the north", addresses=["10.1.2.3"])

    assert (kept.state, kept.name) == ("requested", "DUIS of the north")
    assert [row.address for row in kept.addresses.all()] == ["10.1.2.3"]


@pytest.mark.parametrize("asked", [{"expected_mbps": 4}, {}])
@pytest.mark.parametrize("is_in_use", [False, True])
def test_one_that_was_put_off_waits_again_once_its_party_asks_again(
    session, configurer, submitter, is_in_use, asked
):
    if is_in_use:
        establish_session(session.pk, by=configurer)
        changed(Session.objects.get(), submitter, expected_mbps=3)
    defer_session(session.pk, by=configurer, reason="Say which device it is.")
    waits = Session.objects.get().waits

    changed(Session.objects.get(), submitter, **asked)

    kept = Session.objects.get()
    assert (waits, kept.waits, kept.deferred_because) == (False, True, "")
    owed = WorkItem.objects.open().filter(kind="set_up_session", subject_pk=kept.pk)
    assert owed.exists()
    assert Notice.objects.filter(kind="session_requested").last().worded_at


@pytest.mark.guidance("R-6.1-2")
def test_one_that_waits_can_change_its_primary_and_is_owed_once(
    pair_in_service, submitter
):
    first, second = pair_in_service
    session = request_session(first, submitter)

    changed(session, submitter, connection=second.pk, secondary=first.pk)

    row = WorkItem.objects.open().get(kind="set_up_session")
    assert (row.thread, row.subject_pk) == (second.order.reference, session.pk)


def test_a_change_that_changes_nothing_is_refused(session, submitter):
    with pytest.raises(SessionUnchanged):
        changed(session, submitter)


@pytest.mark.parametrize("load", [0, -1])
def test_an_expected_load_is_above_nothing(connection, submitter, load):
    with pytest.raises(LoadNotPositive):
        request_session(connection, submitter, expected_mbps=load)


@pytest.mark.guidance("R-6-9")
def test_more_than_the_connection_carries_is_advice_and_no_block(connection, submitter):
    assert request_session(connection, submitter, expected_mbps=500).load == 500


@pytest.mark.guidance("R-6-6")
def test_the_party_reads_between_which_two_peps_a_session_runs(
    client, session, configurer, submitter
):
    establish_session(session.pk, by=configurer, dcc_pep_name="DCC gateway 2")
    client.force_login(submitter)
    page = client.get(reverse("sessions", args=[session.connection.reference]))

    assert "DCC gateway 2" in words_of(page)


@pytest.mark.guidance("R-3.7.1-4")
def test_dccki_is_recorded_session_by_session(session, submitter, outsider):
    day = date(2026, 3, 2)
    with pytest.raises(NotNominated):
        record_dccki(session.pk, by=outsider, day=day)
    assert record_dccki(session.pk, by=submitter, day=day).dccki_done_on == day


@pytest.mark.guidance("R-3.7.1-1", "R-3.7.1-2")
def test_an_order_is_in_service_with_the_last_session_that_it_asked_for(
    connection, submitter, configurer
):
    first = request_session(connection, submitter)
    second = request_session(
        connection, submitter, name="Test", use="test", addresses=["10.0.0.1"]
    )
    third = request_session(
        connection, submitter, name="SSI", service="ssi", addresses=["10.0.0.2"]
    )
    journey_on_site.configure(connection, configurer)

    states = []
    establish_session(first.pk, by=configurer)
    states.append(journey.fresh(connection.order).state)
    with pytest.raises(DeferralUnexplained):
        defer_session(second.pk, by=configurer, reason=" ")
    defer_session(second.pk, by=configurer, reason="The test system opens in May.")
    states.append(journey.fresh(connection.order).state)
    close_session(third.pk, by=submitter)
    states.append(journey.fresh(connection.order).state)

    assert states == ["configuring", "configuring", "configured"]
    told = Notice.objects.get(kind="session_deferred")
    assert "The test system opens in May." in told.text
    assert Notice.objects.filter(kind="order_configured").exists()
    assert not WorkItem.objects.filter(kind="set_up_session", closed_at=None).exists()


@pytest.mark.guidance("R-6.1-3", "R-7-3", "R-7-1", "R-4.2-5")
def test_a_party_reads_what_happens_when_a_link_fails(
    client, pair, submitter, configurer
):
    first, second = pair
    names = (("DUIS live", first, second), ("Testing", first, None))
    for number, (name, one, other) in enumerate(names):
        asked = request_session(
            one,
            submitter,
            name=name,
            secondary=other and other.pk,
            addresses=[f"10.0.0.{number + 1}"],
            expected_mbps=15,
        )
        establish_session(asked.pk, by=configurer)
    client.force_login(submitter)
    place = reverse("sessions", args=[second.reference])

    usual = words_of(client.get(place))
    failed = words_of(client.get(place, {"failed": [first.reference, ""]}))
    none = words_of(client.get(place, {"failed": ""}))
    ahead = words_of(client.get(reverse("failover", args=[second.reference])))

    assert "30 of 20 Mbps" in usual
    assert "1 session loses access" in failed
    assert "Moves to" in failed
    assert "it has no secondary" in failed
    assert "Choose at least one connection" in none
    assert "It fails over to" in ahead
    assert "Your IP addresses and DCC’s" in ahead


def test_a_party_changes_and_closes_a_session_on_its_pages(client, session, submitter):
    client.force_login(submitter)
    names = [session.connection.reference, session.pk]
    typed = client.get(reverse("session-change", args=names)).context["form"].initial
    typed = {key: value for key, value in typed.items() if value not in (None, False)}
    typed |= {"name": "Renamed", "pep_name": "Edge", "user_role": "other_user"}
    typed |= {"used_by": "Northgate Energy"}

    assert client.post(reverse("session-change", args=names), typed).status_code == 302
    assert Session.objects.get().name == "Renamed"
    client.post(reverse("session-dccki", args=names), day_parts(date(2026, 3, 2)))
    assert Session.objects.get().dccki_done_on == date(2026, 3, 2)
    client.post(reverse("session-close", args=names), {"reason": "Not needed"})
    assert Session.objects.get().state == "closed"
    page = words_of(client.get(reverse("session-close", args=names)))
    assert "It was closed on" in page


def day_parts(day):
    return {f"day_{part}": getattr(day, part) for part in ("day", "month", "year")}
