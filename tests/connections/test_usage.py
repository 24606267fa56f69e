"""Readings of five minutes, and what is worked out of them. No database."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.clock import UK
from connections.errors import ReadingsWrong
from connections.usage.charts import BOTTOM, LEFT, RIGHT, TOP
from connections.usage.figures import (
    DayUse,
    LineUse,
    WeekUse,
    level_of,
    report_of,
    trend_of,
)
from connections.usage.frozen import frozen, thawed
from connections.usage.page import ReportShown
from connections.usage.readings import (
    MOST_BITS,
    Readings,
    by_day,
    pack,
    read_csv,
    readings_of_a_day,
    unpack,
)
from connections.usage.says import advice_on

HEAD = "timestamp,up,down\n"
BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)
MBPS = 1_000_000
FIVE = timedelta(minutes=5)


def moments(readings):
    return [datetime.fromtimestamp(at, UTC) for at in readings.at]


@pytest.mark.guidance("R-2.8-9")
@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, "2026-11-02T09:05:00Z,7,8"),
        (HEAD, "2026-11-02 09:05,7,8"),
        (HEAD, "2026-11-02T11:05:00+02:00,7.2,8"),
        ("Down,Timestamp,Router, UP \n", "8,2026-11-02T09:05Z,R1,7"),
    ],
    ids=["UTC", "UK time", "another zone", "other columns"],
)
def test_a_row_is_a_moment_and_two_rates(head, row):
    found = read_csv(f"{head}\n{row}\n\n")

    assert moments(found) == [datetime(2026, 11, 2, 9, 5, tzinfo=UTC)]
    assert (list(found.up), list(found.down)) == ([7], [8])


@pytest.mark.guidance("R-2.8-9")
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "no readings below its first line"),
        ("yesterday,1,2", "Line 2: yesterday is no time such as"),
        ("2026-11-02T09:03Z,1,2", "Line 2: 2026-11-02T09:03Z is not on a multiple"),
        ("2026-11-02T09:05Z,,2", "Line 2: up is empty"),
        ("2026-11-02T09:05Z,1", "Line 2: down is empty"),
        ("2026-11-02T09:05Z,1,fast", "Line 2: down is fast, which is no number"),
        ("2026-11-02T09:05Z,1,nan", "Line 2: down is nan, which is no number"),
        ("2026-11-02T09:05Z,-1,2", "Line 2: up is below zero"),
        (f"2026-11-02T09:05Z,{MOST_BITS * 2},2", "no line carries so many bits"),
        (
            "2026-11-02T09:05Z,1,2\n2026-11-02T09:05Z,1,2",
            "Line 3: there is a reading for this time on an earlier line",
        ),
        ("2026-03-29 01:30,1,2", "did not exist: the clocks went forward past it"),
        ("\n".join(["x,1,2"] * 12), "Line 11: x is no time such as"),
        ("\n".join(["x,1,2"] * 12), "And 2 more lines."),
    ],
)
def test_what_is_wrong_is_named_by_its_line(rows, words):
    with pytest.raises(ReadingsWrong) as refusal:
        read_csv(HEAD + rows)

    assert words in str(refusal.value)


def test_a_file_without_its_columns_says_which_are_missing():
    with pytest.raises(ReadingsWrong, match="Missing: up, down"):
        read_csv("timestamp,in,out\n")


def uk_day(day):
    """Return the rows of a UK day as a router that keeps UK time writes them."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    instants = [begins - timedelta(hours=2) + FIVE * n for n in range(340)]
    local = [at.astimezone(UK) for at in instants]
    return [
        f"{at:%Y-%m-%d %H:%M},{n},0" for n, at in enumerate(local) if at.date() == day
    ]


