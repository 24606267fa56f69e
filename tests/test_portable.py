"""The suite on SQLite looks at all that a database decides."""

import re
from itertools import chain

import pytest

from tests.portable import PORTABLE
from tools.paths import ROOT
from tools.rules import apps

OWN_SQL = re.compile(
    r"RunSQL\(|select_for_update\(|\.raw\(|\.cursor\(|RawSQL\(|connection\.vendor"
    r"|schema_editor\.execute\(|transaction_mode"
)
COVERED = set(chain.from_iterable(PORTABLE.values()))
SPEAKING_SQL = sorted(
    str(path.relative_to(ROOT))
    for app in apps(ROOT)
    for path in app.rglob("*.py")
    if OWN_SQL.search(path.read_text())
)


@pytest.mark.parametrize("module", PORTABLE)
def test_every_module_of_the_table_is_there(module):
    assert (ROOT / module).is_file()


@pytest.mark.parametrize("app", [path.name for path in apps(ROOT)])
def test_every_app_has_a_module_that_runs_on_both_databases(app):
    # What is common has no rows; the composition root is proved by its pages.
    folders = {"common": "settings", "dccportal": "one journey at the desk"}

    assert folders.get(app) in COVERED or any(
        module.startswith(f"tests/{app}/") for module in PORTABLE
    )


@pytest.mark.parametrize("module", SPEAKING_SQL)
def test_whatever_speaks_sql_or_holds_locks_is_proved_on_both_databases(module):
    assert module in COVERED


def test_only_what_there_is_is_said_to_be_proved():
    named = {reason for reason in COVERED if reason.endswith(".py")}

    assert named <= set(SPEAKING_SQL)


def test_a_module_of_the_table_bears_the_mark(request):
    marked = {
        item.path.relative_to(ROOT).as_posix()
        for item in request.session.items
        if item.get_closest_marker("portable")
    }

    assert marked <= set(PORTABLE)
    assert {
        item.path.relative_to(ROOT).as_posix() for item in request.session.items
    } & set(PORTABLE) == marked
