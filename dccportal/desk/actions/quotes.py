"""Preparing an offer, issuing it, and taking it back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from common.admin import Day
from common.errors import DomainError
from common.money import ZERO, pounds
from dccportal.desk.actions.base import OrderPage
from dccportal.desk.actions.requests import words
from dccportal.desk.file import OrderFile
from dccportal.desk.words import long_day
from orders.states import OrderState
from parties.policies import is_operations
from quotes import commands, policies
from quotes.commands.issue import check_complete
from quotes.commands.prepare import stage_and_basis
from quotes.deadlines import quote_last_day
from quotes.models import Ballpark, Quote
from quotes.states import Basis, ItemKind, QuoteState

FREE_LINES = 6
ONCE = [("", "Nothing"), *((kind.value, kind.label) for kind in ItemKind)]
BEFORE_OFFER = (OrderState.ACCEPTED, OrderState.SURVEY)
MAIN = {
    "connection": ItemKind.CONNECTION,
    "annual": ItemKind.ANNUAL,
    "new_line": ItemKind.NEW_LINE,
}


def amount(label: str, help_text: str = "", missing: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        min_value=ZERO,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12}),
        error_messages={
            "required": missing,
            "invalid": "Enter an amount in pounds, such as 12500.00",
            "min_value": "Enter 0 or more",
        },
    )


def about(label: str) -> forms.CharField:
    help_text = "Stated beside the amount. Give the reason where it is 0."
    return forms.CharField(
        label=label, required=False, max_length=300, help_text=help_text
    )


class QuoteForm(forms.Form):
    """The usual three lines, and six free ones. Amounts are pounds, net of VAT."""

    connection_net = amount(
        "Connection charge, once, excluding VAT",
        missing="Enter the connection charge; 0 if it is free",
    )
    connection_description = about("What it is for")
    annual_net = amount(
        "Annual charge, for one year, excluding VAT",
        "The portal multiplies it by the years of the contract period.",
        "Enter the annual charge; 0 if it is free",
    )
    annual_description = about("What it is for")
    new_line_net = amount("New telephone line, once, excluding VAT", "If one is needed")
    new_line_description = about("What it is for")
    delivery_on = Day(
        label="Estimated delivery date",
        error_messages={"required": "Enter the estimated delivery date"},
    )
    note = words(
        "Note to the Gateway Party",
        "Printed on the quotation. Needed when a charge is outside the indicative "
        "range (section 2.9.3).",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, FREE_LINES + 1):
            kind = forms.ChoiceField(label="Kind", choices=ONCE, required=False)
            self.fields[f"line_{row}_kind"] = kind
            self.fields[f"line_{row}_description"] = forms.CharField(
                label="Description", required=False, max_length=300
            )
            self.fields[f"line_{row}_net"] = amount("Amount excluding VAT")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        for row in range(1, FREE_LINES + 1):
            kind = answers.get(f"line_{row}_kind")
            net = answers.get(f"line_{row}_net")
            words = answers.get(f"line_{row}_description")
            if kind and net is None and f"line_{row}_net" not in self.errors:
                self.add_error(f"line_{row}_net", "Enter the amount of this line")
            if not kind and (net is not None or words):
                self.add_error(f"line_{row}_kind", "Choose what this line charges for")
        return answers

    @property
    def free_lines(self) -> list[list[Any]]:
        parts = ("kind", "description", "net")
        rows = range(1, FREE_LINES + 1)
        return [[self[f"line_{row}_{part}"] for part in parts] for row in rows]

    @property
    def usual(self) -> list[Any]:
        names = [f"{name}_{part}" for name in MAIN for part in ("net", "description")]
        return [self[name] for name in names]

    @property
    def closing(self) -> list[Any]:
        return [self["delivery_on"], self["note"]]


def lines_of(answers: dict[str, Any]) -> list[commands.Line]:
    """Return what was entered as lines, in the order of the form."""
    lines = []
    for name, kind in MAIN.items():
        net = answers[f"{name}_net"]
        if net is not None:
            lines.append(commands.Line(kind, net, answers[f"{name}_description"]))
    for row in range(1, FREE_LINES + 1):
        if answers[f"line_{row}_kind"]:
            kind_of_row = answers[f"line_{row}_kind"]
            words = answers[f"line_{row}_description"]
            lines.append(commands.Line(kind_of_row, answers[f"line_{row}_net"], words))
    return lines


def entered(quote: Quote) -> dict[str, Any]:
    """Return an offer's lines as the form holds them."""
    found: dict[str, Any] = {"delivery_on": quote.delivery_on, "note": quote.note}
    names = {kind.value: name for name, kind in MAIN.items()}
    free = 0
    for line in quote.lines.all():
        name = names.pop(line.kind, "")
        if not name:
            free += 1
            name = f"line_{free}"
            found[f"{name}_kind"] = line.kind
        found[f"{name}_net"] = line.net
        found[f"{name}_description"] = line.description
    return found


