"""The equipment of a connection that has ended is collected, item by item."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from connections.commands import agree_collection, record_collection
from connections.errors import (
    CollectedAlready,
    CollectedBeforeEnd,
    CollectedInTheFuture,
    CollectionDayPassed,
    NothingCollected,
    StillInService,
)
from connections.models import Connection, EquipmentCollection
from orders.models import ConnectionRequest
from records.models import Notice
from sites.models import InstalledItem
from tests.cast import NOW
from tests.reading import words_of
from worklist.models import WorkItem

pytestmark = pytest.mark.guidance("R-2.10-3")

# It ended with Tuesday 3 March 2026; a week later it is to be collected.
LATER = NOW + timedelta(days=7)
ENDED_ON, DONE_ON = NOW.date(), LATER.date()
TARGET = date(2026, 4, 1)


def owed():
    return WorkItem.objects.running("collect_equipment")


def items():
    return {item.slot: item for item in InstalledItem.objects.all()}


def collect(connection, person, *slots, **how):
    taken = [items()[slot].pk for slot in slots]
    how = {"done_on": DONE_ON, "at": LATER} | how
    return record_collection(connection.pk, by=person, items=taken, **how)


def agree(connection, person, *, on=DONE_ON, at=NOW + timedelta(days=1), **how):
    return agree_collection(connection.pk, by=person, on=on, at=at, **how)


def told(kind):
    return Notice.objects.filter(kind=kind).latest("pk").text


def step(slug, connection):
    name = f"admin:orders_connectionrequest_{slug}"
    return reverse(name, args=[connection.order_id])


def test_the_installer_owes_it_from_the_end_until_the_last_item_is_out(
    ended_connection, installer
):
    assert (owed().get().turn, owed().get().due_on) == ("installer", TARGET)

    collect(ended_connection, installer, "switch", note="The rack was locked.")
    assert owed().exists()
    assert EquipmentCollection.objects.get().collected_on is None
    mail = told("equipment_collected")
    assert "FOC-router" in mail.split("Still at your site, to be collected:")[1]
    assert "The rack was locked." in mail

    collect(ended_connection, installer, "router")
    assert not owed().exists()
    assert EquipmentCollection.objects.get().collected_on == DONE_ON
    assert [item.removed_on for item in items().values()] == [DONE_ON, DONE_ON]
    why = "The connection has ended. The rack was locked."
    assert items()["switch"].why_removed == why
    with pytest.raises(CollectedAlready):
        collect(ended_connection, installer)


def test_where_no_item_was_recorded_all_of_it_is_collected_at_once(
    ended_connection, installer
):
    InstalledItem.objects.all().delete()

    collect(Connection.objects.get(), installer)

    assert not owed().exists()
    assert Connection.objects.get().is_collected


def test_the_day_that_is_agreed_is_told_to_the_party(ended_connection, installer):
    agree(ended_connection, installer, note="Ask for Sam.")

    assert owed().get().note == "agreed for 10 March 2026"
    assert "is collected on Tuesday 10 March 2026" in told("collection_agreed")
    assert "Ask for Sam." in told("collection_agreed")


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"done_on": ENDED_ON}, CollectedBeforeEnd),
        ({"done_on": DONE_ON + timedelta(days=1)}, CollectedInTheFuture),
    ],
)
def test_it_is_collected_neither_before_the_end_nor_tomorrow(
    ended_connection, installer, how, refusal
):
    with pytest.raises(refusal):
        collect(ended_connection, installer, "switch", **how)
    with pytest.raises(NothingCollected):
        collect(ended_connection, installer)
    with pytest.raises(CollectedBeforeEnd):
        agree(ended_connection, installer, on=ENDED_ON)
    with pytest.raises(CollectionDayPassed):
        agree(ended_connection, installer, at=LATER + timedelta(days=1))


def test_nothing_is_collected_of_a_connection_that_goes_on(connection, installer):
    with pytest.raises(StillInService):
        agree(connection, installer)


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "configurer", "submitter"])
def test_only_the_installer_and_operations_collect(request, ended_connection, who):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        agree(ended_connection, person)
    with pytest.raises(PermissionDenied):
        collect(ended_connection, person, "switch")


@pytest.mark.guidance("R-1.3-3")
def test_the_installer_sees_the_order_again_while_it_owes_the_collection(
    ended_connection, installer, configurer
):
    seen = ConnectionRequest.objects.visible_to(installer)
    assert seen.get() == ended_connection.order
    assert Connection.objects.visible_to(installer).exists()

    collect(ended_connection, installer, "switch", "router")

    assert not seen.exists()
    assert not Connection.objects.visible_to(installer).exists()


def test_the_installer_finds_it_on_the_first_page_and_records_it(
    client, clock, ended_connection, installer
):
    clock.move_to(LATER)
    client.force_login(installer)
    home = words_of(client.get(reverse("admin:index")))
    assert "Equipment to collect" in home
    assert "By 1 April 2026, our target" in home
    client.post(step("collection-day", ended_connection), {"on": "2026-03-11"})
    assert "Wednesday 11 March 2026" in words_of(client.get(reverse("admin:index")))
    page = step("collected", ended_connection)
    refused = client.post(page, {"done_on": "2026-03-10"})
    assert "Choose what was collected" in words_of(refused)

    both = [item.pk for item in items().values()]
    client.post(page, {"items": both, "done_on": "2026-03-10", "note": ""})

    assert Connection.objects.get().is_collected
    assert "to-collect" not in words_of(client.get(reverse("admin:index")))


def test_the_party_sees_what_is_collected_and_what_is_late(
    client, clock, ended_connection, installer, submitter
):
    client.force_login(submitter)
    address = reverse("connection", args=[ended_connection.reference])
    assert "No day is agreed yet: Gamma agrees one" in words_of(client.get(address))
    agree(ended_connection, installer)
    assert "on <strong>Tuesday 10 March 2026</strong>" in words_of(client.get(address))
    collect(ended_connection, installer, "switch")
    clock.move_to("2026-04-02T09:00Z")
    client.force_login(submitter)

    page = words_of(client.get(address))

    assert "on 10 March 2026" in page
    assert "not yet" in page
    assert "No day is agreed yet" in page
    assert "Ask for a session" not in page
    assert "by Wednesday 1 April 2026, which has passed" in page
