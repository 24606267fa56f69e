"""The timers: each names a task that a worker knows, and housekeeping does its part."""

from datetime import timedelta
from inspect import signature

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from dccportal.celery import app
from dccportal.tasks import clear_ended_sessions


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_a_timer_names_a_task_that_a_worker_knows(name):
    app.autodiscover_tasks(force=True)

    assert app.conf.beat_schedule[name]["task"] in app.tasks


MINUTES = {
    "nudge_ready_jobs": 1,
    "greet_mail_server": 0.5,
    "forget_done_jobs": 360,
    "watch_due_quotes": 10,
    "hand_in_due_authorities": 1,
    "lapse_due_quotes": 5,
    "remind_authorisers": 10,
    "send_due_renewal_notices": 10,
    "remind_of_renewals": 10,
    "remind_of_failover_tests": 10,
    "settle_renewals": 10,
    "charge_cancellations": 10,
    "charge_rate_changes": 10,
    "charge_years": 10,
    "issue_invoices": 10,
    "remind_of_overdue_invoices": 10,
    "charge_due_visits": 10,
    "charge_due_items": 10,
    "reopen_expired_items": 10,
    "alert_of_ended_standings": 10,
    "follow_up_returned": 10,
    "forget_sent_forms": 360,
    "ask_about_nominations": 10,
    "check_register": 360,
    "check_ledger": 360,
    "clear_unused_plans": 360,
    "clear_ended_sessions": 360,
}


def test_these_are_all_timers_and_this_is_how_often_each_looks():
    timers = app.conf.beat_schedule

    assert {name: timers[name]["schedule"] / 60 for name in timers} == MINUTES


@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_what_no_worker_took_before_the_timer_looks_again_is_not_done_any_more(name):
    timer = app.conf.beat_schedule[name]

    assert timer["options"] == {"expires": timer["schedule"]}


def test_every_task_that_looks_for_what_is_due_has_its_timer():
    app.autodiscover_tasks(force=True)
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    sweeps = {name for name in ours if not signature(app.tasks[name].run).parameters}

    assert sweeps == {timer["task"] for timer in app.conf.beat_schedule.values()}


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
