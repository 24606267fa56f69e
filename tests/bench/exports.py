"""The file of all orders: its first byte, its memory, and COPY beside it."""

import io
import time
from pathlib import Path

from django.db import connection
from django.urls import reverse

PAGE, MEBIBYTE = 4096, 1024 * 1024
COPY = """
COPY (SELECT o.reference, o.state, p.name, d.name, o.customer_reference, u.name
FROM orders_connectionrequest o JOIN parties_party p ON p.id = o.party_id
LEFT JOIN parties_datacentre d ON d.id = o.data_centre_id
LEFT JOIN parties_user u ON u.id = o.owner_id) TO STDOUT CSV"""


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
    yield f"CSV: COPY of such columns takes {alone:.1f} s: {whole / alone:.1f} times"


def copied():
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, io.StringIO())
    return time.perf_counter() - began
