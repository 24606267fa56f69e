"""E-mails: owed as rows with their words, sent once."""

import hashlib
from collections.abc import Iterable
from copy import copy
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from common.calendar_file import Entry, attached, letter_file
from common.lines import one_line
from records.commands.jobs import owe, require_staff
from records.errors import (
    AddressRefused,
    LetterRefused,
    NobodyToHaveIt,
    NoticeNotFailed,
    NotTold,
)
from records.jobs import LONGEST_WORDS, job, words_of
from records.letters import addresses_in, as_html, without_links
from records.models import CALENDAR_NAME, Notice
from records.rehearsal import note_letter
from records.signals import link_wanted, notice_sent
from records.states import JobQueue, NoticeState
from records.transitions import SYSTEM, record_event
from records.unit import command
from records.when_sent import FACTS, why_untrue

LONGEST_KEY = 200
LONGEST_SUBJECT = 200
# From here on a mail server means it: another attempt gets the same answer.
FOR_GOOD = 500


def owe_notice(
    kind: str,
    *,
    key: str,
    to: Iterable[str],
    at: datetime,
    thread: str = "",
    **facts: object,
) -> list[Notice]:
    """Owe one e-mail to each address in `to`; a worker sends it after the commit.

    The words are rendered now, so that they are those of the moment. `key` names the
    duty, such as `quote-lapsed:17`: owing it twice owes it once.

    Args:
        facts: what the words need. A calendar's `Entry` called `in_calendar` goes with
            the e-mail as a file that puts it into calendars, or takes it out.

    Returns:
        The notices, new and earlier ones, one an address.
    """
    words = worded(kind, facts)
    notices = []
    for address in sorted(set(to)):
        notice, is_new = Notice.objects.get_or_create(
            key=key_for(key, address),
            defaults={
                "kind": kind,
                "thread": thread,
                "to": address,
                "calendar": calendar_for(address, facts, at),
                **words,
                "owed_at": at,
                "worded_at": at,
            },
        )
        if is_new:
            note_letter(notice.to, notice.subject, notice.text)
            owe_delivery(notice)
        notices.append(notice)
    return notices


def calendar_for(address: str, facts: dict[str, Any], at: datetime) -> str:
    """Return the calendar file for one address; nothing where none goes with it."""
    entry = facts.get("in_calendar")
    if not isinstance(entry, Entry):
        return ""
    return letter_file(entry, at=at, to=address, organiser=settings.SERVICE_DESK_EMAIL)


def worded(kind: str, facts: dict[str, Any]) -> dict[str, str]:
    """Return subject, text and HTML of one e-mail, as its row keeps them."""
    facts = facts | {"site_url": settings.SITE_URL, "desk": desk_contact()}
    template = f"emails/{kind}"
    subject = render_to_string(f"{template}/subject.txt", facts)
    known = facts.get("known_addresses", ())
    text, html = letter(render_to_string(f"{template}/body.txt", facts), known)
    return {
        "subject": one_line(plain(subject))[:LONGEST_SUBJECT],
        "text": text.strip() + "\n",
        "html": html,
    }


def letter(text: str, known: Iterable[str] = ()) -> tuple[str, str]:
    """Return a letter as plain text and as HTML. What people typed is no link in it.

    Args:
        known: addresses that nobody has any more and that are no less ours.
    """
    ours = our_addresses(text, known)
    words = without_links(text, **ours)
    html = render_to_string("emails/layout.html", {"html": as_html(words, **ours)})
    return words, html


def plain(text: str) -> str:
    """Return a text in which nothing that people typed becomes a link."""
    return without_links(text, **our_addresses(text))


def our_addresses(text: str, known: Iterable[str] = ()) -> dict[str, Any]:
    """Return what may be a link: this site, the desk, and whom the desk set up."""
    desk = settings.SERVICE_DESK_EMAIL.lower()
    people = get_user_model().objects.filter(email__in=addresses_in(text) - {desk})
    emails = people.values_list("email", flat=True)
    addresses = {desk, *(email.lower() for email in [*emails, *known])}
    return {"site_url": settings.SITE_URL, "addresses": addresses}


def key_for(duty: str, address: str) -> str:
    """Return what is unique to one duty and one address, however long they are."""
    key = f"{duty}:{address}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"{duty[:100]}:{hashlib.sha256(key.encode()).hexdigest()}"


def desk_contact() -> dict[str, str]:
    return {"phone": settings.SERVICE_DESK_PHONE, "email": settings.SERVICE_DESK_EMAIL}


def answer_in(error: Exception) -> str:
    """Return what a mail server answered, without Python; nothing where it did not."""
    answer: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, answer = error.smtp_code, error.smtp_error
    else:
        return ""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {said.removeprefix(str(code)).strip()}"


def why_refused(error: Exception) -> str:
    """Return in words for staff why an e-mail did not go."""
    answer = answer_in(error)
    words = f"The mail server refused it: {answer}" if answer else words_of(error)
    return words[:LONGEST_WORDS]


def owe_delivery(notice: Notice) -> None:
    """Ask a worker to send an e-mail. To whom a secret one goes is told to nobody."""
    about = notice.subject if notice.is_secret else str(notice)
    owe(deliver_notice, notice.pk, about=about, thread=notice.thread)


def record_failure(notice_id: int, _words: str) -> None:
    """Say on the e-mail that it failed; the words stand on its job."""
    claim = Notice.objects.queued().filter(pk=notice_id)
    claim.update(state=NoticeState.FAILED)


