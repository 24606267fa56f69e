"""All that the quotation on paper says, as plain strings and lists.

The facts are all that the document says and depend on nothing but the rows, so that
they can be made again and compared before the offer opens.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from common.clock import uk_date
from common.money import ZERO, percent_words, pounds
from common.templates import Rendering, of_the_guidance
from common.wording import day_words, long_day_words
from quotes.deadlines import quote_last_day
from quotes.documents.supplied import order_facts, supplied_facts
from quotes.models import Quote, QuoteLine
from quotes.pricing import (
    LineChange,
    Priced,
    annual_of,
    compare,
    due_on_completion,
    priced,
    total,
)
from quotes.states import ItemKind, QuoteStage
from quotes.wording import version_before

# What is rendered here, and which of the guidance's templates it follows. R-0-5.
TITLE = "Connection Request Quotation"
TEMPLATE = Rendering(
    TITLE, "1.2", "DCC Connections", date(2026, 11, 27), of_the_guidance(TITLE)
)


def quotation_facts(quote: Quote, *, issued_on: date) -> dict[str, Any]:
    """Return all that the document of `quote` says, as plain strings and lists.

    Args:
        issued_on: UK date on which the offer opens; the last day follows from it.

    Source: R-2.9.1-3, R-2.11-1, R-3.3-2, R-3.3-3, R-3.6-4.
    """
    before = version_before(quote)
    last_day = quote_last_day(issued_on, quote.open_days)
    return {
        **TEMPLATE.facts(),
        "reference": quote.reference,
        "version": quote.version,
        "basis": quote.basis,
        "is_firm": quote.is_firm,
        "is_surveyed": quote.stage == QuoteStage.UPDATED,
        "issued_on": issued_on.isoformat(),
        "issued_day": long_day_words(issued_on),
        "open_days": quote.open_days,
        "last_day": long_day_words(last_day),
        "survey_open_days": int(settings.UPDATED_QUOTE_OPEN_DAYS),
        "delivery_on": day_words(quote.delivery_on) if quote.delivery_on else "",
        "note": quote.note,
        "previous": previous_facts(before) if before else None,
        **order_facts(quote.order),
        **supplied_facts(quote),
        **price_facts(quote, before),
        **desk_facts(),
    }


def price_facts(quote: Quote, before: Quote | None) -> dict[str, Any]:
    """Return the itemised price, what falls due when, and what changed.

    Source: R-2.9.1-1, R-2.9.1-5, R-2.9.1-6, R-2.9.3-4, R-2.10-5.
    """
    lines = list(quote.lines.all())
    rows = priced(lines, quote.years, quote.vat_rate)
    sum_of = total(rows)
    changes = changes_since(before, rows)
    return {
        "period_years": quote.period_years,
        "renewal_months": int(settings.RENEWAL_MONTHS),
        "notice_months": int(settings.RENEWAL_NOTICE_MONTHS),
        "window_months": int(settings.RENEWAL_WINDOW_MONTHS),
        "warning_days": int(settings.VISIT_WARNING_WORKING_DAYS),
        "vat_rate": percent_words(quote.vat_rate),
        "lines": [
            line_facts(one, quote.period_years, before) for one in changes if one.now
        ],
        "net": pounds(sum_of.net),
        "vat": pounds(sum_of.vat),
        "gross": pounds(sum_of.gross),
        "is_free": sum_of.net == ZERO,
        "left_out": [left_out(one.then) for one in changes if one.then and not one.now],
        "change": change_of_total(sum_of.net, before),
        "change_reason": quote.change_reason if before else "",
        **payment_facts(lines, quote.period_years),
    }


def line_facts(
    change: LineChange, years: int | None, before: Quote | None
) -> dict[str, str]:
    row: Any = change.now
    line: QuoteLine = row.item
    name, about = line.get_kind_display(), line.description
    if line.kind == ItemKind.ANNUAL:
        name += (
            f", {years} years at {pounds(line.net)}" if more(years) else ", one year"
        )
    elif line.kind == ItemKind.OTHER and about:
        name, about = about, ""
    return {
        "name": name,
        "about": about,
        "change": change_words(before, change),
        "why": why_shown(line, change, before),
        "net": pounds(row.net),
        "vat": pounds(row.vat),
        "gross": pounds(row.gross),
    }


def why_shown(line: QuoteLine, change: LineChange, before: Quote | None) -> str:
    """Return the reason of a line where its reader would ask for one.

    That is where it is free, new, or other than in the version before; not where it
    departs from a price list that the Party never saw.
    """
    is_asked = line.net == ZERO or (before is not None and change.is_any)
    return line.reason if is_asked and line.reason != line.description else ""


def left_out(row: Priced) -> dict[str, str]:
    item: Any = row.item
    return {"name": name_of(item), "net": pounds(row.net)}


def change_of_total(net: Decimal, before: Quote | None) -> str:
    """Say by how much the total differs from version `before`. Source: R-3.6-4."""
    by = net - before.total.net if before else ZERO
    if before is None:
        return ""
    if by == ZERO:
        return "the same as now"
    return f"{pounds(abs(by))} {'less' if by > ZERO else 'more'} than now"


def more(years: int | None) -> bool:
    return years is not None and years > 1


def payment_facts(lines: list[QuoteLine], years: int | None) -> dict[str, Any]:
    """Return what is invoiced when, in pounds net. Source: R-2.9.1-5, R-2.9.1-6."""
    annual = annual_of(lines)
    later = range(1, years or 1)
    return {
        "due_on_completion": pounds(due_on_completion(lines)),
        "due_later": [
            {
                "when": f"{year} year{'s' if year > 1 else ''} after completion",
                "net": pounds(annual),
            }
            for year in later
        ],
        "annual": pounds(annual) if annual > ZERO else "",
    }


def previous_facts(before: Quote) -> dict[str, Any]:
    issued_at = before.issued_at
    return {
        "version": before.version,
        "basis": before.basis,
        "issued_on": day_words(uk_date(issued_at)) if issued_at else "",
        "net": pounds(before.total.net),
    }


def changes_since(before: Quote | None, rows: Iterable[Priced]) -> list[LineChange]:
    """Return each line beside its like of `before`; nothing for a first version."""
    if before is None:
        return [LineChange(row, row) for row in rows]
    return compare(rows, before.priced_lines)


def change_words(before: Quote | None, change: LineChange) -> str:
    """Say how a line differs from version `before`, and by how much. R-3.6-4."""
    if before is None or change.now is None or not change.is_any:
        return ""
    if change.then is None:
        return f"New since version {before.version}"
    more = "more" if change.by > ZERO else "less"
    each = " a year" if change.then.item.kind == ItemKind.ANNUAL else ""
    was = f"{pounds(change.then.item.net)}{each}"
    return (
        f"{pounds(abs(change.by))} {more} than in version {before.version}, where it "
        f"was {was}"
    )


def name_of(line: QuoteLine) -> str:
    is_named = line.kind == ItemKind.OTHER and line.description
    return line.description if is_named else line.get_kind_display()


def desk_facts() -> dict[str, str]:
    return {
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }
