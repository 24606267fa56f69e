"""What a submitter said of reports of use, recorded for them (T35)."""

from datetime import date, timedelta

import pytest

from connections.commands import record_report_request
from connections.errors import ReportDaysWrong
from connections.models import PerformanceReport
from orders.commands import Said
from records.models import Event, Notice
from tests.cast import NOW
from tests.desk.conftest import Desk

# It came on Friday 6 March and is recorded on the Monday after it.
CAME, RECORDED = NOW + timedelta(days=3), NOW + timedelta(days=6)
INSTALLED_ON, BEFORE_IT_CAME = date(2026, 3, 3), date(2026, 3, 5)

pytestmark = pytest.mark.guidance("T35", "R-2.8-9")


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


def told(person):
    kept = Notice.objects.filter(kind="recorded_for_you", to=person.email)
    return kept.latest("pk").text


def test_the_desk_asks_for_a_report_and_takes_it_back_as_a_submitter_said(
    client, connection_in_service, submitter, *, desk_later
):
    at, order = Desk(client, desk_later), connection_in_service.order
    days = {"first_day": "2026-03-03", "last_day": "2026-03-05"}
    at.do(order, "report-said", **typed(submitter, **days))

    row = PerformanceReport.objects.get()
    assert (row.requested_by, row.requested_at) == (submitter, CAME)
    assert (row.first_day, row.last_day) == (INSTALLED_ON, BEFORE_IT_CAME)
    assert "Recorded by" in Event.objects.get(name="request_report").why
    assert f"the request for report {row}" in told(submitter)

    at.do(order, "report-back-said", **typed(submitter))

    row.refresh_from_db()
    assert not row.is_open
    assert "no longer asked for" in told(submitter)


def test_days_that_were_not_over_when_it_came_are_refused(
    connection_in_service, submitter, *, desk_later
):
    with pytest.raises(ReportDaysWrong):
        record_report_request(
            connection_in_service.pk,
            by=desk_later,
            said=Said(submitter.pk, "phone", CAME),
            first_day=INSTALLED_ON,
            last_day=CAME.date(),
        )
