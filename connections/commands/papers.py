"""Letters about a connection: kept as they were said, made as PDFs by a worker."""

from datetime import datetime

from common.wording import day_words
from connections import emails
from connections.documents import (
    LETTERS,
    Ended,
    change_facts,
    end_facts,
    notice_facts,
    render_letter,
)
from connections.models import (
    Connection,
    ConnectionPaper,
    ContractPeriod,
    RateChange,
)
from connections.pricing import Commitment
from connections.states import PaperKind
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from parties.models import User
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    owe,
    store_rendering,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document, Notice
from records.states import JobQueue
from records.unit import command

DOCUMENT_KINDS = {
    PaperKind.END: Document.Kind.ENDING,
    PaperKind.NOTICE: Document.Kind.RENEWAL,
    PaperKind.CHANGE: Document.Kind.CHANGE,
}


def confirm_end(
    connection: Connection,
    commitment: Commitment,
    ended: Ended,
    period: ContractPeriod | None = None,
) -> ConnectionPaper:
    """Keep what the confirmation of an end says, and owe its PDF.

    Args:
        connection: its order locked.
        period: where its renewal notice was answered so.

    Source: R-2.10-3, R-2.5-7.
    """
    facts = end_facts(
        connection,
        commitment,
        ended,
        sessions=[row.name for row in connection.open_sessions],
        items=connection.order.installed_items.filter(removed_on=None),
    )
    return kept(connection, PaperKind.END, facts, at=ended.at, period=period)


def keep_notice(period: ContractPeriod) -> ConnectionPaper | None:
    """Keep what a renewal notice said that has gone, and owe its PDF.

    The notice never waits for it: its time to cancel runs from when it went.

    Args:
        period: its order locked; with when its notice went.

    Source: R-2.5-5, R-2.5-9, T5.
    """
    if period.delivered_at is None:
        return None
    facts = notice_facts(period, notice_recipients(period), period.delivered_at)
    return kept(
        period.connection,
        PaperKind.NOTICE,
        facts,
        at=period.delivered_at,
        period=period,
    )


def keep_change(change: RateChange, at: datetime) -> ConnectionPaper:
    """Keep what a change was priced at, and owe the quotation that is signed.

    Args:
        change: priced; its order locked.

    Source: R-2.7.2-2, R-2.11-3, T19.
    """
    facts = change_facts(change, at)
    return kept(
        change.connection, PaperKind.CHANGE, facts, at=at, period=None, change=change
    )


def notice_recipients(period: ContractPeriod) -> list[str]:
    """Return whom the renewal notice of a period is sent to: "Ada Law, ada@…".

    Source: R-2.5-9.
    """
    mine = Notice.objects.filter(
        kind=emails.RENEWAL_NOTICE, key__startswith=f"{emails.RENEWAL_KEY}:{period.pk}:"
    )
    addresses = sorted(mine.values_list("to", flat=True))
    people = User.objects.filter(email__in=addresses)
    names = {person.email: f"{person}, {person.email}" for person in people}
    return [names.get(address, address) for address in addresses]


def kept(
    connection: Connection,
    kind: PaperKind,
    facts: dict[str, object],
    *,
    at: datetime,
    period: ContractPeriod | None,
    change: RateChange | None = None,
) -> ConnectionPaper:
    paper: ConnectionPaper = ConnectionPaper.objects.create(
        connection=connection,
        kind=kind,
        period=period,
        change=change,
        facts=facts,
        at=at,
    )
    owe(make_connection_paper, paper.pk, about=str(paper), thread=paper.thread)
    return paper


def waiting_paper(paper_id: int) -> ConnectionPaper | None:
    """Lock the order; return a letter about its connection while it has no PDF."""
    waiting = ConnectionPaper.objects.waiting().for_pages()
    return waiting_under_lock(order_of(paper_id), waiting.filter(pk=paper_id))


def order_of(paper_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(connection__papers=paper_id)


@command
def store_connection_paper(
    paper_id: int, *, pdf: bytes, at: datetime | None = None
) -> bool:
    """Keep the PDF of a letter, unless another worker was first."""
    paper = waiting_paper(paper_id)
    if paper is None:
        return False
    kind = PaperKind(paper.kind)
    store_rendering(
        paper,
        "document",
        pdf,
        kind=DOCUMENT_KINDS[kind],
        name=f"{paper}, {day_words(paper.at)}.pdf",
        template=LETTERS[kind],
        at=at,
    )
    return True


@command
def record_paper_failure(paper_id: int, words: str) -> None:
    """Keep why no PDF could be made. What it confirms holds all the same."""
    keep_failure_to_render(
        waiting_paper(paper_id),
        words,
        action="record_paper_failure",
        what="A letter about a connection could not be made as a PDF",
    )


@command
def forget_paper_failure(paper_id: int) -> None:
    """Let it wait for its PDF again."""
    rows = ConnectionPaper.objects.filter(pk=paper_id)
    forget_failure_to_render(order_of(paper_id), rows)


@job(
    "Letter about a connection",
    queue=JobQueue.DOCUMENTS,
    failed=record_paper_failure,
    again=forget_paper_failure,
    is_missed=True,
)
def make_connection_paper(paper_id: int, *, at: datetime | None = None) -> bool:
    """Make the PDF of a letter; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-2.5-5, R-2.10-3.
    """
    paper = ConnectionPaper.objects.waiting().filter(pk=paper_id).first()
    if paper is None:
        return False
    pdf = render_letter(paper.kind, paper.facts)
    return store_connection_paper(paper_id, pdf=pdf, at=at)
