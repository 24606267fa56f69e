"""A booked visit: it moves to another day, or fails."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.fields import Day
from common.figures import figure
from common.pages import Answers, Result
from common.staff_fields import offer, one_of, words, yes_or_no
from common.wording import day_words
from orders.file import OrderFile
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.file import site_of
from sites.forms import VisitTimes, know_site, time_of_day
from sites.models import SiteVisit
from sites.states import VisitPurpose
from sites.steps.arrange import ON_SITE


class VisitForm(forms.Form):
    """The base of forms about one of the booked visits."""

    visit = one_of(SiteVisit, "Visit", "Choose the visit")


class OfVisit(OrderPage[Result]):
    """A page about one of the order's booked visits."""

    states: tuple[str, ...] = ON_SITE
    not_due = "No such visit is booked, so there is nothing to record."
    purposes: tuple[str, ...] = tuple(VisitPurpose.values)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        return [
            visit for visit in site_of(file).booked if visit.purpose in self.purposes
        ]

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.visits(file))

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        visits = self.visits(subject)
        offer(form, "visit", visits, called=name_of)
        if visits:
            form.initial["visit"] = visits[0].pk
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"visits": self.visits(subject)}


def name_of(visit: SiteVisit) -> str:
    return f"{visit}, {visit.get_purpose_display().lower()} on {day_words(visit.on)}"


class MoveForm(VisitForm, VisitTimes):
    on = Day(label="New day", error_messages={"required": "Enter the new day"})
    from_time = time_of_day("From", hint="Leave both times empty to keep them")
    until_time = time_of_day("Until")
    reason = words("Why it moves", "The Gateway Party reads it.", "Write why it moves")
    asked_by_party = yes_or_no(
        "Did the Gateway Party ask for it?",
        "Choose yes or no: it decides whether a late move is charged",
        "A move that they ask for with less than "
        f"{figure('VISIT_WARNING_WORKING_DAYS', 'working day')}' warning is charged.",
    )


class Move(OfVisit[SiteVisit]):
    slug = "move-visit"
    label = "Move the visit"
    button = "Move the visit"
    form_class = MoveForm
    template = "desk/visit.html"

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        passport = site_of(subject).passport
        know_site(form, passport, subject.calendar, subject.today)
        return form

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.rearrange_visit(visit.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        cost = "It is charged" if result.is_chargeable else "It is free of charge"
        return f"{result} on {result.when} takes its place. {cost}."


class FailForm(VisitForm):
    reason = words(
        "Why it failed", "The Gateway Party reads it.", "Write why it failed"
    )


class Fail(OfVisit[SiteVisit]):
    slug = "fail-visit"
    label = "Record that the visit failed"
    hint = (
        "Turned away, or declined with too little warning. The next visit for the same "
        "work is then charged (section 3.5)."
    )
    button = "The visit failed"
    form_class = FailForm
    template = "desk/visit.html"

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        reason = answers["reason"]
        return commands.fail_visit(answers["visit"].pk, by=user, reason=reason)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"{result} failed. Book the next visit; it is charged."


PAGES: list[OrderPage[Any]] = [Move(), Fail()]
