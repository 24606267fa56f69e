"""References and stored files: given once, kept for ever."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import F

from common.templates import Template
from records.models import Counter, Document
from records.transitions import SYSTEM
from records.unit import command


@command
def next_reference(kind: str) -> str:
    """Return the next reference of a kind, such as ORD-1042. Never given twice."""
    Counter.objects.get_or_create(name=kind)
    Counter.objects.filter(name=kind).update(value=F("value") + 1)
    return str(Counter.objects.get(name=kind))


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
    digest = hashlib.sha256(content).hexdigest()
    return Document.objects.create(
        thread=thread,
        kind=kind,
        name=name[-200:],
        content_type=content_type,
        size=len(content),
        sha256=digest,
        file=ContentFile(content, name=f"{digest[:24]}.bin"),
        template_version=template.version if template else template_version,
        template=template.whole if template else "",
        virus_check=virus_check,
        by=None if by is SYSTEM else by,
        at=at,
    )
