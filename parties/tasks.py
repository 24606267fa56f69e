from celery import shared_task
from django.utils import timezone

from common.clock import uk_date
from parties import commands
from parties.deadlines import NOMINATIONS_REMINDER
from parties.models import Nomination, NominationsQuestion, Party
from records.commands import work_through


@shared_task
def ask_about_nominations() -> None:
    """Every 10 minutes. Late, missed or doubled runs change nothing but the delay."""
    today = uk_date(timezone.now())
    unconfirmed = Nomination.objects.unconfirmed(today)
    asked = NominationsQuestion.objects.all()
    over = asked.answered(unconfirmed).order_by("due_on", "pk")
    work_through("close_questions_of_nominations", over, close, of="party_id")
    due = Party.objects.to_ask_about_nominations(unconfirmed, asked)
    work_through("ask_about_nominations", due.order_by("pk"), ask)
    soon = today + NOMINATIONS_REMINDER
    waiting = asked.open().filter(reminded_at=None, due_on__lte=soon)
    rows = waiting.order_by("due_on", "pk")
    work_through("remind_of_nominations", rows, remind, of="party_id")


def close(party_id: int) -> None:
    commands.close_question(party_id, at=timezone.now())


def ask(party_id: int) -> None:
    commands.ask_about_nominations(party_id, now=timezone.now())


def remind(party_id: int) -> None:
    commands.remind_of_nominations(party_id, now=timezone.now())
