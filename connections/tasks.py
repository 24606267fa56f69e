from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from connections import commands
from connections.deadlines import last_test_by
from connections.models import Connection, ContractPeriod
from connections.obligations import NOTICE, RENEW
from records.commands import work_through
from worklist.models import WorkItem


@shared_task
def send_due_renewal_notices() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    owed = WorkItem.objects.running(NOTICE.slug)
    due = owed.filter(due_on__lte=uk_date(timezone.now())).order_by("due_on", "pk")
    work_through("send_due_renewal_notices", due, send, of="subject_pk")


def send(period_id: int) -> None:
    commands.send_renewal_notice(period_id, now=timezone.now())


@shared_task
def remind_of_renewals() -> None:
    """Every 10 minutes: a notice without an answer gets the latest reminder, once."""
    owed = WorkItem.objects.running(RENEW.slug)
    still_open = owed.filter(due_on__gte=uk_date(timezone.now()))
    due = still_open.order_by("due_on", "pk")
    work_through("remind_of_renewals", due, remind, of="subject_pk")


def remind(period_id: int) -> None:
    commands.remind_of_renewal(period_id, now=timezone.now())


@shared_task
def settle_renewals() -> None:
    """Every 10 minutes: what follows from days that are over, once."""
    today = uk_date(timezone.now())
    periods, leaving = ContractPeriod.objects, Connection.objects
    work_through("settle_renewals", periods.to_settle(today), settle)
    work_through("renew_contracts", periods.run_out(today), renew)
    work_through("end_connections", leaving.over(today), end)


def settle(period_id: int) -> None:
    commands.settle_renewal(period_id, now=timezone.now())


def renew(period_id: int) -> None:
    commands.renew_contract(period_id, now=timezone.now())


def end(connection_id: int) -> None:
    commands.end_connection(connection_id, now=timezone.now())


@shared_task
def remind_of_failover_tests() -> None:
    """Every 10 minutes: pairs that went untested for too long are told so, once."""
    latest = last_test_by(uk_date(timezone.now()))
    due = Connection.objects.due_for_failover_test(latest).order_by("pk")
    work_through("remind_of_failover_tests", due, remind_of_test)


def remind_of_test(connection_id: int) -> None:
    commands.remind_of_failover_test(connection_id, now=timezone.now())
