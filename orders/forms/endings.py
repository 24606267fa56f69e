"""What is asked when a request is sent, and when it is taken back."""

from typing import Any

from django import forms

from common.forms import PortalForm
from orders.models import ConnectionRequest
from parties.forms import lines
from parties.models import User


class DeclarationForm(PortalForm):
    agreed = forms.BooleanField(
        label="These answers are right to the best of my knowledge",
        error_messages={
            "required": "Tick the box to declare that the answers are right"
        },
    )

    def __init__(self, data: Any = None, *, order: ConnectionRequest, by: User) -> None:
        self.order = order
        super().__init__(data)
        words = (
            f"These are the answers of the form that came from {order.sender_email}"
            if by.is_staff
            else "These answers are right to the best of my knowledge, and I am "
            f"nominated by {order.party} to submit requests"
        )
        self.fields["agreed"].label = words


class WithdrawForm(PortalForm):
    reason = lines(
        "Why do you withdraw it?", hint="Optional. DCC reads it; nothing depends on it"
    )
