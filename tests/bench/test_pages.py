"""How long the pages of the demo world take, and how many queries each needs."""

import statistics
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

TIMES = 20
MILLISECONDS_ALLOWED = 500
PAGES = ["start", "guidance", "home", "order-new", "connections", "billing", "account"]


@pytest.fixture
def contact(db, client):
    call_command("load_demo", "--if-empty")
    people = get_user_model().objects.filter(party__isnull=False)
    contact = people.order_by("pk").first()
    client.force_login(contact)
    return client


def milliseconds(client, address):
    began = time.perf_counter()
    assert client.get(address).status_code == 200
    return (time.perf_counter() - began) * 1000


def test_pages_answer_soon(contact, capsys):
    with capsys.disabled():
        print(f"\n{'page':14}{'queries':>8}{'median ms':>11}{'worst ms':>10}")
    for name in PAGES:
        with CaptureQueriesContext(connection) as asked:
            milliseconds(contact, reverse(name))
        taken = [milliseconds(contact, reverse(name)) for _ in range(TIMES)]
        middle = statistics.median(taken)
        with capsys.disabled():
            print(f"{name:14}{len(asked):8}{middle:11.1f}{max(taken):10.1f}")
        assert middle < MILLISECONDS_ALLOWED
