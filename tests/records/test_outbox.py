"""E-mails: rows first, messages second, each once."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from celery.app.task import Task
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from records import commands, tasks
from records.errors import NoticeNotFailed
from records.models import Event, Notice
from records.signals import notice_sent
from records.states import NoticeState
from tests import journey
from tests.factories.records import NoticeFactory

LEASE = commands.LEASE


class MailServerDown(Exception):
    pass


@pytest.fixture
def notice(db):
    return NoticeFactory()


@pytest.fixture
def mail_server_down(monkeypatch):
    def send(notice):
        raise MailServerDown("try later")

    monkeypatch.setattr(commands, "send", send)


def again(notice):
    return Notice.objects.get(pk=notice.pk)


def test_an_owed_email_is_sent_once(notice, mailoutbox):
    assert commands.deliver_notice(notice.pk)
    assert not commands.deliver_notice(notice.pk)

    assert [mail.to for mail in mailoutbox] == [[notice.to]]
    assert (again(notice).state, again(notice).sent_at is None) == ("sent", False)


def test_a_receiver_can_tell_a_repeat(notice, mailoutbox, clock):
    commands.send(notice)
    clock.shift(timedelta(hours=1))
    commands.send(again(notice))

    first, second = (mail.extra_headers["Message-ID"] for mail in mailoutbox)
    assert first == second


def test_an_email_that_a_worker_holds_is_not_claimed_by_another(notice, mailoutbox):
    lease = timezone.now() + LEASE
    Notice.objects.update(state=NoticeState.SENDING, lease_until=lease)

    assert not commands.deliver_notice(notice.pk)
    assert mailoutbox == []


def test_while_one_worker_sends_an_email_no_other_takes_it(notice, monkeypatch):
    others, send = [], commands.send

    def slowly(row):
        if not others:
            others.append(None)
            others.append(commands.deliver_notice(row.pk))
        send(row)

    monkeypatch.setattr(commands, "send", slowly)

    assert commands.deliver_notice(notice.pk)
    assert others == [None, False]


def test_a_lease_outlasts_whatever_a_mail_server_may_take(settings):
    assert timedelta(seconds=2 * settings.EMAIL_TIMEOUT) < LEASE


def test_an_email_says_that_a_machine_wrote_it_and_that_the_desk_reads_answers(
    notice, mailoutbox, settings
):
    commands.deliver_notice(notice.pk)

    (mail,) = mailoutbox
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.reply_to == [settings.SERVICE_DESK_EMAIL]
    assert mail.extra_headers["Message-ID"].endswith(f"@{settings.SITE_HOST}>")


def test_the_log_of_a_refused_email_names_nobody(notice, monkeypatch, caplog):
    def refuse(row):
        raise MailServerDown(f"550 no mailbox {row.to}")

    monkeypatch.setattr(commands, "send", refuse)

    commands.deliver_notice(notice.pk)

    assert "notice not sent" in caplog.text
    assert notice.to not in caplog.text
    assert notice.to in again(notice).last_error


@pytest.mark.parametrize(
    "error",
    [
        SMTPRecipientsRefused({"ann@wessex.example": (452, b"4.2.2 Mailbox full")}),
        SMTPDataError(452, b"4.2.2 Mailbox full"),
    ],
)
def test_staff_read_what_a_mail_server_answered_and_no_python(
    notice, monkeypatch, error
):
    def refuse(row):
        raise error

    monkeypatch.setattr(commands, "send", refuse)

    commands.deliver_notice(notice.pk)

    said = "The mail server refused it: 452 4.2.2 Mailbox full"
    assert again(notice).last_error == said


def test_an_email_whose_worker_died_is_sent_when_its_lease_is_over(
    notice, mailoutbox, clock
):
    lease = timezone.now() + LEASE
    Notice.objects.update(state=NoticeState.SENDING, lease_until=lease)
    clock.shift(LEASE)

    assert commands.deliver_notice(notice.pk)
    assert len(mailoutbox) == 1


def test_a_refused_email_is_tried_later_each_time_and_fails_after_six(
    notice, mail_server_down, clock
):
    waits = []
    for _ in range(6):
        assert not commands.deliver_notice(notice.pk)
        waits.append(again(notice).next_attempt_at - timezone.now())
        assert not commands.deliver_notice(notice.pk), "too early"
        clock.shift(waits[-1])

    assert waits == sorted(waits)
    assert again(notice).state == "failed"
    assert again(notice).last_error == "MailServerDown: try later"


def test_a_failed_email_is_not_sent_by_the_sweep(notice, mailoutbox, monkeypatch):
    monkeypatch.setattr(tasks.deliver_notice, "delay", tasks.deliver_notice.run)
    Notice.objects.update(state=NoticeState.FAILED)

    tasks.deliver_owed_notices()

    assert mailoutbox == []


def test_an_email_that_kills_its_worker_each_time_is_given_up(notice, clock):
    for _ in range(6):
        Notice.objects.update(attempts=again(notice).attempts + 1)
    lease = timezone.now()
    Notice.objects.update(state=NoticeState.SENDING, lease_until=lease)

    assert not commands.deliver_notice(notice.pk)
    assert again(notice).state == "failed"


def test_a_worker_that_comes_late_does_not_undo_what_the_next_one_did(
    notice, mailoutbox
):
    stale = again(notice)
    stale.attempts = 1
    commands.deliver_notice(notice.pk)

    commands.put_back(stale, MailServerDown())

    assert again(notice).state == "sent"


def test_whoever_listens_is_told_once_it_went(notice, monkeypatch):
    heard = []
    monkeypatch.setattr(notice_sent, "send", lambda *_, **facts: heard.append(facts))

    commands.deliver_notice(notice.pk)

    assert heard == [{"notice": again(notice)}]


def test_an_answer_that_fails_leaves_the_email_to_be_told_again(notice, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(notice_sent, "send", fail)
    with pytest.raises(RuntimeError):
        commands.deliver_notice(notice.pk)

    assert again(notice).state == "sending"
    assert Notice.objects.ready(timezone.now() + LEASE).exists()


def test_staff_queue_a_failed_email_again(notice, operator, mailoutbox):
    Notice.objects.update(state=NoticeState.FAILED, attempts=6)

    commands.retry_notice(notice.pk, by=operator)

    assert commands.deliver_notice(notice.pk)
    assert len(mailoutbox) == 1
    event = Event.objects.get(name="retry_notice")
    assert (event.by, event.is_public) == (operator, False)


@pytest.mark.parametrize("who", ["submitter", "outsider", "installer"])
def test_nobody_else_does(request, notice, who):
    Notice.objects.update(state=NoticeState.FAILED)

    with pytest.raises(PermissionDenied):
        commands.retry_notice(notice.pk, by=request.getfixturevalue(who))


@pytest.mark.parametrize("state", ["queued", "sending", "sent"])
def test_only_a_failed_email_is_queued_again(notice, operator, state):
    Notice.objects.update(state=state, sent_at=timezone.now())

    with pytest.raises(NoticeNotFailed):
        commands.retry_notice(notice.pk, by=operator)


def owe(*addresses, key="person-added:1", **facts):
    return commands.owe_notice(
        "person_added",
        key=key,
        to=addresses,
        at=timezone.now(),
        person={"name": "Ann"},
        **facts,
    )


def test_owing_twice_owes_once(db):
    first, second = owe("a@example.com"), owe("a@example.com", "a@example.com")

    assert first == second
    assert Notice.objects.count() == 1


def test_each_address_gets_its_own_row(db):
    assert len(owe("a@example.com", "b@example.com")) == 2


def test_a_long_duty_and_a_long_address_still_make_a_key_of_their_own(db):
    addresses = [f"{'a' * 180}{n}@example.com" for n in range(3)]

    owe(*addresses, key="k" * 90)
    owe(*addresses, key="k" * 90)

    assert Notice.objects.count() == 3


def test_the_words_are_those_of_the_moment(db):
    (notice,) = owe("a@example.com")

    owe("a@example.com")

    assert "\n" not in notice.subject
    assert "0844 225 4445" in notice.text
    assert again(notice).text == notice.text


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_undo_what_was_done(
    draft_order, submitter, monkeypatch, caplog
):
    def refuse(*args, **kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(Task, "apply_async", refuse)
    monkeypatch.setattr("celery.canvas.Signature.apply_async", refuse)

    order = journey.submit(draft_order, submitter)

    assert journey.fresh(order).state == "submitted"
    assert Notice.objects.get().state == "queued"
    assert "no broker" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_of_what_was_rolled_back(monkeypatch):
    sent = []
    monkeypatch.setattr(
        "celery.canvas.Signature.apply_async", lambda *_, **facts: sent.append(facts)
    )
    with transaction.atomic():
        owe("a@example.com")
        transaction.set_rollback(True)

    assert (sent, Notice.objects.count()) == ([], 0)


def test_the_sweep_sends_what_was_lost_on_its_way(notice, mailoutbox, monkeypatch):
    monkeypatch.setattr(tasks.deliver_notice, "delay", tasks.deliver_notice.run)

    tasks.deliver_owed_notices()
    tasks.deliver_owed_notices()

    assert len(mailoutbox) == 1


def test_what_waits_for_too_long_is_seen(notice):
    now = notice.next_attempt_at

    assert not Notice.objects.overdue(now + timedelta(minutes=14)).exists()
    assert Notice.objects.overdue(now + timedelta(minutes=15)).exists()


def test_in_production_all_other_emails_stay_as_evidence(settings, notice, mailoutbox):
    settings.PRODUCTION = True

    commands.deliver_notice(notice.pk)

    kept = again(notice)
    assert (kept.state, kept.text) == ("sent", "Welcome.\n")
    assert (kept.text, kept.html) == (mailoutbox[0].body, notice.html)
    assert (kept.to, kept.subject) == (notice.to, notice.subject)
