"""The history of the guidance, and its version 1.0 in our own words."""

import re
from datetime import date
from pathlib import Path

from django.db import transaction

from common.clock import start_of_uk_day
from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion, place_of
from guidance.states import VersionState

TEXTS = Path(__file__).resolve().parent.parent / "texts"
FIRST = "1.0"
DRAFTED_ON = date(2015, 1, 15)
ISSUED_ON = date(2015, 1, 19)
QUESTION = re.compile(r"^## (.+)\nSections: (.+)\n\n((?:(?!^## ).*\n?)+)", re.MULTILINE)


@transaction.atomic
def seed_guidance() -> None:
    """Give a new database versions 0.1 and 1.0; what staff wrote is left alone.

    Source: R-0-2, R-0-3.
    """
    if GuidanceVersion.objects.exists():
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
