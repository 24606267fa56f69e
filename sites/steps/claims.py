"""What the next visit costs: confirmed or dropped, and decided where it is disputed."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.pages import Answers
from common.staff_fields import offer, one_of, words, yes_or_no
from common.wording import day_words
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites import obligations as owed
from sites.commands.cost import claimed_cost
from sites.deadlines import last_day_to_dispute
from sites.facts import AFTER_AUTHORITY
from sites.file import site_of
from sites.models import VisitClaim
from sites.states import ClaimState


class ClaimForm(forms.Form):
    claim = one_of(VisitClaim, "Visit that was not made", "Choose the visit")
    is_charged = yes_or_no("Is the next visit charged?", "Choose yes or no")
    reason = words("Why", "The Gateway Party reads it.")


class OfClaim(OrderPage[VisitClaim]):
    """A page about one of the order's claims, with the reasoning of the rule."""

    states = AFTER_AUTHORITY
    template = "desk/claim.html"
    form_class = ClaimForm
    of_state = ClaimState.OPEN

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_settle_claim(None, user)

    def claims(self, file: OrderFile) -> list[VisitClaim]:
        return [row for row in site_of(file).claims if row.state == self.of_state]

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.claims(file))

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        claims = self.claims(subject)
        offer(form, "claim", claims, called=lambda claim: str(claim.visit))
        if claims:
            form.initial["claim"] = claims[0].pk
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        today = subject.today
        claims = self.claims(subject)
        return {"claims": [(row, claimed_cost(row, today)) for row in claims]}

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "reason" if isinstance(refusal, ReasonMissing) else None


class Confirm(OfClaim):
    slug = "visit-cost"
    label = "Confirm who pays for the next visit"
    hint = "The rule has its answer; nothing is charged before you confirm it."
    button = "Save the decision"
    sees_to = (owed.CONFIRM_CLAIM,)
    not_due = "Nothing about the cost of a visit is left to confirm."
    tells_if = {
        "claim_confirmed": "with what is decided",
        "claim_decided": "with what is decided",
    }

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        words = "Needed if it is free of charge. The Gateway Party reads it."
        form.fields["reason"].help_text = words
        return form

    def follows(self, file: OrderFile) -> list[str]:
        last = day_words(last_day_to_dispute(file.today, file.calendar))
        return [
            "Charged: it is raised once the next visit is made.",
            f"The Gateway Party can dispute that until the end of {last}.",
            "Not charged: the next visit is free.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> VisitClaim:
        claim: VisitClaim = answers["claim"]
        if answers["is_charged"]:
            return commands.confirm_claim(claim.pk, by=user)
        return commands.drop_claim(claim.pk, by=user, reason=answers["reason"])

    def message(self, subject: OrderFile, result: VisitClaim) -> str:
        if result.is_dropped:
            return f"The visit after {result.visit} is free of charge."
        return (
            "It is confirmed. The Gateway Party is told, and until when to dispute it."
        )


class Decide(OfClaim):
    slug = "visit-dispute"
    label = "Decide the dispute about the next visit"
    button = "Save the decision"
    of_state = ClaimState.DISPUTED
    sees_to = (owed.DECIDE_DISPUTE,)
    not_due = "Nothing about the cost of a visit is disputed."
    tells = ("claim_decided",)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Charged: the claim stands and is raised once the next visit is made.",
            "Not charged: the next visit is free, and the dispute is over.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> VisitClaim:
        claim, reason = answers["claim"], answers["reason"]
        decide = commands.uphold_claim if answers["is_charged"] else commands.drop_claim
        return decide(claim.pk, by=user, reason=reason)

    def message(self, subject: OrderFile, result: VisitClaim) -> str:
        return "The decision is saved, and the Gateway Party is told."


PAGES: list[OrderPage[Any]] = [Confirm(), Decide()]
