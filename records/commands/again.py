"""An e-mail sent once more by hand, for a reason: a new row, the old one as it was."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from records.commands.jobs import require_staff
from records.commands.notices import LONGEST_KEY, owe_delivery
from records.errors import (
    AddressUnknown,
    NoLongerTrue,
    SecretNotSentAgain,
    StillOnItsWay,
    WhySentAgainMissing,
)
from records.models import Notice
from records.states import NoticeState
from records.transitions import record_event
from records.unit import command
from records.when_sent import why_untrue


@command
def send_once_more(
    notice_id: int, *, by: Any, why: str, to: str = "", at: datetime | None = None
) -> Notice:
    """Owe the same words once more, to the same address or to a person's present one.

    Args:
        to: another address, of somebody who may sign in; empty for the same one.

    Raises:
        WhySentAgainMissing: no reason is given.
        SecretNotSentAgain: it held a link that signs in, which is made for one sending.
        StillOnItsWay: it is still to be sent.
        AddressUnknown: nobody who may sign in has that address.
        NoLongerTrue: what it says has become untrue, or is not for that reader.
        PermissionDenied: `by` does not work for DCC.
    """
    require_staff(by)
    at, why = at or timezone.now(), why.strip()
    if not why:
        raise WhySentAgainMissing
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.is_secret:
        raise SecretNotSentAgain
    if notice.state == NoticeState.QUEUED:
        raise StillOnItsWay
    again = copy_of(notice, address_of(to) or notice.to, at)
    if untrue := why_untrue(again, at):
        raise NoLongerTrue(why=untrue)
    again.save()
    what = f"E-mail sent once more, to {again.to}: {again.subject}"
    name = "send_once_more"
    record_event(again, name, by=by, at=at, what=what, why=why, is_public=False)
    owe_delivery(again)
    return again


def address_of(to: str) -> str:
    """Return the address as its owner has it; empty for none.

    Raises:
        AddressUnknown: nobody who may sign in has it.
    """
    if not to:
        return ""
    people = get_user_model().objects.filter(is_active=True, email__iexact=to)
    found: str | None = people.values_list("email", flat=True).first()
    if found is None:
        raise AddressUnknown(to=to)
    return found


def copy_of(notice: Notice, to: str, at: datetime) -> Notice:
    return Notice(
        key=key_after(notice.key, at),
        kind=notice.kind,
        thread=notice.thread,
        to=to,
        subject=notice.subject,
        text=notice.text,
        html=notice.html,
        calendar=notice.calendar,
        owed_at=at,
        worded_at=notice.worded_at,
    )


def key_after(key: str, at: datetime) -> str:
    """Return a key that begins as the first: by that a kind knows its subject."""
    end = hashlib.sha256(f"{key}:{at.isoformat()}".encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - 24]}:again:{end}"
