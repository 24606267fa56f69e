"""No day has two figures, and none of a seamless series is without one."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.dated import overlap
from common.errors import DomainError
from quotes.deadlines import ended_by, require_one_a_day
from quotes.errors import FiguresGap, FiguresOverlap

START, DAYS = date(2026, 1, 1), 12


def row(first, last):
    """Return a figure from a day to a day, counted from the start; None is open."""
    until_on = None if last is None else START + timedelta(days=last)
    return SimpleNamespace(from_on=START + timedelta(days=first), until_on=until_on)


def held(figure):
    last = figure.until_on or START + timedelta(days=3 * DAYS)
    return {
        figure.from_on + timedelta(days=n)
        for n in range((last - figure.from_on).days + 1)
    }


ROWS = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(
    lambda ends: row(min(ends), max(ends))
)


@given(ROWS, ROWS)
@example(row(0, 3), row(3, 5))
@example(row(0, 3), row(4, 5))
@example(row(0, 3), row(2, None))
def test_two_rows_share_a_day_exactly_when_some_day_has_both(one, other):
    assert overlap(one, other) == overlap(other, one) == bool(held(one) & held(other))


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [(3, 8, True), (4, 8, False), (2, 3, True), (0, 0, True), (3, None, True)],
)
def test_the_last_day_of_a_row_is_the_first_that_another_may_not_have(
    first, last, is_refused
):
    before = row(0, 3)
    if is_refused:
        with pytest.raises(FiguresOverlap):
            require_one_a_day(row(first, last), [before], is_seamless=False)
    else:
        require_one_a_day(row(first, last), [before], is_seamless=False)


@given(ROWS, st.lists(ROWS, max_size=3))
def test_what_is_kept_leaves_one_figure_a_day(figure, others):
    try:
        require_one_a_day(figure, others, is_seamless=False)
    except DomainError:
        return
    for other in others:
        if other not in ended_by(figure, others):
            assert not held(figure) & held(other)


def test_a_figure_that_ends_the_day_before_the_next_leaves_no_gap():
    require_one_a_day(row(0, 3), [row(4, None)], is_seamless=True)

    with pytest.raises(FiguresGap):
        require_one_a_day(row(0, 2), [row(4, None)], is_seamless=True)


def test_a_figure_that_begins_the_day_after_the_last_one_leaves_no_gap():
    require_one_a_day(row(4, None), [row(0, 3)], is_seamless=True)

    with pytest.raises(FiguresGap):
        require_one_a_day(row(5, None), [row(0, 3)], is_seamless=True)
