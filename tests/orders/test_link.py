"""Who shares a connection is linked with the register, whenever it comes into it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.commands import add_sharer, link_sharer
from orders.errors import SharerIsOwner, SharerTaken
from orders.models import Sharer
from parties.commands import add_person, register_party
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url
from tests.factories.parties import PersonFactory
from tests.reading import words_of


def named(order, by, name):
    return add_sharer(
        order.pk,
        by=by,
        name=name,
        standing="rdp",
        reason="network_rdp",
        from_on=NOW.date(),
    )


@pytest.fixture
def sharer(draft_order, submitter):
    """Named before DCC knows of it."""
    return named(draft_order, submitter, "Wessex Registration")


def linked(sharer):
    return Sharer.objects.get(pk=sharer.pk).party


@pytest.mark.guidance("R-2.3-1")
def test_who_was_named_before_is_linked_when_it_is_registered(sharer, desk):
    register_party("Another One", by=desk)
    assert linked(sharer) is None

    party = register_party("Wessex registration", by=desk)

    assert linked(sharer) == party
    event = Event.objects.get(thread=sharer.order.reference, name="link_sharer")
    assert event.by == desk
    assert "in the register as Wessex registration" in event.what


@pytest.mark.guidance("R-2.3-1")
def test_an_email_address_is_known_when_its_person_is_added(
    draft_order, submitter, desk, other_party
):
    sharer = named(draft_order, submitter, "ann@wessex.example")
    add_person("other@wessex.example", name="Otto", by=desk, party_id=other_party.pk)
    assert linked(sharer) is None

    add_person("Ann@wessex.example", name="Ann", by=desk, party_id=other_party.pk)

    assert linked(sharer) == other_party


def test_an_email_address_that_is_known_is_linked_at_once(
    draft_order, submitter, outsider
):
    sharer = named(draft_order, submitter, outsider.email)

    assert linked(sharer) == outsider.party


@pytest.mark.guidance("R-2.3-1")
def test_the_desk_links_by_hand_and_corrects_it(client, sharer, desk, other_party, rdp):
    client.force_login(desk)
    url = page_url(sharer.order, "link-sharer")
    for party in (rdp, other_party):
        answer = client.post(url, {"sharer": sharer.pk, "party": party.pk})
        assert answer.status_code == 302
        assert linked(sharer) == party

    assert Event.objects.filter(name="link_sharer", by=desk).count() == 2
    shown = words_of(
        client.get(
            reverse("admin:orders_connectionrequest_change", args=[sharer.order_id])
        )
    )
    assert "in the register" in shown


def test_only_the_desk_links_and_never_the_owner_or_one_twice(
    sharer, submitter, desk, party, *, rdp
):
    with pytest.raises(PermissionDenied):
        link_sharer(sharer.pk, party_id=rdp.pk, by=submitter)
    with pytest.raises(SharerIsOwner):
        link_sharer(sharer.pk, party_id=party.pk, by=desk)
    other = named(sharer.order, submitter, rdp.name)
    assert linked(other) == rdp
    with pytest.raises(SharerTaken):
        link_sharer(sharer.pk, party_id=rdp.pk, by=desk)


def test_both_are_told(sharer, desk, rdp, rdp_submitter, submitter):
    link_sharer(sharer.pk, party_id=rdp.pk, by=desk)

    told = Notice.objects.filter(kind="sharer_linked")
    assert {row.to for row in told} == {submitter.email, rdp_submitter.email}
    assert all("They see no charges" in row.text for row in told)


@pytest.mark.guidance("R-2.3-3", "R-2.1.1-2")
def test_who_is_linked_sees_that_it_shares_and_no_charges(
    client, connection, desk, submitter
):
    sharer = Sharer.objects.create(
        order=connection.order,
        name="Wessex Registration",
        standing="rdp",
        reason="network_rdp",
        from_on=NOW.date(),
        added_by=submitter,
        added_at=NOW,
    )
    party = register_party("Wessex Registration", by=desk)
    person = PersonFactory(party=party)
    client.force_login(person)

    page = words_of(client.get(reverse("connections")))
    assert linked(sharer) == party
    assert connection.party.name in page
    assert "£" not in page
    assert client.get(reverse("billing")).status_code == 200
    assert journey.fresh(connection.order).reference not in words_of(
        client.get(reverse("billing"))
    )
