"""A stored document as a line of a page's list of documents."""

from django.urls import reverse

from common.clock import uk_date
from common.parts import PaperLink
from common.wording import day_words
from records.models import Document

NAMES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG picture",
    "image/png": "PNG picture",
}
KILOBYTE = 1024


def paper(document: Document, title: str) -> PaperLink:
    """Return a stored document as a line of the list: its kind, size and day."""
    kind = NAMES.get(document.content_type, "File")
    size = f"{max(1, document.size // KILOBYTE):,} KB"
    day = day_words(uk_date(document.at))
    url = reverse("document", args=[document.pk])
    return PaperLink(title, url, f"{kind}, {size}, {day}")
