"""Pictures of the pages of a form on paper, for who keys it in beside them."""

from common.apart import MachineTooBusy
from orders.models import ConnectionRequest
from quotes.commands.read import pages_of, store_pages, why
from quotes.scans import Page
from records.commands import owe
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.unit import command


@job(
    "Pictures of a form on paper",
    queue=JobQueue.DOCUMENTS,
    transient=(MachineTooBusy,),
    words=why,
)
def picture_form(document_id: int) -> bool:
    """Picture the pages of a form as it came; return whether that was done.

    Safe to repeat and to race: only the first pictures are kept. The form is keyed in
    without them too, beside the file itself.

    Source: R-1.3-7.
    """
    paper = Document.objects.filter(pk=document_id).first()
    if paper is None or paper.pages.exists():
        return False
    record_pages(paper.pk, pages_of(paper)[1])
    return True


@command
def record_pages(document_id: int, pages: list[Page]) -> None:
    """Keep the pictures of a form's pages, unless they are kept already."""
    order = ConnectionRequest.objects.locked().get(form_document=document_id)
    if order.form_document is not None:
        store_pages(order.form_document, pages)


def owe_pictures(order: ConnectionRequest) -> None:
    """Ask a worker for pictures of a form that came on paper."""
    paper = order.form_document
    if paper is not None:
        owe(picture_form, paper.pk, about=f"{order}, its form", thread=order.thread)
