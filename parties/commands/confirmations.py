"""Each year the portal asks a Party whether its nominations are still right."""

from datetime import datetime

from common.clock import uk_date
from parties import emails
from parties.deadlines import NOMINATIONS_REMINDER, nominations_due_on
from parties.models import Nomination, NominationsQuestion, Party
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def ask_about_nominations(
    party_id: int, *, now: datetime
) -> NominationsQuestion | None:
    """Ask a Party about the nominations that nobody has confirmed for a year.

    Safe to repeat: None while it is being asked, or where all are confirmed.

    Source: R-2.2-6.
    """
    party: Party = Party.objects.locked().get(pk=party_id)
    asked = NominationsQuestion.objects.filter(party=party).open()
    if asked.exists() or not is_to_confirm(party_id, now):
        return None
    row: NominationsQuestion = NominationsQuestion.objects.create(
        party=party, asked_at=now, due_on=nominations_due_on(now)
    )
    what = f"{party} asked whether its nominations are still right"
    record_event(row, "ask_about_nominations", by=SYSTEM, at=now, what=what)
    emails.nominations_asked(row, now)
    return row


@command
def remind_of_nominations(party_id: int, *, now: datetime) -> None:
    """Remind a Party, once, in the last week of the time that it has to answer.

    Source: R-2.2-6.
    """
    Party.objects.locked().get(pk=party_id)
    asked = NominationsQuestion.objects.filter(party=party_id).open()
    row: NominationsQuestion | None = asked.select_related("party").first()
    if row is None or row.reminded_at is not None:
        return
    if uk_date(now) < row.due_on - NOMINATIONS_REMINDER:
        return
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    what = f"{row.party} reminded to confirm its nominations"
    record_event(row, "remind_of_nominations", by=SYSTEM, at=now, what=what)
    emails.nominations_asked(row, now)


@command
def close_question(party_id: int, *, at: datetime) -> None:
    """Close what a Party is asked once no nomination is left to be confirmed.

    Source: R-2.2-6.
    """
    if is_to_confirm(party_id, at):
        return
    asked = NominationsQuestion.objects.filter(party=party_id).open()
    row: NominationsQuestion | None = asked.locked().first()
    if row is not None:
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        what = f"No nomination of {row.party} is left to be confirmed"
        record_event(row, "close_question", by=SYSTEM, at=at, what=what)


def is_to_confirm(party_id: int, at: datetime) -> bool:
    held = Nomination.objects.filter(user__party=party_id)
    return held.unconfirmed(uk_date(at)).exists()
