"""Issuing a draft, and taking an offer back."""

from typing import Any

from django import forms

from common.errors import DomainError
from common.money import pounds
from common.pages import Answers, still_there
from common.staff_fields import words
from common.wording import long_day_words
from orders.deadlines import quote_due_on
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_operations
from quotes import commands, policies
from quotes.commands.issue import check_complete
from quotes.deadlines import quote_last_day
from quotes.emails import QUOTE_ISSUED
from quotes.file import quotes_of
from quotes.models import Preview, Quote
from quotes.obligations import SEND, SEND_UPDATED
from quotes.states import QuoteState
from quotes.steps.prepare import BEFORE_OFFER
from quotes.views.tables import charges
from quotes.wording import version_before


class Issue(OrderPage[Quote]):
    slug = "issue"
    label = "Issue the quotation"
    button = "Issue the quotation"
    template = "desk/issue.html"
    states = BEFORE_OFFER
    sees_to = (SEND, SEND_UPDATED)
    tells = (QUOTE_ISSUED,)
    not_due = "Its document could not be made. Prepare the document again first."

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_operations(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and not has_failed(quotes_of(file).draft)

    def missing(self, file: OrderFile) -> str:
        draft = quotes_of(file).draft
        if draft is None:
            return "There is no draft to issue yet."
        try:
            check_complete(draft, file.today)
        except DomainError as refusal:
            return str(refusal)
        return ""

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        quote = quotes_of(subject).draft
        if quote is None:
            return {}
        last_day = quote_last_day(subject.today, quote.open_days)
        before = version_before(quote)
        return {
            "quote": quote,
            "last_day": last_day,
            "outside": commands.outside_ballpark(quote, subject.today),
            "before": before,
            "differences": charges(quote, before) if before else None,
            "preview": Preview.objects.of_draft(quote),
        }

    def follows(self, file: OrderFile) -> list[str]:
        quote = quotes_of(file).draft
        if quote is None:
            return []
        total = pounds(quote.total.net)
        return [
            f"Signed, it commits {file.order.party} to {total} excluding VAT.",
            "The Party decides next; each reminder before the last day goes by itself.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Quote:
        return commands.request_issue(still_there(quotes_of(subject).draft).pk, by=user)

    def message(self, subject: OrderFile, result: Quote) -> str:
        return (
            f"{result} is being prepared. It goes to the Gateway Party as soon as its "
            "document is ready; its days begin when the Party receives it."
        )


def has_failed(quote: Quote | None) -> bool:
    return quote is not None and bool(quote.rendering_error)


class Retry(Issue):
    slug = "retry"
    label = "Prepare its document again"
    button = "Prepare it again"
    template = "desk/retry.html"
    not_due = "No document of this order has failed, so there is none to make again."

    def is_listed(self, file: OrderFile) -> bool:
        return file.state in self.states and has_failed(quotes_of(file).draft)


class WithdrawQuoteForm(forms.Form):
    reason = words(
        "Why it is withdrawn",
        "The Gateway Party reads it. A first quotation goes back to desk review, and "
        "the working days for the next one are counted from today. After a survey, "
        "the order waits for another updated quotation.",
        "Write why: the Gateway Party reads it",
    )


class Withdraw(OrderPage[Quote]):
    tells = ("quote_withdrawn",)
    slug = "withdraw-quotation"
    label = "Withdraw the quotation to issue it again"
    button = "Withdraw the quotation"
    form_class = WithdrawQuoteForm
    states = (OrderState.QUOTED, OrderState.SURVEY)
    not_due = "No quotation of this order is open, so there is none to withdraw."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_prepare(None, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and quotes_of(file).open is not None

    def missing(self, file: OrderFile) -> str:
        quote = quotes_of(file).open
        if quote is not None and quote.state == QuoteState.AUTHORITY_RECEIVED:
            return "A signed authority is being checked. Say first what you found."
        return ""

    def follows(self, file: OrderFile) -> list[str]:
        if file.state == OrderState.SURVEY:
            return ["The order waits for another updated quotation."]
        due = long_day_words(quote_due_on(file.today, file.calendar))
        return [f"The order is in desk review again; the next one is due by {due}."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Quote:
        reason = answers["reason"]
        return commands.withdraw_quote(
            still_there(quotes_of(subject).open).pk, by=user, reason=reason
        )

    def message(self, subject: OrderFile, result: Quote) -> str:
        due_on = result.order.quote_due_on
        if subject.state == OrderState.SURVEY:
            return f"{result} is withdrawn. Prepare the next version."
        return (
            f"{result} is withdrawn. The next one is due by {long_day_words(due_on)}."
        )
