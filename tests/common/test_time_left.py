from datetime import date

import pytest

from common.time_left import calendar_days_left, working_days_left
from common.working_days import WorkingCalendar

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("last_day", "words", "tone"),
    [
        (date(2026, 12, 5), "12 days left", "calm"),
        (date(2026, 11, 26), "3 days left", "calm"),
        (date(2026, 11, 25), "2 days left", "soon"),
        (date(2026, 11, 24), "1 day left", "soon"),
        (MONDAY, "Last day today", "soon"),
        (date(2026, 11, 22), "1 day late", "late"),
        (date(2026, 11, 20), "3 days late", "late"),
    ],
)
@pytest.mark.guidance("R-2.11-1")
def test_calendar_days_are_counted_to_the_end_of_the_last_day(last_day, words, tone):
    left = calendar_days_left(last_day, MONDAY)

    assert (left.words, left.tone) == (words, tone)


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (date(2026, 12, 22), "3 working days left", "calm"),
        (date(2026, 12, 24), "1 working day left", "soon"),
        (date(2026, 12, 27), "1 working day left", "soon"),
        (date(2026, 12, 29), "Due today", "soon"),
        (date(2026, 12, 31), "2 working days late", "late"),
    ],
)
@pytest.mark.guidance("R-3.3-1")
def test_working_days_leave_out_weekends_and_bank_holidays(today, words, tone):
    christmas = WorkingCalendar({date(2026, 12, 25), date(2026, 12, 28)})

    left = working_days_left(date(2026, 12, 29), today, christmas)

    assert (left.words, left.tone) == (words, tone)


def test_a_friday_missed_is_late_on_the_saturday_after():
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)

    left = working_days_left(friday, saturday, WorkingCalendar(set()))

    assert left.is_late
    assert left.words == "1 working day late"


def test_the_reasons_are_kept_beside_the_count():
    left = calendar_days_left(
        MONDAY, MONDAY, how="Issued today.", section="2.11", if_nothing="It lapses."
    )

    assert (left.how, left.section) == ("Issued today.", "2.11")
    assert left.if_nothing == "It lapses."
    assert not left.is_late
