"""What people add to an e-mail that is about to be sent: their own secret link."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.signals import password_reset
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from parties.forms import CHOSE_FOR
from parties.models import Invitation, User
from parties.states import InvitationState
from records.models import Notice
from records.signals import link_wanted

# More than this in an hour is somebody else's doing. Each link that went still works.
LINKS_AN_HOUR = 5


@receiver(password_reset)
def remember_for_whom(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Let the sign-in that follows begin with the address a password was chosen for."""
    request.session[CHOSE_FOR] = user.email


@receiver(link_wanted)
def link_to_choose_a_password(notice: Notice, **kwargs: object) -> str:
    """Return the link for the person at that address; empty where there is none.

    It begins with SITE_URL, whatever host the asking named. It is signed with the
    person's present password, so that it works once.
    """
    if notice.kind != "account_password_reset_key":
        return ""
    person = User.objects.filter(email=notice.to, is_active=True).first()
    if person is None or has_enough(notice):
        return ""
    uid, key = user_pk_to_url_str(person), default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[uid, key])
    return f"{settings.SITE_URL}{path}"


@receiver(link_wanted)
def link_of_an_invitation(notice: Notice, **kwargs: object) -> str:
    """Return the link of the invitation that the e-mail is of, while that is open."""
    rows = Invitation.objects.unused().filter(notice=notice, user__is_active=True)
    row = rows.select_related("user").first()
    if row is None or has_enough(notice):
        return ""
    is_open = row.state_at(timezone.now()) == InvitationState.OPEN
    return row.url if is_open else ""


def has_enough(notice: Notice) -> bool:
    """Say whether an inbox is being flooded; nobody is told, least of all who asked."""
    hour_ago = timezone.now() - timedelta(hours=1)
    sent = Notice.objects.filter(
        kind=notice.kind, to=notice.to, sent_at__gt=hour_ago
    ).exclude(pk=notice.pk)
    return sent.count() >= LINKS_AN_HOUR
