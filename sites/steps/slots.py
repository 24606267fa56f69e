"""Days that are offered for a visit: offered at the desk, and agreed there."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day
from common.pages import Answers
from common.staff_fields import offer, one_of
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites import obligations as owed
from sites.errors import OwnSlot
from sites.file import site_of
from sites.forms import MOST_SLOTS, SlotTimes, know_site, time_of_day
from sites.models import SiteVisit, VisitSlot
from sites.steps.arrange import Book, free_until_words


class OfferForm(SlotTimes):
    visitor = forms.CharField(
        label="Who comes",
        max_length=200,
        error_messages={"required": "Enter who comes"},
    )
    on_1 = Day(label="First day", required=False)
    from_1 = time_of_day("From", hint="Such as 8am")
    until_1 = time_of_day("Until", hint="Such as 1pm")
    on_2 = Day(label="Second day", required=False)
    from_2 = time_of_day("From")
    until_2 = time_of_day("Until")
    on_3 = Day(label="Third day", required=False)
    from_3 = time_of_day("From")
    until_3 = time_of_day("Until")


class Offer(OrderPage[SiteVisit]):
    """Up to three days for the next visit, or others for one that is offered."""

    slug = "offer-days"
    label = "Offer days for a visit"
    hint = f"Up to {MOST_SLOTS}. The Gateway Party chooses one, or proposes others."
    button = "Offer these days"
    form_class = OfferForm
    states = ON_SITE
    sees_to = (*Book.sees_to, owed.ANSWER_DAYS)
    not_due = "The visits that this order needs are over or booked."
    tells = ("days_offered",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        is_next = site_of(file).next_purpose != "" and not site_of(file).booked
        return super().is_listed(file) and is_next

    def missing(self, file: OrderFile) -> str:
        return "" if site_of(file).proposed else Book().missing(file)

    def named(self, file: OrderFile) -> str:
        return "Offer other days" if site_of(file).proposed else self.label

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        know_site(form, site_of(subject).passport, subject.calendar, subject.today)
        if site_of(subject).proposed:
            del form.fields["visitor"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"visitor": settings.INSTALLER_NAME}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It is the Gateway Party’s turn: it chooses one or proposes others.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        proposed = site_of(subject).proposed
        if proposed:
            slots = answers["slots"]
            return commands.offer_other_days(proposed[0].pk, by=user, slots=slots)
        purpose = site_of(subject).next_purpose
        return commands.propose_visit(subject.pk, by=user, purpose=purpose, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"The days of {result} are offered. The Gateway Party is told."


class AgreeForm(forms.Form):
    slot = one_of(VisitSlot, "Day", "Choose the day")
    agreed_with = forms.CharField(
        label="Agreed by phone with",
        max_length=200,
        required=False,
        help_text="Needed for a day that DCC’s side offered itself.",
    )


class Agree(OrderPage[SiteVisit]):
    slug = "agree-day"
    label = "Agree a day for the visit"
    button = "Book this day"
    form_class = AgreeForm
    states = ON_SITE
    sees_to = (owed.ANSWER_DAYS,)
    not_due = "No days are offered, so there is none to agree."
    tells = ("visit_booked",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(site_of(file).proposed)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        visits = site_of(subject).proposed
        offer(form, "slot", VisitSlot.objects.filter(visit__in=visits, is_open=True))
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            free_until_words(),
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        slot: VisitSlot = answers["slot"]
        phone = answers["agreed_with"]
        return commands.agree_day(
            slot.visit_id, by=user, slot_id=slot.pk, agreed_with=phone
        )

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "agreed_with" if isinstance(refusal, OwnSlot) else None

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"{result} is booked for {result.when}. The Gateway Party is told."


PAGES: list[OrderPage[Any]] = [Offer(), Agree()]
