"""Who else is to use a connection, and what that costs."""

from datetime import date

import pytest
from django.urls import reverse

from orders import commands
from orders.commands.acknowledge import acknowledge
from orders.errors import (
    ChargeNotConfirmed,
    NotEditable,
    NotNominated,
    SharerIsOwner,
    SharersStillThere,
    SharerTaken,
    SharingMissing,
    SharingNeedsSecParty,
)
from orders.findings import obstacles
from orders.models import ConnectionRequest, Sharer
from orders.states import SharingReason
from parties.models import PartyStanding
from records.models import Event
from tests import journey
from tests.factories.parties import StandingFactory

FENLAND = {
    "name": "Fenland Power",
    "standing": "sec_party",
    "reason": "legal_entities",
    "from_on": date(2026, 4, 1),
}
TYPED = {
    "name": "Fenland Power",
    "standing": "sec_party",
    "reason": "legal_entities",
    "from_on_day": "1",
    "from_on_month": "4",
    "from_on_year": "2026",
}


def share(order, person, **facts):
    return commands.add_sharer(order.pk, by=person, **{**FENLAND, **facts})


def accept_what_follows(order, person):
    acknowledge(order.pk, by=person, whats={"sharing"})


@pytest.fixture
def shared_order(draft_order, submitter):
    """A form that is ready to be sent, with one sharer."""
    share(draft_order, submitter)
    accept_what_follows(draft_order, submitter)
    return journey.fresh(draft_order)


@pytest.fixture
def rdp_order(rdp, rdp_submitter, rdp_data_centre):
    """An RDP's LV for registration data alone: free."""
    order = journey.start(rdp, rdp_submitter)
    answers = {
        "connection_type": "lv",
        "uses": ["registration_load"],
        "is_registration_only": True,
    }
    return journey.answer(order, rdp_submitter, rdp_data_centre, **answers)


@pytest.mark.guidance("R-2.3-1", "R-2.3-6", "R-2.3-7")
def test_a_sharer_is_kept_with_its_days_and_who_named_it(shared_order, submitter):
    sharer = shared_order.sharers.get()

    assert (sharer.name, sharer.from_on) == ("Fenland Power", FENLAND["from_on"])
    assert sharer.added_by == submitter
    assert shared_order.is_shared is True
    accepted = shared_order.acknowledgements.get(what="sharing")
    assert accepted.by == submitter
    assert journey.submit(shared_order, submitter).state == "submitted"


@pytest.mark.guidance("R-2.3-1")
def test_many_may_share_one_connection(draft_order, submitter):
    for name in ("Fenland Power", "Fenland Supply", "Marsh Gas"):
        share(draft_order, submitter, name=name)

    assert draft_order.sharers.count() == 3


@pytest.mark.guidance("R-2.3-2")
@pytest.mark.parametrize("reason", SharingReason.values)
def test_sharing_has_one_of_six_reasons(draft_order, submitter, reason):
    assert share(draft_order, submitter, reason=reason).reason == reason
    assert len(SharingReason.values) == 6


@pytest.mark.guidance("R-2.3-1")
def test_a_name_of_our_register_is_linked(draft_order, submitter, other_party):
    assert share(draft_order, submitter, name="calder supply").party == other_party
    assert share(draft_order, submitter, name="Somebody else").party is None


def test_nobody_is_on_the_list_twice_and_the_owner_never(shared_order, submitter):
    with pytest.raises(SharerTaken, match="on the list"):
        share(shared_order, submitter, name="FENLAND power")
    with pytest.raises(SharerIsOwner):
        share(shared_order, submitter, name="Northgate Energy")


