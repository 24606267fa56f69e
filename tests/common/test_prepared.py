"""What is prepared asks what Django would ask, and finds what it would find."""

import gc
import inspect
from datetime import UTC, date, datetime, timedelta
from itertools import chain, product
from threading import Thread

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.module_loading import import_string

from common.files import Upload
from common.prepared import Prepared, hand_out, prepared
from dccportal.urls import urlpatterns  # noqa: F401  all that pages ask is loaded
from orders.models import ConnectionRequest
from orders.views.base import forms_called
from parties.states import Purpose, Role
from sites import commands
from sites.file import papers_of
from sites.models import AccessItem
from tests import journey_of_pairs

SCAN = Upload(b"%PDF-1.7 permit", "permit.pdf", "application/pdf", "clean", pages=1)
# An example of what is asked with, by its type; a tuple of as many as it is filled to.
VALUES = {
    int: 7,
    str: "ORD-1001",
    date: date(2026, 11, 30),
    datetime: datetime(2026, 11, 30, 12, 30, tzinfo=UTC),
    tuple[int, ...]: (7, 8),
    tuple[str, ...]: ("ORD-1001", "ORD-1002"),
}
# How a question is put, by keyword; any other is asked with yes and with no.
KEYWORDS = {
    "role": ("", *Role.values),
    "held": (frozenset(), frozenset({str(Purpose.SUBMIT)}), frozenset(Purpose.values)),
    "purpose": Purpose.values,
    "size": (26,),
}


def all_prepared():
    """Return all that is prepared in the portal, by name."""
    found = [one for one in gc.get_objects() if isinstance(one, Prepared)]
    return sorted(f"{one.build.__module__}.{one.build.__name__}" for one in found)


def ways_to_put(question):
    """Yield examples of its values, and each set of its keywords."""
    asked = inspect.signature(question.build).parameters.values()
    types = [row.annotation for row in asked if row.kind != row.KEYWORD_ONLY]
    # No two days are the same.
    values = [
        VALUES[each] + timedelta(number) if each is date else VALUES[each]
        for number, each in enumerate(types)
    ]
    named = [row.name for row in asked if row.kind == row.KEYWORD_ONLY]
    for put in product(*(KEYWORDS.get(name, (True, False)) for name in named)):
        yield values, dict(zip(named, put, strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize("name", all_prepared())
def test_it_asks_in_the_words_of_django(name, monkeypatch):
    question = import_string(name)
    for values, keywords in ways_to_put(question):
        monkeypatch.setattr("common.prepared.STATEMENTS", compiled := {})
        question(*values, **keywords)
        (statement,) = compiled.values()
        plain = question.build(*values, **keywords).query
        try:
            sql, parameters = plain.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            assert statement is None
            continue
        each = (row if isinstance(row, tuple) else (row,) for row in values)
        ours = statement.compiler_for(list(chain(*each))).as_sql()
        assert ours == (sql, tuple(parameters))


def columns(row):
    private = {"_state", "_prefetched_objects_cache"}
    return {name: value for name, value in vars(row).items() if name not in private}


def told(row):
    """Return all that a row carries, with the rows that were read with it."""
    joined = {
        name: one and columns(one) for name, one in row._state.fields_cache.items()
    }
    read = row._prefetched_objects_cache.items()
    return columns(row), joined, {name: [*map(columns, rows)] for name, rows in read}


def test_it_finds_the_rows_that_django_finds_with_all_that_hangs_from_them(
    party, submitter, data_centre
):
    sites = [data_centre, data_centre]
    for order in journey_of_pairs.answered(party, submitter, sites):
        asked = (order.reference, order.party_id)
        (found,), (plain,) = (
            forms_called(*asked, role=""),
            forms_called.build(*asked, role=""),
        )

        assert told(found) == told(plain)
        assert found.group.members.all()[0].data_centre == found.data_centre


def test_what_is_handed_out_hangs_from_its_row_as_if_django_had_read_it_ahead(
    access_item, submitter, django_assert_num_queries
):
    other = AccessItem.objects.get(pk=access_item.pk)
    other.pk, other.number = None, access_item.number + 1
    other.save()
    commands.hand_in_access_document(access_item.pk, by=submitter, file=SCAN)
    ahead = AccessItem.objects.prefetch_related("documents__document")
    items = list(AccessItem.objects.order_by("pk"))
    hand_out(items, "documents", papers_of(tuple(item.pk for item in items)))

    with django_assert_num_queries(3):
        plain = [list(item.documents.all()) for item in ahead.order_by("pk")]
    with django_assert_num_queries(0):
        handed = [list(item.documents.all()) for item in items]
        assert handed == plain
        assert [len(papers) for papers in handed] == [1, 0]
        assert handed[0][0].item is items[0]
        assert handed[0][0].document.by == submitter


@pytest.fixture
def times_built(db, monkeypatch):
    """A question, and how often it was built."""
    monkeypatch.setattr("common.prepared.STATEMENTS", {})
    built = []

    @prepared
    def called(references: tuple[str, ...], *, is_short: bool):
        built.append(references)
        rows = ConnectionRequest.objects.filter(reference__in=references)
        return rows.values_list("reference", "state") if is_short else rows

    return called, built


def test_it_is_built_once_and_asked_with_other_values(times_built, draft_order):
    called, built = times_built
    mine = draft_order.reference

    assert called((mine,), is_short=False) == [draft_order]
    assert called(("ORD-0",), is_short=False) == []
    assert len(built) == 1
    assert called((mine,), is_short=True) == [(mine, "draft")]
    assert len(built) == 2


def test_tuples_are_filled_up_so_that_few_lengths_are_compiled(
    times_built, draft_order
):
    called, built = times_built
    mine = draft_order.reference

    for length in range(1, 17):
        found = called(("ORD-0", mine, "ORD-1") * length, is_short=True)
        assert found == [(mine, "draft")]

    assert sorted(map(len, built)) == [4, 8, 16, 32, 64]


def test_of_nothing_nothing_is_asked(times_built, django_assert_num_queries):
    called, _ = times_built

    with django_assert_num_queries(0):
        assert called((), is_short=False) == []


@pytest.mark.parametrize("value", [None, True, 1.5])
def test_what_decides_how_it_is_put_is_no_value(times_built, value):
    called, _ = times_built

    with pytest.raises(TypeError, match="hand it as a keyword"):
        called((value,), is_short=False)


def test_what_one_thread_compiled_another_asks_on_its_own_connection(
    times_built, draft_order
):
    called, built = times_built
    shapes = ((str, 1),)
    found = []

    def compile_it():
        found.append(called.compiled(shapes, {"is_short": False}))

    thread = Thread(target=compile_it)
    thread.start()
    thread.join()

    assert found[0].ask([draft_order.reference]) == [draft_order]
    assert len(built) == 1
