"""E-mails held back by staff and let go again; one sent once more by hand."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from dccportal.pages.health import checks_at
from records import commands
from records.commands import notices
from records.errors import (
    AddressUnknown,
    MailGoes,
    MailPausedAlready,
    SecretNotSentAgain,
    StillOnItsWay,
    WhyPausedMissing,
    WhySentAgainMissing,
)
from records.models import Event, Job, MailPause, Notice
from records.states import NoticeState
from tests.cast import NOW
from tests.factories.records import NoticeFactory
from tests.owed import do

LIST = "admin:records_notice_changelist"


@pytest.fixture
def notice(db):
    made = NoticeFactory()
    notices.owe_delivery(made)
    return made


@pytest.fixture
def pause(operator):
    return commands.pause_mail(by=operator, why="The letterhead is wrong.")


def test_while_they_are_paused_none_goes_and_none_is_lost(
    notice, pause, mailoutbox, operator
):
    do(notices.deliver_notice, notice.pk)
    assert (mailoutbox, Job.objects.ready().count()) == ([], 0)
    assert Job.objects.get().attempts == 0

    assert commands.let_mail_go(by=operator) == 1
    assert Job.objects.ready().not_nudged().get() == Job.objects.get()
    do(notices.deliver_notice, notice.pk)

    assert [mail.to for mail in mailoutbox] == [[notice.to]]
    notice.refresh_from_db()
    assert notice.state == NoticeState.SENT


def test_what_waited_goes_the_oldest_first(pause, operator):
    waited = [NoticeFactory() for _ in range(3)]
    for one in waited:
        notices.owe_delivery(one)
    commands.let_mail_go(by=operator)

    ready = Job.objects.ready().not_nudged().order_by("ready_at", "pk")
    assert [job.subject for job in ready] == [one.pk for one in waited]


def test_other_work_of_machines_goes_on_and_nothing_held_counts_as_stuck(notice, pause):
    Job.objects.create(
        kind="render_quote", queue="documents", asked_at=NOW, ready_at=NOW
    )
    Job.objects.update(ready_at=NOW, asked_at=NOW)

    assert {job.kind for job in Job.objects.overdue()} <= {"render_quote"}
    assert Job.objects.ready().get().kind == "render_quote"


def test_a_pause_says_who_and_why_and_is_one_at_a_time(pause, operator):
    told = Event.objects.get(name="pause_mail")
    assert (told.by, told.why) == (operator, "The letterhead is wrong.")
    with pytest.raises(MailPausedAlready):
        commands.pause_mail(by=operator, why="Again.")

    commands.let_mail_go(by=operator)
    assert Event.objects.filter(name="let_mail_go", by=operator).exists()
    with pytest.raises(MailGoes):
        commands.let_mail_go(by=operator)
    with pytest.raises(WhyPausedMissing):
        commands.pause_mail(by=operator, why=" ")


def test_no_supplier_and_no_contact_holds_e_mails_back(installer, submitter):
    for person in (installer, submitter):
        with pytest.raises(PermissionDenied):
            commands.pause_mail(by=person, why="No.")


def test_every_page_of_the_desk_and_the_health_page_say_so(client, operator, desk):
    client.force_login(operator)
    page = reverse("admin:records_notice_pause")
    client.post(page, {"why": "The letterhead is wrong."})
    client.force_login(desk)

    for address in (reverse("admin:index"), reverse(LIST)):
        shown = client.get(address).content.decode()
        assert "Outgoing e-mails are paused" in shown
        assert f"by {operator}: The letterhead is wrong." in shown
    (check,) = [one for one in checks_at(NOW) if one.key == "mail paused"]
    assert (check.is_fine, check.shown) == (False, "Paused")

    client.post(reverse("admin:records_notice_let-go"))
    assert not MailPause.objects.on().exists()
    assert "are paused" not in client.get(reverse("admin:index")).content.decode()


# Once more by hand


@pytest.fixture
def sent(submitted_order):
    found = Notice.objects.filter(thread=submitted_order.reference).first()
    Notice.objects.filter(pk=found.pk).update(state="sent", sent_at=NOW)
    found.refresh_from_db()
    return found


def test_an_e_mail_is_sent_once_more_as_a_row_of_its_own(
    client, operator, sent, authoriser
):
    client.force_login(operator)
    url = reverse("admin:records_notice_send-once-more", args=[sent.pk])
    client.post(url, {"why": "They deleted it.", "to": authoriser.email.upper()})

    again = Notice.objects.latest("pk")
    assert (again.to, again.text, again.kind) == (
        authoriser.email,
        sent.text,
        sent.kind,
    )
    assert again.key.split(":")[:2] == sent.key.split(":")[:2]
    told = Event.objects.get(name="send_once_more")
    assert (told.by, told.why) == (operator, "They deleted it.")
    assert Job.objects.of("deliver_notice", again.pk).exists()
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_what_cannot_be_sent_once_more_is_refused_in_words(sent, operator):
    with pytest.raises(WhySentAgainMissing):
        commands.send_once_more(sent.pk, by=operator, why="")
    with pytest.raises(AddressUnknown):
        commands.send_once_more(sent.pk, by=operator, why="x", to="a@b.example")
    Notice.objects.filter(pk=sent.pk).update(state="queued", sent_at=None)
    with pytest.raises(StillOnItsWay):
        commands.send_once_more(sent.pk, by=operator, why="x")
    Notice.objects.filter(pk=sent.pk).update(kind="account_password_reset")
    with pytest.raises(SecretNotSentAgain):
        commands.send_once_more(sent.pk, by=operator, why="x")


def test_each_kind_of_e_mail_is_read_with_real_facts(client, operator, issued_quote):
    client.force_login(operator)
    url = reverse("admin:records_notice_kinds")

    asked = {"kind": "quote_issued", "thread": issued_quote.order.reference}
    page = client.get(url, asked).content.decode()
    assert "Worded now by its template" in page
    assert issued_quote.reference in page
    for kind, _ in client.get(url).context["kinds"]:
        assert client.get(url, {"kind": kind}).status_code == 200
    assert "words" not in client.get(url, {"kind": "../nothing"}).context
