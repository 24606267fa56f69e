"""The configurer's first page: what waits to be configured, the soonest first."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags


@pytest.fixture
def home(client, configurer):
    def read():
        client.force_login(configurer)
        page = client.get(reverse("admin:index"))
        return page, " ".join(strip_tags(page.content.decode()).split())

    return read


@pytest.mark.guidance("R-1.3-3")
def test_an_installed_connection_waits_with_what_its_configuration_needs(
    home, connection
):
    page, told = home()

    assert "One connection waits for you" in told
    assert "HV 20 Mbps to Thornby Park, Derby" in told
    assert "By Tuesday 10 March 2026 To configure" in told
    assert "No addresses are recorded yet" in told
    step = reverse(
        "admin:orders_connectionrequest_configure", args=[connection.order_id]
    )
    assert f'href="{step}"' in page.content.decode()
    assert "@" not in told.partition("Next to be late")[0]


def test_a_session_that_was_asked_for_stands_at_its_connection(home, session):
    _, told = home()

    assert f"Session {session.name}" in told
    assert all(address in told for address in session.party_addresses)


def test_what_is_done_waits_no_more(home, connection_in_service):
    _, told = home()

    assert "No connections wait for you" in told
    assert "Nothing waits to be configured" in told
