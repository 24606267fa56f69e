"""The timers: each names a task that a worker knows, and housekeeping does its part."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from dccportal.celery import app
from dccportal.tasks import clear_ended_sessions


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_a_timer_names_a_task_that_a_worker_knows(name):
    app.autodiscover_tasks(force=True)

    assert app.conf.beat_schedule[name]["task"] in app.tasks


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_no_timer_runs_at_a_local_time_that_a_clock_change_could_skip(name):
    assert isinstance(app.conf.beat_schedule[name]["schedule"], int)


@pytest.mark.django_db
def test_sign_ins_that_have_ended_are_cleared_and_others_kept():
    now = timezone.now()
    for name, hours in (("ended", -1), ("lasting", 1)):
        expires = now + timedelta(hours=hours)
        Session.objects.create(session_key=name, expire_date=expires)

    clear_ended_sessions()

    assert [row.session_key for row in Session.objects.all()] == ["lasting"]
