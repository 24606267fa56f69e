"""The table of breakages that `make mutants` makes fits the code as it is now."""

import ast
import functools
import shlex

import pytest

from tools.breakages import all_breakages, chosen
from tools.mutants import LEAST_KILLED, Workshop, share
from tools.paths import ROOT

ROWS = all_breakages()
AT_LEAST = 150
APPS = (
    "common",
    "parties",
    "orders",
    "quotes",
    "sites",
    "connections",
    "billing",
    "takeover",
)


@functools.cache
def source_of(file):
    """Return a file's text, and how Python reads it: most have several breakages."""
    source = (ROOT / file).read_text()
    return source, ast.dump(ast.parse(source))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_breakage_stands_once_in_its_file_and_leaves_it_readable(row):
    source, reading = source_of(row.file)

    broken = row.broken(source)

    assert ast.dump(ast.parse(broken)) != reading


def test_each_breakage_names_tests_that_are_there():
    files = {
        word
        for row in ROWS
        for word in shlex.split(row.tests)
        if word.startswith("tests/")
    }

    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_there_are_at_least_150_and_some_of_every_app_that_holds_rules():
    assert len(ROWS) >= AT_LEAST
    assert {row.file.split("/")[0] for row in ROWS} >= set(APPS)


def test_a_part_is_chosen_by_path_or_by_numbers():
    assert {row.file.split("/")[0] for row in chosen(ROWS, "quotes/")} == {"quotes"}
    assert [row.number for row in chosen(ROWS, "3-5")] == [3, 4, 5]
    assert [row.number for row in chosen(ROWS, "7")] == [7]
    assert chosen(ROWS, "") == ROWS


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A workshop whose tests answer as told: first unbroken, then broken."""
    answers = []
    monkeypatch.setattr(Workshop, "run", lambda *_: answers.pop(0))
    shop = Workshop(tmp_path, {})
    path = shop.tree / ROWS[0].file
    path.parent.mkdir(parents=True)
    path.write_text((ROOT / ROWS[0].file).read_text())
    return shop, answers


@pytest.mark.parametrize(
    ("unbroken", "broken", "is_killed"),
    [(0, 1, True), (0, 2, True), (0, 0, False), (0, 5, False), (1, 1, False)],
)
def test_killed_is_only_what_tests_notice_that_pass_otherwise(
    shop, unbroken, broken, is_killed
):
    shop, answers = shop
    answers += [unbroken, broken]
    before = (shop.tree / ROWS[0].file).read_text()

    assert shop.is_killed(ROWS[0]) is is_killed
    assert (shop.tree / ROWS[0].file).read_text() == before


def test_nineteen_of_twenty_are_enough_and_fewer_are_not():
    assert share(19, 20) >= LEAST_KILLED > share(18, 19)
