"""The Operations Manual, which staff upload and anybody may download."""

import io
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from common.uploads import is_active
from guidance.commands.write import require_writer
from guidance.errors import ManualRefused
from records.commands import store_document
from records.models import Document

THREAD = "OPERATIONS-MANUAL"
MAX_MEGABYTES = 20
MEGABYTE = 1024 * 1024


def operations_manual() -> Document | None:
    """Return the manual that was uploaded last, if any. Source: R-1.3-5."""
    manuals = Document.objects.filter(kind=Document.Kind.MANUAL)
    return manuals.order_by("-at", "-pk").first()


@transaction.atomic
def keep_manual(
    content: bytes, *, by: Any, version: str = "", at: datetime | None = None
) -> Document:
    """Offer a PDF as the Operations Manual; earlier ones are kept.

    Raises:
        ManualRefused: it is no plain PDF.
        PermissionDenied: `by` is not of DCC Operations.

    Source: R-1.3-5.
    """
    require_writer(by)
    require_plain_pdf(content)
    return store_document(
        content,
        kind=Document.Kind.MANUAL,
        name="Operations Manual.pdf",
        content_type="application/pdf",
        thread=THREAD,
        by=by,
        at=at or timezone.now(),
        template_version=version,
    )


def require_plain_pdf(content: bytes) -> None:
    """Refuse what is no PDF, or one that does something by itself when opened."""
    if len(content) > MAX_MEGABYTES * MEGABYTE:
        raise ManualRefused(reason=f"Upload at most {MAX_MEGABYTES} MB.")
    if not content.startswith(b"%PDF-"):
        raise ManualRefused(reason="Upload the Operations Manual as a PDF.")
    try:
        reader = PdfReader(io.BytesIO(content), strict=True)
        is_plain = not reader.is_encrypted and not is_active(reader)
    # A hostile file makes the parser fail in ways that nobody has listed.
    except Exception as error:
        words = "This PDF is damaged or cut short. Save it again and upload that."
        raise ManualRefused(reason=words) from error
    if not is_plain:
        words = "Upload a plain PDF, without a password, scripts or files inside it."
        raise ManualRefused(reason=words)
