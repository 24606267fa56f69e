"""The desk invites a contact: one link, once, for so many days, to one address."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from parties.commands import add_person, correct_person, invite, set_sign_in
from parties.errors import SignInClosed
from parties.models import Invitation
from records.commands import deliver_notice
from records.models import Event, Notice
from tests.cast import NOW

LINK = re.compile(r"http://[^/\s]+(/invitation/\S+/)")
CHOSEN = "a-password-of-my-own"
TWICE = {"password1": CHOSEN, "password2": CHOSEN}


@pytest.fixture
def ann(party, desk):
    return add_person("ann@n.example", name="Ann Hay", party_id=party.pk, by=desk)


@pytest.fixture
def link(mailoutbox):
    """Return the link of the last invitation of a person, as its e-mail has it."""

    def sent(person):
        notice = person.invitations.first().notice
        deliver_notice(notice.pk)
        return LINK.search(mailoutbox[-1].body)[1]

    return sent


def test_whoever_is_added_chooses_a_password_by_a_link_that_works_once(
    client, ann, link
):
    place = link(ann)
    assert "ann@n.example" in client.get(place).content.decode()

    assert client.post(place, TWICE)["Location"] == reverse("account_login")
    assert 'value="ann@n.example"' in client.get(reverse("account_login")).text

    assert client.login(email=ann.email, password=CHOSEN)
    assert EmailAddress.objects.get(user=ann).verified
    assert Event.objects.get(name="accept_invitation").by == ann
    again = client.post(place, {"password1": "x" * 14, "password2": "x" * 14})
    assert again.status_code == 410
    assert "A password was chosen with it already" in again.content.decode()
    ann.refresh_from_db()
    assert ann.check_password(CHOSEN)


def test_it_works_to_the_end_of_its_last_day_and_then_says_how_to_get_another(
    client, ann, link, clock, settings
):
    place, last = link(ann), NOW + timedelta(days=settings.INVITATION_DAYS)
    clock.move_to(last.replace(hour=23, minute=59))
    assert client.get(place).status_code == 200

    clock.move_to(last.replace(hour=0) + timedelta(days=1, minutes=1))

    page = client.get(place)
    assert page.status_code == 410
    assert "It has expired." in page.content.decode()
    assert "The Service Desk sends you another" in page.content.decode()


def test_another_invitation_ends_the_one_before(client, ann, desk, link):
    before = link(ann)

    invite(ann.pk, by=desk)

    assert "A newer link was sent" in client.get(before).content.decode()
    assert client.get(link(ann)).status_code == 200


def test_a_link_ends_with_the_address_that_it_was_sent_to(client, ann, desk, link):
    place = link(ann)

    correct_person(ann.pk, by=desk, why="Typed wrongly", facts={"email": "a@n.example"})

    assert client.post(place, TWICE).status_code == 410


@pytest.mark.parametrize("token", ["none", "abc.def", "a" * 90])
def test_a_link_that_the_portal_did_not_make_tells_nothing(client, ann, token):
    page = client.get(reverse("invitation", args=[token]))

    assert page.status_code == 410
    assert "Copy it whole" in page.content.decode()


def test_nobody_asks_for_one_link_without_end(client, ann, link):
    place = link(ann)

    answers = {client.get(place).status_code for _ in range(62)}

    assert answers == {200, 429}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (("short", "short"), "too short"),
        ((CHOSEN, "another-password"), "The two passwords differ"),
        (("", ""), "Enter a new password"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    client, ann, link, chosen, words
):
    page = client.post(link(ann), dict(zip(TWICE, chosen, strict=True)))

    assert words in page.content.decode()
    assert Invitation.objects.get().used_at is None


def test_no_table_holds_the_link(ann):
    key = Invitation.objects.get().key

    notice = Notice.objects.get(to=ann.email)
    assert key not in notice.text + notice.html


def test_an_e_mail_that_waited_too_long_is_not_sent(ann, desk, mailoutbox):
    old = ann.invitations.first().notice
    invite(ann.pk, by=desk)

    deliver_notice(old.pk)

    assert not mailoutbox


def test_the_desk_sees_how_far_it_is_and_sends_another(client, ann, desk, link):
    client.force_login(desk)
    page = reverse("admin:parties_user_change", args=[ann.pk])
    assert "Waits to be sent, 3 March 2026" in client.get(page).content.decode()
    link(ann)
    assert "until the end of 17 March 2026" in client.get(page).content.decode()

    client.post(reverse("admin:parties_user_invite", args=[ann.pk]))

    assert "Ended: another was sent" in client.get(page).content.decode()
    assert ann.invitations.count() == 2


def test_nobody_invites_whose_sign_in_is_closed_or_without_a_part_in_it(
    ann, desk, billing_clerk
):
    with pytest.raises(PermissionDenied):
        invite(ann.pk, by=billing_clerk)
    set_sign_in(ann.pk, is_active=False, by=desk)

    with pytest.raises(SignInClosed):
        invite(ann.pk, by=desk)
