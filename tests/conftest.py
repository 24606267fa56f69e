"""What every test stands on. The people are in `tests/cast.py`."""

import pytest
from django.core.cache import cache
from django.core.signals import setting_changed
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.dispatch import receiver
from hypothesis import HealthCheck, settings

from tests.portable import PORTABLE
from tests.world import WORLD
from tools.paths import ROOT

pytest_plugins = ["tests.cast", "tests.cast_on_site"]

# How quick the machine is says nothing about the portal.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what runs on both databases, before any mark is asked for."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix() in PORTABLE:
            item.add_marker("portable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Nothing is skipped silently: a test that skips has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which proves nothing"
    return report


@pytest.fixture(autouse=True)
def documents_of_this_test(settings, tmp_path):
    """Keep what a test stores in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture(autouse=True)
def known_steps(request, clock, documents_of_this_test):
    """Stand at the beginning, from where each known step is laid out, not built."""
    if "transactional_db" in request.fixturenames or is_transactional(request.node):
        WORLD.forget()
    WORLD.begin(clock)
    with connection.execute_wrapper(WORLD.watch):
        yield
    WORLD.begin(None)


def is_transactional(item):
    mark = item.get_closest_marker("django_db")
    return mark is not None and bool(mark.kwargs.get("transaction"))


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


def without_triggers(flush):
    """Empty tables between tests although triggers hold some to be append-only."""

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

    def chosen(operations, statements):
        return by_vendor[operations.connection.vendor](operations, statements)

    return chosen


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied():
    with pytest.MonkeyPatch.context() as patch:
        plain = BaseDatabaseOperations.execute_sql_flush
        patch.setattr(
            BaseDatabaseOperations, "execute_sql_flush", without_triggers(plain)
        )
        yield
