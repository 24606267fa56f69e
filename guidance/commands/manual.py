"""The Operations Manual, which staff upload and anybody may download."""

from datetime import datetime

from django.utils import timezone

from guidance.commands.write import require_writer
from parties.models import User
from records.commands import store_document
from records.models import Document
from records.unit import command

THREAD = "OPERATIONS-MANUAL"


def operations_manual() -> Document | None:
    """Return the manual that was uploaded last, if any. Source: R-1.3-5."""
    manuals = Document.objects.filter(kind=Document.Kind.MANUAL)
    return manuals.order_by("-at", "-pk").first()


@command
def publish_manual(
    content: bytes,
    *,
    by: User,
    version: str = "",
    virus_check: str = "not_scanned",
    at: datetime | None = None,
) -> Document:
    """Offer a PDF as the Operations Manual; earlier ones are kept.

    Args:
        content: already found to be a plain PDF of a permitted size.

    Raises:
        PermissionDenied: `by` is not of DCC Operations.

    Source: R-1.3-5.
    """
    require_writer(by)
    return store_document(
        content,
        kind=Document.Kind.MANUAL,
        name="Operations Manual.pdf",
        content_type="application/pdf",
        thread=THREAD,
        by=by,
        at=at or timezone.now(),
        template_version=version,
        virus_check=virus_check,
    )
