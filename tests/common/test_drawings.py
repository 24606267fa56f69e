from datetime import date

import pytest

from common.drawings import TimeBar

START = date(2025, 6, 16)
WINDOW = (date(2028, 2, 16), date(2028, 3, 16))


def bar(today, *, years=3):
    return TimeBar(START, years * 12, today, WINDOW, left=0, right=1096)


@pytest.mark.parametrize(
    ("today", "x"),
    [
        (date(2025, 6, 16), 0),
        (date(2025, 6, 26), 10),
        (date(2028, 6, 16), 1096),
        (date(2024, 1, 1), 0),
        (date(2031, 1, 1), 1096),
    ],
)
def test_today_stands_on_the_bar_or_at_its_edge(today, x):
    assert bar(today).today_x == x


def test_the_window_stands_near_the_end():
    drawn = bar(date(2026, 11, 23))

    assert (drawn.window_x, drawn.window_end_x) == (975, 1004)
    assert drawn.window_middle == 989.5


def test_years_meet_on_the_corresponding_dates():
    assert bar(date(2026, 11, 23)).borders == [(365, True), (730, False)]


@pytest.mark.parametrize(
    ("today", "on_fill"),
    [
        (date(2026, 11, 23), [True, True, False]),
        (date(2026, 6, 20), [True, False, False]),
        (date(2028, 6, 16), [True, True, True]),
    ],
)
def test_the_name_of_a_year_stands_where_it_can_be_read(today, on_fill):
    assert [label.on_fill for label in bar(today).labels] == on_fill
