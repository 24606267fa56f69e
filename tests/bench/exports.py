"""The file of all orders: its first byte, its memory, and COPY beside it."""

import io
import time
from pathlib import Path

from django.db import connection
from django.urls import reverse

PAGE, MEBIBYTE = 4096, 1024 * 1024
# The same lines: of each order also what is owed in it first, as codes and days, which
# the file tells in words.
COPY = """
COPY (SELECT o.reference, o.state, first.kind, first.due_on, first.turn,
first.opened_at, first.note, first.paused_since, first.paused_because, p.name,
o.connection_type, o.hv_rating_mbps, d.name, d.town, o.customer_reference, u.name,
u.email
FROM orders_connectionrequest o JOIN parties_party p ON p.id = o.party_id
LEFT JOIN parties_datacentre d ON d.id = o.data_centre_id
LEFT JOIN parties_user u ON u.id = o.owner_id
LEFT JOIN (SELECT DISTINCT ON (thread) * FROM worklist_workitem
WHERE closed_at IS NULL ORDER BY thread, due_on, id) first ON first.thread = o.reference
ORDER BY o.id DESC) TO STDOUT CSV"""


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / MEBIBYTE


def export(client):
    """Yield what was found of the file, in words."""
    address = reverse("admin:orders_connectionrequest_export")
    # What is loaded once is loaded before.
    client.get(address).close()
    began, before = time.perf_counter(), resident()
    answer = client.get(address)
    first, most, lines = None, before, 0
    for piece in answer.streaming_content:
        first = first or time.perf_counter() - began
        lines += piece.count(b"\n")
        most = max(most, resident())
    whole = time.perf_counter() - began
    soon = 1000 * first
    yield f"CSV: {lines:,} lines in {whole:.1f} s, the first after {soon:.0f} ms"
    yield f"CSV: memory grew by {most - before:.1f} MiB"
    alone = copied()
    yield f"CSV: COPY of the same takes {alone:.2f} s: {whole / alone:.1f} times"


def copied():
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, io.StringIO())
    return time.perf_counter() - began
