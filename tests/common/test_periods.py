"""Lists are narrowed by year, month and day, as the days are in the United Kingdom."""

from datetime import UTC, date, datetime

import pytest
from django.contrib import admin

from common.periods import period_of
from records.models import Event
from tests import journey

# Half an hour before midnight in UTC is already the next day in summer.
LATE = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", (date(2024, 1, 1), date(2025, 1, 1))),
        ("2024-02", (date(2024, 2, 1), date(2024, 3, 1))),
        ("2024-02-29", (date(2024, 2, 29), date(2024, 3, 1))),
        ("2025-12", (date(2025, 12, 1), date(2026, 1, 1))),
        *((text, None) for text in ("", "x", "2025-13", "2025-02-29", "1-2-3-4", "0")),
    ],
)
def test_a_period_is_a_year_a_month_or_a_day(text, period):
    assert period_of(text) == period


@pytest.fixture
def started(client, operator, party, submitter):
    """Return how many orders were started in a period, of two, as the list shows."""
    journey.start(party, submitter, at=LATE)
    journey.start(party, submitter)
    client.force_login(operator)

    def count(when):
        shown = client.get("/admin/records/event/", {"when": when}).context["cl"]
        return sum(row.thread.startswith("ORD") for row in shown.result_list)

    return count


@pytest.mark.parametrize(
    ("when", "found"), [("2025", 1), ("2025-07-01", 1), ("2025-06", 0), ("nonsense", 2)]
)
def test_a_list_is_narrowed_by_days_of_the_united_kingdom(started, when, found):
    assert started(when) == found


def test_the_years_are_those_of_the_first_and_the_last_row(
    rf, operator, party, submitter
):
    journey.start(party, submitter, at=LATE)
    journey.start(party, submitter)
    request = rf.get("/", {"when": "2025-06"})
    request.user = operator
    listed = admin.site._registry[Event].get_changelist_instance(request)

    offered = [
        choice["display"]
        for one in listed.filter_specs
        if one.parameter_name == "when"
        for choice in one.choices(listed)
    ]
    assert offered[1:4] == ["2026", "2025", "January 2025"]
    # A day is typed: thirty links would push all other filters out of sight.
    assert offered[-1] == "December 2025"
