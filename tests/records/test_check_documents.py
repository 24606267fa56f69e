"""Files and the rows that name them are compared, and nothing is changed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from quotes.models import PagePicture
from records.commands import store_document

NONE = "Every row has its file, and every file its row.\n"


@pytest.fixture
def document(db):
    paper = store_document(
        b"%PDF-",
        kind="survey",
        name="survey.pdf",
        content_type="application/pdf",
        thread="ORD-1",
        by=None,
        at=timezone.now(),
    )
    picture = ContentFile(b"a picture", name="1.jpg")
    PagePicture.objects.create(document=paper, number=1, picture=picture)
    return paper


@pytest.fixture
def checked(capsys):
    def check():
        try:
            call_command("check_documents")
        except SystemExit as end:
            return end.code, capsys.readouterr().out
        return 0, capsys.readouterr().out

    return check


def test_where_all_is_as_it_should_be_it_says_so(document, checked):
    assert checked() == (0, NONE)


def test_a_portal_that_has_stored_nothing_is_in_order(db, checked):
    assert checked() == (0, NONE)


def test_a_row_whose_file_is_gone_is_listed(document, checked):
    default_storage.delete(document.file.name)

    code, said = checked()

    assert code == 1
    assert (
        said == f"The file of document {document.pk} is not there: {document.file}.\n"
    )


def test_a_file_that_no_row_names_is_listed_and_left(document, checked):
    stray = default_storage.save("2026/03/stray.bin", ContentFile(b"stray"))

    assert checked() == (1, f"No row names the file {stray}.\n")
    assert default_storage.exists(stray)


def test_a_file_cut_short_is_listed(document, checked):
    with default_storage.open(document.file.name, "wb") as file:
        file.write(b"%P")

    assert checked() == (1, f"{document.file} has 2 bytes, and its row says 5.\n")
