"""Writes of evidence: references, documents, e-mails."""

import hashlib
import smtplib
from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import signature
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from common.letters import addresses_in, as_html, without_links
from common.lines import one_line
from common.templates import Rendering
from records.errors import GivenUp, NobodyToHaveIt, NoticeNotFailed
from records.kinds import FACTS, why_untrue
from records.models import Counter, Document, Notice
from records.signals import link_wanted, notice_sent
from records.states import NoticeState
from records.transitions import SYSTEM, record_event
from records.unit import command

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 6
LONGEST_KEY = 200
LONGEST_SUBJECT = 200
log = structlog.get_logger(__name__)


def enqueue(task: str, *args: Any) -> None:
    """Ask a worker for `task` once this transaction is committed.

    The row that it works on is the truth: a broker that is down is logged, never an
    error to the person, and a sweeper finds the row later.
    """
    # robust needs a plain function: Django 5.2 asks a failed callback for its name.
    transaction.on_commit(lambda: signature(task, args).delay(), robust=True)


@command
def next_reference(kind: str) -> str:
    """Return the next reference of a kind, such as ORD-1042. Never given twice."""
    Counter.objects.get_or_create(name=kind)
    Counter.objects.filter(name=kind).update(value=F("value") + 1)
    return str(Counter.objects.get(name=kind))


def store_document(
    content: bytes,
    *,
    kind: str,
    name: str,
    content_type: str,
    thread: str,
    by: Any,
    at: datetime,
    template_version: str = "",
    template: Rendering | None = None,
    virus_check: str = "",
) -> Document:
    """Keep a file for ever, with its SHA-256. Its name is for people only.

    Args:
        template: from which the portal rendered it; a file has a version at most.
        content: made by the portal, or let in by `common.uploads`.
        virus_check: for what somebody sent, whether it was scanned for viruses.
    """
    digest = hashlib.sha256(content).hexdigest()
    return Document.objects.create(
        thread=thread,
        kind=kind,
        name=name[-200:],
        content_type=content_type,
        size=len(content),
        sha256=digest,
        file=ContentFile(content, name=f"{digest[:24]}.bin"),
        template_version=template.version if template else template_version,
        template=template.whole if template else "",
        virus_check=virus_check,
        by=None if by is SYSTEM else by,
        at=at,
    )


def owe_notice(
    kind: str,
    *,
    key: str,
    to: Iterable[str],
    at: datetime,
    thread: str = "",
    **facts: Any,
) -> list[Notice]:
    """Owe one e-mail to each address in `to`; a worker sends it after the commit.

    The words are rendered now, so that they are those of the moment. `key` names the
    duty, such as `quote-lapsed:17`: owing it twice owes it once.

    Returns:
        The notices, new and earlier ones, one an address.
    """
    words = words_of(kind, facts)
    notices = []
    for address in sorted(set(to)):
        notice, is_new = Notice.objects.get_or_create(
            key=key_for(key, address),
            defaults={
                "kind": kind,
                "thread": thread,
                "to": address,
                **words,
                "owed_at": at,
                "worded_at": at,
                "next_attempt_at": timezone.now(),
            },
        )
        if is_new:
            enqueue("records.tasks.deliver_notice", notice.pk)
        notices.append(notice)
    return notices


def words_of(kind: str, facts: dict[str, Any]) -> dict[str, str]:
    """Return subject, text and HTML of one e-mail, as its row keeps them."""
    facts = facts | {"site_url": settings.SITE_URL, "desk": desk_contact()}
    template = f"emails/{kind}"
    subject = render_to_string(f"{template}/subject.txt", facts)
    text, html = letter(render_to_string(f"{template}/body.txt", facts))
    return {
        "subject": one_line(plain(subject))[:LONGEST_SUBJECT],
        "text": text.strip() + "\n",
        "html": html,
    }


def letter(text: str) -> tuple[str, str]:
    """Return a letter as plain text and as HTML. What people typed is no link in it."""
    ours = our_addresses(text)
    words = without_links(text, **ours)
    html = render_to_string("emails/layout.html", {"html": as_html(words, **ours)})
    return words, html


def plain(text: str) -> str:
    """Return a text in which nothing that people typed becomes a link."""
    return without_links(text, **our_addresses(text))


def our_addresses(text: str) -> dict[str, Any]:
    """Return what may be a link: this site, the desk, and whom the desk set up."""
    desk = settings.SERVICE_DESK_EMAIL.lower()
    people = get_user_model().objects.filter(email__in=addresses_in(text) - {desk})
    emails = people.values_list("email", flat=True)
    addresses = {desk, *(email.lower() for email in emails)}
    return {"site_url": settings.SITE_URL, "addresses": addresses}


