"""The world that `make bench` measures in is one that could have come about."""

from itertools import chain

import pytest
from django.db import connection as database

from orders.models import ConnectionRequest
from parties.models import Party
from tests.bench.multiply import execute, multiply
from tests.bench.rules import KEYS_APART
from worklist.commands.check import differences
from worklist.models import WorkItem

# The copies are made in PostgreSQL's own SQL.
pytestmark = pytest.mark.race
TIMES = 3


SEQUENCES = """
SELECT schemaname || '.' || sequencename, coalesce(last_value, 1),
last_value IS NOT NULL FROM pg_sequences"""


@pytest.fixture
def sequences(connection_in_service, submitted_order, enquiry):
    """Put each sequence back: a transaction that is taken back leaves it as it is."""
    before = execute(SEQUENCES)
    yield
    for sequence in before:
        execute("SELECT setval(%s, %s, %s)", sequence)


@pytest.fixture
def multiplied(sequences):
    """A world of a connection, a form to check and an enquiry, three times over."""
    before = {model: model._base_manager.count() for model in counted()}
    # What is to be checked at the commit would keep indexes from being made anew.
    database.check_constraints()
    multiply(TIMES)
    return before


def counted():
    return (ConnectionRequest, WorkItem, Party)


def test_each_party_is_there_so_many_times_with_all_that_hangs_from_it(multiplied):
    now = {model: model._base_manager.count() for model in multiplied}

    assert now == {model: TIMES * before for model, before in multiplied.items()}


def test_the_register_of_work_says_of_copies_what_their_rows_say(multiplied):
    assert list(differences()) == []


def test_copies_hold_what_is_promised_of_each_row(multiplied):
    rows = chain.from_iterable(
        model._base_manager.filter(pk__gt=KEYS_APART) for model in counted()
    )
    for row in rows:
        row.validate_constraints()
    database.check_constraints()
