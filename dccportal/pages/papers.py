"""Which stored documents a person may have, and how an order's page lists them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.clock import uk_date
from common.parts import Paper
from common.wording import day_words
from orders.models import ConnectionRequest, FormVersion
from parties.models import User
from records.models import Document

# A supplier works from the order, and sees neither prices nor who signed for them, and
# not who else uses the connection.
NOT_FOR_SUPPLIERS = (
    Document.Kind.QUOTATION,
    Document.Kind.AUTHORITY,
    Document.Kind.FORM,
    Document.Kind.REQUEST,
)
# What staff look at before a Gateway Party may.
ONLY_FOR_DCC = (Document.Kind.PREVIEW,)
NAMES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG picture",
    "image/png": "PNG picture",
}
KILOBYTE = 1024


def documents_visible_to(user: User) -> "QuerySet[Any]":
    """Keep the documents of the orders that `user` may know of.

    Source: R-1.3-3, R-2.3-3.
    """
    orders = ConnectionRequest.objects.visible_to(user)
    papers = Document.objects.filter(thread__in=orders.values("reference"))
    if user.is_dcc:
        return papers | Document.objects.filter(refused_form__isnull=False)
    kept = papers.exclude(kind__in=ONLY_FOR_DCC)
    return kept.exclude(kind__in=NOT_FOR_SUPPLIERS) if user.is_staff else kept


def paper(document: Any, title: str) -> Paper:
    """Return a stored document as a line of the list: its kind, size and day."""
    kind = NAMES.get(document.content_type, "File")
    size = f"{max(1, document.size // KILOBYTE):,} KB"
    day = day_words(uk_date(document.at))
    url = reverse("document", args=[document.pk])
    return Paper(title, url, f"{kind}, {size}, {day}")


def request_papers(order: Any, user: User) -> list[Paper]:
    """Return the records of the forms that were sent, the newest first.

    One that a worker still makes has no address yet.

    Source: R-0-5.
    """
    if order.submitted_at is None:
        return []
    forms = FormVersion.objects.visible_to(user).filter(order=order)
    rows = forms.select_related("document").order_by("-number")
    papers = [form_paper(row) for row in rows]
    if order.form_document_id is not None and papers:
        papers.append(paper(order.form_document, "Your form as it came"))
    return papers


def form_paper(form: FormVersion) -> Paper:
    day = day_words(uk_date(form.submitted_at))
    title = f"Request, form {form.number}"
    if form.document is None:
        came = "Recorded" if form.recorded else "Sent"
        return Paper(title, "", f"{came} {day}; its PDF is being prepared")
    return paper(form.document, title)
