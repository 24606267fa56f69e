"""Putting a version in force, and telling everybody whom it is for."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from guidance import emails
from guidance.commands.write import draft_for
from guidance.errors import ApprovalMissing, IssueDateWrong, NothingChanged
from guidance.models import GuidanceVersion
from parties.models import PartyStanding, User
from records.commands import owe
from records.jobs import job
from records.states import JobQueue
from records.transitions import perform
from records.unit import command, unit

CHUNK = 200


def version_in_force() -> str:
    """Return the number of the guidance in force; empty in a database without any.

    Source: R-0-2.
    """
    version = GuidanceVersion.objects.in_force().first()
    return version.number if version else ""


def people_to_tell(day: date) -> "QuerySet[User]":
    """Return every active contact of each SEC Party and each RDP of that day.

    Source: R-0-4.
    """
    standings = PartyStanding.objects.valid_on(day)
    people: QuerySet[User] = User.objects.filter(
        is_active=True, party__in=standings.values("party")
    )
    return people.order_by("pk")


@command
def publish_version(
    version_id: int,
    *,
    by: User,
    approver: str,
    approver_title: str,
    issued_on: date | None,
    summary: str,
    at: datetime | None = None,
) -> GuidanceVersion:
    """Put a draft in force from now on; everybody whom it is for is told.

    Args:
        issued_on: the day on its cover, in the UK: none before the last one's.

    Raises:
        ApprovalMissing: approver, title, issue date or summary is empty.
        IssueDateWrong: the issue date is in the future, or before the last one.
        NothingChanged: it says what the version in force says.
        VersionClosed: the version is no draft.
        PermissionDenied: `by` is not of DCC Operations.

    Source: R-0-2, R-0-3, R-0-4.
    """
    at = at or timezone.now()
    version = draft_for(by, pk=version_id)
    approval = {
        "approver": approver.strip(),
        "approver_title": approver_title.strip(),
        "issued_on": issued_on,
        "summary": summary.strip(),
    }
    require_approval(approval)
    before = GuidanceVersion.objects.in_force().first()
    require_later(issued_on, before, uk_date(at))
    if before is not None and texts_of(before) == texts_of(version):
        raise NothingChanged(number=version.number, before=before.number)
    perform(version.publish, by=by, at=at, approval=approval, publisher=by)
    owe(tell_of_version, version.pk, about=f"Version {version.number}")
    return version


def require_approval(approval: dict[str, Any]) -> None:
    named = {
        "approver": "who approved it",
        "approver_title": "the title of the approver",
        "issued_on": "the issue date",
        "summary": "what changed",
    }
    missing = [words for name, words in named.items() if not approval[name]]
    if missing:
        raise ApprovalMissing(what=" and ".join(missing))


def require_later(
    issued_on: date | None, before: GuidanceVersion | None, today: date
) -> None:
    """Refuse an issue date after today, or before that of the version in force."""
    earliest = before.issued_on if before else None
    if issued_on and (issued_on > today or (earliest and issued_on < earliest)):
        words = day_words(earliest) if earliest else "today"
        raise IssueDateWrong(before=words)


def texts_of(version: GuidanceVersion) -> list[Any]:
    pages = version.pages.values_list("section", "title", "body")
    questions = version.questions.values_list("question", "answer", "sections")
    return [list(pages), list(questions)]


@command
def set_aside_version(
    version_id: int, *, by: User, at: datetime | None = None
) -> GuidanceVersion:
    """Give a draft up. It stays in the history as never issued.

    Raises:
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-0-2.
    """
    at = at or timezone.now()
    version = draft_for(by, pk=version_id)
    perform(version.set_aside, by=by, at=at, today=uk_date(at))
    return version


@job("Mailing of a new version of the guidance", queue=JobQueue.MAIL)
def tell_of_version(version_id: int) -> int:
    """Owe one e-mail to each person whom a published version is for; return how many.

    In chunks, each its own transaction, so that thousands hold nothing up. Safe to
    repeat: one key a version and person. Whoever joins later is not told.

    Source: R-0-4.
    """
    version = GuidanceVersion.objects.still_to_tell().filter(pk=version_id).first()
    if version is None or version.published_at is None:
        return 0
    at = version.published_at
    people = people_to_tell(uk_date(at))
    addresses = list(people.values_list("email", flat=True))
    for begin in range(0, len(addresses), CHUNK):
        with unit():
            emails.guidance_published(version, addresses[begin : begin + CHUNK], at)
    GuidanceVersion.objects.filter(pk=version.pk).update(told_at=timezone.now())
    return len(addresses)
