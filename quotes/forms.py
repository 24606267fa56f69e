"""What the Gateway Party types when it decides about an offer."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from common.errors import DomainError
from common.forms import PortalForm, noted
from common.money import pounds
from common.uploads import MEGABYTE, Scan, read_scan
from parties.forms import line, lines
from parties.models import User
from quotes.errors import CancellationChargeChanged
from quotes.models import Quote

RULES = [("yes", "Yes, there are rules"), ("none", "None")]


class AuthorityForm(PortalForm):
    """The signed scan, who signed it, and the answer about access."""

    scan = noted(
        forms.FileField(
            label="File with the signed quotation",
            max_length=200,
            allow_empty_file=True,
            error_messages={
                "required": "Choose the file with the signed quotation",
                "max_length": "Give the file a shorter name",
            },
        ),
        section="2.11",
    )
    signatory = forms.ChoiceField(label="Who signed it?", required=False)
    signatory_other = line(
        "If somebody else signed it: their name",
        150,
        hint="A signature by anyone who is not nominated to authorise has no effect",
    )
    access = noted(
        forms.ChoiceField(
            label="Does the site have rules about visits?",
            choices=RULES,
            widget=forms.RadioSelect,
            help_text="Such as forms to hand in first, notice to give, or escorts",
            error_messages={
                "required": "Say whether the site has rules about visits. “None” is an "
                "answer"
            },
        ),
        section="3.5",
    )
    access_rules = lines(
        "If there are: what must be done before a visit?",
        hint="What, by whom, how long before. Engineers cannot come until it is done",
    )
    rack_space = noted(
        forms.BooleanField(
            label="",
            error_messages={
                "required": "Confirm the rack space: installation cannot be booked "
                "without it"
            },
        ),
        section="3.7",
    )
    agreed = forms.BooleanField(
        label="",
        error_messages={"required": "Tick the box to confirm what is accepted"},
    )

    def __init__(
        self, *args: Any, quote: Quote, signatories: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(person.name, person.name) for person in signatories]
        signatory: Any = self.fields["signatory"]
        signatory.choices = [("", "Choose a person"), *names]
        if not names:
            del self.fields["signatory"]
            self.fields["signatory_other"].label = "Who signed it?"
        self.fields["scan"].help_text = (
            f"All pages of version {quote.version}, signed. PDF, JPEG or PNG, up to "
            f"{settings.UPLOAD_MAX_MEGABYTES} MB"
        )
        self.fields["agreed"].label = statement(quote)
        self.fields["rack_space"].label = (
            f"{quote.order.rack_units}U of rack space, with power, is kept free for "
            f"the equipment at {quote.order.data_centre}"
        )
        if not quote.is_firm:
            # Only what a firm offer brings is installed; a survey needs no space.
            del self.fields["rack_space"]
        self.found: Scan | None = None
        self.content = b""

    def clean_scan(self) -> Any:
        """Keep what the content really is; the name and the browser's type may lie."""
        upload = self.cleaned_data["scan"]
        most = settings.UPLOAD_MAX_MEGABYTES
        # One byte over the cap is read, so that a huge file is refused and not held.
        self.content = upload.read(most * MEGABYTE + 1)
        try:
            self.found = read_scan(self.content, max_megabytes=most)
        except DomainError as refusal:
            raise ValidationError(str(refusal), code="not_a_scan") from refusal
        return upload

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        named = [kept.get("signatory"), kept.get("signatory_other")]
        first = "signatory" if "signatory" in self.fields else "signatory_other"
        if not any(named) and not self.has_error("signatory_other"):
            self.add_error(first, "Choose or enter the name of the person who signed")
        elif all(named):
            words = "Choose a person, or enter another name, but not both"
            self.add_error("signatory", words)
        if kept.get("access") == "yes" and not kept.get("access_rules", "-"):
            words = "Say what must be done before a visit"
            self.add_error("access_rules", words)
        return kept

    def full_clean(self) -> None:
        """Ask for the file again beside the other errors: browsers do not keep it."""
        super().full_clean()
        if self.is_bound and self.errors and "scan" not in self.errors:
            self.ask_for_file_again()

    def ask_for_file_again(self) -> None:
        words = "Choose the file again: browsers do not keep it. All else is still here"
        self.add_error("scan", words)

    @property
    def signatory_name(self) -> str:
        typed = str(self.cleaned_data["signatory_other"])
        return typed or str(self.cleaned_data["signatory"])


def statement(quote: Quote) -> str:
    """Return what the box commits to, by name of the total. Source: R-3.4-2."""
    total, party = pounds(quote.total.net), quote.order.party
    if quote.is_firm:
        return (
            f"{party} accepts this quotation, which commits it to {total} excluding VAT"
            f"{over_years(quote)}"
        )
    return (
        f"{party} authorises the survey. The total of {total} excluding VAT"
        f"{over_years(quote)} is indicative, and is not owed before {party} accepts "
        "the quotation that follows the survey"
    )


def over_years(quote: Quote) -> str:
    years = quote.period_years
    return f" over {years} year{'s' if years > 1 else ''}" if years else ""


class DeclineForm(PortalForm):
    reason = lines(
        "Why do you decline it?", hint="Optional. DCC reads it; nothing depends on it"
    )


class CancelForm(PortalForm):
    """Agrees to one named amount; another amount needs another tick."""

    amount = forms.DecimalField(widget=forms.HiddenInput, max_digits=12)
    agreed = forms.BooleanField(
        label="",
        error_messages={"required": "Tick the box to confirm what cancelling costs"},
    )
    reason = lines("Why do you cancel it?", hint="Optional. DCC reads it")

    def __init__(self, data: Any = None, *, charge: Decimal) -> None:
        self.charge = charge
        super().__init__(data, initial={"amount": charge})
        self.fields["agreed"].label = (
            f"I understand that cancelling now costs {pounds(charge)} excluding VAT"
            if charge
            else "I understand that the order ends. Cancelling it now costs nothing"
        )

    def clean_amount(self) -> Decimal:
        """Refuse an amount that is no longer the right one, and show the right one."""
        shown: Decimal = self.cleaned_data["amount"]
        if shown != self.charge:
            kept = {name: text for name, text in self.data.items() if name != "agreed"}
            self.data = kept | {"amount": str(self.charge)}
            refusal = CancellationChargeChanged(amount=pounds(self.charge))
            raise ValidationError(str(refusal), code="changed")
        return shown
