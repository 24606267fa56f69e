"""The strip of queues: what presses stands in its one line, the rest behind it."""

from datetime import date

import pytest

from worklist.staff.queues import QueueStanding
from worklist.staff.strip import strip_of

DAY = date(2026, 3, 3)


def queue(number, **standing):
    name = f"Queue of {number:02}"
    facts = {"count": 120, "first_on": DAY} | standing
    return QueueStanding(f"q{number}", name, name, f"/?queue=q{number}", **facts)


def standing(strip):
    return [one.short[-2:] for one in strip if one.place == "narrow"]


def test_late_queues_stand_before_all_others_however_many_there_are():
    queues = [queue(number) for number in range(18)]
    for number in (3, 9, 15, 17):
        queues[number].late = number

    strip = strip_of(queues, "/")

    assert {"03", "09", "15", "17"} <= set(standing(strip))
    assert standing(strip) == sorted(standing(strip))
    assert len(standing(strip)) < len(strip) == 18
    assert (strip.late, strip.late_behind) == (4, 0)


def test_what_is_late_and_has_no_room_is_counted_beside_the_list_of_all():
    queues = [queue(number, late=100 + number) for number in range(18)]

    strip = strip_of(queues, "/")

    assert "17" in standing(strip)
    assert strip.late_behind == 18 - len(standing(strip)) > 0
    assert strip.late_behind > strip.late_behind_wide


@pytest.mark.parametrize("number", [0, 17])
def test_the_queue_of_the_page_stands_unless_late_ones_need_its_place(number):
    queues = [queue(one, count=0, first_on=None) for one in range(18)]

    strip = strip_of(queues, queues[number].url)

    assert f"{number:02}" in standing(strip)
    assert [one.short[-2:] for one in strip if one.is_here] == [f"{number:02}"]
