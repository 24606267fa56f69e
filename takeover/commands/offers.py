"""The order and the quotation of a line, as rows that are stored nowhere yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from common.clock import start_of_uk_day
from common.money import pounds
from common.wording import day_words
from orders.deadlines import quote_due_on
from orders.models import ConnectionRequest
from quotes.deadlines import quote_lapses_at
from quotes.models import Quote, QuoteLine
from quotes.states import ItemKind, QuoteStage, Receipt
from records.commands import document_of, store_documents
from records.models import Document
from takeover.commands.taking import Taking
from takeover.tables import (
    ANNUAL,
    BY,
    CONNECTION_CHARGE,
    NEW_LINE,
    ONLY_REGISTRATION,
    ORDERED_ON,
    PERIOD,
    RATING,
    ROUTE,
    SITE_CONTACT,
    SITE_PHONE,
    TECHNICAL,
    TECHNICAL_EMAIL,
    TECHNICAL_PHONE,
    TYPE,
    USES,
    ReadLine,
)

TEXT = "text/plain; charset=utf-8"
ITEMS = (
    (ItemKind.CONNECTION, CONNECTION_CHARGE),
    (ItemKind.NEW_LINE, NEW_LINE),
    (ItemKind.ANNUAL, ANNUAL),
)


def order_of(
    line: ReadLine, taking: Taking, *, reference: str, **facts: Any
) -> ConnectionRequest:
    """Return the order of a line, with the answers that the line has."""
    came_at = start_of_uk_day(line[ORDERED_ON])
    person = taking.known.person(line, BY)
    return ConnectionRequest(
        reference=reference,
        party=taking.known.party(line),
        data_centre=taking.known.site(line),
        route=line[ROUTE],
        connection_type=line[TYPE],
        hv_rating_mbps=line[RATING],
        minimum_period_years=line[PERIOD],
        uses=line[USES] or [],
        is_registration_only=line[ONLY_REGISTRATION],
        is_shared=False,
        technical_contact_name=line[TECHNICAL] or "",
        technical_contact_email=line[TECHNICAL_EMAIL] or "",
        technical_contact_phone=line[TECHNICAL_PHONE] or "",
        site_contact_name=line[SITE_CONTACT] or "",
        site_contact_phone=line[SITE_PHONE] or "",
        guidance_version=taking.guidance,
        created_by=person,
        created_at=came_at,
        saved_at=taking.at,
        submitted_by=person,
        submitted_at=came_at,
        **facts,
    )


def accepted_facts(on: date, taking: Taking) -> dict[str, Any]:
    """Return what an order keeps of the UK day on which its form was accepted."""
    due_on = quote_due_on(on, taking.calendar)
    return {"accepted_at": start_of_uk_day(on), "quote_due_on": due_on}


def quote_of(
    order: ConnectionRequest,
    taking: Taking,
    *,
    quoted_on: date,
    received_on: date,
    **facts: Any,
) -> Quote:
    """Return the quotation of an order as it was issued and received, UK days."""
    received_at = start_of_uk_day(received_on)
    return Quote(
        reference=f"{order.reference.replace('ORD', 'QUO')}-1",
        order=order,
        version=1,
        stage=QuoteStage.INITIAL,
        period_years=order.minimum_period_years,
        vat_rate=taking.vat_rate_on(quoted_on),
        open_days=settings.QUOTE_OPEN_DAYS,
        prepared_by=taking.by,
        issued_at=start_of_uk_day(quoted_on),
        received_at=received_at,
        received_by=Receipt.BEFORE,
        lapses_at=quote_lapses_at(received_at),
        **facts,
    )


def lines_of(quote: Quote, line: ReadLine) -> Iterator[QuoteLine]:
    """Yield the items of a quotation; those that the line leaves empty are none."""
    for position, (kind, head) in enumerate(ITEMS, start=1):
        if line[head] is not None:
            yield QuoteLine(quote=quote, position=position, kind=kind, net=line[head])


def store_quotes(pairs: list[tuple[ReadLine, Quote]], taking: Taking) -> None:
    """Store quotations with their items, each with a record of what was taken over.

    The record takes the place of the PDF, which is where it was kept before.
    """
    for line, quote in pairs:
        quote.document = document_of(
            record_of(line, quote, taking),
            kind=Document.Kind.QUOTATION,
            name=f"{quote}, as it was taken over.txt",
            content_type=TEXT,
            thread=quote.thread,
            at=taking.at,
        )
    documents = [quote.document for _, quote in pairs if quote.document]
    store_documents(documents)
    for _, quote in pairs:
        stored: Any = quote.document
        quote.document, quote.fingerprint = stored, stored.sha256
    Quote.objects.bulk_create(quote for _, quote in pairs)
    QuoteLine.objects.bulk_create(
        item for line, quote in pairs for item in lines_of(quote, line)
    )


def record_of(line: ReadLine, quote: Quote, taking: Taking) -> bytes:
    """Return in words what is known of a quotation that was issued before."""
    issued_at: Any = quote.issued_at
    items = (
        f"{kind.label}: {pounds(line[head])} excluding VAT"
        for kind, head in ITEMS
        if line[head] is not None
    )
    whence = (
        "This is what was known of the quotation when its order was taken over from "
        f"{taking.from_where(line)}, on {day_words(taking.at)}. The quotation as it "
        "was signed is kept where it was kept before."
    )
    told = (
        f"Quotation {quote} of order {quote.order}",
        f"For {quote.order.party}, {quote.order.title}",
        f"Issued on {day_words(issued_at)}",
        *items,
        "",
        whence,
    )
    return "\n".join((*told, "")).encode()
