"""Counts of few rows are true this second; those of very many are kept a while."""

import pytest

from common.remembered import MANY, remembered


@pytest.mark.parametrize(("rows", "taken"), [(MANY - 1, 2), (MANY, 1)])
def test_only_counts_of_many_rows_are_kept(rows, taken):
    calls = []

    def take():
        calls.append(1)
        return [{"count": rows - 1}, {"count": 1}]

    assert remembered("queues", 60, take) == remembered("queues", 60, take)
    assert len(calls) == taken


def test_what_one_counts_is_not_what_another_reads():
    remembered("one", 60, lambda: [{"of": "one", "count": MANY}])

    other = remembered("another", 60, lambda: [{"of": "another", "count": MANY}])
    assert other[0]["of"] == "another"
