"""What is asked when a request is sent, and when it is taken back."""

from django import forms

from common.forms import PortalForm
from orders.models import ConnectionRequest
from parties.forms import line, lines
from parties.models import User


class DeclarationForm(PortalForm):
    agreed = forms.BooleanField(
        label="These answers are right to the best of my knowledge",
        error_messages={
            "required": "Tick the box to declare that the answers are right"
        },
    )

    def __init__(
        self, data: object = None, *, order: ConnectionRequest, by: User
    ) -> None:
        self.order = order
        super().__init__(data)
        words = (
            f"These are the answers of the form that came from {order.sender_email}"
            if by.is_staff
            else "These answers are right to the best of my knowledge, and I am "
            f"nominated by {order.party} to submit requests"
        )
        self.fields["agreed"].label = words
        self.ask_references(order)

    def ask_references(self, order: ConnectionRequest) -> None:
        """Ask for the names of both of a pair, before either goes. R-2.14-2."""
        partner, found = order.partner, dict(self.fields)
        self.fields.clear()
        if partner is not None:
            role = order.role_words.lower()
            self.fields["own"] = reference(order, f"this request, the {role} one")
            if partner.is_editable:
                other = reference(partner, f"the other request, {partner}")
                self.fields["partner"] = other
        self.fields.update(found)


def reference(order: ConnectionRequest, which: str) -> forms.CharField:
    field = line(
        f"What do you call {which}?",
        40,
        needed="Enter your reference for each of the two requests",
        hint="It stands on the quotation, and the two forms name each other by it. "
        "Keep ours if you have none of your own",
        width=20,
    )
    field.initial = order.customer_reference
    return field


class WithdrawRequestForm(PortalForm):
    reason = lines(
        "Why do you withdraw it?", hint="Optional. DCC reads it; nothing depends on it"
    )
