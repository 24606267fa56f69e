import pytest

from guidance.commands import start_version, write_page
from guidance.models import GuidanceVersion
from records.transitions import SYSTEM
from tests.cast import NOW

APPROVAL = {
    "approver": "Ann Prover",
    "approver_title": "Director of Operations",
    "issued_on": NOW.date(),
    "summary": "Section 2.5 says when the month begins",
}


@pytest.fixture
def in_force(db):
    return GuidanceVersion.objects.get(number="1.0")


@pytest.fixture
def draft(in_force):
    """Version 1.1, as it is when it has just been started."""
    return start_version("1.1", by=SYSTEM)


@pytest.fixture
def section(draft):
    return draft.pages.get(section="2.5")


@pytest.fixture
def changed_draft(draft, section):
    """Version 1.1 with one word changed in section 2.5."""
    body = section.body.replace("1 year or 3 years", "12 or 36 months")
    write_page(section.pk, by=SYSTEM, title=section.title, body=body)
    return draft
