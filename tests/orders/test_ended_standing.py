"""A Party whose connection others share, and which stops being a SEC Party."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from orders import commands, tasks
from orders.models import ConnectionRequest, Sharer
from parties.models import PartyStanding
from records.models import Event, Notice

LAST_DAY = "2026-03-31"
LATER = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def shared(connection_in_service, outsider, submitter):
    """In service and shared by two, one of them of our register; standing ends."""
    order = connection_in_service.order
    for party in (outsider.party, None):
        Sharer.objects.create(
            order=order,
            name=party.name if party else "Fenland Power",
            party=party,
            standing="sec_party",
            reason="other",
            from_on="2026-03-01",
            added_by=submitter,
            added_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
    ConnectionRequest.objects.filter(pk=order.pk).update(is_shared=True)
    order.party.standings.update(until_on=LAST_DAY)
    return order


@pytest.fixture
def sweep():
    """What the timer does."""
    return tasks.alert_of_ended_standings


def told():
    kinds = ["standing_ended", "shared_standing_ended"]
    return set(Notice.objects.filter(kind__in=kinds).values_list("kind", "to"))


@pytest.mark.guidance("R-2.3-7", "T1")
def test_dcc_and_the_sharers_are_alerted_once_when_it_is_a_sec_party_no_longer(
    shared, clock, settings, outsider, sweep
):
    clock.move_to("2026-03-31T22:59Z")
    sweep()
    assert told() == set()

    clock.move_to("2026-03-31T23:00Z")
    sweep()
    sweep()

    assert told() == {
        ("standing_ended", settings.SERVICE_DESK_EMAIL),
        ("shared_standing_ended", outsider.email),
    }
    assert Event.objects.filter(name="alert_of_ended_standing").count() == 1


@pytest.mark.guidance("R-2.3-7")
def test_dcc_reads_who_could_not_be_told(shared, clock):
    clock.move_to(LATER)
    commands.alert_of_ended_standing(shared.pk, now=LATER)

    mail = Notice.objects.get(kind="standing_ended")

    assert "Not told, because nobody there is nominated with us: Fenland" in mail.text
    assert "its last day was Tuesday 31 March 2026" in mail.text


@pytest.mark.guidance("R-2.3-3", "R-2.3-7")
def test_the_sharer_reads_whose_connection_it_is_and_no_charge(shared):
    commands.alert_of_ended_standing(shared.pk, now=LATER)

    mail = Notice.objects.get(kind="shared_standing_ended")

    assert f"Northgate Energy, whose connection {shared.connection} you" in mail.text
    assert "£" not in mail.text + mail.subject


def test_before_installation_only_dcc_is_told(shared, settings):
    ConnectionRequest.objects.filter(pk=shared.pk).update(state="quoted")

    commands.alert_of_ended_standing(shared.pk, now=LATER)

    assert told() == {("standing_ended", settings.SERVICE_DESK_EMAIL)}


def test_one_whose_sharing_has_ended_is_told_nothing(shared, settings):
    Sharer.objects.update(until_on="2026-03-30")

    commands.alert_of_ended_standing(shared.pk, now=LATER)

    assert told() == {("standing_ended", settings.SERVICE_DESK_EMAIL)}


@pytest.mark.parametrize("change", [{"is_shared": None}, {"state": "draft"}])
def test_what_nobody_shares_or_was_never_sent_concerns_nobody(shared, change):
    ConnectionRequest.objects.filter(pk=shared.pk).update(**change)

    assert not commands.alert_of_ended_standing(shared.pk, now=LATER)
    assert told() == set()


def test_a_party_that_is_one_again_is_left_alone_and_a_second_end_is_told_anew(shared):
    commands.alert_of_ended_standing(shared.pk, now=LATER)
    again = {"party": shared.party, "standing": "sec_party", "from_on": "2026-04-02"}
    PartyStanding.objects.create(**again, until_on="2026-04-30")
    may, june = (LATER.replace(month=month, day=1) for month in (5, 6))

    assert not commands.alert_of_ended_standing(shared.pk, now=LATER.replace(day=2))
    assert commands.alert_of_ended_standing(shared.pk, now=may)
    assert not commands.alert_of_ended_standing(shared.pk, now=june)


@pytest.mark.guidance("R-2.3-7")
def test_the_desk_finds_it_on_the_page_of_the_order(client, operator, shared, clock):
    address = reverse("admin:orders_connectionrequest_change", args=[shared.pk])
    client.force_login(operator)
    words = "is no longer a SEC Party, and only a SEC Party may"
    assert words not in client.get(address).content.decode()

    clock.move_to(LATER)
    client.force_login(operator)

    assert words in client.get(address).content.decode()
