"""A form keyed in by mistake: asked about, moved, set aside, or taken after all."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orders import commands
from orders.errors import (
    KeyedInAlready,
    NotKeyedIn,
    SenderNotNominated,
    SentAlready,
)
from orders.findings.senders import slips_between
from orders.models import ConnectionRequest, RefusedForm
from orders.states import Channel
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url
from tests.reading import words_of
from worklist.commands.check import differences

YESTERDAY = NOW - timedelta(days=1)
ADD = "admin:orders_connectionrequest_add"


@pytest.fixture
def keyed_order(party, submitter, desk, data_centre):
    order = journey.key_in(party, desk, received_at=YESTERDAY)
    return journey.answer(order, desk, data_centre)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("sue@x.example", "sue@x.example", 0),
        ("sue@x.example", "seu@x.example", 1),
        ("sue@x.example", "sue@x.exmaple", 1),
        ("sue@x.example", "su@x.exampel", 2),
        ("sue@x.example", "bob@x.example", 3),
    ],
)
def test_slips_of_a_hand_are_counted(one, other, slips):
    assert slips_between(one, other) == slips


def typed(party, **changed):
    return {
        "party": party.name,
        "channel": "email",
        "sender_email": "submiter@northgate.example",
        "received_at": "2026-03-02T10:00",
        "form": SimpleUploadedFile("form.pdf", journey.tiny_pdf()),
        **changed,
    }


@pytest.mark.guidance("R-2.2-7")
def test_a_misspelt_sender_is_asked_about_before_anybody_is_told(
    client, party, submitter, desk
):
    client.force_login(desk)

    asked = client.post(reverse(ADD), typed(party))

    assert f"Did you mean {submitter.email} (Sue Mitter)?" in words_of(asked)
    assert not Notice.objects.exists()
    client.post(reverse(ADD), typed(party, is_sender_right="on"))
    refused = RefusedForm.objects.get()
    assert refused.sender_email == "submiter@northgate.example"
    assert Notice.objects.filter(kind="form_refused", to=refused.sender_email).exists()


def test_a_sender_whom_another_party_nominated_is_asked_about(
    client, party, outsider, desk
):
    client.force_login(desk)

    asked = client.post(reverse(ADD), typed(party, sender_email=outsider.email))

    assert "Calder Supply nominated this address" in words_of(asked)
    assert not RefusedForm.objects.exists()


@pytest.mark.guidance("R-1.3-7", "R-2.2-5")
def test_a_form_is_moved_to_the_party_that_it_names(
    keyed_order, outsider, submitter, desk, client
):
    ConnectionRequest.objects.update(sender_email=outsider.email)

    commands.move_keyed_form(
        keyed_order.pk, by=desk, party_id=outsider.party_id, why="Misread"
    )

    order = journey.fresh(keyed_order)
    assert (order.party, order.created_by) == (outsider.party, outsider)
    assert (order.reference, order.received_at) == (keyed_order.reference, YESTERDAY)
    assert (order.hv_rating_mbps, order.data_centre) == (20, None)
    assert not order.acknowledgements.exists()
    client.force_login(submitter)
    page = reverse("order", args=[order.reference])
    assert client.get(page).status_code == 404
    told = Notice.objects.filter(kind="keyed_by_mistake")
    assert [one.to for one in told] == [submitter.email]
    assert "Calder" not in told[0].text
    event = Event.objects.get(name="move_keyed_form")
    assert not event.is_public
    assert event.why == "From Northgate Energy to Calder Supply\nMisread"
    assert list(differences()) == []


def test_a_form_is_moved_only_where_its_sender_was_nominated_and_nothing_was_sent(
    keyed_order, outsider, submitted_order, desk
):
    def move(order):
        commands.move_keyed_form(
            order.pk, by=desk, party_id=outsider.party_id, why="Misread"
        )

    with pytest.raises(SenderNotNominated, match="had not nominated submitter@"):
        move(keyed_order)
    with pytest.raises(NotKeyedIn):
        move(submitted_order)
    journey.submit(keyed_order, desk)
    with pytest.raises(SentAlready):
        move(keyed_order)
    assert journey.fresh(keyed_order).party == keyed_order.party


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_form_keyed_by_mistake_is_set_aside_and_stays(
    keyed_order, desk, submitter, is_sent
):
    if is_sent:
        journey.submit(keyed_order, desk)

    commands.set_keyed_form_aside(keyed_order.pk, by=desk, why="Keyed twice")

    order = journey.fresh(keyed_order)
    assert order.state == ("withdrawn" if is_sent else "discarded")
    assert order.form_document is not None
    assert order.versions.count() == int(is_sent)
    assert Event.objects.filter(why="Keyed twice", by=desk).count() == 1
    assert Notice.objects.get(kind="keyed_by_mistake").to == submitter.email


@pytest.mark.guidance("R-2.2-5")
def test_a_refused_form_is_keyed_in_after_all_and_counts_from_when_it_came(
    refused_form, party, submitter, desk, client
):
    client.force_login(desk)
    url = reverse("admin:orders_refusedform_key-in", args=[refused_form.pk])
    answers = {"party": party.name, "sender_email": refused_form.sender_email}

    again = client.post(url, answers | {"why": "Misspelt"})
    assert "had not nominated stranger@example.com" in words_of(again)

    client.post(url, answers | {"sender_email": submitter.email, "why": "Misspelt"})
    refused_form.refresh_from_db()
    order = refused_form.keyed_as
    assert (order.created_by, order.channel) == (submitter, Channel.EMAIL)
    assert order.received_at == refused_form.received_at
    assert order.form_document.sha256 == refused_form.document.sha256
    assert refused_form.sender_email == "stranger@example.com", "kept as it was"
    with pytest.raises(KeyedInAlready):
        commands.key_in_refused(
            refused_form.pk,
            by=desk,
            party_id=party.pk,
            sender_email=submitter.email,
            why="Again",
        )


def test_the_steps_are_offered_for_what_was_keyed_in_alone(
    client, desk, keyed_order, submitted_order
):
    client.force_login(desk)
    url = page_url(keyed_order, "set-aside")

    assert "Move the form" in words_of(client.get(page_url(keyed_order, "move")))
    refused = words_of(client.get(page_url(submitted_order, "set-aside")))
    assert "its Party’s own" in refused
    client.post(url, {"why": "No request at all"})
    assert journey.fresh(keyed_order).state == "discarded"