class Draft(OrderPage):
    slug = "quotation"
    label = "Prepare the quotation"
    button = "Save the draft"
    form_class = QuoteForm
    template = "desk/quotation.html"
    states = BEFORE_OFFER

    def may(self, subject: Any, user: Any) -> bool:
        return is_operations(user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and file.open_quote is None

    def missing(self, file: OrderFile) -> str:
        try:
            stage_and_basis(file.order)
        except DomainError as refusal:
            return str(refusal)
        return being_prepared(file.draft)

    def initial(self, subject: Any) -> dict[str, Any]:
        latest = subject.draft or (subject.quotes[0] if subject.quotes else None)
        return entered(latest) if latest else {}

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        order = subject.order
        ranges = Ballpark.objects.valid_on(subject.today)
        try:
            _, basis = stage_and_basis(order)
        except DomainError:
            return {}
        return {
            "basis": Basis(basis).label.lower(),
            "ballpark": ranges.filter(connection_type=order.connection_type).first(),
            "years": order.minimum_period_years,
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.draft_quote(
            subject.pk,
            by=user,
            lines=lines_of(answers),
            delivery_on=answers["delivery_on"],
            note=answers["note"],
        )

    def message(self, subject: Any, result: Any) -> str:
        total = Quote.objects.prefetch_related("lines").get(pk=result.pk).total
        return (
            f"Draft {result} is saved: {pounds(total.net)} excluding VAT, "
            f"{pounds(total.gross)} with it. Issue it when it is right."
        )


def being_prepared(quote: Quote | None) -> str:
    if quote is not None and quote.is_being_prepared:
        return f"{quote} is being prepared. Its document comes first."
    return ""


class Issue(OrderPage):
    slug = "issue"
    label = "Issue the quotation"
    button = "Issue the quotation"
    template = "desk/issue.html"
    states = BEFORE_OFFER

    def may(self, subject: Any, user: Any) -> bool:
        return is_operations(user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and not has_failed(file.draft)

    def missing(self, file: OrderFile) -> str:
        if file.draft is None:
            return "There is no draft to issue yet."
        try:
            check_complete(file.draft)
        except DomainError as refusal:
            return str(refusal)
        return ""

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        quote = subject.draft
        if quote is None:
            return {}
        last_day = quote_last_day(subject.today, quote.open_days)
        return {
            "quote": quote,
            "last_day": last_day,
            "outside": outside(quote, subject.today),
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.request_issue(subject.draft.pk, by=user)

    def message(self, subject: Any, result: Any) -> str:
        return (
            f"{result} is being prepared. It opens to the Gateway Party, and its clock "
            "starts, when its document is stored."
        )


def outside(quote: Quote, today: date) -> list[str]:
    """Name the charges that lie outside the indicative range. Source: R-2.9.3-3."""
    kind = quote.order.connection_type
    ranges = Ballpark.objects.valid_on(today).filter(connection_type=kind)
    ballpark = ranges.last()
    if ballpark is None:
        return []
    limits: dict[str, tuple[Decimal, Decimal]] = {
        ItemKind.CONNECTION: (ballpark.connection_min, ballpark.connection_max),
        ItemKind.ANNUAL: (ballpark.annual_min, ballpark.annual_max),
    }
    found = []
    for line in quote.lines.all():
        low, high = limits.get(line.kind, (line.net, line.net))
        if not low <= line.net <= high:
            kind = line.get_kind_display()
            range_ = f"{pounds(low)} to {pounds(high)}"
            found.append(f"{kind} {pounds(line.net)}, indicative range {range_}")
    return found


def has_failed(quote: Quote | None) -> bool:
    return quote is not None and bool(quote.rendering_error)


class Retry(Issue):
    slug = "retry"
    label = "Prepare its document again"
    button = "Prepare it again"
    template = "desk/retry.html"

    def is_near(self, file: OrderFile) -> bool:
        return file.state in self.states and has_failed(file.draft)


class WithdrawForm(forms.Form):
    reason = words(
        "Why it is withdrawn",
        "The Gateway Party reads it. A first quotation goes back to desk review, and "
        "the five working days for the next one begin today. After a survey, the order "
        "waits for another updated quotation.",
        "Write why: the Gateway Party reads it",
    )


class Withdraw(OrderPage):
    slug = "withdraw-quotation"
    label = "Withdraw the quotation to issue it anew"
    button = "Withdraw the quotation"
    form_class = WithdrawForm
    states = (OrderState.QUOTED, OrderState.SURVEY)

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_prepare(None, user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and file.open_quote is not None

    def missing(self, file: OrderFile) -> str:
        quote = file.open_quote
        if quote is not None and quote.state == QuoteState.AUTHORITY_RECEIVED:
            return "A signed authority is being checked. Say first what you found."
        return ""

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        reason = answers["reason"]
        return commands.withdraw_quote(subject.open_quote.pk, by=user, reason=reason)

    def message(self, subject: Any, result: Any) -> str:
        due_on = result.order.quote_due_on
        if subject.state == OrderState.SURVEY:
            return f"{result} is withdrawn. Prepare the next version."
        return f"{result} is withdrawn. The next one is due by {long_day(due_on)}."


PAGES = [Draft(), Issue(), Retry(), Withdraw()]
