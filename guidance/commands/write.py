"""Writing the next version: only a draft can be changed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from guidance import policies
from guidance.errors import (
    DraftExists,
    NumberNotLater,
    SectionExists,
    SectionIsLinked,
    SectionUnknown,
    VersionClosed,
    WrittenMeanwhile,
)
from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion, place_of
from guidance.states import VersionState
from parties.models import User
from records.transitions import System, record_event
from records.unit import command


def require_writer(by: User | System) -> None:
    if not isinstance(by, System) and not policies.may_write(None, by):
        raise PermissionDenied


def draft_for(by: User | System, **lookup: object) -> GuidanceVersion:
    """Return the version, locked, if it can still be changed by `by`.

    Raises:
        VersionClosed: it is published, or was set aside.
        PermissionDenied: `by` does not write the guidance.
    """
    require_writer(by)
    version: GuidanceVersion = GuidanceVersion.objects.locked().get(**lookup)
    if version.state != VersionState.DRAFT:
        state = version.get_state_display().lower()
        raise VersionClosed(number=version.number, state=state)
    return version


def note(
    version: GuidanceVersion,
    name: str,
    what: str,
    by: User | System,
    at: datetime | None,
) -> None:
    at = at or timezone.now()
    record_event(version, name, by=by, at=at, what=what, is_public=False)


@command
def start_version(
    number: str, *, by: User | System, at: datetime | None = None
) -> GuidanceVersion:
    """Start a draft with all that the version in force says.

    Raises:
        DraftExists: another draft is being written.
        NumberNotLater: the number is not above all others.
        PermissionDenied: `by` does not write the guidance.

    Source: R-0-2.
    """
    require_writer(by)
    versions = list(GuidanceVersion.objects.locked().order_by("pk"))
    for version in versions:
        if version.state == VersionState.DRAFT:
            raise DraftExists(number=version.number)
    highest = max((each.number for each in versions), key=place_of, default="0")
    if place_of(number) <= place_of(highest):
        raise NumberNotLater(number=highest)
    before = GuidanceVersion.objects.in_force().first()
    draft = GuidanceVersion.objects.create(number=number)
    if before is not None:
        copy_texts(before, draft)
    note(draft, "start_version", f"Version {number} started", by, at)
    return draft


def copy_texts(before: GuidanceVersion, draft: GuidanceVersion) -> None:
    pages, questions = list(before.pages.all()), list(before.questions.all())
    texts: list[GuidancePage | GuidanceQuestion] = [*pages, *questions]
    for row in texts:
        row.pk, row.version = None, draft
    GuidancePage.objects.bulk_create(pages)
    GuidanceQuestion.objects.bulk_create(questions)


@command
def write_page(
    page_id: int,
    *,
    by: User | System,
    title: str,
    body: str,
    seen: str | None = None,
    at: datetime | None = None,
) -> GuidancePage:
    """Give a section of the draft new words.

    Args:
        seen: the text that the writer began from; None when nobody can have changed it.

    Raises:
        VersionClosed: the version is no draft.
        WrittenMeanwhile: somebody else has changed the text since.
        PermissionDenied: `by` does not write the guidance.

    Source: R-0-6.
    """
    version = draft_for(by, pages=page_id)
    page: GuidancePage = version.pages.get(pk=page_id)
    if seen is not None and seen != page.body:
        raise WrittenMeanwhile
    page.title, page.body = title, body
    page.save()
    note(version, "write_page", f"Section {page.section} written", by, at)
    return page


@command
def add_page(
    version_id: int,
    *,
    by: User | System,
    section: str,
    title: str,
    body: str,
    at: datetime | None = None,
) -> GuidancePage:
    """Add a section to the draft.

    Raises:
        SectionExists: the draft has one of this number.
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-0-6.
    """
    version = draft_for(by, pk=version_id)
    if version.pages.filter(section=section).exists():
        raise SectionExists(section=section)
    page: GuidancePage = version.pages.create(
        section=section, title=title, body=body, place=place_of(section)
    )
    note(version, "add_page", f"Section {section} added", by, at)
    return page


@command
def remove_page(
    page_id: int, *, by: User | System, at: datetime | None = None
) -> GuidanceVersion:
    """Take a section that was added to the draft out again.

    Raises:
        SectionIsLinked: the version in force has it, so that pages lead to it.
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-0-6.
    """
    version = draft_for(by, pages=page_id)
    page: GuidancePage = version.pages.get(pk=page_id)
    before = GuidanceVersion.objects.in_force().first()
    if before is not None and before.pages.filter(section=page.section).exists():
        raise SectionIsLinked(section=page.section)
    page.delete()
    note(version, "remove_page", f"Section {page.section} taken out", by, at)
    return version


@command
def add_question(
    version_id: int,
    *,
    by: User | System,
    question: str,
    answer: str,
    sections: str = "",
    at: datetime | None = None,
) -> GuidanceQuestion:
    """Add a question and its answer at the end of those of the draft.

    Raises:
        SectionUnknown: a section is named that the draft does not have.
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-1-4.
    """
    version = draft_for(by, pk=version_id)
    last = version.questions.aggregate(last=Max("position"))["last"] or 0
    row = GuidanceQuestion(version=version, position=last + 1)
    return save_question(
        row, by, at, question=question, answer=answer, sections=sections
    )


@command
def write_question(
    question_id: int,
    *,
    by: User | System,
    question: str,
    answer: str,
    sections: str = "",
    at: datetime | None = None,
) -> GuidanceQuestion:
    """Give a question of the draft new words.

    Raises:
        SectionUnknown: a section is named that the draft does not have.
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-1-4.
    """
    version = draft_for(by, questions=question_id)
    row: GuidanceQuestion = version.questions.get(pk=question_id)
    return save_question(
        row, by, at, question=question, answer=answer, sections=sections
    )


def save_question(
    row: GuidanceQuestion, by: User | System, at: datetime | None, **facts: str
) -> GuidanceQuestion:
    """Save a question of a draft, if the sections that it names are there."""
    for name, fact in facts.items():
        setattr(row, name, fact)
    have = set(row.version.pages.values_list("section", flat=True))
    for section in row.numbers:
        if section not in have:
            raise SectionUnknown(section=section)
    row.save()
    what = f"Question {row.position} written"
    note(row.version, "write_question", what, by, at)
    return row


@command
def remove_question(
    question_id: int, *, by: User | System, at: datetime | None = None
) -> GuidanceVersion:
    """Take a question out of the draft.

    Raises:
        VersionClosed: the version is no draft.
        PermissionDenied: `by` does not write the guidance.

    Source: R-1-4.
    """
    version = draft_for(by, questions=question_id)
    row: GuidanceQuestion = version.questions.get(pk=question_id)
    row.delete()
    note(version, "remove_question", f"Question taken out: {row.question}", by, at)
    return version
