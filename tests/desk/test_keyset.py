"""Every list of the desk: pages that lead on, no count of all, no rows stepped over."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.keyset import (
    after,
    backwards,
    beyond,
    in_order,
    key_of,
    marked,
    place_of,
    terms_of,
)
from connections.models import Connection
from parties.models import Party, User
from records.models import Event
from tests.factories.parties import PartyFactory

LISTS = sorted(admin.site._registry, key=lambda model: model._meta.label)
ALL = pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
# What costs more with each row that there is. E-mails that failed are few: an index
# holds them alone.
WHOLE = re.compile(r'SELECT COUNT\(\*\) AS "__count"(?!.*failed)|\bOFFSET\b')


def address(model):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


@ALL
def test_no_list_counts_its_rows_or_steps_over_any(client, operator, model):
    client.force_login(operator)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(model), {"p": "2"}).status_code == 200

    sent = [query["sql"] for query in asked.captured_queries]
    assert [sql for sql in sent if WHOLE.search(sql)] == []


ORDERINGS = [
    ("name", "pk"),
    ("-name", "-pk"),
    ("phone", "-pk"),
    ("-people__last_login", "pk"),
    ("people__last_login", "people__name", "pk"),
    (F("people__last_login").desc(nulls_last=True), "pk"),
]


@pytest.mark.parametrize("ordering", ORDERINGS, ids=str)
def test_pages_that_follow_each_other_hold_each_row_once_and_in_order(
    operator, submitter, authoriser, outsider, ordering
):
    for name in ("B", "A", "C"):
        PartyFactory(name=name, phone=name)
    User.objects.filter(pk=outsider.pk).update(last_login="2026-03-01T10:00:00.123456Z")
    User.objects.filter(pk=submitter.pk).update(
        last_login="2026-03-01T10:00:00.123455Z"
    )
    terms = terms_of(Party, ordering)
    rows = marked(Party.objects.all(), terms)

    read, key = [], ""
    while page := list(after(rows, terms, key)[:2]):
        read += page
        key = key_of(page[-1], terms)

    assert read == list(rows)
    assert len(read) >= 5


@pytest.mark.parametrize("ordering", ORDERINGS, ids=str)
def test_what_stands_before_a_row_is_read_backwards_from_it(
    submitter, authoriser, outsider, ordering
):
    for name in ("B", "A", "C"):
        PartyFactory(name=name, phone=name)
    User.objects.filter(pk=outsider.pk).update(last_login="2026-03-01T10:00Z")
    terms = terms_of(Party, ordering)
    rows = marked(Party.objects.all(), terms)
    *before, last = rows

    behind = rows.filter(beyond(backwards(terms), place_of(last, terms)))

    assert list(in_order(behind, backwards(terms))) == before[::-1]
    assert len(before) >= 4


@pytest.mark.parametrize("ordering", ORDERINGS, ids=str)
def test_of_each_row_what_stands_before_it_is_read_whether_rows_miss_a_value_or_not(
    submitter, outsider, ordering
):
    PartyFactory(name="B")
    User.objects.filter(pk=outsider.pk).update(last_login="2026-03-01T10:00Z")
    terms = terms_of(Party, ordering)
    rows = marked(Party.objects.all(), terms)

    before = [
        list(rows.filter(beyond(backwards(terms), place_of(row, terms))))
        for row in rows
    ]

    read = list(rows)
    assert before == [read[:number] for number in range(len(read))]
    assert len(read) >= 3


def test_a_page_leads_to_the_next_and_back_to_the_first(client, operator, order_events):
    client.force_login(operator)
    listed = address(Event)

    first = client.get(listed, {"reader": "staff"}).context["cl"]
    second = client.get(f"{listed}{first.next_url}").context["cl"]

    shown = [row.pk for row in (*first.result_list, *second.result_list)]
    assert shown == list(order_events)
    assert (first.first_url, second.next_url) == ("", "")
    assert second.first_url == "?reader=staff"


@pytest.fixture
def order_events(draft_order, operator, monkeypatch):
    """The keys of more events than a page holds, all of one instant, newest first."""
    row = Event.objects.first()
    for _ in range(60):
        row.pk, row.is_public = None, False
        row.save(force_insert=True)
    hidden = Event.objects.filter(is_public=False).order_by("-at", "-pk")
    return hidden.values_list("pk", flat=True)


BAD_KEYS = ["x", "[]", "{}", "[1]", "[[1], 2]", '["no day", 1]']
BAD_KEYS += ['["2026-03-03T10:00Z", "x"]']


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_key_that_is_none_shows_the_list_from_its_beginning(client, operator, key):
    client.force_login(operator)

    answer = client.get(address(Event), {"after": key})

    assert (answer.status_code, answer["Location"]) == (302, f"{address(Event)}?e=1")


def columns_of(row):
    fields = (field.attname for field in row._meta.fields if not field.primary_key)
    return {name: getattr(row, name) for name in fields}


@pytest.mark.parametrize("number", [10, 1000])
def test_a_list_asks_the_same_of_ten_rows_and_of_a_thousand(
    client, operator, draft_order, number, django_assert_num_queries
):
    row = Event.objects.first()
    Event.objects.bulk_create(Event(**columns_of(row)) for _ in range(number))
    client.force_login(operator)
    client.get(address(Event))

    with django_assert_num_queries(7):
        client.get(address(Event))


def test_the_list_of_connections_reads_nothing_of_their_orders(client, operator):
    client.force_login(operator)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(Connection)).status_code == 200

    sent = [query["sql"] for query in asked.captured_queries]
    rows = [sql for sql in sent if 'FROM "connections_connection"' in sql]
    assert rows
    assert [sql for sql in rows if "orders_connectionrequest" in sql] == []
