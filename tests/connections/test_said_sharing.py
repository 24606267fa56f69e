"""What a submitter said of sharing and of failover tests, recorded for them (T35)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from connections.commands import (
    record_sharing,
    record_test_call_off,
)
from connections.models import FailoverTest
from orders.commands import NamedSharer, Said
from orders.errors import SaidByNobodyNominated, SaidTooEarly
from orders.models import Sharer
from records.models import Event, Notice
from tests.cast import NOW
from tests.desk.conftest import Desk

# It came on Friday 6 March and is recorded on the Monday after it.
CAME, RECORDED = NOW + timedelta(days=3), NOW + timedelta(days=6)
TEST_DAY, LAST_DAY = date(2026, 3, 12), date(2026, 3, 31)
NAMED = NamedSharer("Calder Supply", "sec_party", "provider", date(2026, 3, 6))

pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def desk_later(clock, desk):
    """Whoever records it; asked for last, for the clock moves on."""
    clock.move_to(RECORDED)
    return desk


def said(person, came=CAME):
    return Said(person.pk, "phone", came)


def typed(person, **answers):
    return {
        "person": person.pk,
        "how": "phone",
        "came_at": "2026-03-06T10:00",
    } | answers


def told(kind, person):
    return Notice.objects.filter(kind=kind, to=person.email).latest("pk").text


@pytest.mark.guidance("R-2.3-1", "R-2.3-6")
def test_the_desk_adds_and_ends_sharing_as_a_submitter_said(
    client, connection_in_service, submitter, outsider, *, desk_later
):
    at, order = Desk(client, desk_later), connection_in_service.order
    named = {"name": "Calder Supply", "standing": "sec_party", "why": "provider"}
    asked = at.do(
        order, "share-said", **typed(submitter, **named, from_on="2026-03-06")
    )
    assert "responsibility" in asked.content.decode()
    assert not Sharer.objects.exists()

    days = {"from_on": "2026-03-06", "is_responsible": "on"}
    at.do(order, "share-said", **typed(submitter, **named, **days))

    row = Sharer.objects.get()
    assert (row.party, row.added_by, row.added_at) == (outsider.party, submitter, CAME)
    assert "are our own responsibility" in row.acknowledged
    assert f"for {submitter}, said by phone" in Event.objects.get(name="add_sharer").why
    assert "Calder Supply shares" in told("recorded_for_you", submitter)

    why = {"sharer": row.pk, "last_day": "2026-03-31", "reason": "They have their own."}
    at.do(order, "share-end-said", **typed(submitter, **why))

    row.refresh_from_db()
    assert (row.until_on, row.ended_by) == (LAST_DAY, submitter)
    assert "until" in told("recorded_for_you", submitter)


@pytest.mark.guidance("R-7-1")
def test_the_desk_plans_a_test_and_records_its_result_as_a_submitter_said(
    client, pair_in_service, submitter, operator, *, desk_later
):
    link, _ = pair_in_service
    at = Desk(client, desk_later)
    at.do(link.order, "failover-said", **typed(submitter, planned_on="2026-03-12"))

    test = FailoverTest.objects.get()
    assert (test.planned_on, test.planned_by) == (TEST_DAY, submitter)
    assert "is planned for" in told("recorded_for_you", submitter)
    assert "Recorded by" in Event.objects.get(name="plan_failover_test").why

    how = {"came_at": "2026-03-09T09:00", "reason": "Testing lost access."}
    move = typed(submitter, act="move", on="2026-03-09", **how)
    at.do(link.order, "failover-test-said", **move)
    result = typed(submitter, act="result", on="2026-03-09", **how)
    refused = at.do(link.order, "failover-test-said", **result)
    assert "Say whether the test passed" in refused.content.decode()
    at.do(link.order, "failover-test-said", **result, result="partly")

    test.refresh_from_db()
    assert (test.result, test.recorded_by) == ("partly", submitter)
    assert Notice.objects.filter(kind="failover_test_not_passed").exists()


def test_what_nobody_nominated_said_has_no_effect(
    failover_test, connection_in_service, colleague, submitter, *, desk_later
):
    pk, who = failover_test.pk, {"by": desk_later, "said": said(colleague)}
    shared = {"named": NAMED, "is_responsible": True}

    with pytest.raises(SaidByNobodyNominated):
        record_sharing(connection_in_service.pk, **who, **shared)
    with pytest.raises(SaidByNobodyNominated):
        record_test_call_off(pk, **who, reason="No time")
    before = said(submitter, NOW - timedelta(days=300))
    with pytest.raises(SaidTooEarly):
        record_test_call_off(pk, by=desk_later, said=before, reason="No time")
    with pytest.raises(PermissionDenied):
        record_test_call_off(pk, by=submitter, said=said(submitter), reason="No time")


def test_a_test_is_called_off_as_a_submitter_said(
    failover_test, submitter, *, desk_later
):
    record_test_call_off(
        failover_test.pk, by=desk_later, said=said(submitter), reason="No time"
    )

    failover_test.refresh_from_db()
    assert (failover_test.state, failover_test.why_not) == ("called_off", "No time")
