"""The history of the guidance, and its version 1.0 in our own words.

Version 1.0 is DCC's document; its words here are ours and come with the code. Where a
release puts them better, the rows follow, and the history keeps what they said before.
"""

import re
from datetime import date
from pathlib import Path

from django.utils import timezone

from common.clock import start_of_uk_day
from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion, place_of
from guidance.states import VersionState
from records.transitions import SYSTEM, record_event
from records.unit import command

TEXTS = Path(__file__).resolve().parent.parent / "texts"
FIRST = "1.0"
DRAFTED_ON = date(2015, 1, 15)
ISSUED_ON = date(2015, 1, 19)
QUESTION = re.compile(r"^## (.+)\nSections: (.+)\n\n((?:(?!^## ).*\n?)+)", re.MULTILINE)


@command
def seed_guidance() -> None:
    """Give a database versions 0.1 and 1.0, in the words that this release has for it.

    What staff wrote (any other version) is left alone. Safe to repeat.

    Source: R-0-2, R-0-3.
    """
    if GuidanceVersion.objects.exists():
        correct_words()
        return
    GuidanceVersion.objects.create(
        number="0.1",
        summary="Initial version",
        issued_on=DRAFTED_ON,
        state=VersionState.NOT_ISSUED,
    )
    issued_at = start_of_uk_day(ISSUED_ON)
    version = GuidanceVersion.objects.create(
        number=FIRST,
        author="Operations",
        summary="Issued",
        issued_on=ISSUED_ON,
        approver="Dave Broady",
        approver_title="Operations Director",
        state=VersionState.PUBLISHED,
        published_at=issued_at,
        # It went out on paper, before this portal.
        told_at=issued_at,
    )
    GuidancePage.objects.bulk_create(pages_of(version))
    GuidanceQuestion.objects.bulk_create(questions_of(version))


def correct_words() -> None:
    """Bring version 1.0 to the words of this release; the history keeps the old ones.

    Its number, dates and approval are those of DCC's document and stay as they are.
    """
    version = GuidanceVersion.objects.locked().filter(number=FIRST).first()
    if version is None:
        return
    pages = {page.section: page for page in version.pages.all()}
    for page in pages_of(version):
        put_right(pages.get(page.section), page, ("title", "body"))
    questions = {row.position: row for row in version.questions.all()}
    for question in questions_of(version):
        before = questions.get(question.position)
        put_right(before, question, ("question", "answer", "sections"))


def put_right(
    before: GuidancePage | GuidanceQuestion | None,
    now: GuidancePage | GuidanceQuestion,
    fields: tuple[str, ...],
) -> None:
    """Give one row its words of today, and note what it said."""
    if before is None:
        now.save()
        return
    said = [getattr(before, name) for name in fields]
    if said == [getattr(now, name) for name in fields]:
        return
    record_event(
        now.version,
        "correct_words",
        by=SYSTEM,
        at=timezone.now(),
        what=f"Our words corrected: {now}",
        why="Before: " + "\n\n".join(said),
        is_public=False,
    )
    now.pk = before.pk
    now.save()


def pages_of(version: GuidanceVersion) -> list[GuidancePage]:
    """Return the sections as `texts/<number>/<section>.md` have them, title first."""
    pages = []
    for path in sorted((TEXTS / version.number).glob("[0-9]*.md")):
        title, body = path.read_text(encoding="utf-8").split("\n", maxsplit=1)
        page = GuidancePage(version=version, section=path.stem, body=body.strip())
        page.title = title.removeprefix("# ")
        page.place = place_of(page.section)
        pages.append(page)
    return pages


def questions_of(version: GuidanceVersion) -> list[GuidanceQuestion]:
    text = (TEXTS / version.number / "questions.md").read_text(encoding="utf-8")
    return [
        GuidanceQuestion(
            version=version,
            position=position,
            question=question,
            sections=sections,
            answer=answer.strip(),
        )
        for position, (question, sections, answer) in enumerate(
            QUESTION.findall(text), start=1
        )
    ]
