"""The staff's first page: what will be late next, and how the queues stand."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words, number_words
from dccportal.desk.owed import WorkRow, rows_of
from dccportal.desk.queues import Standing, Tally
from worklist.attainment import Attainment, attainment
from worklist.models import WorkItem

NEXT_SHOWN = 8
THEIRS_SHOWN = 4
SOON_DAYS = 2
# Our own figure: the guidance asks that a missed day is reported, no more.
ATTAINMENT_DAYS = 90


def context(request: HttpRequest, found: Tally) -> dict[str, Any]:
    """Return what the page shows. Its queries do not grow with the orders."""
    now = timezone.now()
    today = uk_date(now)
    user: Any = request.user
    work = WorkItem.objects.visible_to(user).calling_on(today)
    return {
        "heading": heading(found),
        "now": now,
        **next_to_be_late(work, today),
        "cards": [card(queue, today) for queue in found.queues],
        "attainment": work_done(user, today),
        "attainment_days": ATTAINMENT_DAYS,
    }


def heading(found: Tally) -> str:
    """Say how things stand: "One is late, three are due by tomorrow"."""
    late, soon = found.late, found.by_tomorrow
    if not late and not soon:
        return "Nothing is late, nothing is due by tomorrow"
    first = f"{number_words(late)} {'is' if late == 1 else 'are'} late" if late else ""
    second = f"{number_words(soon)} {'is' if soon == 1 else 'are'} due by tomorrow"
    words = ", ".join(filter(None, [first, second if soon else ""]))
    return words[0].upper() + words[1:]


def work_done(user: Any, today: date) -> list[Attainment]:
    """Return how much of each kind of work of late was done in time. R-3.3-1.

    Suppliers have no part in it.
    """
    if not user.is_dcc:
        return []
    return attainment(today - timedelta(days=ATTAINMENT_DAYS), today)


def next_to_be_late(work: Any, today: date) -> dict[str, list[WorkRow]]:
    """Return the first of what we owe and of what the Parties owe, apart."""
    dated = work.filter(due_on__isnull=False).select_related("owner").soonest_first()
    ours = list(dated.not_of_the_party()[:NEXT_SHOWN])
    theirs = list(dated.of_the_party()[:THEIRS_SHOWN])
    rows = rows_of([*ours, *theirs], today)
    return {"next": rows[: len(ours)], "theirs": rows[len(ours) :]}


def card(queue: Standing, today: date) -> dict[str, Any]:
    """Return one queue as a card: its number, its colour, and a sentence."""
    tone, words = card_words(queue, today)
    return {"queue": queue, "tone": tone, "words": words}


def card_words(queue: Standing, today: date) -> tuple[str, str]:
    if queue.count == 0:
        return "clear", ""
    if queue.slug == "failed":
        came = "e-mail was" if queue.count == 1 else "e-mails were"
        return "late", f"{queue.count} {came} not delivered"
    if queue.is_late:
        return "late", f"{queue.late} late"
    if queue.first_on is None:
        return "", ""
    is_soon = queue.first_on <= today + timedelta(days=SOON_DAYS)
    return "soon" if is_soon else "", f"First by {day_words(queue.first_on)}"
