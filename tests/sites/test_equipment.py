"""What stands in a rack: a catalogue of types, and each item that was installed."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.wording import day_words
from records.models import Event
from sites.commands import install_item, remove_item, save_equipment_type
from sites.errors import (
    DoneBefore,
    DoneInTheFuture,
    EquipmentNotInstalled,
    ItemAlreadyRemoved,
    ItemOfAnotherSlot,
    ModelMissing,
    NotOfThisType,
    RemovalWhyMissing,
)
from sites.models import EquipmentType, InstalledItem
from sites.states import Slot
from tests.factories.sites import EquipmentTypeFactory
from tests.journey_on_site import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def switch():
    return EquipmentTypeFactory(model_name="Cisco 3750G")


@pytest.fixture
def order(installed_order):
    return installed_order


def install(order, by, kind, **said):
    said = {
        "serial_number": "FOC1234X0AB",
        "version": "12.2",
        "position": "Rack D4, unit 30",
        "installed_on": today(),
        **said,
    }
    return install_item(order.pk, by=by, kind=kind.pk, **said)


@pytest.fixture
def item(order, installer, switch):
    return install(order, installer, switch)


@pytest.mark.guidance("R-5.1-1", "R-5.1-2", "R-5.2-1")
@pytest.mark.parametrize(
    ("connection_type", "units", "slots"),
    [("lv", 1, {"lv_router"}), ("hv", 4, {"switch", "tray", "nte", "router"})],
)
def test_the_catalogue_begins_with_what_the_guidance_names(
    connection_type, units, slots
):
    EquipmentType.objects.all().delete()
    import_module("sites.migrations.0018_equipment").lay_down(apps, None)

    named = EquipmentType.objects.filter(connection_type=connection_type)
    assert {row.slot for row in named} == slots
    assert sum(row.rack_units for row in named) == units
    assert "Cisco 3750G" in {row.model_name for row in named}


@pytest.mark.guidance("R-5.2-2")
def test_an_item_has_its_model_version_serial_number_position_and_day(item, installer):
    kept = InstalledItem.objects.get()

    assert (kept.slot, kept.rack_units) == (Slot.SWITCH, 1)
    assert (kept.model_name, kept.version) == ("Cisco 3750G", "12.2")
    assert (kept.serial_number, kept.position) == ("FOC1234X0AB", "Rack D4, unit 30")
    assert (kept.installed_on, kept.by) == (today(), installer)


@pytest.mark.guidance("R-5.2-2", "T22")
def test_an_item_keeps_its_model_when_the_catalogue_goes_on(item, switch, operator):
    switch.until_on = today()
    save_equipment_type(switch, by=operator)
    later = EquipmentTypeFactory.build(
        model_name="Cisco 9200", from_on=date(2027, 1, 1)
    )
    save_equipment_type(later, by=operator)

    item.refresh_from_db()
    assert item.model_name == "Cisco 3750G"


def test_another_model_than_the_catalogues_may_be_there(order, installer, switch):
    item = install(order, installer, switch, model_name="Cisco 3560")

    assert item.model_name == "Cisco 3560"


@pytest.mark.guidance("R-5.2-2")
def test_what_is_replaced_was_taken_out_that_day_and_says_why(
    order, item, installer, switch
):
    new = install(
        order,
        installer,
        switch,
        serial_number="FOC9",
        replaces=item.pk,
        why="Its fan failed",
    )

    item.refresh_from_db()
    assert (item.removed_on, item.why_removed) == (today(), "Its fan failed")
    assert new.replaces == item
    assert new.removed_on is None


def test_an_item_is_replaced_once_by_its_like_and_for_a_reason(
    order, item, installer, switch
):
    tray = EquipmentTypeFactory(slot=Slot.FIBRE_TRAY)
    with pytest.raises(ItemOfAnotherSlot):
        install(order, installer, tray, replaces=item.pk, why="Failed")
    with pytest.raises(RemovalWhyMissing):
        install(order, installer, switch, replaces=item.pk, why=" ")

    install(order, installer, switch, replaces=item.pk, why="Failed")
    with pytest.raises(ItemAlreadyRemoved):
        install(order, installer, switch, replaces=item.pk, why="Failed")


def test_an_item_is_not_taken_out_before_it_came(order, item, installer, switch):
    before = today() - timedelta(days=1)

    with pytest.raises(DoneBefore):
        install(
            order,
            installer,
            switch,
            installed_on=before,
            replaces=item.pk,
            why="Failed",
        )


def test_equipment_of_the_other_type_or_without_a_model_is_refused(order, installer):
    with pytest.raises(NotOfThisType):
        install(order, installer, EquipmentTypeFactory(connection_type="lv"))
    with pytest.raises(ModelMissing):
        install(order, installer, EquipmentTypeFactory(model_name=""))


def test_an_item_is_neither_of_tomorrow_nor_there_before_its_visit(
    order, installer, switch, make_order
):
    with pytest.raises(DoneInTheFuture):
        install(order, installer, switch, installed_on=today() + timedelta(days=1))
    with pytest.raises(EquipmentNotInstalled):
        install(make_order("authorised"), installer, switch)


def test_the_database_holds_no_item_that_was_taken_out_for_no_reason(item):
    item.removed_on = today()

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


@pytest.mark.parametrize("who", ["submitter", "desk", "configurer"])
def test_others_record_no_item(request, order, switch, who):
    with pytest.raises(PermissionDenied):
        install(order, request.getfixturevalue(who), switch)


@pytest.mark.parametrize("who", ["desk", "installer", "submitter"])
def test_operations_alone_keeps_the_catalogue(request, switch, who):
    with pytest.raises(PermissionDenied):
        save_equipment_type(switch, by=request.getfixturevalue(who))


@pytest.mark.guidance("R-5.2-2")
def test_the_installer_records_it_on_a_page_and_the_desk_reads_it(
    client, order, installer, operator, *, switch
):
    client.force_login(installer)
    page = reverse("admin:orders_connectionrequest_equipment", args=[order.pk])
    asked = client.get(page).content.decode()
    assert "Switch, Cisco 3750G, 1U" in asked
    typed = {
        "kind": switch.pk,
        "serial_number": "FOC77",
        "position": "D4, unit 30",
        "installed_on": today().isoformat(),
    }
    client.post(page, typed)

    client.force_login(operator)
    file = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert "FOC77" in client.get(file).content.decode()
    assert "It takes the place of" in client.get(page).content.decode()


@pytest.mark.guidance("R-5-2", "R-5-1", "R-5.2-2")
def test_the_party_reads_what_stands_at_its_end_and_what_was_taken_out(
    client, order, item, submitter, *, installer, switch
):
    install(
        order,
        installer,
        switch,
        serial_number="FOC9",
        replaces=item.pk,
        why="Its fan failed",
    )
    client.force_login(submitter)
    page = client.get(reverse("installation", args=[order.reference])).content.decode()

    now, gone = page.split("Equipment that was taken out", 1)
    assert ("FOC9" in now, item.serial_number in now) == (True, False)
    assert "Rack D4, unit 30" in now
    assert "1.75 inches (44.45 mm)" in now
    assert item.serial_number in gone
    day = day_words(today())
    assert f"{day} to {day}" in gone
    assert "Its fan failed" in gone


def test_there_is_no_page_of_an_installation_before_its_authority(
    client, issued_quote, submitter
):
    client.force_login(submitter)
    asked = reverse("installation", args=[issued_quote.order.reference])

    assert client.get(asked).status_code == 404


def test_the_pages_of_order_and_connection_lead_to_its_installation(
    client, connection, submitter
):
    client.force_login(submitter)
    order = connection.order
    for page in (order, connection):
        shown = client.get(page.get_absolute_url()).content.decode()
        assert reverse("installation", args=[order.reference]) in shown


@pytest.mark.guidance("R-5.2-2")
def test_an_item_is_taken_out_for_good_with_its_day_and_why(order, item, installer):
    gone = remove_item(item.pk, by=installer, removed_on=today(), why="It failed ")

    assert (gone.removed_on, gone.why_removed) == (today(), "It failed")
    assert not InstalledItem.objects.filter(replaces=item).exists()
    event = Event.objects.get(name="remove_item")
    assert (event.by, event.why) == (installer, "It failed")


def test_what_is_out_is_not_taken_out_again(item, installer):
    remove_item(item.pk, by=installer, removed_on=today(), why="It failed")

    with pytest.raises(ItemAlreadyRemoved):
        remove_item(item.pk, by=installer, removed_on=today(), why="It failed")


@pytest.mark.parametrize(
    ("days", "why", "refusal"),
    [(1, "Old", DoneInTheFuture), (-1, "Old", DoneBefore), (0, " ", RemovalWhyMissing)],
)
def test_it_is_taken_out_neither_too_early_nor_to_come_nor_for_no_reason(
    item, installer, days, why, refusal
):
    day = today() + timedelta(days=days)

    with pytest.raises(refusal):
        remove_item(item.pk, by=installer, removed_on=day, why=why)


@pytest.mark.parametrize("who", ["submitter", "desk", "configurer"])
def test_others_take_out_no_item(request, item, who):
    by = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        remove_item(item.pk, by=by, removed_on=today(), why="It failed")


def test_the_installer_says_on_a_page_what_was_taken_out(
    client, order, item, installer
):
    client.force_login(installer)
    name = "admin:orders_connectionrequest_remove-equipment"
    page = reverse(name, args=[order.pk])
    typed = {"item": item.pk, "removed_on": today().isoformat(), "why": "It failed"}
    client.post(page, typed)

    item.refresh_from_db()
    assert item.removed_on == today()
    assert "No equipment is recorded in the rack" in client.get(page).content.decode()


@pytest.mark.guidance("T22")
def test_operations_adds_a_type_on_a_page_of_the_desk(client, operator):
    client.force_login(operator)
    typed = {
        "connection_type": "hv",
        "slot": "switch",
        "model_name": "Cisco 9300",
        "rack_units": "1",
        "from_on": "2026-01-01",
        "until_on": "",
    }
    client.post(reverse("admin:sites_equipmenttype_add"), typed)

    row = EquipmentType.objects.get(model_name="Cisco 9300")
    page = client.get(reverse("admin:sites_equipmenttype_history", args=[row.pk]))
    assert "Type entered" in page.content.decode()
