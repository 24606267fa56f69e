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


@setup_logging.connect
def write_the_log_as_all_others_do(**kwargs: Any) -> None:
    """Keep Celery from setting up a log of its own in worker and timer."""
    dictConfig(settings.LOGGING)


MINUTE = 60

app.conf.beat_schedule = {
    # An e-mail is owed as a row; this finds those whose task was lost.
    "deliver_owed_notices": {
        "task": "records.tasks.deliver_owed_notices",
        "schedule": MINUTE,
    },
    # A quote whose rendering was lost would never open, so look often.
    "render_requested_quotes": {
        "task": "quotes.tasks.render_requested_quotes",
        "schedule": 2 * MINUTE,
    },
    # A form is with DCC the moment it is sent; its record should follow soon.
    "render_sent_requests": {
        "task": "orders.tasks.render_sent_requests",
        "schedule": 2 * MINUTE,
    },
    # The blank form is made anew when its questions change: after an update, soon.
    "render_blank_form": {
        "task": "orders.tasks.render_blank_form",
        "schedule": 2 * MINUTE,
    },
    # Staff look at a preview while they prepare an offer; most never need this.
    "render_requested_previews": {
        "task": "quotes.tasks.render_requested_previews",
        "schedule": 5 * MINUTE,
    },
    # Days again: DCC is warned the working day before, and told when it was late.
    "watch_due_quotes": {
        "task": "quotes.tasks.watch_due_quotes",
        "schedule": 10 * MINUTE,
    },
    # Staff check a scan beside what its codes say, and should not wait for it.
    "read_waiting_scans": {
        "task": "quotes.tasks.read_waiting_scans",
        "schedule": 2 * MINUTE,
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
    # A standing ends with a day, so minutes do not matter; the commands ask for it.
    "alert_of_ended_standings": {
        "task": "orders.tasks.alert_of_ended_standings",
        "schedule": 10 * MINUTE,
    },
    # Every command keeps the register itself; this finds the fault of one that did not.
    "check_register": {
        "task": "worklist.tasks.check_register",
        "schedule": 360 * MINUTE,
    },
    # Housekeeping: a plan names its last day; hours more do no harm.
    "clear_unused_plans": {
        "task": "planner.tasks.clear_unused_plans",
        "schedule": 360 * MINUTE,
    },
    # The worker is told on publishing; this finds a version whose task was lost.
    "tell_of_published_versions": {
        "task": "guidance.tasks.tell_of_published_versions",
        "schedule": 10 * MINUTE,
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
