"""No supplier reads a price: the event says that it tells one, not its words."""

import ast
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from records.models import Event
from records.transitions import SYSTEM, record_event
from tests.old_rows import Editor
from tools.paths import ROOT

FREE = "Their cable costs £2 a metre elsewhere"
PRICED = "The charge is 1,234.56 pounds"


@pytest.fixture
def told(authorised_order):
    """An order passed to the installer, whose history has both kinds of words."""
    for words, tells_price in ((FREE, False), (PRICED, True)):
        record_event(
            authorised_order,
            "tell",
            by=SYSTEM,
            at=timezone.now(),
            what=words,
            tells_price=tells_price,
        )
    return authorised_order


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize(
    ("who", "reads_prices"), [("installer", False), ("desk", True)]
)
def test_a_price_is_hidden_by_its_field_whatever_its_words(
    request, as_, told, who, reads_prices
):
    reader = as_(request.getfixturevalue(who))
    address = reverse("admin:orders_connectionrequest_history", args=[told.pk])
    page = reader.client.get(address).content.decode()

    assert FREE in page
    assert (PRICED in page) is reads_prices


def test_nothing_of_an_offer_or_a_charge_reaches_a_supplier(told):
    kept = Event.objects.of_thread(told.thread).for_suppliers()

    assert {event.subject_type.app_label for event in kept}.isdisjoint(
        {"quotes", "billing"}
    )
    assert kept.filter(is_public=False).count() == 0


def commands():
    for path in [*ROOT.glob("*/commands.py"), *ROOT.glob("*/commands/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.parent.name}.{node.name}", node


def calls(node, *names):
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in names:
            yield call


def test_every_command_that_writes_an_amount_into_the_history_says_so():
    writing = {
        name: list(calls(node, "perform", "record_event"))
        for name, node in commands()
        if any(calls(node, "pounds"))
    }
    silent = [
        name
        for name, written in writing.items()
        if written
        and not any(
            keyword.arg == "tells_price" for one in written for keyword in one.keywords
        )
    ]

    assert silent == []
    assert sum(map(bool, writing.values())) >= 4


def test_what_was_recorded_before_is_marked_and_still_cannot_be_changed(told):
    connection.check_constraints()
    number = "0007_events_say_whether_they_tell_a_price"

    import_module(f"records.migrations.{number}").mark_those_with_a_price(
        apps, Editor()
    )

    assert Event.objects.get(what=FREE).tells_price
    with pytest.raises(Exception, match="append-only"):
        Event.objects.update(what="Nothing")
