"""The page on which Operations puts a wrong figure of the price list right."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from common.asking_back import AsksBack, unusual_amount
from common.dated import span_words
from common.errors import DomainError
from common.money import pounds
from common.pages import Answers, CommandPage
from common.staff_fields import amount, words
from common.wording import plural
from parties.models import User
from parties.policies import is_operations
from quotes import commands
from quotes.commands.correct import (
    drafts_that_took,
    drafts_with,
    require_correctable,
    usual_before,
)
from quotes.errors import WrongPriceUnexplained
from quotes.models import PriceItem


def order_url(pk: int) -> str:
    return reverse("admin:orders_connectionrequest_change", args=[pk])


class RightPriceForm(AsksBack):
    """What is right and why; it shows what it was and becomes before that is kept."""

    net = amount("What is right, in pounds, excluding VAT", "", "Enter what is right")
    why = words(
        "Why it was wrong",
        "Staff read it in the history of the price list.",
        "Say why it was wrong",
        3,
    )

    def __init__(self, posted: Any, *, item: PriceItem) -> None:
        super().__init__(posted)
        self.item = item

    def unusual(self, answers: Answers) -> Iterable[str]:
        """Each correction is shown before it is kept; a digit too many stands out."""
        net = answers.get("net")
        if net is None or self.errors:
            return
        item = self.item
        yield f"{item.what}: {pounds(net)} instead of {pounds(item.net)}."
        yield unusual_amount(net, (usual_before(item) or item).net)


class CorrectPrice(CommandPage[PriceItem, User, PriceItem]):
    slug = "correct"
    label = "Put this figure right"
    hint = (
        "Another row takes its place for all of its days. This one stays in the list "
        "with who put it right, when and why, and is no price of any day. It can be "
        "done only on the day on which the figure was entered: that is our own rule."
    )
    button = "Put it right"
    template = "desk/correct_price.html"

    def may(self, subject: PriceItem, user: User) -> bool:
        return is_operations(user)

    def obstacle(self, subject: PriceItem, user: User) -> str:
        try:
            require_correctable(subject, timezone.now())
        except DomainError as refusal:
            return str(refusal)
        return ""

    def form(
        self, subject: PriceItem, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return RightPriceForm(posted, item=subject)

    def context(self, subject: PriceItem, user: User) -> dict[str, Any]:
        rows = [(quote, order_url(quote.order.pk)) for quote in drafts_with(subject)]
        return {
            "days": span_words(subject),
            "before": usual_before(subject),
            "drafts": rows,
        }

    def run(self, subject: PriceItem, user: User, answers: Answers) -> PriceItem:
        return commands.correct_price(
            subject.pk, by=user, net=answers["net"], why=answers["why"]
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "why" if isinstance(refusal, WrongPriceUnexplained) else "net"

    def message(self, subject: PriceItem, result: PriceItem) -> str:
        done = f"{result.what}: {pounds(result.net)} instead of {pounds(subject.net)}."
        drafts = drafts_that_took(result)
        if not drafts:
            return f"{done} No draft has the amount before."
        names = ", ".join(str(quote) for quote in drafts)
        return (
            f"{done} The amount before is in {plural(len(drafts), 'draft')}: {names}. "
            "Change it there, or say there why it stays."
        )
