"""How people get into a site, written at the desk as staff were told it."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.pages import Answers
from orders.file import OrderFile
from orders.states import ON_SITE, OrderState
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.file import site_of
from sites.forms import DeskPassportForm, for_command
from sites.models import SitePassport
from sites.obligations.access import CONFIRM_ACCESS

NOT_OVER = (*ON_SITE, OrderState.CONFIGURING, OrderState.CONFIGURED)


class WritePassport(OrderPage[SitePassport]):
    """What gets people into an order's site, in its next version."""

    slug = "passport"
    label = "Write down how people get in"
    hint = "As the Gateway Party or the site told you. Each change is a new version."
    button = "Keep and confirm it"
    template = "desk/passport.html"
    states = NOT_OVER
    sees_to = (CONFIRM_ACCESS,)
    not_due = (
        "Access to the site is not being arranged yet: that begins with the authority."
    )

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and site_of(file).access is not None

    def named(self, file: OrderFile) -> str:
        is_told = site_of(file).is_confirmed
        return "Correct how people get in" if is_told else self.label

    def is_done(self, file: OrderFile) -> bool:
        return site_of(file).is_confirmed

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return DeskPassportForm(posted, last=site_of(subject).passport)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        site = site_of(subject)
        return {"access": site.access, "passport": site.passport}

    def follows(self, file: OrderFile) -> list[str]:
        last = site_of(file).passport
        number = last.number + 1 if last else 1
        return [
            f"Version {number} counts for every order of this site.",
            "What it asks for has to be there before a visit of this order.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SitePassport:
        return commands.write_passport(subject.pk, by=user, **for_command(answers))

    def message(self, subject: OrderFile, result: SitePassport | None) -> str:
        number = result.number if result else ""
        return f"Version {number} is kept, and confirmed for {subject}."


PAGES: list[OrderPage[Any]] = [WritePassport()]
