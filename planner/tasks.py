from celery import shared_task

from planner import commands


@shared_task
def clear_unused_plans() -> None:
    """Four times a day: plans past the last day that their page names."""
    commands.clear_unused_plans()
