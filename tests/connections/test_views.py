"""A Party's connections, and the sessions that run across them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from connections.models import Session
from orders.models import ConnectionRequest, Sharer
from tests import journey_on_site

QUERIES = 8
# Pages that ask for the other of the pair, what is owed, and what a session can name.
MOST = {"connection": 13, "sessions": 10, "session-new": 11}
ASKED = {
    "name": "DUIS live",
    "service": "duis",
    "use": "live",
    "addresses": "192.0.2.10\n2001:db8::10",
    "pep_name": "Edge 1",
    "used_by": "Northgate Energy",
    "user_role": "import_supplier",
    "is_priority_accepted": "on",
}


def get(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(name, args=args)).content.decode()


def ask(client, person, connection, **changed):
    client.force_login(person)
    place = reverse("session-new", args=[connection.reference])
    return client.post(place, ASKED | {"connection": connection.pk} | changed)


@pytest.mark.guidance("R-2.1.1-2")
def test_a_party_sees_its_connections_and_no_other(
    client, submitter, outsider, connection_in_service
):
    own = get(client, submitter, "connections")
    others = get(client, outsider, "connections")

    assert connection_in_service.reference in own
    assert "You have no connection of your own yet" in others


@pytest.fixture
def share(connection, submitter, other_party):
    """Calder Supply uses the connection of Northgate Energy until the end of May."""
    return Sharer.objects.create(
        order=connection.order,
        name=other_party.name,
        party=other_party,
        standing="sec_party",
        reason="other",
        from_on="2026-03-01",
        until_on="2026-05-31",
        added_by=submitter,
        added_at=timezone.now(),
    )


@pytest.mark.guidance("R-2.1.1-2", "R-2.3-3")
def test_a_party_sees_what_it_shares_and_in_which_state_but_no_more(
    client, outsider, share, configurer
):
    connection = share.order.connection
    shown = get(client, outsider, "connections")
    assert "installed 3 March 2026" in shown

    journey_on_site.configure(connection, configurer)
    shown = get(client, outsider, "connections")

    assert f"{connection}</a>" in shown
    assert "Northgate Energy" in shown
    assert "In service" in shown
    assert "until 31 May 2026" in shown
    place = connection.get_absolute_url()
    own = f'"{place}"'
    assert [word for word in ("£", "Thornby", own) if word in shown] == []
    assert client.get(place).status_code == 404


@pytest.mark.guidance("R-2.3-1", "R-2.1.1-2")
@pytest.mark.parametrize(
    ("day", "is_shown"),
    [("2026-03-04", True), ("2026-05-31", True), ("2026-06-01", False)],
)
def test_it_is_listed_for_as_long_as_it_is_shared(
    client, outsider, share, clock, *, day, is_shown
):
    clock.move_to(f"{day}T10:00Z")

    shown = get(client, outsider, "connections")

    assert ("Connections that you share" in shown) == is_shown


def test_what_is_not_installed_yet_is_not_told_to_who_will_share_it(
    client, outsider, share
):
    ConnectionRequest.objects.update(state="install")

    assert "Connections that you share" not in get(client, outsider, "connections")


@pytest.mark.guidance("R-2.5-1", "R-2.5-4")
def test_the_contract_says_when_the_notice_comes_and_what_silence_means(
    client, submitter, connection_in_service
):
    shown = get(client, submitter, "connection", connection_in_service.reference)

    assert "3 years from 3 March 2026" in shown
    assert "DCC writes to you by Friday 3 November 2028" in shown
    assert "If you say nothing, it renews for 12 months" in shown


@pytest.mark.guidance("R-2.5-5", "R-2.5-6")
def test_after_the_notice_the_last_free_day_is_counted_down(client, submitter, period):
    period.notice_at = timezone.now()
    period.renewal_net, period.window_last_day = 4250, "2026-04-03"
    period.save()

    shown = get(client, submitter, "connection", period.connection.reference)

    assert "31 days left" in shown
    assert "it renews for 12 months at £4,250.00 a year, excluding VAT" in shown


@pytest.mark.guidance("R-2.5-6")
def test_a_notice_that_is_late_moves_the_right_to_cancel(
    client, submitter, period, clock
):
    clock.move_to("2028-11-05T12:00Z")

    shown = get(client, submitter, "connection", period.connection.reference)

    assert "was due to go by Friday 3 November 2028 and has not gone yet" in shown
    assert "free of charge until one month after it goes" in shown


def test_an_rdp_has_no_period_and_no_renewal(client, rdp_submitter, rdp_connection):
    shown = get(client, rdp_submitter, "connection", rdp_connection.reference)

    assert "has no minimum period" in shown
    assert "Renewal window" not in shown


@pytest.mark.guidance("R-3.7.1-2", "R-3.7.1-3", "R-6-5")
def test_a_submitter_asks_for_a_session(client, submitter, connection_in_service):
    answer = ask(client, submitter, connection_in_service)

    session = Session.objects.get()
    assert answer.url == reverse("sessions", args=[connection_in_service.reference])
    assert session.party_addresses == ["192.0.2.10", "2001:db8::10"]
    assert (session.name, session.pep_name) == ("DUIS live", "Edge 1")


@pytest.mark.guidance("R-3.7.1-3")
@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        ("192.0.2.300", "No usable IP address: 192.0.2.300"),
        ("192.0.2.10, gateway", "No usable IP address: gateway"),
        ("127.0.0.1", "No usable IP address: 127.0.0.1"),
        ("", "Enter at least one IP address"),
    ],
)
def test_what_is_no_address_is_refused_and_nothing_typed_is_lost(
    client, submitter, connection_in_service, addresses, words
):
    answer = ask(client, submitter, connection_in_service, addresses=addresses)

    shown = answer.content.decode()
    assert words in shown
    assert 'value="DUIS live"' in shown
    assert not Session.objects.exists()


@pytest.mark.guidance("R-2.2-5", "R-3.7.1-2")
@pytest.mark.parametrize(
    ("who", "status"),
    [("submitter", 302), ("colleague", 200), ("outsider", 404), ("installer", 404)],
)
def test_only_a_nominated_submitter_may_ask(
    request, client, connection_in_service, who, status
):
    answer = ask(client, request.getfixturevalue(who), connection_in_service)

    assert answer.status_code == status
    assert Session.objects.exists() is (status == 302)


def test_a_colleague_is_told_who_may(client, colleague, connection_in_service):
    answer = ask(client, colleague, connection_in_service)

    assert "to submit requests can do this" in answer.content.decode()


@pytest.mark.parametrize("name", ["connection", "sessions", "session-new"])
def test_each_page_asks_the_database_few_questions(
    client, submitter, session, name, django_assert_max_num_queries
):
    client.force_login(submitter)

    with django_assert_max_num_queries(MOST.get(name, QUERIES)):
        client.get(reverse(name, args=[session.connection.reference]))
