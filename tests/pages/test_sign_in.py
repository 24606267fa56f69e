import re

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dccportal.demo.people import SIGN_INS
from parties.commands import set_sign_in
from records.commands import deliver_notice
from records.models import Notice
from tests.factories.parties import PASSWORD, PersonFactory


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.mark.parametrize(
    ("who", "goes_to"),
    [
        ("submitter", "home"),
        ("colleague", "home"),
        ("operator", "admin:index"),
        ("installer", "admin:index"),
    ],
)
def test_each_person_signs_in_to_their_own_home(request, client, who, goes_to):
    person = request.getfixturevalue(who)

    response = sign_in(client, person.email.upper())

    assert (response.status_code, response.url) == (302, reverse(goes_to))
    assert not list(get_messages(response.wsgi_request))


def test_a_wrong_password_is_refused_in_words_and_lets_nobody_in(client, submitter):
    response = sign_in(client, submitter.email, "not-the-password")

    assert b"The e-mail address or the password is wrong." in response.content
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client, submitter):
    pages = [
        sign_in(client, email, "not-the-password").context["form"].error_summary
        for email in (submitter.email, "nobody@example.com")
    ]

    assert pages[0] == pages[1]


def test_an_empty_form_says_what_to_enter(client, db):
    response = sign_in(client, "", "")

    assert b'<a href="#id_login">Enter your e-mail address</a>' in response.content
    assert b'<a href="#id_password">Enter your password</a>' in response.content
    assert b"<title>Error: Sign in" in response.content


def test_a_closed_account_is_sent_to_the_service_desk(client, party):
    person = PersonFactory(party=party, is_active=False)

    response = sign_in(client, person.email)

    assert response.url == reverse("account_inactive")
    assert b"0844 225 4445" in client.get(response.url).content


def ask_for_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def mailed_link(mailoutbox):
    """Send what is owed, and return the path of the last link to choose a password."""
    for notice in Notice.objects.filter(state="queued"):
        deliver_notice(notice.pk)
    found = re.search(rf"{settings.SITE_URL}(/password/\S+)", mailoutbox[-1].body)
    return found.group(1)


def test_a_reset_is_owed_as_an_email_and_its_link_sets_the_password(
    client, submitter, mailoutbox
):
    ask_for_reset(client, submitter.email)
    form = client.get(mailed_link(mailoutbox), follow=True)

    chosen = {"password1": "quite-another-one-9", "password2": "quite-another-one-9"}
    client.post(form.request["PATH_INFO"], chosen)

    assert sign_in(client, submitter.email, "quite-another-one-9").status_code == 302


def test_a_link_leads_to_the_portal_whatever_host_the_asking_named(
    client, submitter, mailoutbox, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.example"

    client.post(
        reverse("account_reset_password"),
        {"email": submitter.email},
        headers={"host": "evil.example:8443", "x-forwarded-host": "evil.example"},
    )

    deliver_notice(Notice.objects.get().pk)
    assert "\nhttps://portal.example/password/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].alternatives[0][0]


def test_a_link_opens_nothing_once_its_sign_in_is_closed(
    client, submitter, desk, mailoutbox
):
    ask_for_reset(client, submitter.email)
    link = mailed_link(mailoutbox)
    set_sign_in(submitter.pk, is_active=False, by=desk)

    page = client.get(link, follow=True)

    assert b"This link no longer works" in page.content
    assert b"New password" not in page.content


def test_a_form_that_stands_open_sets_nothing_once_its_sign_in_is_closed(
    client, submitter, desk, mailoutbox
):
    ask_for_reset(client, submitter.email)
    form = client.get(mailed_link(mailoutbox), follow=True)
    set_sign_in(submitter.pk, is_active=False, by=desk)

    chosen = {"password1": "quite-another-one-9", "password2": "quite-another-one-9"}
    client.post(form.request["PATH_INFO"], chosen)

    submitter.refresh_from_db()
    assert submitter.check_password(PASSWORD)


def test_each_asking_for_a_reset_owes_an_email_of_its_own(client, submitter):
    ask_for_reset(client, submitter.email)
    ask_for_reset(client, submitter.email)

    assert Notice.objects.filter(to=submitter.email).count() == 2


def test_nobody_learns_from_a_reset_who_has_an_account(client, submitter, mailoutbox):
    """Neither from the answer nor from the work behind it, which is the same."""
    work = []
    for email in (submitter.email, "nobody@example.com"):
        with CaptureQueriesContext(connection) as done:
            answer = ask_for_reset(client, email)
        work.append((answer.url, [row["sql"].split()[0] for row in done]))

    assert work[0] == work[1]
    mailed_link(mailoutbox)
    assert not Notice.objects.filter(to="nobody@example.com").exists()
    assert len(mailoutbox) == 1


def test_an_address_that_no_row_can_hold_is_refused_in_words(client, db):
    page = ask_for_reset(client, f"{'a' * 60}@{'b.' * 110}example.com")

    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_used_up_link_says_how_to_get_a_new_one(client, db):
    url = reverse("account_reset_password_from_key", args=["1", "set-password"])

    page = client.get(url)

    assert b"This link no longer works" in page.content


def test_nobody_signs_up_by_themselves(client, db):
    page = client.get(reverse("account_signup"))

    assert b"How to get an account" in page.content
    assert b"<form" not in page.content


@pytest.mark.parametrize(("is_trial", "shown"), [(True, True), (False, False)])
def test_only_a_trial_lists_the_people_to_try_it_as(
    client, db, settings, is_trial, shown
):
    settings.TRIAL = is_trial

    page = client.get(reverse("account_login")).content.decode()

    assert all(each["email"] in page for each in SIGN_INS) is shown
    assert ("Trial with made-up companies" in page) is shown


def test_signing_out_is_a_change_and_so_is_posted(client, submitter):
    client.force_login(submitter)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_choosing_a_person_of_the_trial_fills_in_the_address(client, db):
    first = SIGN_INS[0]["email"]

    page = client.get(reverse("account_login"), {"email": first})

    assert page.context["form"]["login"].value() == first
    assert f'value="{first}"' in page.content.decode()


def test_a_password_has_twelve_characters_at_least():
    with pytest.raises(ValidationError, match="at least 12 characters"):
        validate_password("q7-vault-ml")

    validate_password("q7-vault-mlx")
