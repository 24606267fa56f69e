"""Many quotations whose time is over at once: the sweep, and plain SQL beside it."""

import time
from datetime import timedelta

import time_machine
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from quotes.models import Quote
from quotes.states import QuoteState
from quotes.tasks import lapse_due_quotes
from tests.bench.exports import resident

MOST = 1000
# The least that a database does for it: two states, and a line of the history.
PLAIN = (
    """
    UPDATE quotes_quote SET state = 'lapsed', decided_at = now() WHERE id = ANY(%s)
    """,
    """
    UPDATE orders_connectionrequest SET state = 'lapsed', closed_at = now()
    WHERE id IN (SELECT order_id FROM quotes_quote WHERE id = ANY(%s))
    """,
    """
    INSERT INTO records_event (
        thread, subject_type_id, subject_pk, subject_words, name, what, from_state,
        to_state, at, recorded_at, why, is_public, tells_price
    )
    SELECT o.reference, (SELECT min(id) FROM django_content_type), q.id, q.reference,
        'lapse', 'Lapsed', 'issued', 'lapsed', now(), now(), '', true, false
    FROM quotes_quote q JOIN orders_connectionrequest o ON o.id = q.order_id
    WHERE q.id = ANY(%s)
    """,
)


def plain(keys):
    """Return the seconds that three statements take, which are then taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        for statement in PLAIN:
            cursor.execute(statement, [keys])
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def measured():
    """Yield what it takes until all that is due has lapsed, in words."""
    issued = Quote.objects.filter(state=QuoteState.ISSUED).order_by("lapses_at", "pk")
    soonest = list(issued.values_list("pk", flat=True)[:MOST])
    last = issued.filter(pk__in=soonest).aggregate(at=Max("lapses_at"))["at"]
    if last is None:
        yield "Lapses: no quotation is open"
        return
    with time_machine.travel(last + timedelta(minutes=5), tick=True):
        yield from swept(timezone.now())


def swept(now):
    due = list(Quote.objects.due_to_lapse(now).values_list("pk", flat=True))
    alone, before = plain(due), resident()
    began, process, left = time.perf_counter(), time.process_time(), None
    while left != (left := Quote.objects.due_to_lapse(now).count()) and left:
        lapse_due_quotes()
    took, process = time.perf_counter() - began, time.process_time() - process
    each = 1000 / max(len(due) - left, 1)
    yield (
        f"Lapses: {len(due) - left:,} quotations in {took:.1f} s, "
        f"{each * took:.1f} ms each, {each * process:.1f} of them the process; "
        f"{left} not done"
    )
    yield f"Lapses: memory grew by {resident() - before:.1f} MiB"
    yield (
        f"Lapses: three statements for all of them take {1000 * alone:.0f} ms: "
        f"{took / alone:.0f} times"
    )
