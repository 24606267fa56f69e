"""A form keyed in by mistake: asked about, moved, set aside, or taken after all."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orders import commands
from orders.commands.key_in import store_form
from orders.errors import (
    KeyedInAlready,
    NotKeyedIn,
    SamePartyAlready,
    SenderNotNominated,
)
from orders.findings.senders import slips_between
from orders.models import ConnectionRequest, FormVersion, RefusedForm
from orders.states import Channel
from quotes.models import Quote
from records.errors import NotPossibleInState
from records.models import Event, Job, Notice
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


def move(order, desk, to):
    return commands.move_keyed_form(
        order.pk,
        by=desk,
        party_id=to.party_id,
        sender_email=to.email,
        why="Misread",
    )


def as_keyed(order, sender, desk):
    """Make of an order that went its way by the portal one that the desk keyed in."""
    ConnectionRequest.objects.filter(pk=order.pk).update(
        channel="email",
        received_at=YESTERDAY,
        sender_email=sender.email,
        keyed_by=desk,
        form_document=store_form(order, journey.one_file(), desk, NOW),
    )
    order.answer_changes.update(by=desk)


@pytest.mark.guidance("R-1.3-7", "R-2.2-5")
@pytest.mark.parametrize("is_sent", [False, True])
def test_a_form_is_moved_to_the_party_that_it_names(
    keyed_order, outsider, desk, is_sent
):
    ConnectionRequest.objects.update(customer_reference="NG-7")
    if is_sent:
        journey.submit(keyed_order, desk)

    order = move(keyed_order, desk, to=outsider)

    wrong = journey.fresh(keyed_order)
    assert (order.party, order.created_by) == (outsider.party, outsider)
    assert (order.state, order.received_at) == ("draft", YESTERDAY)
    assert (order.hv_rating_mbps, order.customer_reference) == (20, "NG-7")
    assert order.data_centre is None
    assert not order.acknowledgements.exists()
    assert (wrong.moved_to, wrong.is_closed) == (order, True)
    assert order.form_document.sha256 == wrong.form_document.sha256
    assert list(differences()) == []


@pytest.mark.guidance("R-1.3-3")
def test_neither_party_reads_of_the_other_once_a_form_is_moved(
    keyed_order, outsider, submitter, desk, client
):
    journey.submit(keyed_order, desk)
    order = move(keyed_order, desk, to=outsider)
    wrong = journey.fresh(keyed_order)
    rows = ConnectionRequest.objects

    assert not rows.visible_to(submitter).exists()
    assert list(rows.visible_to(outsider)) == [order]
    assert not FormVersion.objects.visible_to(submitter).exists()
    client.force_login(submitter)
    paper = reverse("document", args=[wrong.form_document_id])
    assert client.get(paper).status_code == 404
    told = Notice.objects.filter(kind="keyed_by_mistake")
    assert [one.to for one in told] == [submitter.email]
    assert "Calder" not in told[0].text
    events = Event.objects.filter(name="move_keyed_form")
    assert [one.is_public for one in events] == [False, False]
    assert (
        f"Form received: DCC is entering it as {wrong}, {submitter.email}"
        in events[0].why
    )


def test_what_was_offered_to_the_wrong_party_is_withdrawn_and_its_authorisers_told(
    quoted_order, outsider, authoriser, desk
):
    sender = quoted_order.created_by
    as_keyed(quoted_order, sender, desk)

    move(quoted_order, desk, to=outsider)

    quote = quoted_order.quotes.get()
    assert quote.state == "withdrawn"
    assert quote not in Quote.objects.visible_to(authoriser)
    told = Notice.objects.filter(kind="keyed_by_mistake")
    assert {sender.email, authoriser.email} <= {one.to for one in told}
    assert "is withdrawn, and nobody can accept it any more" in told[0].text


def test_what_is_signed_is_not_moved(authorised_order, outsider, submitter, desk):
    as_keyed(authorised_order, submitter, desk)

    with pytest.raises(NotPossibleInState):
        move(authorised_order, desk, to=outsider)


def test_a_form_is_moved_only_to_another_party_whose_sender_was_nominated(
    keyed_order, outsider, submitter, submitted_order, desk
):
    with pytest.raises(SenderNotNominated, match="had not nominated submitter@"):
        commands.move_keyed_form(
            keyed_order.pk, by=desk, party_id=outsider.party_id, why="Misread"
        )
    with pytest.raises(NotKeyedIn):
        move(submitted_order, desk, to=outsider)
    with pytest.raises(SamePartyAlready):
        move(keyed_order, desk, to=submitter)
    assert journey.fresh(keyed_order).state == "draft"


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
    assert not Event.objects.get(why="Keyed twice", by=desk).is_public
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

    right = {"sender_email": submitter.email, "why": "Misspelt"}
    taken = client.post(url, answers | right, follow=True)
    refused_form.refresh_from_db()
    order = refused_form.keyed_as
    assert taken.redirect_chain[-1][0] == page_url(order, "fill-in")
    assert "It was turned away first" in words_of(taken)
    assert Job.objects.filter(kind="picture_form", thread=order.thread).exists()
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