def test_a_sharer_can_be_corrected_and_taken_off(shared_order, submitter):
    sharer = shared_order.sharers.get()
    later = {**FENLAND, "name": "Fenland plc", "until_on": date(2027, 3, 31)}
    commands.change_sharer(sharer.pk, by=submitter, **later)
    assert shared_order.sharers.get().name == "Fenland plc"

    order = commands.remove_sharer(sharer.pk, by=submitter)

    assert (order.is_shared, Sharer.objects.count()) == (None, 0)
    names = set(Event.objects.values_list("name", flat=True))
    assert {"add_sharer", "change_sharer", "remove_sharer"} <= names


@pytest.mark.guidance("R-2.3-7", "T1")
def test_an_rdp_that_is_no_sec_party_shares_with_nobody(rdp_order, rdp_submitter):
    with pytest.raises(SharingNeedsSecParty, match="not a SEC Party in its own right"):
        share(rdp_order, rdp_submitter, is_charge_confirmed=True)
    assert not Sharer.objects.exists()


@pytest.mark.guidance("R-2.3-7", "T1")
def test_who_lost_its_standing_sends_nothing_that_is_shared(
    rdp, rdp_order, rdp_submitter
):
    StandingFactory(party=rdp, standing="sec_party")
    share(rdp_order, rdp_submitter, is_charge_confirmed=True)
    accept_what_follows(rdp_order, rdp_submitter)
    PartyStanding.objects.filter(standing="sec_party").update(until_on=date(2026, 3, 2))

    with pytest.raises(SharingNeedsSecParty):
        journey.submit(rdp_order, rdp_submitter)


@pytest.mark.guidance("R-2.3-7", "T1")
def test_who_lost_its_standing_is_not_accepted_either(
    rdp, rdp_order, rdp_submitter, operator
):
    StandingFactory(party=rdp, standing="sec_party")
    share(rdp_order, rdp_submitter, is_charge_confirmed=True)
    accept_what_follows(rdp_order, rdp_submitter)
    order = journey.submit(rdp_order, rdp_submitter)
    ended = PartyStanding.objects.filter(standing="sec_party")
    ended.update(until_on=date(2026, 3, 2))

    with pytest.raises(SharingNeedsSecParty):
        journey.accept(order, operator)
    # The desk reads it beside the answer, before it tries.
    found = obstacles(journey.fresh(order), date(2026, 3, 3))
    assert "is_shared" in {obstacle.field for obstacle in found}


@pytest.mark.guidance("T2")
def test_a_free_connection_becomes_chargeable_only_when_that_is_confirmed(
    rdp, rdp_order, rdp_submitter
):
    StandingFactory(party=rdp, standing="sec_party")
    with pytest.raises(ChargeNotConfirmed, match="chargeable"):
        share(rdp_order, rdp_submitter)

    share(rdp_order, rdp_submitter, is_charge_confirmed=True)

    assert journey.fresh(rdp_order).is_registration_only is False
    assert Event.objects.filter(name="stop_being_free", is_public=True).exists()


@pytest.mark.guidance("R-2.9.2-1", "T2")
def test_a_shared_connection_is_never_free(rdp_order, rdp_submitter):
    order = journey.submit(rdp_order, rdp_submitter)
    assert ConnectionRequest.objects.is_free(order)

    Sharer.objects.create(
        order=order, added_by=rdp_submitter, added_at=order.saved_at, **FENLAND
    )

    assert not ConnectionRequest.objects.is_free(order)


@pytest.mark.guidance("R-2.3-6")
def test_sharing_is_not_sent_without_names_or_without_what_follows(
    draft_order, submitter
):
    commands.save_answers(draft_order.pk, by=submitter, answers={"is_shared": True})
    accept_what_follows(draft_order, submitter)
    with pytest.raises(SharingMissing):
        journey.submit(draft_order, submitter)

    share(draft_order, submitter)
    draft_order.acknowledgements.filter(what="sharing").delete()
    with pytest.raises(SharingMissing):
        journey.submit(draft_order, submitter)


def test_a_form_that_says_nobody_shares_names_nobody(shared_order, submitter):
    answers = {"is_shared": False}
    commands.save_answers(shared_order.pk, by=submitter, answers=answers)

    with pytest.raises(SharersStillThere, match="Fenland Power"):
        journey.submit(shared_order, submitter)


