"""A colleague who is named in a note of the desk hears of it."""

import pytest
from django.urls import reverse

from orders import commands
from orders.findings.named import named_in
from parties.models import User
from records.models import Event, Notice


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@Grace Okafor: look at the letter.", ["Grace Okafor"]),
        ("Please look, @grace okafor and @Mina.", ["Grace Okafor", "Mina Sayeed"]),
        ("@Grace is two people, @Mina twice @Mina", ["Mina Sayeed"]),
        ("Sent to mina@dcc.example, not @Minaret", []),
        ("@Grace Okafor-Bell is somebody else, and so is @Grace Oka", []),
    ],
)
def test_who_is_named_after_an_at(words, found):
    people = ["Grace Okafor", "Grace Hall", "Mina Sayeed"]

    named = named_in(words, [User(pk=n, name=who) for n, who in enumerate(people, 1)])

    assert [str(person) for person in named] == found


def test_a_colleague_named_in_a_note_gets_an_e_mail_and_reads_it_first(
    client, submitted_order, operator, desk, submitter
):
    words = f"@{desk} and @{submitter}: is the letter there?"
    commands.add_desk_note(submitted_order.pk, by=operator, words=words)

    mail = Notice.objects.get(kind="note_names_you")
    assert (mail.to, words in mail.text) == (desk.email, True)
    told = Event.objects.get(name="add_desk_note")
    assert (told.why, told.is_public) == (f"Named in it: {desk}", False)
    client.force_login(desk)
    assert words in client.get(reverse("admin:index")).content.decode()
    client.force_login(operator)
    assert words not in client.get(reverse("admin:index")).content.decode()
