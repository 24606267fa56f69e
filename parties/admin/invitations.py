"""How far the invitation of a person is, and the button that sends another."""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.clock import uk_date, uk_time
from common.pages import Answers
from common.wording import day_words
from parties import commands
from parties.admin.pages import DeskPage
from parties.models import Invitation, User
from parties.states import InvitationState
from records.states import NoticeState

# What is said of one that was made, by how far its e-mail is.
POSTED = {
    NoticeState.QUEUED: "waits to be sent",
    NoticeState.SENT: "sent",
    NoticeState.FAILED: "its e-mail failed",
    NoticeState.DROPPED: "its e-mail was not sent",
}


def invitation_words(row: Invitation) -> str:
    """Return "sent 3 March 2026 at 10am, works until 17 March 2026"."""
    state = row.state_at(timezone.now())
    posted = POSTED[NoticeState(row.notice.state)] if row.notice else "made"
    made = f"{posted[0].upper()}{posted[1:]}, {uk_time(row.made_at)}"
    if state == InvitationState.OPEN:
        last_day = uk_date(row.expires_at - timedelta(seconds=1))
        return f"{made}. The link works until the end of {day_words(last_day)}"
    if state == InvitationState.USED and row.used_at is not None:
        return f"{made}. Used {uk_time(row.used_at)}"
    if state == InvitationState.EXPIRED:
        return f"{made}. Expired {uk_time(row.expires_at)}, not used"
    return f"{made}. {state.label}"


def invitations_of(person: User) -> SafeString:
    rows = person.invitations.select_related("notice", "user").all()[:5]
    words = format_html_join(
        "", "<div>{}</div>", ((invitation_words(r),) for r in rows)
    )
    return words or format_html("{}", "None yet")


class Invite(DeskPage[User, Invitation]):
    slug = "invite"
    label = "Send an invitation"
    hint = (
        "They get a link by e-mail, by which they choose a password. It works once. A "
        "link that was sent before ends at once."
    )
    button = "Send it"

    def obstacle(self, subject: User, user: User) -> str:
        if subject.party_id is None:
            return "People of DCC and its suppliers set their password by e-mail."
        return "" if subject.is_active else f"The sign-in of {subject} is closed."

    def run(self, subject: User, user: User, answers: Answers) -> Invitation:
        return commands.invite(subject.pk, by=user)

    def message(self, subject: User, result: Invitation) -> str:
        return f"An invitation goes to {result.email}."
