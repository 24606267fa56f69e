import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

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


def a_pdf(**how):
    """Return a PDF of one empty page, with a password or a script if asked for."""
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if "password" in how:
        writer.encrypt(how["password"], algorithm="RC4-128")
    if "script" in how:
        words = {
            "/S": NameObject("/JavaScript"),
            "/JS": TextStringObject(how["script"]),
        }
        action = {NameObject(key): value for key, value in words.items()}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    writer.write(file)
    return file.getvalue()
