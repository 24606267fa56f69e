from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from connections.commands import configure_connection
from connections.errors import (
    ConfiguredBeforeInstallation,
    ConfiguredInTheFuture,
    ConnectivityResultMissing,
)
from connections.models import Connection
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey, journey_on_site

TODAY = date(2026, 3, 3)


def configure(connection, person, *, on=TODAY, tested="Pings answered"):
    return configure_connection(
        connection.order_id, by=person, configured_on=on, test_result=tested
    )


@pytest.mark.guidance("R-3.7.1-1")
@pytest.mark.parametrize("who", ["configurer", "operator"])
def test_configuring_puts_the_connection_in_service(request, connection, who):
    person = request.getfixturevalue(who)

    configure(connection, person)

    found = Connection.objects.get()
    assert (found.state, found.router_configured_on) == ("operational", TODAY)
    assert found.test_result == "Pings answered"
    assert journey.fresh(found.order).state == "configured"
    assert set(Event.objects.filter(name="configure").values_list("by", flat=True)) == {
        person.pk
    }


@pytest.mark.parametrize("who", ["desk", "installer", "billing_clerk", "submitter"])
def test_others_do_not_configure(request, connection, who):
    with pytest.raises(PermissionDenied):
        configure(connection, request.getfixturevalue(who))
    assert Connection.objects.get().state == "installed"


@pytest.mark.guidance("R-3.7.1-1")
@pytest.mark.parametrize(
    ("on", "tested", "refusal"),
    [
        (date(2026, 3, 4), "x", ConfiguredInTheFuture),
        (date(2026, 3, 2), "x", ConfiguredBeforeInstallation),
        (TODAY, " ", ConnectivityResultMissing),
    ],
)
def test_configuration_needs_its_day_and_its_test(
    connection, configurer, on, tested, refusal
):
    with pytest.raises(refusal):
        configure(connection, configurer, on=on, tested=tested)
    assert journey.fresh(connection.order).state == "configuring"


@pytest.mark.guidance("R-6-2", "R-2.12-2")
def test_configuration_waits_for_installation(installed_order, configurer):
    with pytest.raises(NotPossibleInState, match="is installation, so"):
        configure_connection(
            installed_order.pk, by=configurer, configured_on=TODAY, test_result="x"
        )


def test_a_connection_is_configured_once(connection_in_service, configurer):
    with pytest.raises(NotPossibleInState, match="is in service, so"):
        journey_on_site.configure(connection_in_service, configurer)


def test_the_party_is_told_that_it_is_in_service(connection_in_service, submitter):
    notice = Notice.objects.get(kind="order_configured")

    assert notice.to == submitter.email
    assert "All pings answered" in notice.text
    assert "request the sessions" in notice.text
