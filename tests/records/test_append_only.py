"""Events and documents are only ever added: the database itself refuses the rest."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from quotes.commands import upload_authority
from records.models import Document, Event
from tests import journey

TABLES = ("records_event", "records_document")


@pytest.fixture
def evidence(pending_authority):
    """Events and documents of an order."""


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET at = '2015-01-26'",
        "UPDATE {} SET thread = 'ORD-0' WHERE id = (SELECT min(id) FROM {})",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE id = (SELECT min(id) FROM {})",
    ],
)
def test_evidence_is_neither_changed_nor_removed(evidence, table, sql):
    count = Event.objects.count() + Document.objects.count()

    with pytest.raises(DatabaseError, match="append-only"):
        run(sql.format(table, table))
    assert Event.objects.count() + Document.objects.count() == count


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_evidence_is_not_emptied_at_once(request, db, table):
    """Only PostgreSQL can; it would not ask the triggers of rows just written."""
    sql = f"TRUNCATE {table} CASCADE"
    if connection.vendor == "sqlite":
        request.getfixturevalue("evidence")
        sql = sql.replace("TRUNCATE", "DELETE FROM").removesuffix(" CASCADE")

    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)


def test_not_by_the_models_either(evidence):
    event = Event.objects.first()
    event.why = "Something else"

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.update(sha256="0" * 64)


def test_a_document_has_the_fingerprint_of_what_was_stored(evidence):
    for document in Document.objects.all():
        content = journey.content_of(document)
        assert document.sha256 == hashlib.sha256(content).hexdigest()
        assert document.size == len(content)


def test_a_name_that_climbs_out_of_the_folder_stays_a_name(
    issued_quote, submitter, settings
):
    authority = upload_authority(
        issued_quote.pk,
        by=submitter,
        files=[journey.one_file(name="../../etc/passwd")],
        signatory_name="Ada Law",
        has_access_rules=False,
        has_rack_space=True,
    )
    (kept,) = authority.documents
    assert kept.file.path.startswith(str(settings.MEDIA_ROOT))
    assert kept.file.name.endswith(".bin")
