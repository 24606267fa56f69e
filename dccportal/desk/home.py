"""The staff's first page: what will be late next, and how the queues stand."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from dccportal.desk.due import due, with_due
from dccportal.desk.queues import Standing, Tally
from dccportal.desk.words import day, number
from orders.commands import working_calendar
from orders.models import ConnectionRequest
from orders.states import CLOSED, OrderState
from quotes.models import QuoteTarget

NEXT_SHOWN = 8
SOON_DAYS = 2
# Our own figure: the guidance asks that a missed day is reported, no more.
ATTAINMENT_DAYS = 90


def context(request: HttpRequest, found: Tally) -> dict[str, Any]:
    """Return what the page shows. Its queries do not grow with the orders."""
    now = timezone.now()
    today = uk_date(now)
    return {
        "heading": heading(found),
        "now": now,
        "next": next_to_be_late(request.user, today),
        "cards": [card(queue, today) for queue in found.queues],
        "attainment": attainment(request.user, today),
    }


def heading(found: Tally) -> str:
    """Say how things stand: "One is late, three are due by tomorrow"."""
    late, soon = found.late, found.by_tomorrow
    if not late and not soon:
        return "Nothing is late, nothing is due by tomorrow"
    first = f"{number(late)} {'is' if late == 1 else 'are'} late" if late else ""
    second = f"{number(soon)} {'is' if soon == 1 else 'are'} due by tomorrow"
    words = ", ".join(filter(None, [first, second if soon else ""]))
    return words[0].upper() + words[1:]


def attainment(user: Any, today: date) -> dict[str, Any] | None:
    """Return how many quotations of late went out by their last day. R-3.3-1.

    Counted by that day, so that one still to be sent counts once it is late. Suppliers
    have no part in it.
    """
    if not user.is_dcc:
        return None
    since = today - timedelta(days=ATTAINMENT_DAYS)
    met, of = QuoteTarget.objects.since(since).attainment()
    share = f"{round(100 * met / of)}%" if of else ""
    return {"met": met, "of": of, "share": share, "days": ATTAINMENT_DAYS}


def next_to_be_late(user: Any, today: date) -> list[dict[str, Any]]:
    orders = ConnectionRequest.objects.visible_to(user).for_pages()
    rows = with_due(orders.exclude(state__in=(*CLOSED, OrderState.DRAFT)), today)
    first = rows.filter(due_on__isnull=False).order_by("due_on", "pk")[:NEXT_SHOWN]
    calendar = working_calendar()
    return [{"order": row, "due": due(row, today, calendar)} for row in first]


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
    return "soon" if is_soon else "", f"First by {day(queue.first_on)}"
