"""What is laid out for a test is what commands make, and never outlives its reason."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from orders.models import ConnectionRequest
from records.models import Event
from tests import journey
from tests.factories.parties import PartyFactory
from tests.world import WORLD, rows_of


@contextmanager
def undone():
    """Roll back what happens in the block, as the end of a test does."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def build(party, submitter, authoriser, operator, data_centre):
    """Return a step of this test's own: an authorised order, made by commands."""
    people = journey.People(party, submitter, authoriser, operator, data_centre)

    def authorised():
        authorised.times += 1
        return journey.order_in("authorised", people)

    authorised.times = 0
    return authorised


def every_row():
    tables = {model._meta.db_table for model in apps.get_models()}
    with connection.cursor() as cursor:
        return {table: rows_of(table, cursor) for table in tables}


def stored(order):
    return [
        journey.content_of(row.document) for row in order.quotes.exclude(document=None)
    ]


@pytest.fixture
def in_two_tests(clock, build):
    """Take the step, look, and take it back; then once more, as a second test does."""
    step = object()

    def twice(look, *, meanwhile=lambda: None):
        seen = []
        for before in (lambda: None, meanwhile):
            with undone():
                WORLD.begin(clock)
                before()
                seen.append(look(WORLD.step(step, build)))
        return seen

    return twice


def test_the_rows_are_those_that_the_commands_made(in_two_tests, build):
    built, laid_out = in_two_tests(lambda _: every_row())

    assert laid_out == built
    assert len(built["records_event"]) > 5
    assert build.times == 1


def test_the_object_and_its_files_are_there_as_they_were(in_two_tests):
    def look(order):
        fields = [field.attname for field in order._meta.concrete_fields]
        return [getattr(order, name) for name in fields], stored(order)

    built, laid_out = in_two_tests(look)

    assert laid_out == built
    assert built[1] == [journey.tiny_pdf()]


def test_an_order_that_is_laid_out_goes_on_by_commands(in_two_tests, authoriser):
    def look(order):
        return journey.cancel(order, authoriser).state

    assert in_two_tests(look) == ["cancelled"] * 2


def test_the_clock_is_never_before_what_happened(in_two_tests):
    def look(order):
        told = Event.objects.filter(thread=order.reference).latest("recorded_at")
        return timezone.now() >= told.recorded_at

    assert in_two_tests(look) == [True, True]


def test_the_object_that_a_test_holds_stays_the_very_same(db, clock):
    names = object(), object()
    for _ in range(2):
        with undone():
            WORLD.begin(clock)
            party = WORLD.step(names[0], PartyFactory)
            order = WORLD.step(
                names[1], lambda party=party: ConnectionRequest(party=party)
            )
            assert order.party is party


@pytest.mark.parametrize("what", ["a row", "the clock", "a setting", "a patch"])
def test_after_anything_else_it_is_built_by_commands(
    in_two_tests, build, clock, settings, *, monkeypatch, what
):
    def differ():
        doings = {
            "a row": PartyFactory,
            "the clock": lambda: clock.shift(timedelta(days=1)),
            "a setting": lambda: setattr(settings, "QUOTE_OPEN_DAYS", 9),
            "a patch": lambda: monkeypatch.setattr(journey, "BY_HAND", "By hand"),
        }
        doings[what]()

    in_two_tests(lambda _: None, meanwhile=differ)

    assert build.times == 2


def test_signing_in_changes_nothing_of_it(in_two_tests, build, client, submitter):
    in_two_tests(lambda _: None, meanwhile=lambda: client.force_login(submitter))

    assert build.times == 1


@pytest.mark.django_db(transaction=True)
def test_while_others_see_its_rows_a_test_builds_all_by_commands(build):
    for _ in range(2):
        WORLD.step("an order", build)

    assert build.times == 2
