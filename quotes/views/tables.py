"""An offer's money as tables: what it costs, beside the version before; when to pay."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.html import format_html

from common.money import ZERO, pounds
from common.parts import MoneyRow, MoneyTable
from common.wording import day_words
from quotes.models import Quote, QuoteLine
from quotes.pricing import LineChange, Total, annual_of, compare
from quotes.states import ItemKind

Cell = Decimal | str | None
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")


def charges(quote: Quote, before: Quote | None) -> MoneyTable:
    """Return the items with VAT and total; `before` adds its amounts and differences.

    Source: R-2.9.1-3, R-2.9.3-4, R-3.6-4.
    """
    is_compared = before is not None
    then = before.priced_lines if before else []
    changes = compare(quote.priced_lines, then)
    is_, was = quote.total, before.total if before else Total(ZERO, ZERO)
    rate = f"{quote.vat_rate.normalize():f}"
    return MoneyTable(
        "Charges",
        ["Item", named(before), named(quote), "Difference"]
        if before
        else ["Item", "Excluding VAT"],
        [item_row(one, quote, is_compared) for one in changes],
        MoneyRow("Total, excluding VAT", cells(is_.net, was.net, is_compared)),
        [
            MoneyRow(f"VAT at {rate}%", cells(is_.vat, was.vat, is_compared)),
            MoneyRow("Total including VAT", cells(is_.gross, was.gross, is_compared)),
        ],
    )


def item_row(change: LineChange, quote: Quote, is_compared: bool) -> MoneyRow:
    """Return one item; one that is in one version only is not in the other."""
    now, then = change.now, change.then
    item: Any = (now or then).item  # type: ignore[union-attr]
    is_, was = now.net if now else ZERO, then.net if then else None
    small = small_print(item, quote) if now else gone(item)
    is_asked = item.net == ZERO or (is_compared and change.is_any)
    if now and is_asked and item.reason not in ("", item.description):
        small = f"{small}. {item.reason}"
    return MoneyRow(item.get_kind_display(), cells(is_, was, is_compared), small)


def gone(item: QuoteLine) -> str:
    return ". ".join(filter(None, [item.description, "No longer charged"]))


def cells(is_: Decimal, was: Decimal | None, is_compared: bool) -> list[Cell]:
    return [was, is_, difference(is_, was)] if is_compared else [is_]


def named(quote: Quote) -> str:
    return f"Version {quote.version}, {quote.get_basis_display().lower()}"


def difference(is_: Decimal, was: Decimal | None) -> str | None:
    """Return how much more or less than before, with its sign; nothing for the same."""
    change = is_ - (was or ZERO)
    if change > ZERO:
        return format_html('<span class="dcc-plus">+ {}</span>', pounds(change))
    return f"− {pounds(-change)}" if change else None  # noqa: RUF001  a typographic minus


def small_print(item: QuoteLine, quote: Quote) -> str:
    if item.kind != ItemKind.ANNUAL:
        if not item.net:
            return item.description
        return f"{item.description}, once" if item.description else "Once"
    each = f"{pounds(item.net)} a year, in advance"
    if quote.period_years and quote.period_years > 1:
        each = f"{pounds(item.net)} a year for {quote.period_years} years, in advance"
    return ". ".join(filter(None, [item.description, each]))


def payments(quote: Quote) -> MoneyTable:
    """Return what falls due on completion and on each anniversary within the period.

    Source: R-2.9.1-5, R-2.9.1-6.
    """
    lines = list(quote.lines.all())
    annual = annual_of(lines)
    when = "On completion of installation"
    if quote.delivery_on:
        when = f"On completion, estimated {day_words(quote.delivery_on)}"
    rows = [MoneyRow(first_invoice(lines), [when, quote.due_on_completion])]
    for year in range(1, quote.years):
        ordinal = ORDINALS[year] if year < len(ORDINALS) else f"{year + 1}th"
        plural = "s" if year > 1 else ""
        words = f"{year} year{plural} after completion"
        rows.append(MoneyRow(f"{ordinal} year", [words, annual]))
    if quote.period_years is None and annual > ZERO:
        rows.append(MoneyRow("Each later year", ["Yearly, in advance", annual]))
    heads = ["Invoice", "Falls due", "Excluding VAT"]
    return MoneyTable("Invoices", heads, rows, text_columns=frozenset({0}))


def first_invoice(lines: Iterable[QuoteLine]) -> str:
    once = [
        one.get_kind_display()
        for one in lines
        if one.kind != ItemKind.ANNUAL and one.net > ZERO
    ]
    words = ", ".join([*dict.fromkeys(once), "first year"])
    return words[0].upper() + words[1:].lower()
