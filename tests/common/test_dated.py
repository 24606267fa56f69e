"""What holds from a day to a day holds on both of them, and on every day between."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.dated import (
    EndsBeforeItBegins,
    holds,
    overlap,
    require_order_of_days,
    span_words,
)

FIRST = date(2026, 3, 5)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]


@dataclass
class Span:
    from_on: date
    until_on: date | None


@st.composite
def spans(draw):
    begins = draw(st.sampled_from(DAYS))
    ends = draw(st.sampled_from([None, *(day for day in DAYS if day >= begins)]))
    return Span(begins, ends)


def days_of(span):
    last = span.until_on or DAYS[-1]
    return {day for day in DAYS if span.from_on <= day <= last}


@given(spans())
def test_a_row_holds_on_its_first_day_its_last_and_those_between(span):
    assert {day for day in DAYS if holds(span, day)} == days_of(span)


@given(spans(), spans())
def test_two_rows_overlap_when_one_day_at_least_is_in_both(one, other):
    assert overlap(one, other) == bool(days_of(one) & days_of(other))


def test_a_row_may_last_a_single_day():
    require_order_of_days(FIRST, FIRST)
    require_order_of_days(FIRST, None)


def test_a_last_day_before_the_first_is_refused_in_words():
    with pytest.raises(EndsBeforeItBegins, match="The last day is before the first"):
        require_order_of_days(FIRST, FIRST - timedelta(days=1))


def test_a_row_says_its_days_in_full_and_names_no_end_that_it_has_not():
    until = date(2027, 3, 4)

    assert span_words(Span(FIRST, until)) == "from 5 March 2026 until 4 March 2027"
    assert span_words(Span(FIRST, None)) == "from 5 March 2026"
