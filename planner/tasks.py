from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from planner import commands
from planner.models import Plan
from records.commands import work_through


@shared_task
def clear_unused_plans() -> None:
    """Four times a day: plans past the last day that their page names."""
    due = Plan.objects.unused_until(uk_date(timezone.now()))
    work_through("clear_unused_plans", due.order_by("kept_until_on", "pk"), clear)


def clear(plan_id: int) -> None:
    commands.clear_unused_plan(plan_id, at=timezone.now())
