"""Who bears a visit that was not made, case by case, and in which words."""

from datetime import date, time

import pytest

from sites.pricing import SUPPLIERS_OWN, NotMade, who_bears
from sites.states import Happened

# Tuesday 14 April 2015, after Easter; Tuesday 7 April was its last free day.
VISIT_ON, LAST_FREE = date(2015, 4, 14), date(2015, 4, 7)
MORNING = (time(8), time(13))
PARTYS = [one for one in Happened if one not in SUPPLIERS_OWN]


def facts(**told):
    known = {
        "on": VISIT_ON,
        "last_free_day": LAST_FREE,
        "told_on": VISIT_ON,
        "window": MORNING,
        "arrived_on": VISIT_ON,
        "arrived_at": time(9, 30),
    }
    return NotMade(**{**known, **told})


@pytest.mark.guidance("R-2.9.1-10", "R-3.6-3", "T10")
@pytest.mark.parametrize("happened", PARTYS)
def test_whoever_came_in_time_and_was_kept_out_is_the_partys_to_bear(happened):
    bearing = who_bears(facts(happened=happened))

    assert bearing.is_charged
    assert bearing.reasoning.startswith("The engineer came at 9:30am; it was to be")
    assert happened.label in bearing.reasoning
    assert "our reading" in bearing.reasoning


@pytest.mark.guidance("R-2.9.1-10")
@pytest.mark.parametrize("happened", SUPPLIERS_OWN)
def test_an_installers_own_failing_is_never_the_partys(happened):
    bearing = who_bears(facts(happened=happened))

    assert not bearing.is_charged
    assert "lies with DCC’s side" in bearing.reasoning


@pytest.mark.guidance("R-2.9.1-10")
@pytest.mark.parametrize("happened", Happened)
@pytest.mark.parametrize(
    ("came", "words"),
    [
        ({"arrived_at": time(13, 1)}, "came at 1:01pm, and was to come from 8am"),
        ({"arrived_at": time(7, 59)}, "came at 7:59am"),
        ({"arrived_on": date(2015, 4, 15)}, "came on Wednesday 15 April 2015, not on"),
        ({"arrived_on": None, "arrived_at": None}, "No time of arrival"),
    ],
)
def test_who_did_not_come_as_agreed_cannot_charge_for_being_turned_away(
    happened, came, words
):
    bearing = who_bears(facts(happened=happened, **came))

    assert not bearing.is_charged
    assert happened in SUPPLIERS_OWN or words in bearing.reasoning


@pytest.mark.parametrize("arrived_at", [time(8), time(13), time(23, 59)])
def test_both_ends_of_the_window_are_in_time_and_a_day_alone_has_no_window(arrived_at):
    window = None if arrived_at > time(13) else MORNING
    how = {"arrived_at": arrived_at, "window": window}

    assert who_bears(facts(happened=Happened.NOBODY_THERE, **how)).is_charged


@pytest.mark.guidance("R-3.5-7", "T10")
@pytest.mark.parametrize(
    ("told_on", "is_for_party", "is_charged"),
    [
        (date(2015, 4, 6), True, False),
        (LAST_FREE, True, False),
        (date(2015, 4, 8), True, True),
        (VISIT_ON, True, True),
        (date(2015, 4, 8), False, False),
    ],
)
def test_what_was_given_up_costs_only_with_too_little_warning_by_the_party(
    told_on, is_for_party, is_charged
):
    bearing = who_bears(facts(told_on=told_on, is_for_party=is_for_party))

    assert bearing.is_charged == is_charged
    assert bearing.reasoning
