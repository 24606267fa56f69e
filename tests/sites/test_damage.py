"""Damage to equipment: reported, decided on, and closed with how it ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from common.files import Upload
from orders.errors import ReasonMissing
from records.errors import NotPossibleInState
from records.models import Notice
from sites.commands import close_damage, decide_damage, report_damage
from sites.errors.equipment import (
    DamageBeforeEquipment,
    DamageNotDescribed,
    DamageToCome,
    EmergencyNotExplained,
    RepairDayPassed,
    TellerMissing,
)
from sites.models import DamageReport
from tests.journey_on_site import today
from tests.moves import may_perform
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
FIRE = {
    "ground": "safety",
    "action": "The power was cut at the wall",
    "why": "Water stood below the rack, and it was live",
}
REPAIR = {"bearer": "supplier", "decision": "A new router", "repair_by": today()}
PHOTO = Upload(b"a photo", "rack.jpg", "image/jpeg", "clean", pages=1)


@pytest.fixture
def order(connection):
    return connection.order


def report(order, by, **said):
    said = {
        "happened_at": timezone.now(),
        "place": "Rack D4",
        "description": "The router was cut off",
        **said,
    }
    return report_damage(order.pk, by=by, **said)


def owed():
    open_ones = WorkItem.objects.open().filter(kind__endswith="damage")
    return {row.kind: row.turn for row in open_ones}


@pytest.mark.guidance("R-5.2.2-4")
def test_damage_is_reported_with_the_emergency_that_may_excuse_it(order, submitter):
    kept = report(order, submitter, photo=PHOTO, **FIRE)

    assert {name: getattr(kept, name) for name in FIRE} == FIRE
    assert (kept.by, kept.photo.kind, kept.state) == (submitter, "damage", "reported")
    told = Notice.objects.get(kind="damage_report").text
    for said in ("The router was cut off", *list(FIRE.values())[1:]):
        assert said in told


REFUSED = [
    ({"description": " "}, DamageNotDescribed),
    ({"place": " "}, DamageNotDescribed),
    ({"ground": "property", "action": "Cut", "why": " "}, EmergencyNotExplained),
    ({"ground": "property", "action": "", "why": "Fire"}, EmergencyNotExplained),
    ({"happened_at": timezone.now() + timedelta(days=4000)}, DamageToCome),
]


@pytest.mark.parametrize(("said", "refusal"), REFUSED)
def test_a_report_says_what_happened_and_explains_its_emergency(
    order, submitter, said, refusal
):
    with pytest.raises(refusal):
        report(order, submitter, **said)


def test_before_there_is_equipment_none_is_damaged(ready_order, submitter):
    with pytest.raises(DamageBeforeEquipment):
        report(ready_order, submitter)


def test_what_the_desk_reports_names_who_told_it(order, desk):
    with pytest.raises(TellerMissing):
        report(order, desk)
    assert report(order, desk, told_by="Sam Reed, gatehouse").by == desk


@pytest.mark.guidance("R-5.2.2-4")
def test_operations_decides_the_installer_repairs_and_the_party_is_told(
    order, submitter, operator, installer
):
    kept = report(order, submitter)
    assert owed() == {"decide_damage": "operations"}
    decide_damage(kept.pk, by=operator, **REPAIR)
    assert owed() == {"repair_damage": "installer"}
    close_damage(kept.pk, by=installer, outcome=" Exchanged ")

    kept.refresh_from_db()
    assert (kept.state, kept.outcome, owed()) == ("closed", "Exchanged", {})
    told = "".join(row.text for row in Notice.objects.filter(kind="damage_report"))
    for said in ("Who bears it: DCC’s side", "A new router", "closed: Exchanged"):
        assert said in told
    with pytest.raises(NotPossibleInState):
        close_damage(kept.pk, by=operator, outcome="Again")


def test_a_decision_says_what_is_done_until_a_day_to_come(order, submitter, operator):
    kept = report(order, submitter)
    for refusal, said in (
        (ReasonMissing, {"decision": " "}),
        (RepairDayPassed, {"repair_by": today() - timedelta(days=1)}),
    ):
        with pytest.raises(refusal):
            decide_damage(kept.pk, by=operator, **{**REPAIR, **said})
    with pytest.raises(ReasonMissing):
        close_damage(kept.pk, by=operator, outcome=" ")


REPORTS = {"operator", "desk", "submitter"}


@pytest.mark.guidance("R-5.2.2-4")
@pytest.mark.parametrize(
    "who",
    ["operator", "desk", "installer", "configurer", "submitter", "colleague"],
)
def test_who_may_report_decide_and_close(request, order, who):
    by = request.getfixturevalue(who)
    told = {"told_by": "Sam"} if by.is_staff else {}
    if who in REPORTS:
        assert report(order, by, **told)
    else:
        with pytest.raises(PermissionDenied):
            report(order, by, **told)
    fresh = DamageReport(order=order, state="reported")
    assert may_perform(fresh.owe_repair, by) == (who == "operator")
    assert may_perform(fresh.settle, by) == (who == "operator")
    owed_one = DamageReport(order=order, state="repair")
    assert may_perform(owed_one.settle, by) == (who in {"operator", "installer"})


@pytest.mark.guidance("R-5.2.2-4")
def test_it_is_reported_on_a_page_and_seen_to_at_the_desk(
    client, order, submitter, operator
):
    client.force_login(submitter)
    page = reverse("damage-new", args=[order.reference])
    typed = {"happened_at": "3 March 2026, 9am", "place": "D4", "description": "Wet"}
    refused = client.post(page, {**typed, "ground": "safety", "why": ""})
    assert "Say why it had to be done" in refused.content.decode()
    client.post(page, {**typed, **FIRE})
    kept = DamageReport.objects.get()

    client.force_login(operator)
    base = "admin:orders_connectionrequest_"
    desk = reverse(f"{base}decide-damage", args=[order.pk])
    assert FIRE["why"] in client.get(desk).content.decode()
    client.post(desk, {"report": kept.pk, **REPAIR})
    close = reverse(f"{base}close-damage", args=[order.pk])
    client.post(close, {"report": kept.pk, "outcome": "Exchanged"})

    client.force_login(submitter)
    shown = client.get(reverse("installation", args=[order.reference]))
    for said in ("To protect people’s health or safety", "A new router", "Exchanged"):
        assert said in shown.content.decode()
