"""An event says which day moved and what brought it about; older ones were told so."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from orders.models import ConnectionRequest
from quotes.commands import withdraw_quote
from quotes.models import Quote
from records.models import Event
from sites.commands import rearrange_visit
from sites.models import SiteVisit
from tests import journey_on_site
from tests.old_rows import Editor

FRIDAY, NEXT = date(2026, 3, 20), date(2026, 3, 27)


@pytest.fixture
def visit_moved(ready_order, installer):
    visit = journey_on_site.book(ready_order, installer, "circuit", on=FRIDAY)
    rearrange_visit(visit.pk, by=installer, on=NEXT, reason="No engineer free")


@pytest.fixture
def offer_taken_back(issued_quote, operator):
    withdraw_quote(issued_quote.pk, by=operator, reason="Wrong site")


def made(move):
    [event] = (row for row in Event.objects.all() if row.is_move(move))
    return event


def test_a_visit_that_moved_says_from_which_day_to_which(visit_moved):
    moved, booked = (
        made(SiteVisit.rearrange),
        Event.objects.get(day_to=NEXT, cause=None),
    )

    assert (moved.day_from, moved.day_to) == (FRIDAY, NEXT)
    assert booked == moved
    assert Event.objects.get(cause=moved).name == "rearrange_visit"


def test_an_order_reopened_names_the_offer_that_was_taken_back(offer_taken_back):
    assert made(ConnectionRequest.reopen).cause == made(Quote.withdraw)


def forget():
    """Make all events as they were before they said so."""
    append_only.drop_triggers(apps, Editor())
    Event.objects.update(day_from=None, day_to=None, cause=None)
    connection.check_constraints()
    append_only.add_triggers(apps, Editor())


append_only = import_module("records.migrations.0002_append_only")
days = import_module("sites.migrations.0008_events_say_from_which_day_a_visit_moved")
causes = import_module("quotes.migrations.0014_events_say_what_reopened_an_order")


def test_older_events_of_visits_are_told_their_days(visit_moved):
    connection.check_constraints()
    forget()

    days.tell_days(apps, Editor())

    assert set(Event.objects.exclude(day_to=None).values_list("name", "day_from")) == {
        ("rearrange", FRIDAY),
        ("rearrange_visit", FRIDAY),
    }


def test_older_events_are_told_what_reopened_an_order(offer_taken_back):
    connection.check_constraints()
    forget()

    causes.tell_causes(apps, Editor())

    assert made(ConnectionRequest.reopen).cause == made(Quote.withdraw)
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(what="Nothing")