@pytest.mark.guidance("R-2.3-3")
@pytest.mark.parametrize("who", ["authoriser", "colleague", "outsider", "operator"])
def test_only_a_nominated_submitter_names_who_shares(request, shared_order, who):
    person, sharer = request.getfixturevalue(who), shared_order.sharers.get()
    steps = [
        lambda: share(shared_order, person, name="Another"),
        lambda: commands.change_sharer(sharer.pk, by=person, **FENLAND),
        lambda: commands.remove_sharer(sharer.pk, by=person),
    ]
    for step in steps:
        with pytest.raises(NotNominated):
            step()


def test_a_form_that_was_sent_keeps_its_list(shared_order, submitter):
    journey.submit(shared_order, submitter)

    with pytest.raises(NotEditable):
        share(shared_order, submitter, name="Another")


def section(client, order):
    address = reverse("order-section", args=[order.reference, "sharing"])
    return client.get(address).content.decode()


@pytest.mark.guidance("R-2.3-1", "R-2.3-2", "R-2.3-6")
def test_each_sharer_has_a_small_page_of_its_own(client, submitter, draft_order):
    client.force_login(submitter)
    new = reverse("sharer-new", args=[draft_order.reference])
    assert client.post(new, TYPED).status_code == 302
    sharer = Sharer.objects.get()
    assert "Fenland Power" in section(client, draft_order)

    args = [draft_order.reference, sharer.pk]
    client.post(reverse("sharer-change", args=args), {**TYPED, "name": "Marsh Gas"})
    assert "Marsh Gas" in section(client, draft_order)
    client.post(reverse("sharer-remove", args=args))

    assert "None yet" in section(client, draft_order)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter the name of the organisation"),
        ("name", "x" * 201, "Shorten this to 200 characters"),
        ("name", "a\0b", "Null characters are not allowed"),
        ("reason", "fun", "Choose one of the answers"),
        ("standing", "", "Say whether it is a SEC Party"),
        ("from_on_day", "31", "Enter a real date"),
        ("until_on_year", "2025", "Enter a day, a month and a year"),
    ],
)
def test_what_is_typed_wrong_of_a_sharer_is_said_and_kept(
    client, submitter, draft_order, *, field, value, words
):
    client.force_login(submitter)
    new = reverse("sharer-new", args=[draft_order.reference])

    shown = client.post(new, {**TYPED, field: value}).content.decode()

    assert words in shown
    assert 'value="2026"' in shown
    assert not Sharer.objects.exists()


def test_sharing_does_not_end_before_it_begins(client, submitter, draft_order):
    client.force_login(submitter)
    until = {"until_on_day": "31", "until_on_month": "3", "until_on_year": "2026"}
    new = reverse("sharer-new", args=[draft_order.reference])

    assert "not before the first" in client.post(new, TYPED | until).content.decode()


def say_yes(client, order):
    address = reverse("order-section", args=[order.reference, "sharing"])
    return client.post(address, {"is_shared": "True", "sharing": "on"})


@pytest.mark.guidance("R-2.3-1")
def test_who_says_yes_names_the_others_next(client, submitter, draft_order):
    client.force_login(submitter)
    new = reverse("sharer-new", args=[draft_order.reference])
    assert say_yes(client, draft_order)["Location"] == new

    share(draft_order, submitter)

    assert say_yes(client, draft_order)["Location"].endswith("/form/site/")


@pytest.mark.guidance("R-2.3-7")
def test_an_rdp_that_says_yes_reads_at_once_why_not(client, rdp, rdp_submitter):
    order = journey.start(rdp, rdp_submitter)
    client.force_login(rdp_submitter)

    shown = say_yes(client, order).content.decode()

    assert "not a SEC Party in its own right" in shown
    assert journey.fresh(order).is_shared is None
