"""Whom a Party names for what, who of it named them, and in which letter."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.dated import overlap, require_order_of_days, span_words
from common.files import Upload
from common.lines import one_line
from common.wording import day_words
from parties import emails, policies
from parties.commands.access import require_desk
from parties.commands.confirmations import close_question
from parties.commands.correct import require_reason
from parties.deadlines import confirm_from
from parties.errors import (
    AlreadyNominated,
    AnnulledLater,
    BackDatedUnexplained,
    NominationEnded,
)
from parties.models import Nomination, Party, User
from parties.signals import register_changed
from parties.states import Purpose
from records.commands import store_document
from records.models import Document
from records.transitions import System, record_event
from records.unit import command


@command
def nominate(
    user_id: int,
    *,
    purpose: str,
    from_on: date,
    by: User | System,
    until_on: date | None = None,
    at: datetime | None = None,
    named_by: str = "",
    letter: Upload | Document | None = None,
    why_back_dated: str = "",
    tells: bool = True,
) -> Nomination:
    """Record that a Party named one of its people for a purpose.

    Args:
        named_by: who of the Party named them.
        letter: in which they did; stored already, if it names several people.
        why_back_dated: why it counts from a day before `at`.
        tells: whether an e-mail says so; several at once are told in one.

    Raises:
        AlreadyNominated: the same nomination holds on some of those days.
        BackDatedUnexplained: it counts from an earlier day, and nobody says why.
        EndsBeforeItBegins: the last day is before the first.

    Source: R-2.2-6, R-2.11-4.
    """
    require_desk(by)
    require_order_of_days(from_on, until_on)
    at = at or timezone.now()
    is_back_dated = from_on < uk_date(at)
    # What the portal itself takes over was not typed by anybody today.
    if is_back_dated and not isinstance(by, System) and not why_back_dated.strip():
        raise BackDatedUnexplained
    # Two nominations of one person cannot both find that there is no other.
    Party.objects.locked().filter(people=user_id).first()
    user = User.objects.select_related("party").get(pk=user_id)
    row = Nomination(
        user=user,
        purpose=purpose,
        from_on=from_on,
        until_on=until_on,
        confirm_from=confirm_from(from_on, uk_date(at)),
    )
    words = Purpose(purpose).label.lower()
    require_no_other(row, words)
    row.named_by = one_line(named_by)
    row.letter = kept(letter, user.thread, by=by, at=at)
    row.why_back_dated = why_back_dated.strip() if is_back_dated else ""
    row.save()
    what = f"{user} nominated for {words} from {day_words(from_on)}{by_words(row)}"
    record_event(row, "nominate", by=by, at=at, what=what, why=row.why_back_dated)
    # What the portal itself takes over is no news to anybody.
    if tells and not isinstance(by, System):
        emails.nominations_recorded([row], at)
    return row


def require_no_other(row: Nomination, words: str) -> None:
    others = row.user.nominations.filter(purpose=row.purpose)
    if any(same.has_held and overlap(row, same) for same in others):
        raise AlreadyNominated(person=row.user, purpose=words)


def by_words(row: Nomination) -> str:
    """Return ", named by Jo Hart, letter kept"; nothing where nobody is known."""
    named = f", named by {row.named_by}" if row.named_by else ""
    return f"{named}{', letter kept' if row.letter else ''}"


def kept(
    letter: Upload | Document | None, thread: str, *, by: User | System, at: datetime
) -> Document | None:
    """Return a letter as it is stored; what was let in just now is stored first."""
    if letter is None or isinstance(letter, Document):
        return letter
    return store_document(
        letter.content,
        kind=Document.Kind.NOMINATION,
        name=letter.name,
        content_type=letter.content_type,
        virus_check=letter.virus_check,
        thread=thread,
        by=by,
        at=at,
    )


@command
def end_nomination(
    nomination_id: int, *, last_day: date, by: User | System, at: datetime | None = None
) -> None:
    """End a nomination with `last_day`, which still counts.

    The person is told, and whoever authorises for the Party.

    Raises:
        NominationEnded: it ended before that day already.
        EndsBeforeItBegins: the last day is before the first.

    Source: R-2.2-6.
    """
    require_desk(by)
    row = Nomination.objects.select_for_update().get(pk=nomination_id)
    if row.until_on is not None and row.until_on <= last_day:
        raise NominationEnded
    require_order_of_days(row.from_on, last_day)
    at = at or timezone.now()
    row.until_on = last_day
    row.save()
    what = f"Nomination ends with {day_words(last_day)}: {row}"
    record_event(row, "end_nomination", by=by, at=at, what=what)
    emails.nomination_ended(row, "", at)


@command
def confirm_nominations(
    party_id: int,
    *,
    by: User,
    confirmed: Collection[int] = (),
    ended: Collection[int] = (),
    why: str = "",
    at: datetime | None = None,
) -> None:
    """Record which nominations a Party confirms, and end those that it does not.

    What is ended holds to the end of today, and is told to whom it concerns. All of it
    is kept, or nothing.

    Args:
        confirmed, ended: keys of nominations in force today.
        why: for the desk, who of the Party said so, and how.

    Raises:
        NominationEnded: one of them is not in force any more.
        PermissionDenied: `by` may neither authorise for the Party nor is the desk.

    Source: R-2.2-6.
    """
    if not policies.may_confirm_nominations(by, party_id):
        raise PermissionDenied
    at = at or timezone.now()
    today = uk_date(at)
    Party.objects.locked().get(pk=party_id)
    held = Nomination.objects.filter(user__party=party_id).in_force(today)
    rows = held.select_related("user").in_bulk()
    if not {*confirmed, *ended} <= rows.keys():
        raise NominationEnded
    for row in (rows[key] for key in confirmed):
        row.confirmed_on, row.confirmed_by = today, by
        row.confirm_from = confirm_from(row.from_on, today)
        row.save()
        what = f"Nomination confirmed: {row}"
        record_event(row, "confirm_nominations", by=by, at=at, what=what, why=why)
    for row in (rows[key] for key in ended):
        end_unconfirmed(row, why, by=by, at=at)
    close_question(party_id, at=at)


def end_unconfirmed(row: Nomination, why: str, *, by: User, at: datetime) -> None:
    today = uk_date(at)
    row.until_on = today
    row.save()
    what = f"Nomination not confirmed, ends with {day_words(today)}: {row}"
    record_event(row, "confirm_nominations", by=by, at=at, what=what, why=why)
    emails.nomination_ended(row, why or str(by), at)


@command
def annul_nomination(
    nomination_id: int,
    *,
    from_on: date,
    by: User,
    why: str,
    at: datetime | None = None,
) -> Nomination:
    """Annul a nomination that was wrong, from a day on which it should not have held.

    What was sent in its days stays, and the history keeps why. Unlike an end, it may
    reach back; from its first day, it never held.

    Args:
        from_on: UK day, the first on which it does not hold; not after today.

    Raises:
        AnnulledLater: the day is to come; it is ended then.
        NominationEnded: it had ended before that day.
        RegisterChangeUnexplained, PermissionDenied.
        As the answers to `register_changed`: an authority rests on it.

    Source: R-2.2-6, R-2.11-4.
    """
    require_reason(by, why)
    at = at or timezone.now()
    Party.objects.locked().filter(people__nominations=nomination_id).first()
    found = Nomination.objects.select_related("user__party")
    row: Nomination = found.get(pk=nomination_id)
    if from_on > uk_date(at):
        raise AnnulledLater
    if row.until_on is not None and row.until_on < from_on:
        raise NominationEnded
    before = span_words(row)
    row.until_on = max(from_on, row.from_on) - timedelta(days=1)
    row.annulled_at = at
    row.save(update_fields=["until_on", "annulled_at"])
    what = f"Nomination annulled from {day_words(from_on)}: {row}"
    told = f"It had been {before}\n{why.strip()}"
    record_event(row, "annul_nomination", by=by, at=at, what=what, why=told)
    tell_of_annulment(row, what, why, by=by, at=at)
    return row


def tell_of_annulment(
    row: Nomination, what: str, why: str, *, by: User, at: datetime
) -> None:
    """Let the apps above refuse it; tell the person and whom else the Party named."""
    party = Party.objects.get(people=row.user_id)
    changed = frozenset({"until_on"})
    facts = {"row": row, "party": party, "known_as": "", "why": why.strip()}
    register_changed.send(Nomination, changed=changed, by=by, at=at, **facts)
    also = [row.user.email]
    emails.register_corrected(party, str(party), [what], why, at, also=also)
