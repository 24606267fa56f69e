"""What staff type when they prepare an offer."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from common.fields import Day
from common.money import pounds
from common.pages import Answers
from common.staff_fields import amount, words
from quotes import commands
from quotes.models import PriceItem, Quote
from quotes.states import ItemKind

FREE_LINES = 6
ONCE = [("", "Nothing"), *((kind.value, kind.label) for kind in ItemKind)]
MAIN = {
    "connection": ItemKind.CONNECTION,
    "annual": ItemKind.ANNUAL,
    "new_line": ItemKind.NEW_LINE,
}
PARTS = ("net", "description", "reason")


def description_field(line: str) -> forms.CharField:
    """Ask what a line is for. Each label names its line, as an error repeats it."""
    label = f"{line}: what it is for"
    return forms.CharField(label=label, required=False, max_length=300)


def reason(line: str) -> forms.CharField:
    """Ask why; the page says once, above all lines, when it is needed."""
    label = f"{line}: why this amount"
    return forms.CharField(label=label, required=False, max_length=300)


class QuoteForm(forms.Form):
    """The usual three lines, and six free ones. Amounts are pounds, net of VAT."""

    connection_net = amount(
        "Connection charge, once, excluding VAT",
        missing="Enter the connection charge; 0 if it is free",
    )
    connection_description = description_field("Connection charge")
    connection_reason = reason("Connection charge")
    annual_net = amount(
        "Annual charge, for one year, excluding VAT",
        "The portal multiplies it by the years of the contract period.",
        "Enter the annual charge; 0 if it is free",
    )
    annual_description = description_field("Annual charge")
    annual_reason = reason("Annual charge")
    new_line_net = amount(
        "New telephone line, once, excluding VAT", "Only if one is to be installed."
    )
    new_line_description = description_field("New telephone line")
    new_line_reason = reason("New telephone line")
    delivery_on = Day(
        label="Estimated delivery date",
        error_messages={"required": "Enter the estimated delivery date"},
    )
    change_reason = words(
        "Why it differs from the version before",
        "The Gateway Party reads it beside the differences, on the page and on paper.",
    )
    note = words(
        "Note to the Gateway Party",
        "Printed on the quotation. Needed when a charge is outside the indicative "
        "range (section 2.9.3).",
    )

    def __init__(
        self,
        *args: Any,
        prices: Mapping[str, PriceItem] | None = None,
        has_before: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, FREE_LINES + 1):
            line = f"Further line {row}"
            self.fields[f"line_{row}_kind"] = forms.ChoiceField(
                label=f"{line}: kind of charge", choices=ONCE, required=False
            )
            self.fields[f"line_{row}_description"] = description_field(line)
            self.fields[f"line_{row}_net"] = amount(f"{line}: excluding VAT")
            self.fields[f"line_{row}_reason"] = reason(line)
        if not has_before:
            del self.fields["change_reason"]
        for name, kind_of_line in MAIN.items():
            self.tell_price(name, (prices or {}).get(kind_of_line))

    def tell_price(self, name: str, item: PriceItem | None) -> None:
        field = self.fields[f"{name}_net"]
        listed = "Not in the price list."
        if item is not None:
            listed = f"Price list: {pounds(item.net)}."
        field.help_text = " ".join(filter(None, [listed, str(field.help_text)]))

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        for row in range(1, FREE_LINES + 1):
            kind = answers.get(f"line_{row}_kind")
            net = answers.get(f"line_{row}_net")
            typed = [answers.get(f"line_{row}_{part}") for part in PARTS[1:]]
            if kind and net is None and f"line_{row}_net" not in self.errors:
                self.add_error(f"line_{row}_net", "Enter the amount of this line")
            if not kind and (net is not None or any(typed)):
                self.add_error(f"line_{row}_kind", "Choose what this line charges for")
        return answers

    @property
    def free_lines(self) -> list[list[Any]]:
        rows = range(1, FREE_LINES + 1)
        return [
            [self[f"line_{row}_{part}"] for part in ("kind", *PARTS)] for row in rows
        ]

    @property
    def usual(self) -> list[Any]:
        return [self[f"{name}_{part}"] for name in MAIN for part in PARTS]

    @property
    def closing(self) -> list[Any]:
        names = ("delivery_on", "change_reason", "note")
        return [self[name] for name in names if name in self.fields]


def entered_names(answers: Answers) -> list[tuple[str, str]]:
    """Return name and kind of each line that has an amount, in the form's order."""
    rows: list[tuple[str, str]] = list(MAIN.items())
    free = [f"line_{row}" for row in range(1, FREE_LINES + 1)]
    rows += [
        (name, answers[f"{name}_kind"]) for name in free if answers[f"{name}_kind"]
    ]
    return [row for row in rows if answers[f"{row[0]}_net"] is not None]


def lines_of(answers: Answers) -> list[commands.LineEntry]:
    """Return what was entered as lines, in the order of the form."""
    return [
        commands.LineEntry(kind, *(answers[f"{name}_{part}"] for part in PARTS))
        for name, kind in entered_names(answers)
    ]


def entered(quote: Quote) -> dict[str, Any]:
    """Return an offer as the form holds it."""
    kept = {"delivery_on": quote.delivery_on, "note": quote.note}
    lines = [
        commands.LineEntry(line.kind, line.net, line.description, line.reason)
        for line in quote.lines.all()
    ]
    return {**kept, "change_reason": quote.change_reason, **as_typed(lines)}


def as_typed(lines: Iterable[commands.LineEntry]) -> dict[str, str | Decimal]:
    """Return lines as the form holds them: the usual ones by name, others in turn."""
    found: dict[str, str | Decimal] = {}
    names = {kind.value: name for name, kind in MAIN.items()}
    free = 0
    for line in lines:
        name = names.pop(str(line.kind), "")
        if not name:
            free += 1
            name = f"line_{free}"
            found[f"{name}_kind"] = line.kind
        for part in PARTS:
            found[f"{name}_{part}"] = getattr(line, part)
    return found
