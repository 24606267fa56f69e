"""Production starts only when it is safe to."""

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.many_starts import starts
from tools.paths import ROOT

# What the settings say is the same over any database.
pytestmark = pytest.mark.any_database

SAFE = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": "a-secret-of-fifty-letters-and-more-for-this-test-only-9876",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal:tree-house@127.0.0.1:1/portal",
    "REDIS_URL": "redis://:tree-house@127.0.0.1:6379",
    "SITE_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://portal:tree-house@mail.example:587",
}
SHOW = "from django.conf import settings as s; print({})"


def start(code, **changes):
    """Load the settings in a process of their own, as a server would."""
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "dccportal.settings"}
    env |= {name: value for name, value in (SAFE | changes).items() if value}
    command = [sys.executable, "-c", SHOW.format(code)]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


NEEDED = [name for name in SAFE if name != "DEPLOYMENT"]


@pytest.fixture(scope="module")
def without():
    """Start once without each setting that production needs, in one go."""
    environments = [
        {name: value for name, value in SAFE.items() if name != missing}
        for missing in NEEDED
    ]
    return dict(zip(NEEDED, starts(environments), strict=True))


@pytest.mark.parametrize("missing", NEEDED)
def test_production_names_the_setting_that_it_cannot_do_without(missing, without):
    said, code = without[missing]

    assert code != 0
    assert f"Set {missing} in the environment" in said


def test_production_sends_cookies_over_https_only_and_shows_no_fault_pages():
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    values = ", ".join(f"s.{name}" for name in names)

    assert start(f"{values}, s.DEBUG").stdout.strip() == "True True True False"


def test_a_misspelt_deployment_is_refused_rather_than_taken_for_a_trial():
    started = start("s.DEBUG", DEPLOYMENT="prodution")

    assert "Say 'trial' or 'production'" in started.stderr


def test_the_trial_answers_on_this_machine_only(tmp_path):
    started = start("s.ALLOWED_HOSTS", DEPLOYMENT="trial", DATA_DIR=str(tmp_path))

    assert started.stdout.strip() == "['127.0.0.1', 'localhost', '[::1]']"


def test_the_trial_keeps_a_secret_of_its_own_that_others_cannot_read(tmp_path):
    first = start(
        "s.SECRET_KEY", DEPLOYMENT="trial", SECRET_KEY="", DATA_DIR=str(tmp_path)
    )
    again = start(
        "s.SECRET_KEY", DEPLOYMENT="trial", SECRET_KEY="", DATA_DIR=str(tmp_path)
    )

    assert first.stdout == again.stdout != "\n"
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_demo_world_is_refused_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="never for production"):
        call_command("load_demo")


FIGURES = [
    ("QUOTE_WORKING_DAYS", 5, 61),
    ("QUOTE_OPEN_DAYS", 30, 366),
    ("UPDATED_QUOTE_OPEN_DAYS", 30, 366),
    ("INVOICE_DUE_DAYS", 30, 366),
    ("INVOICE_DAY", 1, 29),
    ("INVOICE_REMINDER_DAYS", 7, 366),
    ("RETURNED_CLOSE_DAYS", 0, 731),
    ("VISIT_WARNING_WORKING_DAYS", 5, 0),
    ("RENEWAL_NOTICE_MONTHS", 4, 12),
    ("RENEWAL_WINDOW_MONTHS", 1, 5),
    ("PLAN_KEPT_DAYS", 180, 0),
    ("FAILOVER_TEST_MONTHS", 12, 61),
    ("REQUESTS_A_DAY", 100, 0),
    ("ENQUIRIES_A_DAY", 30, 10_001),
    ("WEB_PROCESSES", 1, 65),
    ("WEB_THREADS", 4, 0),
    ("PORT", 8000, 65536),
    ("UPLOAD_MAX_MEGABYTES", 10, 51),
]


@pytest.mark.guidance("R-3.3-1", "R-2.11-1", "R-3.5-7", "R-2.5-4", "R-2.5-6")
def test_the_figures_of_the_guidance_stand_until_somebody_sets_others():
    names = ", ".join(f"s.{name}" for name, *_ in FIGURES)

    assert start(names).stdout.split() == [str(usual) for _, usual, _ in FIGURES]


@pytest.fixture(scope="module")
def with_wrong():
    """Start once with each wrong figure, in one go."""
    said = starts([SAFE | {name: str(wrong)} for name, _, wrong in FIGURES])
    return dict(zip(FIGURES, said, strict=True))


@pytest.mark.parametrize("figure", FIGURES, ids="{0[0]}".format)
def test_a_figure_that_nobody_could_work_with_is_refused_at_the_start(
    figure, with_wrong
):
    name, _, wrong = figure

    said, code = with_wrong[figure]

    assert code != 0
    assert f"{name} is {wrong}. Set a whole number from" in said


def test_the_clocks_follow_the_figures_that_are_set():
    """Read in a process of their own, since clocks take them when they are loaded."""
    started = start(
        "__import__('quotes.deadlines').deadlines.QUOTE_OPEN_DAYS, "
        "__import__('orders.deadlines').deadlines.QUOTE_WORKING_DAYS, "
        "__import__('sites.deadlines').deadlines.VISIT_WARNING_WORKING_DAYS, "
        "__import__('connections.deadlines').deadlines.NOTICE_MONTHS",
        QUOTE_OPEN_DAYS="20",
        QUOTE_WORKING_DAYS="3",
        VISIT_WARNING_WORKING_DAYS="4",
        RENEWAL_NOTICE_MONTHS="6",
    )

    assert started.stdout.split() == ["20", "3", "4", "6"]
