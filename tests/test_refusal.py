"""What production refuses stops each of its programs, not only a check."""

import os
import subprocess

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from dccportal.demo.people import OPERATOR, PASSWORD
from dccportal.demo.world import World, add_demo_person
from orders.commands import working_calendar
from tests.test_settings import SAFE
from tools.paths import PYTHON, ROOT

PROGRAMS = {
    "web": ["-m", "gunicorn", "dccportal.wsgi"],
    "wsgi": ["-c", "import dccportal.wsgi"],
    "worker": ["-m", "celery", "-A", "dccportal", "worker"],
    "beat": ["-m", "celery", "-A", "dccportal", "beat", "--schedule=/dev/null"],
    "migrate": ["manage.py", "migrate"],
}


@pytest.mark.once
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_stops_in_one_line(program):
    env = {"PATH": os.environ["PATH"], **SAFE, "QUOTE_OPEN_DAYS": "0"}
    command = [PYTHON, *PROGRAMS[program]]

    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 3
    assert done.stderr == ("QUOTE_OPEN_DAYS is 0. Set a whole number from 1 to 365.\n")


@pytest.fixture
def portal(settings):
    """The app that every program starts, as it is in production."""
    settings.PRODUCTION = True
    return apps.get_app_config("dccportal")


@pytest.fixture
def person_of_the_demo():
    return add_demo_person(
        World(timezone.now(), working_calendar()), OPERATOR, role=OPERATOR.role
    )


@pytest.mark.django_db
def test_production_starts_on_a_database_that_never_held_the_demo_world(
    portal, submitter
):
    portal.ready()


@pytest.mark.django_db
def test_production_starts_on_no_database_that_holds_the_demo_world(
    portal, person_of_the_demo, capsys
):
    with pytest.raises(SystemExit):
        portal.ready()

    said = capsys.readouterr().err
    assert said.startswith("DATABASE_URL names a database that holds the demo world (1")
    assert said.count("\n") == 1
    assert person_of_the_demo.email not in said


@pytest.mark.django_db
def test_nor_where_somebody_kept_the_demo_password_under_another_address(
    portal, person_of_the_demo
):
    person_of_the_demo.email = "somebody@dcc.example"
    person_of_the_demo.save()
    assert person_of_the_demo.check_password(PASSWORD)

    with pytest.raises(SystemExit):
        portal.ready()


@pytest.mark.django_db
def test_a_trial_starts_on_it(portal, person_of_the_demo, settings):
    settings.PRODUCTION = False

    portal.ready()


def test_nobody_chooses_the_password_of_the_demo():
    with pytest.raises(ValidationError, match="Everybody knows this password"):
        validate_password(PASSWORD)
