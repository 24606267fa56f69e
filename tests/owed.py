"""Machines' work in tests: done at once, and its clock, which is the database's own."""

from datetime import timedelta

from django.db.models import F

from records.commands import leave_word, owe, run_job
from records.health import PROGRAMS
from records.models import Heartbeat, Job

TIMES = ("asked_at", "ready_at", "nudged_until", "lease_until", "done_at")


def the_job(work, subject=0):
    return Job.objects.filter(kind=work.__name__, subject=subject).latest("pk")


def do(work, subject=0):
    """Do what is owed as a worker does; return whether it is done."""
    return run_job(the_job(work, subject).pk)


def owe_and_do(work, subject=0):
    return run_job(owe(work, subject).pk)


def passes(time: timedelta):
    """Let time pass for all jobs: the database's clock cannot be moved, rows can."""
    Job.objects.update(**{name: F(name) - time for name in TIMES})
    Heartbeat.objects.update(at=F("at") - time)


def all_programs_run(*, ahead=timedelta(0)):
    """Leave word for each program that the portal needs, as each does itself.

    However long a test takes, word left `ahead` of now is fresh meanwhile, and what
    machines owe so far is not late.
    """
    for name, *_ in PROGRAMS:
        leave_word(name)
    passes(-ahead)
