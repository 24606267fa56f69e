"""Each option has a drawing of its own, with its words for those who cannot see it."""

import pytest

from orders.states import Option
from planner.drawings import BROKEN, drawing_of

TOPOLOGY = [
    (Option.LOW, (1, 0, 1), "There is no second path."),
    (Option.MEDIUM, (2, 1, 1), "different exchanges and roads"),
    (Option.HIGH, (2, 2, 2), "a layer 2 link of your own joins the two sites"),
]
SITES = {Option.LOW: 1, Option.MEDIUM: 1, Option.HIGH: 2}


def count(drawing, words):
    return sum(box.words == words for box in drawing.boxes)


@pytest.mark.guidance(
    "R-4.1-5", "R-4.1-6", "R-4.2-1", "R-4.2-3", "R-4.2-4", "R-4.3-3", "R-4.3-4", "T23"
)
@pytest.mark.parametrize(("option", "counted", "said"), TOPOLOGY)
def test_a_drawing_has_what_stands_at_each_site(option, counted, said):
    drawn = drawing_of(option)

    found = [count(drawn, words) for words in ("DCC router", "Layer 2 switch", "PEP")]
    assert tuple(found) == counted
    assert count(drawn, "DCC data centre") == 2
    assert count(drawn, "DCC network (MPLS)") == 1
    assert len(drawn.grounds) == SITES[option]
    assert said in drawn.description


@pytest.mark.guidance("R-4.2-5", "R-4.3-5", "T17")
@pytest.mark.parametrize("option", [Option.MEDIUM, Option.HIGH])
def test_one_link_of_a_pair_is_drawn_working_and_one_standing_by(option):
    drawn = drawing_of(option)

    links = [wire.dashes for wire in drawn.wires if wire.width == 3]
    assert links == ["", BROKEN]
    assert "One link works; the other stands by." in drawn.description


def test_a_drawing_names_what_was_chosen():
    drawn = drawing_of(Option.HIGH, "HV 20 Mbps", "LV")

    assert {"HV 20 Mbps", "LV"} <= {label.words for label in drawn.labels}


@pytest.mark.parametrize("option", list(Option))
def test_everything_stands_inside_its_drawing(option):
    drawn = drawing_of(option, "HV 100 Mbps", "HV 100 Mbps")

    for box in (*drawn.grounds, *drawn.boxes):
        assert box.x >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