@pytest.mark.guidance("R-2.8-9")
@pytest.mark.parametrize(
    ("day", "count"), [(BACK, 300), (FORWARD, 276), (date(2026, 11, 2), 288)]
)
def test_a_day_on_which_clocks_change_has_an_hour_more_or_less(day, count):
    """UK times without a zone: in the repeated hour the first is summer time."""
    found = read_csv(HEAD + "\n".join(uk_day(day)))

    assert len(found) == count == readings_of_a_day(day)
    assert by_day(found).keys() == {day}
    gaps = {later - at for at, later in zip(found.at, found.at[1:], strict=False)}
    assert gaps == {300}


rates = st.integers(0, MOST_BITS)


@given(st.dictionaries(st.integers(0, 2**33), st.tuples(rates, rates), max_size=50))
def test_readings_are_unpacked_as_they_were_packed(rows):
    readings = Readings()
    for at, (up, down) in rows.items():
        readings.add(at, up, down)

    assert unpack(pack(readings)) == readings


@given(st.lists(rates, min_size=1))
def test_the_level_is_the_lowest_that_95_in_100_do_not_exceed(values):
    level = level_of(values)

    assert sum(value <= level for value in values) * 100 >= 95 * len(values)
    lower = [value for value in values if value < level]
    assert len(lower) * 100 < 95 * len(values)


def week(number, level):
    return WeekUse(date(2026, 8, 31) + timedelta(weeks=number), level)


def weeks(*levels):
    return [week(number, int(level * MBPS)) for number, level in enumerate(levels)]


@pytest.mark.guidance("R-2.8-10")
@pytest.mark.parametrize(
    ("levels", "a_week", "meets_on"),
    [
        # From 6 September at 4, a megabit a week: 20 is met 16 weeks later.
        ((4, 5, 6, 7), 1_000_000, date(2026, 12, 27)),
        ((7, 7, 7, 7), 0, None),
        ((8, 7, 6, 5), -1_000_000, None),
        ((1, 1.01, 1.02, 1.03), 10_000, None),
        # The line passes what it carries before the newest week is over.
        ((30, 31, 32, 33), 1_000_000, date(2026, 9, 27)),
    ],
)
def test_the_straight_line_through_the_weeks_meets_the_rating(levels, a_week, meets_on):
    trend = trend_of(weeks(*levels), 20 * MBPS)

    assert (trend.a_week, trend.meets_on) == (a_week, meets_on)


def test_three_weeks_are_no_trend():
    assert trend_of(weeks(1, 2, 3), 20 * MBPS) is None


def use(level, *levels):
    found = weeks(*levels)
    return LineUse(
        rating=20 * MBPS,
        level=int(level * MBPS),
        highest=int(level * MBPS),
        highest_on=date(2026, 9, 1),
        days=[DayUse(date(2026, 9, 1), int(level * MBPS), int(level * MBPS))],
        hours=[],
        weeks=found,
        trend=trend_of(found, 20 * MBPS),
    )


@pytest.mark.guidance("R-2.8-10", "R-2.6-11")
@pytest.mark.parametrize(
    ("found", "today", "lead", "title", "ask_by"),
    [
        (
            use(7, 4, 5, 6, 7),
            date(2026, 10, 1),
            30,
            "At this pace, ask for a higher rate by 27 November 2026",
            date(2026, 11, 27),
        ),
        (
            use(7, 4, 5, 6, 7),
            date(2026, 11, 28),
            30,
            "At this pace, ask for a higher rate now",
            date(2026, 11, 28),
        ),
        (
            use(7, 4, 5, 6, 7),
            date(2026, 10, 1),
            None,
            "At this pace it meets what it carries on 27 December 2026",
            None,
        ),
        (use(7, 7, 7, 7, 7), date(2026, 10, 1), 30, "Its use stays within", None),
        (use(7, 7, 7), date(2026, 10, 1), 30, "Use of this connection", None),
        (
            use(20, 7, 7),
            date(2026, 10, 1),
            30,
            "Its use meets what it carries",
            date(2026, 10, 1),
        ),
        (use(20, 7, 7), date(2026, 10, 1), None, "Its use meets what it carries", None),
    ],
)
def test_what_follows_is_said_with_the_last_day_to_ask(
    found, today, lead, title, ask_by
):
    advice = advice_on(found, today=today, lead_days=lead)

    assert advice.title.startswith(title)
    assert advice.ask_by == ask_by


