"""What something costs before a visit, as the desk asks it of a Party."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.pages import Answers
from common.staff_fields import amount, offer, one_of, words, yes_or_no
from orders.commands import Said
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_AUTHORISERS, SaidPage, WhoSaidForm
from parties.models import User
from quotes.commands.prices import prices_of
from quotes.states import PriceKind
from sites import commands, policies
from sites.errors.costs import CostNotPositive
from sites.file import site_of
from sites.forms.access_item import ACCEPT, DECLINE, called
from sites.models import AccessItem, ItemCost
from sites.models.access_item import LONGEST
from sites.obligations.access import ACCEPT_COST, PRICE_ITEM
from sites.states import AccessItemKind, AccessItemOwner
from sites.steps.items import ItemPage


class AskCostForm(forms.Form):
    item = one_of(AccessItem, "What is needed", "Choose what it is the cost of")
    is_charged = yes_or_no(
        "Does it cost the Gateway Party anything?",
        "Choose yes or no",
        "Standard RAMS are free; documents made specially are charged (section 2.13).",
    )
    net = amount("Amount, excluding VAT", "In pounds. Empty if it costs nothing.")
    prepared_by = forms.CharField(
        label="Who makes or does it",
        max_length=LONGEST,
        required=False,
        help_text="Such as the supplier who visits. Empty if it costs nothing.",
    )
    reason = words(
        "What it is for, or why it costs nothing",
        "The Gateway Party reads it.",
        "Say what it is for, or why it costs nothing",
        rows=3,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("is_charged"):
            if answers.get("net") is None and "net" not in self.errors:
                self.add_error("net", "Enter the amount")
            if not answers.get("prepared_by"):
                self.add_error("prepared_by", "Enter who makes or does it")
        return answers


class AskCost(ItemPage[AccessItem]):
    slug = "item-cost"
    label = "Say what something costs before a visit"
    hint = "Custom RAMS, a special escort: an authoriser accepts it before it is begun."
    button = "Ask the Gateway Party"
    form_class = AskCostForm
    template = "desk/item_cost.html"
    sees_to = (PRICE_ITEM,)
    not_due = "Nothing is open before a visit that DCC could charge for."
    tells_if = {
        "item_cost_asked": "if it is charged",
        "item_cost_withdrawn": "if an amount that was asked is not charged after all",
    }

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_price_item(None, user)

    def items(self, file: OrderFile) -> list[AccessItem]:
        """Return what is open and not the Party's own: first what lacks an amount."""
        still = site_of(file).open_items
        found = [item for item in still if item.owner != AccessItemOwner.PARTY]
        return sorted(found, key=lambda item: (not item.waits_for_price, not item.cost))

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.items(file))

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"items": [item for item in self.items(subject) if item.cost]}

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        items = self.items(subject)
        offer(form, "item", items, called=called)
        if items:
            form.initial["item"] = items[0].pk
            form.initial["prepared_by"] = items[0].owner_words
            if items[0].kind == AccessItemKind.RAMS:
                prices = prices_of(subject.order, subject.today)
                price = prices.get(PriceKind.CUSTOM_DOCUMENT)
                form.initial["net"] = None if price is None else price.net
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Charged: it is begun once an authoriser accepts it, and raised when done.",
            "Free: it can be begun at once.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> AccessItem:
        item, reason = answers["item"], answers["reason"]
        if not answers["is_charged"]:
            return commands.free_item(item.pk, by=user, reason=reason)
        how = {"net": answers["net"], "prepared_by": answers["prepared_by"]}
        return commands.price_item(item.pk, by=user, reason=reason, **how).item

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, CostNotPositive):
            return "net"
        return "reason" if isinstance(refusal, ReasonMissing) else None

    def message(self, subject: OrderFile, result: AccessItem) -> str:
        if result.waits_for_answer:
            return f"An authoriser is asked to accept what “{result}” costs."
        return f"“{result}” costs the Gateway Party nothing."


class CostSaidForm(WhoSaidForm):
    field_order = ("cost", "answer", "is_understood")
    nominated_to = FOR_AUTHORISERS
    cost = one_of(ItemCost, "Which amount were they told?", "Choose the amount")
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[(ACCEPT, "They accept it"), (DECLINE, "They decline it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    is_understood = forms.BooleanField(
        label="They were told the amount with and without VAT, what it is for and who "
        "makes or does it, and accept that it is charged once it is done",
        required=False,
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        costs = asked_costs(file)
        offer(self, "cost", costs, called=amount_asked)
        told = " ".join(cost.to_acknowledge for cost in costs)
        self.fields["cost"].help_text = told
        if costs:
            self.initial["cost"] = costs[0].pk

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answer = answers.get("answer")
        if answer == ACCEPT and not answers.get("is_understood"):
            told = "Tell them all of it first, and tick the box if they accept it"
            self.add_error("is_understood", told)
        if answer == DECLINE and not answers.get("reason", "").strip():
            self.add_error("reason", "Say why they decline it")
        return answers


def amount_asked(cost: ItemCost) -> str:
    return f"{cost.item}: {cost.amount_words}"


def asked_costs(file: OrderFile) -> list[ItemCost]:
    """Return the amounts that wait for an answer, one an item at most."""
    costs = (item.cost for item in site_of(file).open_items)
    return [cost for cost in costs if cost is not None and cost.is_asked]


class RecordCostAnswer(SaidPage):
    slug = "item-cost-said"
    label = "Record what an authoriser said to a cost"
    hint = (
        "For an answer that came by e-mail, phone or letter (our rule). They are told "
        "by e-mail and can object."
    )
    form_class = CostSaidForm
    states = ON_SITE
    not_due = "No amount before a visit waits for an answer."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.owes(ACCEPT_COST)

    def follows(self, file: OrderFile) -> list[str]:
        asked = "; ".join(amount_asked(cost) for cost in asked_costs(file))
        return [
            f"Accepted, it can be begun and is raised once it is done: {asked}.",
            "Declined, it waits for another amount, or until it is free or dropped.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_cost_answer(
            answers["cost"].pk,
            by=user,
            said=said,
            is_accepted=answers["answer"] == ACCEPT,
            is_understood=answers["is_understood"],
            reason=answers["reason"],
        )


PAGES: list[OrderPage[Any]] = [AskCost(), RecordCostAnswer()]
