"""Steps of the request: the acceptance of its form, and who owns it."""

from typing import Any

from django import forms

from common.pages import Answers
from common.staff_fields import offer
from common.wording import long_day_words
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS, quote_due_on
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.obligations import CHECK
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_desk
from parties.states import DCC_ROLES


class Accept(OrderPage[ConnectionRequest]):
    slug = "accept"
    label = "Accept the form"
    button = "Accept the form"
    template = "desk/accept.html"
    states = (OrderState.SUBMITTED,)
    sees_to = (CHECK,)
    tells = ("request_accepted",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_check(subject.order, user)

    def missing(self, file: OrderFile) -> str:
        return " ".join(row.why for row in file.blocking)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        due_on = quote_due_on(subject.today, subject.calendar)
        return {
            "due_on": due_on,
            "working_days": QUOTE_WORKING_DAYS,
            "has_authoriser": bool(subject.authorisers_today),
        }

    def follows(self, file: OrderFile) -> list[str]:
        due_on = long_day_words(quote_due_on(file.today, file.calendar))
        return [f"DCC reviews the site and owes the quotation by the end of {due_on}."]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        return commands.accept_request(subject.pk, by=user)

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        return (
            f"{subject} is accepted. Its quotation is due by the end of "
            f"{long_day_words(result.quote_due_on)}."
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
        offer(self, "owner", colleagues())


def colleagues() -> Any:
    """Return the people at DCC to whom an order can be given."""
    return User.objects.filter(is_active=True, role__in=DCC_ROLES).order_by("name")


class AssignOrder(OrderPage[User | None]):
    slug = "assign"
    label = "Assign it to a colleague"
    button = "Assign"
    form_class = AssignForm
    states = tuple(OrderState.values)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"owner": subject.order.owner_id}

    def follows(self, file: OrderFile) -> list[str]:
        owner = file.order.owner
        now = f"It is {owner}’s now" if owner else "It is nobody’s now"
        return [f"{now}. What is owed in it goes along, unless a colleague took it."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> User | None:
        owner: User | None = answers["owner"]
        commands.assign_order(subject.pk, by=user, owner_id=owner.pk if owner else None)
        return owner

    def message(self, subject: OrderFile, result: User | None) -> str:
        return f"{subject} belongs to {result or 'nobody'} now."


PAGES: list[OrderPage[Any]] = [Accept()]
ASSIGN = AssignOrder()
