"""What every test stands on. The people are in `tests/cast.py`."""

import contextlib
import gc
import itertools
import sqlite3

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.signals import setting_changed
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from hypothesis import HealthCheck, settings

from tests.portable import PORTABLE
from tests.world import WORLD
from tools.paths import ROOT

pytest_plugins = ["tests.cast", "tests.cast_on_site"]

# The kinds of rows and what may be done to them, the catalogues of equipment and of
# duties at a site, and the versions of interface specifications that the guidance
# names: there before any test, and after it.
LAID_DOWN = (
    "django_content_type",
    "auth_permission",
    "sites_equipmenttype",
    "sites_siteduty",
    "connections_interfaceversion",
)

# How quick the machine is says nothing about the portal.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")


def pytest_collection_finish():
    """Spare the collector what stays until the end, which it would walk each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what runs on both databases, and put what takes long first."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix() in PORTABLE:
            item.add_marker("portable")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Nothing is skipped silently: a test that skips has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which proves nothing"
    return report


@pytest.fixture(scope="session")
def folders_of_documents(tmp_path_factory):
    """Yield names of new folders, which whoever stores the first document makes.

    `tmp_path` makes a folder for each test, and reads the names of all before it.
    """
    root = tmp_path_factory.mktemp("documents")
    return (root / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def documents_of_this_test(settings, folders_of_documents):
    """Keep what a test stores in a folder of its own."""
    settings.MEDIA_ROOT = next(folders_of_documents)


@pytest.fixture(autouse=True)
def known_steps(clock, documents_of_this_test):
    """Stand at the beginning, from where each known step is laid out, not built."""
    WORLD.begin(clock)
    with connection.execute_wrapper(WORLD.watch):
        yield
    WORLD.begin(None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Build by commands in tests that write on connections of their own."""
    if is_transactional(item):
        WORLD.lose()


def is_transactional(item):
    mark = item.get_closest_marker("django_db")
    is_marked = mark is not None and bool(mark.kwargs.get("transaction"))
    return is_marked or "transactional_db" in item.fixturenames


@receiver(setting_changed)
def settings_differ(**_):
    WORLD.lose()


class Noted:
    """`monkeypatch`, whose use is noted: nothing is then as it was in tests before."""

    def __init__(self, patch):
        self.patch = patch

    def __getattr__(self, name):
        WORLD.lose()
        return getattr(self.patch, name)


@pytest.fixture
def monkeypatch(monkeypatch):
    return Noted(monkeypatch)


@pytest.fixture(autouse=True)
def fresh_counts():
    """Begin with no sign-in counted against anyone."""
    cache.clear()


@receiver(connection_created)
def begin_with_a_copy(connection, **_):
    """Fill an empty database in memory from the migrated file that is to be copied."""
    template = django_settings.TESTS_TEMPLATE
    if connection.vendor != "sqlite" or not template:
        return
    if not connection.is_in_memory_db() or connection.introspection.table_names():
        return
    with contextlib.closing(sqlite3.connect(template)) as file:
        file.backup(connection.connection)


def not_empty(operations):
    """Name the tables that hold rows of a test, and not what migrating laid down."""
    tables = operations.connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    asked = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"
        for table in tables
        if table not in LAID_DOWN
    ]
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def without_triggers(flush):
    """Empty tables between tests although triggers hold some to be append-only.

    Only what holds rows is emptied: that is far quicker than to truncate all.
    """

    def on_postgresql(operations, statements):
        spared = ["SET LOCAL session_replication_role = replica"]
        return flush(operations, [*spared, *statements])

    def on_sqlite(operations, statements):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        dropped = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return flush(operations, [*dropped, *statements, *(sql for _, sql in triggers)])

    by_vendor = {"postgresql": on_postgresql, "sqlite": on_sqlite}

    def chosen(operations, _statements):
        emptied = [f'DELETE FROM "{table}"' for table in not_empty(operations)]
        return by_vendor[operations.connection.vendor](operations, emptied)

    return chosen


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied():
    with pytest.MonkeyPatch.context() as patch:
        plain = BaseDatabaseOperations.execute_sql_flush
        patch.setattr(
            BaseDatabaseOperations, "execute_sql_flush", without_triggers(plain)
        )
        yield
