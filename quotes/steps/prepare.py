"""Preparing an offer."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.money import pounds
from common.pages import Answers
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_operations
from quotes import commands
from quotes.commands.prices import prices_of
from quotes.errors import LineReasonMissing
from quotes.file import quotes_of
from quotes.models import Ballpark, Preview, Quote
from quotes.obligations import SEND, SEND_UPDATED
from quotes.steps.form import (
    QuoteForm,
    as_typed,
    entered,
    entered_names,
    lines_of,
)

BEFORE_OFFER = (OrderState.ACCEPTED, OrderState.SURVEY)


class Draft(OrderPage[Quote]):
    slug = "quotation"
    label = "Prepare the quotation"
    button = "Save the draft"
    form_class = QuoteForm
    template = "desk/quotation.html"
    states = BEFORE_OFFER
    sees_to = (SEND, SEND_UPDATED)
    not_due = (
        "A quotation of this order is open. Withdraw it first if another is to be sent."
    )

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_operations(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and quotes_of(file).open is None

    def missing(self, file: OrderFile) -> str:
        quotes = quotes_of(file)
        _, refusal = quotes.readiness
        return refusal or being_prepared(quotes.draft)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return QuoteForm(
            posted,
            initial=self.initial(subject),
            prices=prices_of(subject.order, subject.today),
            has_before=any(quote.issued_at for quote in quotes_of(subject).versions),
        )

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        """Return the draft, else the version before, else what the portal proposes."""
        quotes = quotes_of(subject)
        if quotes.draft is not None:
            return entered(quotes.draft)
        if quotes.last_issued is not None:
            return {**entered(quotes.last_issued), "change_reason": ""}
        lines = commands.proposed_lines(subject.order, subject.today)
        delivery_on = commands.proposed_delivery(subject.order, subject.today)
        return {"delivery_on": delivery_on, **as_typed(lines)}

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        order = subject.order
        ranges = Ballpark.objects.valid_on(subject.today)
        basis, _ = quotes_of(subject).readiness
        if basis is None:
            return {}
        return {
            "basis": basis.label.lower(),
            "ballpark": ranges.filter(connection_type=order.connection_type).first(),
            "years": order.minimum_period_years,
            "review": subject.review,
            "overtaken": self.overtaken(subject),
            "preview": Preview.objects.of_draft(quotes_of(subject).draft),
        }

    def overtaken(self, subject: OrderFile) -> list[str]:
        """Say which amounts of the draft were put right in the price list since."""
        draft = quotes_of(subject).draft
        return [] if draft is None else list(commands.overtaken(draft))

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Quote:
        return commands.draft_quote(
            subject.pk,
            by=user,
            lines=lines_of(answers),
            delivery_on=answers["delivery_on"],
            note=answers["note"],
            change_reason=answers.get("change_reason", ""),
        )

    def leads_to(self, subject: OrderFile, result: Quote, answers: Answers) -> str:
        """A saved draft is issued next, once its preview was read."""
        return "issue"

    def follows(self, file: OrderFile) -> list[str]:
        return ["The draft and its preview are made; nothing is offered before issue."]

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if not isinstance(refusal, LineReasonMissing):
            return super().blamed(refusal, answers)
        name, _ = entered_names(answers)[refusal.facts["position"]]
        return f"{name}_reason"

    def message(self, subject: OrderFile, result: Quote) -> str:
        saved = Quote.objects.prefetch_related("lines").get(pk=result.pk)
        outside = "; ".join(commands.outside_ballpark(saved, subject.today))
        asked = "" if saved.note else " Say why in the note before you issue it."
        total = saved.total
        return (
            f"Draft {saved} is saved: {pounds(total.net)} excluding VAT, "
            f"{pounds(total.gross)} with it. "
            + (f"Outside the indicative range: {outside}.{asked} " if outside else "")
            + "Its preview is on the way. Issue it when it is right."
        )


def being_prepared(quote: Quote | None) -> str:
    if quote is not None and quote.is_being_prepared:
        return f"{quote} is being prepared. Wait for its document to be ready."
    return ""
