"""What a submitter said of sessions, recorded for them (T35)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from connections import commands
from connections.commands import record_session_close
from connections.errors.late import SessionOver
from connections.models import InterfaceVersion, Session
from orders.commands import Said
from orders.errors import SaidByNobodyNominated
from records.models import Event, Notice
from tests.cast import NOW
from tests.desk.conftest import Desk

# It came on Friday 6 March and is recorded on the Monday after it.
CAME, RECORDED = NOW + timedelta(days=3), NOW + timedelta(days=6)

pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def desk_later(clock, desk):
    """Whoever records it; asked for last, for the clock moves on."""
    clock.move_to(RECORDED)
    return desk


def typed(person, **answers):
    return {
        "person": person.pk,
        "how": "phone",
        "came_at": "2026-03-06T10:00",
    } | answers


def told(kind):
    return Notice.objects.filter(kind=kind).latest("pk")


@pytest.mark.guidance("R-3.7.1-2", "R-6.1-4")
def test_the_desk_asks_for_a_session_as_a_submitter_said(
    client, pair_in_service, submitter, *, desk_later
):
    link, other = pair_in_service
    at, order = Desk(client, desk_later), link.order
    asked = {
        "name": "DUIS live",
        "used_by": order.party.name,
        "user_role": "import_supplier",
        "service": "duis",
        "use": "live",
        "across": "spared",
        "has_layer_2_link": "on",
        "addresses": "192.0.2.10\n192.0.2.11",
        "pep_name": "PEP-1",
    }
    refused = at.do(order, "session-said", **typed(submitter, **asked))
    assert "responsibility" in refused.content.decode()
    assert not Session.objects.exists()

    at.do(order, "session-said", **typed(submitter, **asked, is_priority_accepted="on"))

    row = Session.objects.get()
    assert (row.requested_by, row.requested_at) == (submitter, CAME)
    assert (row.connection, row.secondary) == (link, other)
    assert told("session_requested")
    assert told("recorded_for_you").to == submitter.email
    assert "Recorded by" in Event.objects.get(name="request_session").why


@pytest.mark.guidance("R-6-5", "R-6-4")
def test_the_desk_changes_and_closes_a_session_as_a_submitter_said(
    client, session, submitter, *, desk_later
):
    at, order, before = Desk(client, desk_later), session.connection.order, session.name
    change = {"session": session.pk, "addresses": "192.0.2.99", "expected_mbps": "2.5"}
    at.do(order, "session-change-said", **typed(submitter, **change))

    session.refresh_from_db()
    assert (session.party_addresses, session.load) == (["192.0.2.99"], Decimal("2.5"))
    assert session.name == before

    at.do(order, "session-close-said", **typed(submitter, session=session.pk))

    session.refresh_from_db()
    assert (session.state, session.closed_at) == ("closed", CAME)
    assert "is closed" in told("recorded_for_you").text


def test_what_nobody_nominated_said_closes_no_session(
    session, colleague, submitter, *, desk_later
):
    of_colleague = Said(colleague.pk, "phone", CAME)

    with pytest.raises(SaidByNobodyNominated):
        record_session_close(session.pk, by=desk_later, said=of_colleague)
    with pytest.raises(PermissionDenied):
        record_session_close(
            session.pk, by=submitter, said=Said(submitter.pk, "phone", CAME)
        )


def test_what_a_session_no_longer_has_is_said_apart_from_what_stays(
    client, session, submitter, *, desk_later
):
    at, order = Desk(client, desk_later), session.connection.order
    version = InterfaceVersion.objects.filter(service=session.service).first()
    has = {"interface_version": version, "expected_mbps": Decimal(2)}
    Session.objects.filter(pk=session.pk).update(**has)
    empty = typed(submitter, session=session.pk, emptied=["expected_mbps"])
    both = at.do(order, "session-change-said", **empty, expected_mbps="3")
    assert "Leave it empty, or untick below" in both.content.decode()

    at.do(order, "session-change-said", **empty)

    session.refresh_from_db()
    now = {**commands.as_asked(session), **session.asked}
    assert (now["expected_mbps"], now["interface_version"]) == (None, version.pk)


@pytest.mark.guidance("R-3.7.1-4")
def test_the_day_of_dccki_is_recorded_as_a_submitter_said(
    client, session, submitter, *, desk_later
):
    at, order = Desk(client, desk_later), session.connection.order
    answer = typed(submitter, session=session.pk)
    ahead = at.do(order, "dccki-said", **answer, day="2026-03-07").content.decode()
    assert "7 March 2026 is still to come" in ahead

    at.do(order, "dccki-said", **answer, day="2026-03-05")

    session.refresh_from_db()
    assert str(session.dccki_done_on) == "2026-03-05"
    assert "DCCKI was followed for session" in told("recorded_for_you").text
    commands.close_session(session.pk, by=submitter)
    with pytest.raises(SessionOver):
        commands.record_dccki(session.pk, by=submitter, day=NOW.date())
