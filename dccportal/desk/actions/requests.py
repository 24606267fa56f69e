"""Steps of the request: the acceptance of its form, and who owns it."""

from typing import Any

from django import forms

from common.fields import Number, Pounds
from dccportal.desk.actions.base import OrderPage
from dccportal.desk.file import OrderFile
from dccportal.desk.words import long_day
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS, quote_due_on
from orders.states import OrderState
from parties.forms import TOO_LONG
from parties.models import User
from parties.policies import is_desk
from parties.states import Role

YES_NO = [("yes", "Yes"), ("no", "No")]
DCC_ROLES = (Role.OPERATIONS, Role.SERVICE_DESK, Role.BILLING)


def yes_or_no(label: str, missing: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def words(label: str, help_text: str = "", missing: str = "", rows: int = 5) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        # As much as a contact may write; an e-mail carries it.
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


def maybe(label: str, help_text: str) -> forms.TypedChoiceField:
    """Ask for yes or no, where the answer may not be known yet."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Not known yet"), ("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        help_text=help_text,
    )


def mbps(label: str, help_text: str) -> Number:
    return Number(
        label=label,
        required=False,
        max_digits=6,
        decimal_places=2,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
    )


def pounds_of(label: str, help_text: str) -> Pounds:
    return Pounds(
        label=label,
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12}),
        help_text=help_text,
        error_messages={"min_value": "Enter 0 or more"},
    )


class Accept(OrderPage):
    slug = "accept"
    label = "Accept the form"
    button = "Accept the form"
    template = "desk/accept.html"
    states = (OrderState.SUBMITTED,)

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_check(subject and subject.order, user)

    def missing(self, file: OrderFile) -> str:
        return " ".join(row.about for row in file.blocking)

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        due_on = quote_due_on(subject.today, subject.calendar)
        return {
            "due_on": due_on,
            "working_days": QUOTE_WORKING_DAYS,
            "has_authoriser": bool(subject.authorisers_today),
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.accept_request(subject.pk, by=user)

    def message(self, subject: Any, result: Any) -> str:
        return (
            f"{subject} is accepted. Its quotation is due by the end of "
            f"{long_day(result.quote_due_on)}."
        )


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="The Gateway Party is not told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues()


def colleagues() -> Any:
    """Return the people at DCC to whom an order can be given."""
    return User.objects.filter(is_active=True, role__in=DCC_ROLES).order_by("name")


class Assign(OrderPage):
    slug = "assign"
    label = "Assign it to a colleague"
    button = "Assign"
    form_class = AssignForm
    states = tuple(OrderState.values)

    def may(self, subject: Any, user: Any) -> bool:
        return is_desk(user)

    def initial(self, subject: Any) -> dict[str, Any]:
        return {"owner": subject.order.owner_id}

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        owner = answers["owner"]
        commands.assign_order(subject.pk, by=user, owner_id=owner.pk if owner else None)
        return owner

    def message(self, subject: Any, result: Any) -> str:
        return f"{subject} belongs to {result or 'nobody'} now."


PAGES = [Accept()]
ASSIGN = Assign()
