"""What something costs before a visit: asked, accepted or declined, charged once."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing.commands import raise_item_charge
from billing.models import Charge
from billing.tasks import charge_due_items
from common.files import Upload
from orders.commands import Said
from orders.errors import ReasonMissing, SaidByNobodyNominated
from orders.models import ConnectionRequest
from records.models import Event, Notice
from sites import commands
from sites.errors import AccessItemsOpen
from sites.errors.costs import (
    CostAccepted,
    CostChanged,
    CostNotAccepted,
    CostNotDescribed,
    CostNotPositive,
    CostNotRead,
    CostOfOwnItem,
)
from sites.models import AccessItem, ItemCost
from tests import journey, journey_on_site
from tests.cast import NOW
from worklist.models import WorkItem

# NOW is Tuesday 3 March 2026.
SLOTS = [(date(2026, 3, 24), time(8), time(13))]
SCAN = Upload(b"%PDF-1.7 rams", "rams.pdf", "application/pdf", "clean", pages=1)


price = journey_on_site.ask_cost


@pytest.fixture
def rams(special_rams):
    return special_rams


@pytest.fixture
def cost(item_cost):
    return item_cost


@pytest.fixture
def accepted(cost, authoriser):
    return commands.accept_item_cost(cost.pk, by=authoriser, is_understood=True)


def owed():
    rows = WorkItem.objects.open().order_by("kind")
    return [(row.kind, row.turn, row.due_on) for row in rows]


@pytest.mark.guidance("R-2.13-5", "R-3.5-5")
def test_custom_rams_wait_for_an_amount_then_for_an_authoriser_then_for_the_supplier(
    rams, desk, authoriser
):
    due = date(2026, 3, 10)
    assert owed() == [("price_access_item", "operations", due)]
    cost = price(rams, desk)
    assert owed() == [("accept_item_cost", "authoriser", due)]
    commands.accept_item_cost(cost.pk, by=authoriser, is_understood=True)
    assert owed() == [("access_item_of_installer", "installer", due)]


@pytest.mark.guidance("R-2.13-5")
@pytest.mark.parametrize("state", ["rams", "cost", "declined"])
def test_nothing_is_begun_or_done_before_its_cost_is_accepted(
    request, rams, installer, desk, state
):
    request.getfixturevalue(state)

    with pytest.raises(CostNotAccepted, match="before its authoriser has accepted"):
        commands.hand_in_access_document(rams.pk, by=installer, file=SCAN)
    with pytest.raises(CostNotAccepted):
        commands.settle_access_item(rams.pk, by=desk)


@pytest.fixture
def declined(cost, authoriser):
    return commands.decline_item_cost(cost.pk, by=authoriser, reason="Too dear")


@pytest.mark.guidance("R-2.13-5")
def test_a_cost_keeps_a_visit_from_being_booked_and_nothing_else(
    ready_order, desk, installer, submitter
):
    due = {"owner": "installer", "due_on": date(2026, 3, 10)}
    how = {"purpose": "circuit", "slots": SLOTS, "visitor": "Openreach"}
    offered = commands.propose_visit(ready_order.pk, by=installer, **how)
    item = commands.add_access_item(ready_order.pk, by=desk, what="Escort", **due)
    price(item, desk)

    with pytest.raises(AccessItemsOpen, match="Escort"):
        journey_on_site.book(ready_order, installer, "circuit")
    chosen = {"slot_id": offered.slots.get().pk, "by": submitter}
    with pytest.raises(AccessItemsOpen):
        commands.agree_day(offered.pk, **chosen)
    day = {"stage": "circuit", "kind": "planned", "on": date(2026, 4, 1)}
    assert commands.set_stage_day(ready_order.pk, by=installer, **day).pk


@pytest.mark.guidance("R-2.13-5", "R-2.9.1-4")
def test_what_was_accepted_is_charged_once_when_it_is_done(
    accepted, rams, installer, desk, authoriser
):
    assert raise_item_charge(accepted.pk) is None
    paper = commands.hand_in_access_document(rams.pk, by=installer, file=SCAN)
    commands.approve_access_document(paper.pk, by=desk)
    charge_due_items()
    charge_due_items()
    assert raise_item_charge(accepted.pk) is None

    charge = Charge.objects.get()
    assert (charge.kind, charge.net) == ("before_visit", Decimal(420))
    assert (charge.party, charge.item_cost) == (rams.order.party, accepted)
    assert charge.description == rams.what
    assert charge.why.startswith(f"Accepted by {authoriser} on 3 March 2026: ")
    assert "£420.00 excluding VAT, £504.00 including it" in charge.why
    assert ItemCost.objects.get().state == "charged"


def test_a_document_that_no_longer_holds_costs_nothing_again_unless_that_is_accepted(
    accepted, rams, desk, authoriser, clock
):
    commands.settle_access_item(rams.pk, by=desk)
    AccessItem.objects.update(state="open", closed_at=None)
    again = price(rams, desk, net=60)
    commands.decline_item_cost(again.pk, by=authoriser, reason="Once is enough")
    commands.free_item(rams.pk, by=desk, reason="The same form holds")
    commands.settle_access_item(rams.pk, by=desk)
    charge_due_items()

    assert Charge.objects.get().net == Decimal(420)


@pytest.mark.guidance("R-2.13-5")
def test_the_words_and_the_amount_that_were_accepted_are_kept(accepted, authoriser):
    kept = ItemCost.objects.get()

    assert kept.answered_by == authoriser
    assert "is charged £420.00 excluding VAT, £504.00 including it" in kept.acknowledged
    event = Event.objects.get(name="accept", subject_words=str(kept))
    assert (event.by, event.why) == (authoriser, kept.acknowledged)
    assert event.tells_price


PEOPLE = {
    "operator": "price",
    "desk": "price",
    "installer": "",
    "configurer": "",
    "billing_clerk": "",
    "submitter": "",
    "authoriser": "answer",
    "both": "answer",
    "colleague": "",
    "outsider": "",
}


@pytest.mark.guidance("R-2.13-5", "R-2.11-4")
def test_dcc_asks_an_authoriser_answers_and_nobody_else(request, cost):
    for who, may in PEOPLE.items():
        person = request.getfixturevalue(who)
        steps = {
            "price": lambda by=person: price(cost.item, by),
            "answer": lambda by=person: commands.accept_item_cost(
                ItemCost.objects.live().get().pk, by=by, is_understood=True
            ),
        }
        for name, step in steps.items():
            if name != may:
                with pytest.raises(PermissionDenied):
                    step()


def test_who_may_no_longer_authorise_that_day_accepts_nothing(cost, authoriser, clock):
    nomination = authoriser.nominations.get()
    nomination.until_on = date(2026, 3, 2)
    nomination.save()

    with pytest.raises(PermissionDenied):
        commands.accept_item_cost(cost.pk, by=authoriser, is_understood=True)


def test_nobody_accepts_what_they_did_not_say_they_understand(cost, authoriser):
    with pytest.raises(CostNotRead):
        commands.accept_item_cost(cost.pk, by=authoriser, is_understood=False)


@pytest.mark.guidance("R-2.13-5")
def test_another_amount_has_to_be_accepted_for_itself(cost, rams, desk, authoriser):
    dearer = price(rams, desk, net=500)
    with pytest.raises(CostChanged, match="Look at what is asked now"):
        commands.accept_item_cost(cost.pk, by=authoriser, is_understood=True)

    commands.accept_item_cost(dearer.pk, by=authoriser, is_understood=True)
    with pytest.raises(CostAccepted):
        price(rams, desk, net=600)
    commands.settle_access_item(rams.pk, by=desk)
    charge_due_items()
    assert Charge.objects.get().net == Decimal(500)


def test_what_is_declined_goes_back_to_the_desk_with_the_reason(
    declined, rams, desk, authoriser
):
    assert owed() == [("price_access_item", "operations", date(2026, 3, 10))]
    with pytest.raises(CostChanged):
        commands.accept_item_cost(declined.pk, by=authoriser, is_understood=True)
    price(rams, desk, net=300)
    with pytest.raises(ReasonMissing):
        commands.decline_item_cost(
            ItemCost.objects.live().get().pk, by=authoriser, reason=" "
        )


@pytest.mark.parametrize("state", ["rams", "cost", "declined", "accepted"])
def test_what_dcc_lets_be_free_is_done_and_charged_to_nobody(
    request, rams, installer, desk, state
):
    request.getfixturevalue(state)
    commands.free_item(rams.pk, by=desk, reason="The standard one is enough")
    commands.settle_access_item(rams.pk, by=installer)
    charge_due_items()

    assert not Charge.objects.exists()
    assert not ItemCost.objects.live().exists()


def cancel(item, fixture):
    journey.cancel(journey.fresh(item.order), fixture("authoriser"))


def drop(item, fixture):
    commands.drop_access_item(item.pk, by=fixture("desk"), reason="They have it")


def ask_no_longer(item, fixture):
    journey_on_site.write_passport(item.order, fixture("submitter"), rams="none")


ENDS = {"cancelled": cancel, "dropped": drop, "not asked for": ask_no_longer}


@pytest.mark.guidance("R-2.13-5")
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("state", ["cost", "accepted"])
def test_what_is_not_done_when_nobody_needs_it_any_more_is_not_charged(
    request, rams, desk, end, state
):
    request.getfixturevalue(state)
    ENDS[end](rams, request.getfixturevalue)
    charge_due_items()

    assert not ItemCost.objects.live().exists()
    assert not Charge.objects.filter(kind="before_visit").exists()


def test_what_is_done_after_an_offer_that_lapsed_ended_the_order_is_not_charged(
    accepted, rams, desk
):
    ConnectionRequest.objects.update(state="lapsed", closed_at=NOW)
    commands.settle_access_item(rams.pk, by=desk)
    charge_due_items()

    assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"net": Decimal(0)}, CostNotPositive),
        ({"net": Decimal("0.004")}, CostNotPositive),
        ({"reason": " "}, CostNotDescribed),
        ({"prepared_by": ""}, CostNotDescribed),
    ],
)
def test_an_amount_is_above_nothing_and_says_what_for(rams, desk, how, refusal):
    with pytest.raises(refusal):
        price(rams, desk, **how)


def test_what_the_party_sees_to_itself_costs_it_nothing_here(access_item, desk):
    with pytest.raises(CostOfOwnItem, match="sees to that itself"):
        price(access_item, desk)


@pytest.mark.guidance("R-2.13-5")
def test_authorisers_are_told_the_amount_what_for_and_what_waits(
    cost, rams, desk, authoriser
):
    text = Notice.objects.get(kind="item_cost_asked").text
    for words in (
        "£420.00 excluding VAT, £504.00 including it",
        "What it is for: The site wants its own form.",
        "Who makes or does it: Gamma",
        "by the end of Tuesday 10 March 2026",
        "no visit is booked; all else of the order goes on",
    ):
        assert words in text
    price(rams, desk, net=500)
    commands.free_item(rams.pk, by=desk, reason="The standard one is enough")
    told = Notice.objects.order_by("pk").filter(kind__startswith="item_cost")
    assert "in place of £420.00 excluding VAT" in told[1].text
    assert "Nothing is charged for it" in told[2].text
    assert {row.to for row in told} == {authoriser.email}


@pytest.mark.parametrize("who", ["installer", "outsider"])
def test_no_supplier_and_no_other_party_is_told_what_it_costs(request, cost, who):
    assert not ItemCost.objects.visible_to(request.getfixturevalue(who)).exists()


def page_of(client, item, person, name="access-item-cost"):
    client.force_login(person)
    named = [item.order.reference, item.number]
    return reverse(name, args=named)


def test_an_authoriser_reads_the_amount_and_accepts_it_on_its_page(
    client, cost, rams, authoriser
):
    page = page_of(client, rams, authoriser)
    read = client.get(page).content.decode()
    assert "£420.00</strong> excluding VAT, £504.00 including it" in read
    refused = client.post(page, {"cost": cost.pk, "answer": "accept"})
    assert "Tick that you understand what is charged" in refused.content.decode()

    answer = {"cost": cost.pk, "answer": "accept", "is_understood": "on"}
    assert client.post(page, answer).url == reverse("access", args=[rams.order])
    assert "Accepted" in client.get(page).content.decode()
    assert ItemCost.objects.get().is_accepted


def test_an_amount_that_changed_while_it_was_read_is_shown_and_not_accepted(
    client, cost, rams, desk, authoriser
):
    page = page_of(client, rams, authoriser)
    dearer = price(rams, desk, net=500)
    answer = {"cost": cost.pk, "answer": "accept", "is_understood": "on"}
    shown = client.post(page, answer, follow=True).content.decode()

    assert "has changed meanwhile" in shown
    assert "£500.00</strong> excluding VAT" in shown
    # What is sent next answers what is shown now, and wants a tick of its own.
    assert f'name="cost" value="{dearer.pk}"' in re.sub(r"\s+", " ", shown)
    assert ItemCost.objects.get(pk=dearer.pk).is_asked


def test_who_may_not_authorise_reads_who_does_and_sends_nothing(
    client, cost, rams, submitter
):
    page = page_of(client, rams, submitter)

    assert "nominated by" in client.get(page).content.decode()
    answer = {"cost": cost.pk, "answer": "decline", "reason": "No"}
    assert client.post(page, answer).status_code == 403


def test_the_page_of_the_order_asks_an_authoriser_for_an_answer(
    client, cost, rams, authoriser
):
    client.force_login(authoriser)
    page = client.get(reverse("order", args=[rams.order])).content.decode()

    assert "See the amount and answer" in page
    assert "£420.00 excluding VAT" in page


def test_a_charge_stands_on_the_partys_pages_before_its_connection_is_there(
    client, accepted, rams, desk, submitter
):
    commands.settle_access_item(rams.pk, by=desk)
    charge_due_items()
    client.force_login(submitter)

    bill = client.get(reverse("billing")).content.decode()
    assert "RAMS written for this site" in bill
    assert "£420.00" in bill


@pytest.mark.guidance("T35")
@pytest.mark.parametrize(
    ("answer", "state"), [("accept", "accepted"), ("decline", "declined")]
)
def test_the_desk_records_what_an_authoriser_said_to_a_cost_and_it_counts_from_then(
    client, clock, cost, desk, authoriser, *, answer, state
):
    came = cost.asked_at + timedelta(hours=1)
    clock.move_to(cost.asked_at + timedelta(hours=30))
    client.force_login(desk)
    order = cost.item.order
    step = reverse("admin:orders_connectionrequest_item-cost-said", args=[order.pk])
    typed = {"cost": cost.pk, "answer": answer, "person": authoriser.pk, "how": "phone"}
    typed["came_at"] = came.isoformat()[:16]
    refused = client.post(step, typed).content.decode()
    assert "if they accept it" in refused or "Say why they decline it" in refused
    assert str(cost.to_acknowledge) in unescape(refused)

    client.post(step, {**typed, "is_understood": "on", "reason": "They said so"})

    cost.refresh_from_db()
    assert (cost.state, cost.answered_by) == (state, authoriser)
    assert cost.answered_at == came.replace(second=0, microsecond=0)
    told = Notice.objects.get(kind="recorded_for_you")
    assert told.to == authoriser.email
    assert f"is {state}" in told.text
    assert "If you did not say this" in told.text


@pytest.mark.guidance("T35")
def test_nobody_who_may_not_authorise_accepts_a_cost_by_phone(cost, desk, submitter):
    said = Said(submitter.pk, "phone", cost.asked_at)
    how = {"said": said, "is_accepted": True, "is_understood": True}

    with pytest.raises(SaidByNobodyNominated):
        commands.record_cost_answer(cost.pk, by=desk, **how)
