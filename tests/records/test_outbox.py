"""E-mails: rows first, messages second, each once."""

from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from celery.app.task import Task
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from records.commands import give_up, try_again
from records.commands import notices as commands
from records.commands.jobs import LEASE
from records.errors import NoticeNotFailed
from records.jobs import MOST_ATTEMPTS, pause_after
from records.models import Event, Job, Notice
from records.signals import notice_sent
from records.states import NoticeState
from tests import journey
from tests.factories.records import NoticeFactory
from tests.owed import do, passes, the_job


@pytest.fixture
def notice(db):
    made = NoticeFactory()
    commands.owe_delivery(made)
    return made


def answers(monkeypatch, error):
    """Let the mail server answer with an error."""

    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(commands.EmailMultiAlternatives, "send", refuse)


@pytest.fixture
def mail_server_down(monkeypatch):
    answers(monkeypatch, SMTPServerDisconnected("try later"))


def deliver(notice):
    return do(commands.deliver_notice, notice.pk)


def job_of(notice):
    return the_job(commands.deliver_notice, notice.pk)


def again(notice):
    return Notice.objects.get(pk=notice.pk)


def test_an_owed_email_is_sent_once(notice, mailoutbox):
    assert deliver(notice)
    assert not deliver(notice)
    assert not commands.deliver_notice(notice.pk)

    assert [mail.to for mail in mailoutbox] == [[notice.to]]
    assert (again(notice).state, again(notice).sent_at is None) == ("sent", False)


def test_a_receiver_can_tell_a_repeat(notice, mailoutbox, clock):
    commands.send(notice)
    clock.shift(timedelta(hours=1))
    commands.send(again(notice))

    first, second = (mail.extra_headers["Message-ID"] for mail in mailoutbox)
    assert first == second


def test_while_one_worker_sends_an_email_no_other_takes_it(notice, monkeypatch):
    others, send = [], commands.send

    def slowly(row):
        if not others:
            others.append(None)
            others.append(deliver(row))
        send(row)

    monkeypatch.setattr(commands, "send", slowly)

    assert deliver(notice)
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
    refused = {notice.to: (550, f"no mailbox {notice.to}".encode())}
    answers(monkeypatch, SMTPRecipientsRefused(refused))

    deliver(notice)

    assert "job not done" in caplog.text
    assert notice.to not in caplog.text
    assert notice.to in job_of(notice).last_error


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
    answers(monkeypatch, error)

    deliver(notice)

    said = "The mail server refused it: 452 4.2.2 Mailbox full"
    assert job_of(notice).last_error == said


def test_an_hour_without_a_mail_server_needs_no_hand(notice, monkeypatch, mailoutbox):
    with monkeypatch.context() as patch:
        answers(patch, SMTPServerDisconnected("try later"))
        waited = timedelta()
        while waited < timedelta(hours=1):
            assert not deliver(notice)
            pause = pause_after(job_of(notice).attempts)
            waited += pause
            passes(pause)
    assert again(notice).state == "queued"
    assert "try later" in job_of(notice).last_error

    assert deliver(notice)
    assert len(mailoutbox) == 1


def test_after_a_day_without_a_mail_server_it_has_failed(notice, mail_server_down):
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)

    assert not deliver(notice)

    assert again(notice).state == "failed"


FINAL = [
    (SMTPRecipientsRefused({"a@b.example": (550, b"No such mailbox")}), "this address"),
    (SMTPDataError(554, b"Looks like spam"), "this e-mail"),
]
FOR_NOW = [
    SMTPRecipientsRefused({"a@b.example": (450, b"Greylisted")}),
    SMTPDataError(451, b"Come back later"),
    SMTPServerDisconnected("Connection unexpectedly closed"),
    TimeoutError("timed out"),
]


@pytest.mark.parametrize(("error", "words"), FINAL, ids=["address", "letter"])
def test_what_a_mail_server_refuses_for_good_fails_at_once_in_words(
    notice, monkeypatch, error, words
):
    answers(monkeypatch, error)

    assert not deliver(notice)

    assert again(notice).state == "failed"
    assert f"The mail server does not take {words}" in job_of(notice).last_error


@pytest.mark.parametrize("error", FOR_NOW, ids=lambda error: type(error).__name__)
def test_what_a_mail_server_refuses_for_now_is_sent_later(
    notice, monkeypatch, mailoutbox, error
):
    with monkeypatch.context() as patch:
        answers(patch, error)
        assert not deliver(notice)
    assert again(notice).state == "queued"

    passes(pause_after(1))
    assert deliver(notice)
    assert len(mailoutbox) == 1


def test_whoever_listens_is_told_once_it_went(notice, monkeypatch):
    heard = []
    monkeypatch.setattr(notice_sent, "send", lambda *_, **facts: heard.append(facts))

    deliver(notice)

    assert heard == [{"notice": again(notice)}]


def test_an_answer_that_fails_is_told_again_and_the_email_not_sent_again(
    notice, monkeypatch, mailoutbox
):
    def fail(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(notice_sent, "send", fail)
        assert not deliver(notice)
    assert again(notice).state == "queued"
    assert "What should follow from that has failed" in job_of(notice).last_error

    passes(pause_after(1))
    assert deliver(notice)
    assert (again(notice).state, len(mailoutbox)) == ("sent", 1)


def test_staff_queue_a_failed_email_again(notice, operator, mailoutbox):
    Notice.objects.update(state=NoticeState.FAILED)

    commands.retry_notice(notice.pk, by=operator)

    assert deliver(notice)
    assert len(mailoutbox) == 1
    event = Event.objects.get(name="retry_notice")
    assert (event.by, event.is_public) == (operator, False)


@pytest.fixture
def refused(notice, monkeypatch):
    with monkeypatch.context() as patch:
        answers(patch, FINAL[0][0])
        deliver(notice)
    return notice


def test_staff_have_it_tried_again_from_the_page_of_jobs(refused, operator, mailoutbox):
    try_again(job_of(refused).pk, by=operator)

    assert deliver(refused)
    assert again(refused).state == "sent"


def test_staff_give_an_email_up_and_it_says_why(refused, operator):
    give_up(job_of(refused).pk, by=operator, reason="We phoned instead.")

    kept = again(refused)
    assert (kept.state, kept.dropped_because) == ("dropped", "We phoned instead.")


@pytest.mark.parametrize("who", ["submitter", "outsider", "installer"])
def test_nobody_else_does(request, notice, who):
    Notice.objects.update(state=NoticeState.FAILED)

    with pytest.raises(PermissionDenied):
        commands.retry_notice(notice.pk, by=request.getfixturevalue(who))


@pytest.mark.parametrize("state", ["queued", "sent"])
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


def test_in_production_all_other_emails_stay_as_evidence(settings, notice, mailoutbox):
    settings.PRODUCTION = True

    deliver(notice)

    kept = again(notice)
    assert (kept.state, kept.text) == ("sent", "Welcome.\n")
    assert (kept.text, kept.html) == (mailoutbox[0].body, notice.html)
    assert (kept.to, kept.subject) == (notice.to, notice.subject)
