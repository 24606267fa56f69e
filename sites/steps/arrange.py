"""Before a visit: access to the site is agreed, and the visit is booked."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from common.fields import Day
from common.figures import figure
from common.pages import Answers
from common.staff_fields import words
from common.wording import day_words
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from parties.models import User
from quotes.file import quotes_of
from sites import commands, policies
from sites import obligations as owed
from sites.errors import AccessItemsOpen, PassportNotConfirmed
from sites.file import site_of
from sites.forms import VisitTimes, know_site, time_of_day
from sites.models import SiteVisit
from sites.obligations.access import AGREE_ACCESS
from sites.states import VisitPurpose


class AccessForm(forms.Form):
    notes = words(
        "What was agreed",
        "Who lets the visitor in, what to bring, when. Kept with the order.",
    )
    is_space_confirmed = forms.BooleanField(
        required=False,
        help_text="No visit for the installation is booked without it (section 3.7).",
    )


class Access(OrderPage[object]):
    slug = "access"
    label = "Record that access is agreed"
    button = "Access is agreed"
    form_class = AccessForm
    template = "desk/access.html"
    states = ON_SITE
    sees_to = (AGREE_ACCESS,)
    not_due = (
        "Access is agreed and nothing about the rack space is open, so there is "
        "nothing left to record."
    )

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        is_settled = site_of(file).is_agreed and has_space(file)
        return super().is_listed(file) and not is_settled

    def missing(self, file: OrderFile) -> str:
        if not site_of(file).is_confirmed:
            return str(PassportNotConfirmed())
        return what_is_open(file)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"access": site_of(subject).access}

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        if has_space(subject):
            del form.fields["is_space_confirmed"]
        else:
            units = subject.order.rack_units
            label = f"The Gateway Party confirms that {units}U of rack space is free"
            form.fields["is_space_confirmed"].label = label
        return form

    def follows(self, file: OrderFile) -> list[str]:
        purpose = site_of(file).next_purpose
        visit = VisitPurpose(purpose).label.lower() if purpose else "next"
        return [f"The {visit} visit can be booked, or days for it offered."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return commands.record_access(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: object) -> str:
        return f"Access for {subject} is agreed. A visit can be booked now."


def what_is_open(file: OrderFile) -> str:
    """Say what has to be there first, whose it is and until when; empty: nothing."""
    still = site_of(file).open_items
    items = "; ".join(item.whose_and_until for item in still)
    return str(AccessItemsOpen(items=items)) if items else ""


def has_space(file: OrderFile) -> bool:
    """Say whether the rack space is settled; before a survey it is not asked."""
    quote = quotes_of(file).accepted
    is_firm = quote is not None and quote.is_firm
    access = site_of(file).access
    return not is_firm or (access is not None and access.has_space)


def free_until_words() -> str:
    """Say until when a booked visit moves free of charge. Source: R-3.5-7."""
    days = figure("VISIT_WARNING_WORKING_DAYS", "working day")
    return f"It is free to move with {days}’ warning; later, asked for, it is charged."


class BookForm(VisitTimes):
    purpose = forms.ChoiceField(label="What the visit is for")
    on = Day(label="Day", error_messages={"required": "Enter the day of the visit"})
    from_time = time_of_day("From", needed="Enter from what time", hint="Such as 8am")
    until_time = time_of_day(
        "Until", needed="Enter until what time", hint="Such as 1pm"
    )
    visitor = forms.CharField(
        label="Who comes",
        max_length=200,
        help_text="The name and the company that the site expects.",
        error_messages={"required": "Enter who comes"},
    )
    agreed_with = forms.CharField(
        label="Agreed by phone with",
        max_length=200,
        required=False,
        help_text="Kept with the visit.",
    )


class Book(OrderPage[SiteVisit]):
    slug = "book"
    label = "Book a visit whose day is agreed"
    button = "Book the visit"
    form_class = BookForm
    states = ON_SITE
    sees_to = (owed.BOOK_FIRST, owed.BOOK_NEXT, owed.BOOK_SURVEY)
    tells = ("visit_booked",)
    not_due = "The visits that this order needs are over, so none is left to book."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and site_of(file).next_purpose != ""

    def missing(self, file: OrderFile) -> str:
        site = site_of(file)
        if not site.is_agreed:
            return "Record first that access to the site is agreed."
        if what_is_open(file):
            return what_is_open(file)
        if not has_space(file):
            return "Record first that the Gateway Party confirms the rack space."
        return self.not_another(file)

    def not_another(self, file: OrderFile) -> str:
        site = site_of(file)
        if site.next_is_held_by is not None:
            return f"An issue is open. {site.next_is_held_by}"
        if site.proposed:
            return f"Days are offered for {site.proposed[0]}: one is to be agreed."
        if site.booked:
            first = site.booked[0]
            return f"{first} is booked for {day_words(first.on)} already."
        return ""

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        purpose: Any = form.fields["purpose"]
        wanted = site_of(subject).next_purpose
        purpose.choices = [
            choice for choice in VisitPurpose.choices if choice[0] == wanted
        ]
        passport = site_of(subject).passport
        know_site(form, passport, subject.calendar, subject.today)
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"visitor": settings.INSTALLER_NAME}

    def follows(self, file: OrderFile) -> list[str]:
        return [free_until_words()]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        return commands.book_visit(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"{result} is booked for {result.when}. The Gateway Party is told."


PAGES: list[OrderPage[Any]] = [Access(), Book()]
