from dataclasses import dataclass
from typing import Any

from django import forms

from billing.errors import PaymentNotExplained, RepaymentNotExplained
from billing.facts import AMOUNT, NUMBER, PAID_ON, REFERENCE, ListedPayment
from billing.models import Payment
from common.csv_file import LineFault
from common.csv_table import LONGEST, TableKind, TableLine, TableWrong, read_table
from common.days import read_day
from common.fields import Day
from common.files import CsvField, CsvUpload
from common.forms import SearchForm, search_field
from common.money import ZERO, to_pence
from common.numbers import read_pounds
from common.staff_fields import amount, one_of, words

# A list of payments: its columns, and an example of each.
COLUMNS = {
    NUMBER: "INV-1001",
    AMOUNT: "8400.00",
    PAID_ON: "2026-03-05",
    REFERENCE: "FPS-20260305-0017",
}
PAYMENTS = TableKind("payment", tuple(COLUMNS))
MOST_POUNDS = 10**10
LONGEST_REFERENCE = 100


class ChargeFilters(SearchForm):
    q = search_field("Order, connection or description")


class InvoiceFilters(SearchForm):
    q = search_field("Number, order, connection or description")


@dataclass(frozen=True)
class PaymentsRead:
    """The lines of a list that are well formed, and what is wrong with the others."""

    listed: list[ListedPayment]
    faults: list[LineFault]


def read_payments(text: str) -> PaymentsRead:
    """Return what a list of payments says.

    Raises:
        TableWrong: it is no such table.
    """
    read = PaymentsRead([], [])
    for line in read_table(text, PAYMENTS):
        answers, faults = read_line(line)
        read.faults.extend(faults)
        if not faults:
            read.listed.append(ListedPayment(line.number, **answers))
    return read


def read_line(line: TableLine) -> tuple[dict[str, Any], list[LineFault]]:
    """Return what the cells of a line say, or what is wrong with each."""
    answers, faults = {}, list(line.shape_faults())
    for name, head, read in READERS:
        try:
            answers[name] = read(line.cells[head])
        except ValueError as fault:
            faults.append(LineFault(line.number, head, str(fault)))
    return answers, faults


def read_number(text: str) -> str:
    if not text:
        raise ValueError("there is no number of an invoice.")
    return text.upper()


def read_amount(text: str) -> Any:
    """Return the pounds that were paid.

    Raises:
        ValueError: they are no amount, nothing, or finer than a penny.
    """
    try:
        amount = read_pounds(text)
    except ValueError:
        why = f"“{text[:40]}” is no amount in pounds, such as 8,400.00."
        raise ValueError(why) from None
    if amount <= ZERO:
        raise ValueError("an amount that was paid is more than 0.")
    if amount != to_pence(amount):
        raise ValueError(f"{text[:40]} has parts of a penny.")
    if amount >= MOST_POUNDS:
        raise ValueError(f"{text[:40]} is more than any invoice.")
    return to_pence(amount)


def read_paid_on(text: str) -> Any:
    try:
        return read_day(text)
    except ValueError:
        why = f"“{text[:40]}” is no day, such as 2026-03-05."
        raise ValueError(why) from None


def read_reference(text: str) -> str:
    if not text:
        raise ValueError("there is no reference of the bank.")
    if len(text) > LONGEST_REFERENCE:
        raise ValueError(f"it is longer than {LONGEST_REFERENCE} characters.")
    return text


READERS = (
    ("invoice", NUMBER, read_number),
    ("amount", AMOUNT, read_amount),
    ("paid_on", PAID_ON, read_paid_on),
    ("reference", REFERENCE, read_reference),
)


class PaymentListForm(forms.Form):
    """Takes a list of payments."""

    file = CsvField(
        label="List of payments", error_messages={"required": "Choose the file"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = PaymentsRead([], [])

    def clean_file(self) -> CsvUpload:
        file: CsvUpload = self.cleaned_data["file"]
        try:
            self.read = read_payments(file.text)
        except TableWrong as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class PaymentsConfirmedForm(forms.Form):
    """Carries a list from its preview to its confirmation, where it is read again."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, strip=False)
    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    agreed = forms.CharField(widget=forms.HiddenInput, max_length=64)


class TakeBackForm(forms.Form):
    """Which payment was wrong, and why."""

    payment = one_of(Payment, "Which payment is wrong?", "Choose the payment")
    why = words(
        "Why it was wrong",
        "The Gateway Party reads it on the page of the invoice.",
        str(PaymentNotExplained()),
        3,
    )


class RepaymentForm(forms.Form):
    """How much DCC paid back, when and why."""

    amount = amount(
        "How much was paid back, including VAT?",
        "In pounds.",
        "Enter the amount that was paid back",
    )
    paid_on = Day(
        label="On which day did DCC pay it?",
        error_messages={"required": "Enter the day"},
    )
    reference = forms.CharField(
        label="Bank reference of DCC’s payment",
        max_length=100,
        error_messages={"required": "Enter the bank’s reference"},
    )
    why = words(
        "Why it is paid back",
        "The Gateway Party reads it on the page of the invoice.",
        str(RepaymentNotExplained()),
        3,
    )
