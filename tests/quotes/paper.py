"""Reads a quotation's document back."""

import functools
import io
import json
from datetime import date
from decimal import Decimal

from pypdf import PdfReader

from quotes.commands import LineEntry
from quotes.documents import quotation_facts, render_quotation
from quotes.models import Quote

ISSUED_ON = date(2026, 3, 3)


def facts_of(quote):
    """Return the facts, made from rows read anew as a worker does."""
    return quotation_facts(Quote.objects.get(pk=quote.pk), issued_on=ISSUED_ON)


@functools.cache
def rendered(frozen):
    """Render each set of facts once: most tests read the same document."""
    return render_quotation(json.loads(frozen))


def reader_of(quote):
    return PdfReader(io.BytesIO(rendered(json.dumps(facts_of(quote)))))


def pages_of(quote):
    return [" ".join(page.extract_text().split()) for page in reader_of(quote).pages]


def text_of(quote):
    return " ".join(pages_of(quote))


def other_lines(count):
    return [
        LineEntry("other", Decimal("10.00"), f"Item {n}.", reason="Priced by hand")
        for n in range(count)
    ]
