"""A link that signs its reader in is made while it is sent, and kept nowhere."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers import serialize
from django.urls import reverse

from parties.commands import ask_for_new_password
from parties.models import User
from records.commands import notices as commands
from records.jobs import MOST_ATTEMPTS
from records.models import LINK_PLACE, Event, Job, Notice
from records.states import NoticeState
from records.transitions import SYSTEM
from tests.factories.records import NoticeFactory
from tests.owed import do

LINK = re.compile(r"http://\S+?/password/\w+-[\w-]+/")


@pytest.fixture
def asked(submitter):
    """The e-mail that is owed to somebody who asked for a new password."""
    ask_for_new_password(submitter.email)
    return Notice.objects.get()


def rows_of_every_table():
    """Return all that the database holds, as it would stand in a backup."""
    return "".join(
        serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    )


def fail(monkeypatch, asked):
    def refused(*_, **__):
        raise OSError

    monkeypatch.setattr(commands.EmailMultiAlternatives, "send", refused)
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert not do(commands.deliver_notice, asked.pk)
    assert Notice.objects.get().state == "failed"


@pytest.mark.parametrize("state", NoticeState.values)
def test_no_table_holds_the_link_whatever_became_of_its_email(
    asked, mailoutbox, monkeypatch, state
):
    if state == NoticeState.SENT:
        commands.deliver_notice(asked.pk)
    if state == NoticeState.FAILED:
        fail(monkeypatch, asked)
    because = "It has become untrue." if state == NoticeState.DROPPED else ""
    Notice.objects.update(state=state, dropped_because=because)

    assert asked.text.count(f"{settings.SITE_URL}{LINK_PLACE}\n") == 1
    assert asked.html.count(f'href="{settings.SITE_URL}{LINK_PLACE}"') == 1
    assert not LINK.search(rows_of_every_table())


def test_the_email_that_goes_out_has_the_link_in_both_its_parts(asked, mailoutbox):
    commands.deliver_notice(asked.pk)

    [html, _] = mailoutbox[0].alternatives[0]
    [link] = LINK.findall(mailoutbox[0].body)
    assert f'href="{link}"' in html
    assert LINK_PLACE not in mailoutbox[0].body + html


def test_a_second_attempt_makes_a_link_of_its_own_that_works(
    asked, mailoutbox, client, monkeypatch
):
    fail(monkeypatch, asked)
    monkeypatch.undo()
    commands.retry_notice(asked.pk, by=SYSTEM)

    assert do(commands.deliver_notice, asked.pk)

    [link] = LINK.findall(mailoutbox[0].body)
    page = client.get(link.partition("8000")[2], follow=True)
    assert b"New password again" in page.content


@pytest.mark.parametrize("who", ["operator", "desk", "billing_clerk"])
def test_staff_read_the_email_without_its_link(request, client, asked, mailoutbox, who):
    commands.deliver_notice(asked.pk)
    client.force_login(request.getfixturevalue(who))
    [link] = LINK.findall(mailoutbox[0].body)

    pages = [
        client.get(reverse("admin:records_notice_change", args=[asked.pk])),
        client.get(reverse("admin:records_notice_changelist"), {"q": "password"}),
        client.get(reverse("admin:records_event_changelist")),
        client.get(reverse("health")),
    ]

    assert b"asked to set a new password" in pages[0].content
    assert not any(link.encode() in page.content for page in pages)
    assert not Event.objects.filter(what__contains="/password/").exists()


MAIL = "django.core.mail.backends.{}.EmailBackend"


@pytest.mark.parametrize(
    ("backend", "is_trial", "shown"),
    [("dummy", True, True), ("smtp", True, False), ("dummy", False, False)],
)
def test_only_a_trial_that_sends_no_mail_is_the_mailbox_itself(
    client, settings, asked, backend, *, is_trial, shown
):
    settings.EMAIL_BACKEND, settings.TRIAL = MAIL.format(backend), is_trial

    page = client.get(reverse("trial-notice", args=[asked.pk])).content.decode()

    assert bool(LINK.search(page)) is shown
    assert ("Set a new password for DCC Connections" in page) is is_trial


@pytest.mark.parametrize("is_closed", [True, False])
def test_nobody_to_have_it_leaves_nothing_behind(submitter, mailoutbox, is_closed):
    """A closed sign-in and an address that nobody has look alike."""
    address = submitter.email if is_closed else "stranger@example.com"
    if is_closed:
        User.objects.filter(pk=submitter.pk).update(is_active=False)
    ask_for_new_password(address)

    assert do(commands.deliver_notice, Notice.objects.get().pk)

    assert (mailoutbox, Notice.objects.count()) == ([], 0)
    assert address not in str(list(Job.objects.values()))


def test_an_inbox_gets_five_links_an_hour_at_most(submitter, mailoutbox, clock):
    for _ in range(7):
        ask_for_new_password(submitter.email)
    for notice in Notice.objects.all():
        commands.deliver_notice(notice.pk)
    assert len(mailoutbox) == 5

    clock.shift(3601)
    ask_for_new_password(submitter.email)
    commands.deliver_notice(Notice.objects.first().pk)

    assert len(mailoutbox) == 6


def test_links_that_were_kept_before_are_taken_out(db):
    link = "https://portal.example/password/1a-b2c-d3e/"
    kept = NoticeFactory(
        kind="account_password_reset_key",
        text=f"Open this:\n{link}\n",
        html=f'<a href="{link}">{link}</a>',
    )
    other = NoticeFactory(text="See https://portal.example/password/\n")
    number = "0006_links_that_sign_in_are_not_kept"

    import_module(f"records.migrations.{number}").take_links_out(apps, None)

    kept.refresh_from_db()
    place = f"https://portal.example{LINK_PLACE}"
    assert kept.text == f"Open this:\n{place}\n"
    assert kept.html == f'<a href="{place}">{place}</a>'
    assert Notice.objects.get(pk=other.pk).text == other.text