def key_for(duty: str, address: str) -> str:
    """Return what is unique to one duty and one address, however long they are."""
    key = f"{duty}:{address}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"{duty[:100]}:{hashlib.sha256(key.encode()).hexdigest()}"


def desk_contact() -> dict[str, str]:
    return {"phone": settings.SERVICE_DESK_PHONE, "email": settings.SERVICE_DESK_EMAIL}


def deliver_notice(notice_id: int) -> bool:
    """Send one owed e-mail; return whether it went. Safe to repeat and to race.

    The claim is one conditional update, so two workers never hold the same row, and
    no transaction is open while the mail server is spoken to. What has become untrue
    since it was owed is dropped, which its row says, and is not sent.
    """
    now = timezone.now()
    ready = Notice.objects.ready(now).filter(pk=notice_id)
    claimed = ready.update(
        state=NoticeState.SENDING,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
    )
    if not claimed:
        return False
    notice = Notice.objects.get(pk=notice_id)
    try:
        if untrue := why_untrue(notice, now):
            drop(notice, untrue, now)
            return False
        word_anew(notice, now)
        send(notice)
    except NobodyToHaveIt:
        # Whose address it is stays unknown to all, the Service Desk included.
        notice.delete()
        return False
    except Exception as error:  # noqa: BLE001  whatever the mail server does
        put_back(notice, error)
        return False
    mark_sent(notice)
    return True


@command
def drop(notice: Notice, why: str, at: datetime) -> None:
    """Keep that an e-mail was not sent, and why. It is not tried again."""
    # A worker whose lease ran out must not undo what the next one did.
    claim = Notice.objects.filter(
        pk=notice.pk, state=NoticeState.SENDING, attempts=notice.attempts
    )
    if claim.update(state=NoticeState.DROPPED, dropped_because=why) and notice.thread:
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
    for field, words in words_of(notice.kind, facts(notice, at)).items():
        setattr(notice, field, words)
    notice.save(update_fields=["subject", "text", "html", "worded_at"])


def send(notice: Notice) -> None:
    if notice.attempts > MAX_ATTEMPTS:
        # Six workers died of it without a word.
        raise GivenUp
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
    message.send()


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


@command
def mark_sent(notice: Notice) -> None:
    """Keep that it went, also when a later attempt has already begun."""
    notice.state = NoticeState.SENT
    notice.sent_at = timezone.now()
    notice.last_error = ""
    notice.save()
    notice_sent.send(Notice, notice=notice)


def put_back(notice: Notice, error: Exception) -> None:
    """Queue a refused e-mail again, later each time; after six it has failed."""
    is_over = notice.attempts >= MAX_ATTEMPTS
    words = why_refused(error)[:500]
    # A worker whose lease ran out must not undo what the next one did.
    claim = Notice.objects.filter(
        pk=notice.pk, state=NoticeState.SENDING, attempts=notice.attempts
    )
    claim.update(
        state=NoticeState.FAILED if is_over else NoticeState.QUEUED,
        next_attempt_at=timezone.now() + timedelta(minutes=2**notice.attempts),
        last_error=words,
    )
    # Not the words: mail servers repeat the address that they refuse.
    log.warning("notice not sent", notice=notice.pk, error=type(error).__name__)


def why_refused(error: Exception) -> str:
    """Return what a mail server answered, in words for staff who read no Python."""
    code: int = 0
    answer: bytes | str = b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, answer = error.smtp_code, error.smtp_error
    if not code:
        return f"{type(error).__name__}: {error}"
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"The mail server refused it: {code} {said.removeprefix(str(code)).strip()}"


@command
def retry_notice(notice_id: int, *, by: Any) -> None:
    """Queue a failed e-mail again from the beginning.

    Raises:
        NoticeNotFailed: it is queued, in flight or sent.
        PermissionDenied: `by` does not work for DCC.
    """
    if by is not SYSTEM and not (by.is_active and by.is_dcc):
        raise PermissionDenied
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.state != NoticeState.FAILED:
        raise NoticeNotFailed
    notice.state, notice.attempts = NoticeState.QUEUED, 0
    notice.next_attempt_at = at = timezone.now()
    notice.save()
    if notice.thread:
        what = f"E-mail to {notice.to} queued again: {notice.subject}"
        record_event(notice, "retry_notice", by=by, at=at, what=what, is_public=False)
    enqueue("records.tasks.deliver_notice", notice.pk)
