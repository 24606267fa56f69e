"""People are invited to choose their first password, by a link that works once."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from parties import emails
from parties.commands.access import require_desk
from parties.deadlines import invitation_expires_at
from parties.errors import InvitationOver, SignInClosed
from parties.models import Invitation, User
from parties.states import InvitationState
from records.transitions import System, record_event
from records.unit import command

KEY_BYTES = 24


@command
def invite(
    user_id: int, *, by: User | System, at: datetime | None = None
) -> Invitation:
    """E-mail a person a link by which they choose a password; one before it ends.

    Raises:
        SignInClosed: the person may not sign in.

    Source: R-1.3-1.
    """
    require_desk(by)
    at = at or timezone.now()
    user: User = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if not user.is_active:
        raise SignInClosed(person=user)
    user.invitations.unused().update(ended_at=at)
    row: Invitation = Invitation.objects.create(
        user=user,
        email=user.email,
        key=secrets.token_urlsafe(KEY_BYTES),
        made_at=at,
        made_by=by if isinstance(by, User) else None,
        expires_at=invitation_expires_at(at),
    )
    row.notice = emails.invitation(row, at)
    row.save(update_fields=["notice"])
    what = f"{user} invited to choose a password"
    record_event(user, "invite", by=by, at=at, what=what, is_public=False)
    return row


@command
def accept_invitation(
    invitation_id: int, *, password: str, at: datetime | None = None
) -> User:
    """Set the password that an invited person chose. The link works no more.

    Only who reads the mail at the address could come here, so it counts as verified.

    Args:
        password: one that the rules for passwords let through.

    Raises:
        InvitationOver: it was used or replaced, or has expired.

    Source: R-1.3-1.
    """
    at = at or timezone.now()
    people = User.objects.select_for_update(of=("self",))
    user: User = people.get(invitations=invitation_id)
    row: Invitation = Invitation.objects.select_related("user").get(pk=invitation_id)
    if not user.is_active or row.state_at(at) != InvitationState.OPEN:
        raise InvitationOver
    user.set_password(password)
    user.save(update_fields=["password"])
    row.used_at = at
    row.save(update_fields=["used_at"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    what = f"{user} chose a password by invitation"
    record_event(user, "accept_invitation", by=user, at=at, what=what, is_public=False)
    return user
