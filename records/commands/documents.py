"""References and stored files: given once, kept for ever."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from common.templates import Template
from records.models import Counter, Document
from records.rehearsal import is_rehearsed
from records.transitions import SYSTEM, record_event
from records.unit import command

PDF = "application/pdf"

Row = TypeVar("Row", bound=Model)


@command
def next_reference(kind: str) -> str:
    """Return the next reference of a kind, such as ORD-1042. Never given twice."""
    Counter.objects.get_or_create(name=kind)
    Counter.objects.filter(name=kind).update(value=F("value") + 1)
    return str(Counter.objects.get(name=kind))


@command
def next_references(kind: str, count: int) -> list[str]:
    """Return so many references of a kind, one after the other. Never given twice."""
    if count == 0:
        return []
    Counter.objects.get_or_create(name=kind)
    Counter.objects.filter(name=kind).update(value=F("value") + count)
    last = Counter.objects.get(name=kind).value
    return [f"{kind}-{number}" for number in range(last - count + 1, last + 1)]


def store_document(
    content: bytes,
    *,
    kind: str,
    name: str,
    content_type: str,
    thread: str,
    by: Any,
    at: datetime,
    template_version: str = "",
    template: Template | None = None,
    virus_check: str = "",
) -> Document:
    """Keep a file for ever, with its SHA-256. Its name is for people only.

    Args:
        template: from which the portal rendered it; a file has a version at most.
        content: made by the portal, or let in by `common.uploads`.
        virus_check: for what somebody sent, whether it was scanned for viruses.
    """
    row = document_of(
        content, kind=kind, name=name, content_type=content_type, thread=thread, at=at
    )
    row.template_version = template.version if template else template_version
    row.template = template.whole if template else ""
    row.virus_check = virus_check
    row.by = None if by is SYSTEM else by
    row.save(force_insert=True)
    return row


def store_documents(rows: Iterable[Document]) -> None:
    """Keep many files at once, each as `document_of` returned it."""
    Document.objects.bulk_create(rows)


def document_of(
    content: bytes,
    *,
    kind: str,
    name: str,
    content_type: str,
    thread: str,
    at: datetime,
) -> Document:
    """Return what `store_document` keeps, stored nowhere yet; made by the portal."""
    digest = hashlib.sha256(content).hexdigest()
    stored_as = f"{digest[:24]}.bin"
    return Document(
        thread=thread,
        kind=kind,
        name=name[-200:],
        content_type=content_type,
        size=len(content),
        sha256=digest,
        # A name alone is a file that is stored already: nothing is written for it.
        file=stored_as if is_rehearsed() else ContentFile(content, name=stored_as),
        at=at,
    )


# What a worker renders of a row: stored once, or why it could not be


def waiting_under_lock(root: QuerySet[Any], rows: QuerySet[Row]) -> Row | None:
    """Lock what guards a row; return the row if it still waits for its PDF.

    Args:
        root: the one row above it that is locked, with its lock.
        rows: the row, if it waits; asked only under the lock.
    """
    root.get()
    return rows.first()


def store_rendering(
    row: Any,
    column: str,
    pdf: bytes,
    *,
    kind: str,
    name: str,
    template: Template,
    at: datetime | None,
) -> None:
    """Keep the PDF of a row in its `column`; of a row that is locked and waits."""
    document = store_document(
        pdf,
        kind=kind,
        name=name,
        content_type=PDF,
        thread=row.thread,
        by=SYSTEM,
        at=at or timezone.now(),
        template=template,
    )
    setattr(row, column, document)
    row.save(update_fields=[column])


def keep_failure_to_render(row: Any, words: str, *, action: str, what: str) -> None:
    """Keep why no PDF could be made of a row; nothing where another worker made it.

    Args:
        row: as `waiting_under_lock` returned it.
        action: the command that keeps it, for the history.
        what: what could not be made, for staff.
    """
    if row is None:
        return
    row.rendering_error = words
    row.save(update_fields=["rendering_error"])
    at = timezone.now()
    record_event(row, action, by=SYSTEM, at=at, what=what, why=words, is_public=False)


def forget_failure_to_render(root: QuerySet[Any], rows: QuerySet[Any]) -> None:
    """Let rows wait for their PDF again, under the lock of the row above them."""
    root.get()
    rows.update(rendering_error="")
