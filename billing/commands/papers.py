"""An invoice as a PDF: kept as it was issued, made by a worker, stored once."""

from datetime import datetime

from billing.documents import TEMPLATE, invoice_facts, render_invoice
from billing.models import Invoice, InvoicePaper
from parties.models import Party
from parties.querysets import PartyQuerySet
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    owe,
    store_rendering,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.unit import command


def keep_invoice(invoice: Invoice) -> InvoicePaper:
    """Keep what an invoice says, and owe its PDF; its Party is locked."""
    paper: InvoicePaper = InvoicePaper.objects.create(
        invoice=invoice, facts=invoice_facts(invoice)
    )
    owe(make_invoice_paper, paper.pk, about=str(paper), thread=paper.thread)
    return paper


def waiting_paper(paper_id: int) -> InvoicePaper | None:
    """Lock the Party; return an invoice of it while it has no PDF."""
    waiting = InvoicePaper.objects.waiting().for_pages()
    return waiting_under_lock(party_of(paper_id), waiting.filter(pk=paper_id))


def party_of(paper_id: int) -> PartyQuerySet:
    return Party.objects.locked().filter(invoices__paper=paper_id)


@command
def store_invoice_paper(
    paper_id: int, *, pdf: bytes, at: datetime | None = None
) -> bool:
    """Keep the PDF of an invoice, unless another worker was first."""
    paper = waiting_paper(paper_id)
    if paper is None:
        return False
    store_rendering(
        paper,
        "document",
        pdf,
        kind=Document.Kind.INVOICE,
        name=f"{paper.invoice}.pdf",
        template=TEMPLATE,
        at=at,
    )
    return True


@command
def record_invoice_failure(paper_id: int, words: str) -> None:
    """Keep why no PDF could be made. The invoice stands all the same."""
    keep_failure_to_render(
        waiting_paper(paper_id),
        words,
        action="record_invoice_failure",
        what="An invoice could not be made as a PDF",
    )


@command
def forget_invoice_failure(paper_id: int) -> None:
    """Let it wait for its PDF again."""
    rows = InvoicePaper.objects.filter(pk=paper_id)
    forget_failure_to_render(party_of(paper_id), rows)


@job(
    "Invoice",
    queue=JobQueue.DOCUMENTS,
    failed=record_invoice_failure,
    again=forget_invoice_failure,
    is_missed=True,
)
def make_invoice_paper(paper_id: int, *, at: datetime | None = None) -> bool:
    """Make the PDF of an invoice; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-2.9.1-3.
    """
    paper = InvoicePaper.objects.waiting().filter(pk=paper_id).first()
    if paper is None:
        return False
    return store_invoice_paper(paper_id, pdf=render_invoice(paper.facts), at=at)
