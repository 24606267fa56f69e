"""The Celery app. Every timer of the portal stands here, with its reason."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dccportal.settings")

app = Celery("dccportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Each line of a task names it, and the request that asked for it.
app.steps["worker"].add(DjangoStructLogInitStep)
# Named, since the database is not ready to be spoken of yet.
app.steps["consumer"].add("records.heartbeats:WorkerBeats")
app.conf.beat_scheduler = "records.heartbeats:TimerBeats"
app.conf.beat_max_loop_interval = 15


@setup_logging.connect
def write_the_log_as_all_others_do(**kwargs: Any) -> None:
    """Keep Celery from setting up a log of its own in worker and timer."""
    dictConfig(settings.LOGGING)


MINUTE = 60

app.conf.beat_schedule = {
    # Machines' work is owed as a row; this finds what lost its message, or rested.
    "nudge_ready_jobs": {
        "task": "records.tasks.nudge_ready_jobs",
        "schedule": MINUTE,
    },
    # A mail server that is away is seen before the first e-mail needs it.
    "greet_mail_server": {
        "task": "records.tasks.greet_mail_server",
        "schedule": MINUTE // 2,
    },
    # Housekeeping: what was made or sent is kept elsewhere, as evidence.
    "forget_done_jobs": {
        "task": "records.tasks.forget_done_jobs",
        "schedule": 360 * MINUTE,
    },
    # Days again: DCC is warned the working day before, and told when it was late.
    "watch_due_quotes": {
        "task": "quotes.tasks.watch_due_quotes",
        "schedule": 10 * MINUTE,
    },
    # An upload counts from when it came; DCC should not wait long for it all the same.
    "hand_in_due_authorities": {
        "task": "quotes.tasks.hand_in_due_authorities",
        "schedule": MINUTE,
    },
    # The deadline itself is checked by the commands; this only tells people soon.
    "lapse_due_quotes": {
        "task": "quotes.tasks.lapse_due_quotes",
        "schedule": 5 * MINUTE,
    },
    # Reminders count in days, so minutes do not matter. A timer that is started
    # waits for one interval before its first run, so intervals stay short.
    "remind_authorisers": {
        "task": "quotes.tasks.remind_authorisers",
        "schedule": 10 * MINUTE,
    },
    # Due on a day four months ahead; a day without a worker is soon made good.
    "send_due_renewal_notices": {
        "task": "connections.tasks.send_due_renewal_notices",
        "schedule": 10 * MINUTE,
    },
    # It is due on the last day of service, and shown on the page until then.
    "charge_cancellations": {
        "task": "billing.tasks.charge_cancellations",
        "schedule": 10 * MINUTE,
    },
    # A year begins at some midnight, and its charge bears that day.
    "charge_years": {
        "task": "billing.tasks.charge_years",
        "schedule": 10 * MINUTE,
    },
    # Completion is invoiced at once, the rest on a day of each month.
    "issue_invoices": {
        "task": "billing.tasks.issue_invoices",
        "schedule": 10 * MINUTE,
    },
    # An invoice is overdue from some midnight; days later minutes change nothing.
    "remind_of_overdue_invoices": {
        "task": "billing.tasks.remind_of_overdue_invoices",
        "schedule": 10 * MINUTE,
    },
    # What an authoriser accepted for a change is charged once the change is done.
    "charge_rate_changes": {
        "task": "billing.tasks.charge_rate_changes",
        "schedule": 10 * MINUTE,
    },
    # Each of these days is over at a midnight; what it brought about is soon told.
    "remind_of_renewals": {
        "task": "connections.tasks.remind_of_renewals",
        "schedule": 10 * MINUTE,
    },
    # A year has gone by at some midnight; minutes change nothing for anybody.
    "remind_of_failover_tests": {
        "task": "connections.tasks.remind_of_failover_tests",
        "schedule": 10 * MINUTE,
    },
    "settle_renewals": {
        "task": "connections.tasks.settle_renewals",
        "schedule": 10 * MINUTE,
    },
    # The time to dispute it ends with a day, so minutes do not matter.
    "charge_due_visits": {
        "task": "billing.tasks.charge_due_visits",
        "schedule": 10 * MINUTE,
    },
    # It was accepted before and is done now: minutes change nothing for anybody.
    "charge_due_items": {
        "task": "billing.tasks.charge_due_items",
        "schedule": 10 * MINUTE,
    },
    # A document holds until the end of a day, so minutes do not matter.
    "reopen_expired_items": {
        "task": "sites.tasks.reopen_expired_items",
        "schedule": 10 * MINUTE,
    },
    # Forms that came back to their Party: reminders and their last day count in days.
    "follow_up_returned": {
        "task": "orders.tasks.follow_up_returned",
        "schedule": 10 * MINUTE,
    },
    # A standing ends with a day, so minutes do not matter; the commands ask for it.
    "alert_of_ended_standings": {
        "task": "orders.tasks.alert_of_ended_standings",
        "schedule": 10 * MINUTE,
    },
    # A year is over at some midnight; minutes change nothing for anybody.
    "ask_about_nominations": {
        "task": "parties.tasks.ask_about_nominations",
        "schedule": 10 * MINUTE,
    },
    # Every command keeps the register itself; this finds the fault of one that did not.
    "check_register": {
        "task": "worklist.tasks.check_register",
        "schedule": 360 * MINUTE,
    },
    # Charges and invoices are held by commands and constraints; this finds what is not.
    "check_ledger": {
        "task": "billing.tasks.check_ledger",
        "schedule": 360 * MINUTE,
    },
    # Housekeeping: a plan names its last day; hours more do no harm.
    "clear_unused_plans": {
        "task": "planner.tasks.clear_unused_plans",
        "schedule": 360 * MINUTE,
    },
    # Housekeeping: a form is sent again within moments, or within a day at most.
    "forget_sent_forms": {
        "task": "records.tasks.forget_sent_forms",
        "schedule": 360 * MINUTE,
    },
    # Housekeeping: a sign-in ends after 12 hours, and its row is of no more use.
    "clear_ended_sessions": {
        "task": "dccportal.tasks.clear_ended_sessions",
        "schedule": 360 * MINUTE,
    },
}

# What no worker took before the timer looks again is not worth doing any more.
for timer in app.conf.beat_schedule.values():
    timer["options"] = {"expires": timer["schedule"]}
