"""UK civil time: midnights, clock changes, months by corresponding date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.clock import (
    UK,
    add_months,
    end_of_uk_day,
    last_day_before,
    start_of_uk_day,
    uk_date,
)

DAYS = st.dates(date(2012, 1, 1), date(2037, 12, 31))
NAIVE = datetime.fromisoformat("2026-01-05T12:00")
INSTANTS = st.datetimes(
    datetime.fromisoformat("2012-01-02"),
    datetime.fromisoformat("2037-12-30"),
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-01-05T23:59:59Z", "2026-01-05"),
        ("2026-06-30T22:59:59Z", "2026-06-30"),
        ("2026-06-30T23:00:00Z", "2026-07-01"),
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-10-25T00:30:00Z", "2026-10-25"),
        ("2026-01-05T23:30:00-05:00", "2026-01-06"),
    ],
)
def test_an_instant_falls_on_a_day_in_the_uk(instant, day):
    assert uk_date(datetime.fromisoformat(instant)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        ("2026-01-05", "2026-01-06T00:00Z"),
        ("2026-03-28", "2026-03-29T00:00Z"),
        ("2026-03-29", "2026-03-29T23:00Z"),
        ("2026-10-24", "2026-10-24T23:00Z"),
        ("2026-10-25", "2026-10-26T00:00Z"),
        ("2028-02-29", "2028-03-01T00:00Z"),
        ("2026-12-31", "2027-01-01T00:00Z"),
    ],
)
def test_a_day_ends_at_the_next_uk_midnight(day, ends):
    assert end_of_uk_day(date.fromisoformat(day)) == datetime.fromisoformat(ends)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        uk_date(NAIVE)
    with pytest.raises(ValueError, match="naive"):
        last_day_before(NAIVE)


@given(INSTANTS)
def test_every_instant_lies_within_its_own_uk_day(instant):
    day = uk_date(instant)

    assert start_of_uk_day(day) <= instant < end_of_uk_day(day)


@given(DAYS)
def test_one_day_ends_where_the_next_begins_and_shows_itself(day):
    assert end_of_uk_day(day) == start_of_uk_day(day + timedelta(days=1))
    assert last_day_before(end_of_uk_day(day)) == day


@given(DAYS)
def test_a_midnight_is_midnight_on_the_wall_and_never_ambiguous(day):
    midnight = start_of_uk_day(day).astimezone(UK)

    assert (midnight.hour, midnight.minute, midnight.date()) == (0, 0, day)
    assert midnight.replace(fold=0).utcoffset() == midnight.replace(fold=1).utcoffset()


@pytest.mark.parametrize(
    ("day", "months", "answer"),
    [
        ("2015-08-31", 6, "2016-02-29"),
        ("2014-08-31", 6, "2015-02-28"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-02-29", 48, "2020-02-29"),
        ("2026-05-31", -4, "2026-01-31"),
        ("2026-07-31", -5, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_months_go_by_corresponding_date_clipped_to_a_shorter_month(
    day, months, answer
):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(answer)


@given(DAYS, st.integers(-60, 60))
def test_months_never_leave_the_corresponding_month(day, months):
    later = add_months(day, months)

    counted = (later.year - day.year) * 12 + later.month - day.month
    assert counted == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
