"""What the Gateway Party types when it ends an offer or an order."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from common.fields import Number
from common.forms import PortalForm
from common.money import pounds
from parties.forms import lines
from quotes.errors import CancellationChargeChanged


class DeclineForm(PortalForm):
    reason = lines(
        "Why do you decline it?", hint="Optional. DCC reads it; nothing depends on it"
    )


class CancelForm(PortalForm):
    """Agrees to one named amount; another amount needs another tick."""

    amount = Number(widget=forms.HiddenInput, max_digits=12)
    agreed = forms.BooleanField(
        label="",
        error_messages={"required": "Tick the box to confirm what cancelling costs"},
    )
    reason = lines("Why do you cancel it?", hint="Optional. DCC reads it")

    def __init__(self, data: object = None, *, charge: Decimal) -> None:
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
