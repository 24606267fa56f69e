"""Sweeps work through what is due in turn: what fails never keeps the rest waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.commands import sweeps, work_through
from records.models import Notice, SweepPlace
from tests.factories.records import NoticeFactory

CHUNK = 3


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sweeps, "CHUNK", CHUNK)


@pytest.fixture
def rows(db):
    """Return the keys of eight rows, in the order in which they have a turn."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    minutes = [timedelta(minutes=number // 2, microseconds=7) for number in range(8)]
    return [NoticeFactory(owed_at=at + minute).pk for minute in minutes]


def due():
    return Notice.objects.order_by("owed_at", "pk")


def swept(*, failing=(), seconds=60):
    """Run a sweep; return the keys that it worked on, also those that failed."""
    tried = []

    def work(key):
        tried.append(key)
        if key in failing:
            raise ZeroDivisionError

    work_through("test", due(), work, seconds=seconds)
    return tried


def test_a_run_goes_on_from_chunk_to_chunk_while_there_is_time(rows):
    assert swept() == rows


def test_the_next_run_begins_where_time_was_up_and_comes_round_again(rows):
    runs = [swept(seconds=0) for _ in range(4)]

    assert runs == [rows[:3], rows[3:6], rows[6:], rows[:3]]


def test_rows_that_always_fail_keep_none_of_those_behind_them_waiting(rows):
    first = set(rows[:CHUNK])

    assert [swept(failing=first, seconds=0) for _ in range(3)] == [
        rows[:3],
        rows[3:6],
        rows[6:],
    ]


def test_a_row_that_brings_its_worker_down_is_not_the_first_of_the_next_run(rows):
    def die(key):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_through("test", due(), die)

    assert swept() == rows[CHUNK:]


def test_rows_that_lock_orders_are_one_unit_in_the_order_of_what_they_lock(
    rows, monkeypatch
):
    monkeypatch.setattr(sweeps, "TOGETHER", 2)
    units = []

    def work(key):
        units.append((key, connection.in_atomic_block, len(connection.savepoint_ids)))

    work_through("test", due(), work, locked_by="pk", seconds=0)

    assert [key for key, *_ in units] == sorted(rows[:CHUNK])
    deeper, alone = units[0][2], units[2][2]
    assert (units[1][2], deeper) == (alone + 1, alone + 1)


def test_a_row_that_fails_takes_nothing_from_those_done_with_it(rows):
    """What they did together is undone, and each is done alone."""
    bad, tried = rows[1], []

    def work(key):
        tried.append(key)
        Notice.objects.filter(pk=key).update(subject="Done")
        if key == bad:
            raise ZeroDivisionError

    work_through("test", due(), work, locked_by="pk", seconds=0)

    done = Notice.objects.filter(subject="Done").values_list("pk", flat=True)
    assert set(done) == {rows[0], rows[2], bad}
    assert tried == [rows[0], bad, *rows[:CHUNK]]


def test_rows_without_an_order_have_their_turn_by_their_keys(rows):
    seen = []
    for _ in range(3):
        work_through("test", Notice.objects.all(), seen.append, seconds=0)

    assert seen == sorted(rows)


def test_two_sweeps_have_a_place_each(rows):
    swept(seconds=0)
    seen = []
    work_through("another", due(), seen.append)

    assert seen == rows


def test_what_comes_due_in_front_has_its_turn_when_the_sweep_comes_round(rows):
    swept(seconds=0)
    early = NoticeFactory(owed_at=datetime(2026, 3, 1, tzinfo=UTC)).pk

    assert early not in swept()
    assert swept()[0] == early


def test_a_place_of_another_order_of_rows_means_the_front(rows):
    SweepPlace.objects.create(name="test", after='["2026-01-01", 4, 5]')

    assert swept() == rows


def test_a_row_that_is_no_longer_due_where_the_sweep_stopped_costs_nobody_a_turn(rows):
    swept(seconds=0)
    Notice.objects.filter(pk=rows[CHUNK - 1]).delete()

    assert swept() == rows[CHUNK:]


def test_no_statement_reads_more_than_a_chunk_however_much_is_due(rows):
    with CaptureQueriesContext(connection) as asked:
        swept()

    read = [sql["sql"] for sql in asked if "records_notice" in sql["sql"]]
    assert len(read) == 3
    assert all(f"LIMIT {CHUNK}" in sql for sql in read)