def steady(_at):
    return 5 * MBPS


def some_days(first, count, level=steady):
    found = Readings()
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    for number in range(count * 288):
        at = begins + FIVE * number
        found.add(int(at.timestamp()), level(at), level(at) // 2)
    return by_day(found)


def report(days, first, last):
    return report_of(
        days,
        first,
        last,
        ratings=(20 * MBPS, 10 * MBPS),
        is_working_day=lambda day: day.weekday() < 5,
    )


NOVEMBER = date(2026, 11, 2)


@pytest.mark.guidance("R-2.8-9")
def test_a_report_counts_what_is_missing_and_knows_its_busy_hour():
    days = some_days(NOVEMBER, 14, lambda at: (9 if at.hour == 18 else 5) * MBPS)
    del days[date(2026, 11, 9)]

    found = report(days, NOVEMBER, date(2026, 11, 15))

    assert (found.readings, found.missing) == (13 * 288, 288)
    assert found.up.busy_hour.hour == 18
    assert (found.up.busy_hour.average, found.down.busy_hour.average) == (
        9 * MBPS,
        int(Decimal("4.5") * MBPS),
    )
    assert [week.level for week in found.up.weeks] == [5 * MBPS, 5 * MBPS]


def test_days_without_a_reading_make_no_report():
    assert report({}, NOVEMBER, NOVEMBER) is None


def test_a_week_of_which_half_is_missing_says_nothing_of_its_level():
    days = some_days(NOVEMBER, 14)
    for number in range(4):
        del days[NOVEMBER + timedelta(days=number)]

    found = report(days, NOVEMBER, date(2026, 11, 15))

    assert [week.first_day for week in found.up.weeks] == [date(2026, 11, 9)]


@pytest.fixture(scope="module")
def quarter():
    growth = lambda at: int((3 + (at.timetuple().tm_yday - 240) / 20) * MBPS)  # noqa: E731
    return report(
        some_days(date(2026, 8, 31), 84, growth), NOVEMBER, date(2026, 11, 20)
    )


def test_a_report_is_read_back_as_it_was_kept(quarter):
    assert thawed(json.loads(json.dumps(frozen(quarter)))) == quarter


def places(shown):
    """Yield where anything stands in the charts of a report."""
    charts = shown.charts
    for bar in (*charts.days.bars, *(bar for bar, _ in charts.hours.bars)):
        yield bar.x, bar.y
        yield bar.x + bar.width, bar.y + bar.height
    for tick in (*charts.days.labels, *charts.hours.labels, *charts.trend.labels):
        yield tick.at, BOTTOM
    yield charts.trend.meets_x, charts.trend.plane.rating_y
    yield charts.trend.today_x, TOP
    yield charts.trend.ask_x, TOP


@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize("made_on", [date(2026, 11, 23), date(2028, 1, 1)])
def test_nothing_in_a_chart_stands_outside_of_it(quarter, direction, made_on):
    shown = ReportShown(quarter, direction, made_on, 30)

    for x, y in places(shown):
        assert LEFT - 0.1 <= x <= RIGHT + 0.1
        assert TOP - 0.1 <= y <= BOTTOM + 0.1


def test_each_chart_has_its_table(quarter):
    shown = ReportShown(quarter, "up", date(2026, 11, 23), 30)

    assert len(shown.days) == len(shown.charts.days.bars) == 19
    assert len(shown.hours) == 24
    assert [week.change for week in shown.weeks][:2] == ["–", "+0.3"]  # noqa: RUF001
    assert shown.tiles[2].figure == "12am to 1am"