def queue_again(notice_id: int) -> None:
    claim = Notice.objects.failed().filter(pk=notice_id)
    claim.update(state=NoticeState.QUEUED)


def leave_unsent(notice_id: int, why: str) -> None:
    """Say on the e-mail that staff gave it up, and why."""
    unsent = (NoticeState.QUEUED, NoticeState.FAILED)
    claim = Notice.objects.filter(pk=notice_id, state__in=unsent)
    claim.update(state=NoticeState.DROPPED, dropped_because=why)


@job(
    "E-mail",
    queue=JobQueue.MAIL,
    transient=(NotTold,),
    words=why_refused,
    failed=record_failure,
    again=queue_again,
    given_up=leave_unsent,
)
def deliver_notice(notice_id: int) -> bool:
    """Send one owed e-mail; return whether it went. Safe to repeat.

    One worker at a time has it, by the lease of its job, and no transaction is open
    while the mail server is spoken to. What has become untrue since it was owed is
    dropped, which its row says, and is not sent.

    Raises:
        AddressRefused, LetterRefused: the mail server does not take it, and never will.
        NotTold: it went, and what should follow from that has failed.
        OSError: the mail server is away, or hung up.
    """
    now = timezone.now()
    notice = Notice.objects.queued().filter(pk=notice_id).first()
    if notice is None:
        return False
    if notice.sent_at is None:
        if untrue := why_untrue(notice, now):
            drop(notice, untrue, now)
            return False
        word_anew(notice, now)
        try:
            send(notice)
        except NobodyToHaveIt:
            # Whose address it is stays unknown to all, the Service Desk included.
            notice.delete()
            return False
        mark_sent(notice)
    tell_sent(notice)
    return True


@command
def drop(notice: Notice, why: str, at: datetime) -> None:
    """Keep that an e-mail was not sent, and why. It is not tried again."""
    queued = Notice.objects.queued().filter(pk=notice.pk)
    dropped = {"state": NoticeState.DROPPED, "dropped_because": why}
    if queued.update(**dropped) and notice.thread:
        what = f"E-mail to {notice.to} not sent: {notice.subject}"
        record_event(
            notice, "drop", by=SYSTEM, at=at, what=what, why=why, is_public=False
        )


def word_anew(notice: Notice, at: datetime) -> None:
    """Give an e-mail the words of the moment, where its kind asks for that."""
    facts = FACTS.get(notice.kind)
    if facts is None:
        return
    notice.worded_at = at
    for field, words in worded(notice.kind, facts(notice, at)).items():
        setattr(notice, field, words)
    notice.save(update_fields=["subject", "text", "html", "worded_at"])


def send(notice: Notice) -> None:
    """Hand one e-mail to the mail server.

    Raises:
        AddressRefused, LetterRefused: it refuses for good.
        NobodyToHaveIt: nobody who may sign in has this address.
        OSError: it is away, hung up or asks to come later.
    """
    words = with_link(notice)
    message = EmailMultiAlternatives(
        words.subject,
        words.text,
        to=[words.to],
        reply_to=[settings.SERVICE_DESK_EMAIL],
        headers={
            "Message-ID": words.message_id,
            # So that no absence note answers, and none of ours is answered by one.
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(words.html, "text/html")
    if words.calendar:
        message.attach(attached(words.calendar, CALENDAR_NAME))
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        if all(code >= FOR_GOOD for code, _ in error.recipients.values()):
            raise AddressRefused(answer=answer_in(error)) from error
        raise
    except SMTPDataError as error:
        if error.smtp_code >= FOR_GOOD:
            raise LetterRefused(answer=answer_in(error)) from error
        raise


def with_link(notice: Notice) -> Notice:
    """Return the e-mail as its reader gets it: its secret link is made here and now.

    The row itself never holds the link, so that nobody finds it there, nor in a backup.

    Raises:
        NobodyToHaveIt: nobody who may sign in has this address.
    """
    if not notice.is_secret:
        return notice
    made = link_wanted.send(Notice, notice=notice)
    link = next((answer for _, answer in made if answer), "")
    if not link:
        raise NobodyToHaveIt
    words = copy(notice)
    words.put_in(link)
    return words


def mark_sent(notice: Notice) -> None:
    """Keep at once that it went, so that no later attempt sends it again."""
    notice.sent_at = timezone.now()
    Notice.objects.filter(pk=notice.pk).update(sent_at=notice.sent_at)


@command
def tell_sent(notice: Notice) -> None:
    """Tell whoever listens that it went; only then is it over.

    Raises:
        NotTold: an answer failed. It is told again, and not sent again.
    """
    notice.state = NoticeState.SENT
    notice.save()
    try:
        notice_sent.send(Notice, notice=notice)
    except Exception as error:
        raise NotTold(fault=f"{type(error).__name__}: {error}") from error


@command
def retry_notice(notice_id: int, *, by: object) -> None:
    """Queue a failed e-mail again from the beginning.

    Raises:
        NoticeNotFailed: it is queued, in flight or sent.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.state != NoticeState.FAILED:
        raise NoticeNotFailed
    notice.state = NoticeState.QUEUED
    notice.save()
    if notice.thread:
        what, at = (
            f"E-mail to {notice.to} queued again: {notice.subject}",
            timezone.now(),
        )
        record_event(notice, "retry_notice", by=by, at=at, what=what, is_public=False)
    owe_delivery(notice)
