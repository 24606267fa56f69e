import pytest

from tests.takeover.files import PARTY, PERSON, SITE, taken_over
from tests.world import kept_once


@pytest.fixture
@kept_once
def register_taken_over(operator):
    """A Party, its contact and its data centre, each from a file."""
    taken_over("parties", PARTY, by=operator)
    taken_over("people", PERSON, by=operator)
    return taken_over("sites", SITE, by=operator)
