"""Links by which the desk invites people to choose their first password."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.wording import day_words
from parties.models.register import User
from parties.querysets import INVITATION_SIGNER, InvitationQuerySet
from parties.states import InvitationState
from records.models import Notice


class Invitation(models.Model):
    """That a person may choose a password by a link: once, and until a moment.

    The row alone opens nothing: the link is signed with the secret of the portal, and
    made while its e-mail is sent. It is for the address that it was sent to alone.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Another was sent in its place, or the person's address changed.
    ended_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(
        Notice, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, ended_at=None),
                name="one_open_invitation_a_person",
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
            models.CheckConstraint(
                name="invitation_is_used_or_ended",
                condition=Q(used_at=None) | Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user} from {day_words(self.made_at)}"

    @property
    def thread(self) -> str:
        return self.user.thread

    @property
    def url(self) -> str:
        """The whole address, which is as good as a password until it is used."""
        place = reverse("invitation", args=[INVITATION_SIGNER.sign(self.key)])
        return f"{settings.SITE_URL}{place}"

    def state_at(self, now: datetime) -> InvitationState:
        """Say at `now`, aware, whether the link still works, and if not why."""
        if self.used_at is not None:
            return InvitationState.USED
        if self.ended_at is not None or self.email != self.user.email:
            return InvitationState.REPLACED
        if now >= self.expires_at:
            return InvitationState.EXPIRED
        return InvitationState.OPEN


def invited_by(token: str) -> Invitation | None:
    """Return the invitation that a signed address names, whether it works or not."""
    return Invitation.objects.opened_by(token).first()
