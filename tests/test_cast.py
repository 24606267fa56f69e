"""The cast stands where it says."""

import pytest

from tests import journey

FIXTURES = {
    "empty_order": "draft",
    "draft_order": "draft",
    "submitted_order": "submitted",
    "returned_order": "returned",
    "accepted_order": "accepted",
    "reviewed_order": "accepted",
    "draft_quote": "draft",
    "issued_quote": "issued",
    "quoted_order": "quoted",
    "indicative_quote": "issued",
    "authorised_order": "authorised",
    "indicative_order": "authorised",
    "accepted_quote": "accepted",
}


@pytest.mark.parametrize(("name", "state"), FIXTURES.items())
def test_a_fixture_is_in_the_state_of_its_name(request, name, state):
    assert request.getfixturevalue(name).state == state


@pytest.mark.parametrize("state", journey.PATHS)
def test_an_order_can_be_made_in_each_state(make_order, state):
    assert make_order(state).state == state
