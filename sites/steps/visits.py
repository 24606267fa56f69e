"""Work on site: access, visits, the stages of installation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from common.asking_back import AsksBack, know, unusual_day
from common.fields import Day
from common.figures import figure
from common.pages import Answers, Result
from common.staff_fields import mbps, words, yes_or_no
from common.wording import day_words
from orders import policies as order_policies
from orders.file import OrderFile
from orders.states import ConnectionType, OrderState
from orders.steps.base import OrderPage
from parties.models import User
from quotes.file import quotes_of
from sites import commands, policies
from sites import obligations as owed
from sites.file import site_of
from sites.models import InstallationStage, SiteVisit
from sites.states import Purpose, Stage

MEASURED = (
    "In Mbps, by the circuit test. Needed where the Gateway Party has only an "
    "estimate: that is our own rule."
)
ON_SITE = (OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL)


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
    sees_to = (owed.AGREE_ACCESS,)
    not_due = (
        "Access is agreed and nothing about the rack space is open, so there is "
        "nothing left to record."
    )

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def is_near(self, file: OrderFile) -> bool:
        access = site_of(file).access
        is_agreed = access is not None and access.is_agreed
        return super().is_near(file) and not (is_agreed and has_space(file))

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

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return commands.record_access(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: object) -> str:
        return f"Access for {subject} is agreed. A visit can be booked now."


def has_space(file: OrderFile) -> bool:
    """Say whether the rack space is settled; before a survey it is not asked."""
    quote = quotes_of(file).accepted
    is_firm = quote is not None and quote.is_firm
    access = site_of(file).access
    return not is_firm or (access is not None and access.has_space)


class DayForm(AsksBack):
    """The base of forms with the day of a visit."""

    def unusual(self, answers: Answers) -> Iterable[str]:
        if answers.get("on"):
            yield unusual_day(answers["on"], self.calendar)


class BookForm(DayForm):
    purpose = forms.ChoiceField(label="What the visit is for")
    on = Day(label="Day", error_messages={"required": "Enter the day of the visit"})
    visitor = forms.CharField(
        label="Who comes",
        max_length=200,
        help_text="The name and the company that the site expects.",
        error_messages={"required": "Enter who comes"},
    )


class Book(OrderPage[SiteVisit]):
    slug = "book"
    label = "Book a visit"
    button = "Book the visit"
    form_class = BookForm
    states = ON_SITE
    sees_to = (owed.BOOK_FIRST, owed.BOOK_NEXT, owed.BOOK_SURVEY)
    not_due = "The visits that this order needs are over, so none is left to book."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and next_purpose(file) != ""

    def missing(self, file: OrderFile) -> str:
        site = site_of(file)
        if site.access is None or not site.access.is_agreed:
            return "Record first that access to the site is agreed."
        if not has_space(file):
            return "Record first that the Gateway Party confirms the rack space."
        if site.booked:
            first = site.booked[0]
            return f"{first} is booked for {day_words(first.on)} already."
        return ""

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        purpose: Any = form.fields["purpose"]
        wanted = next_purpose(subject)
        purpose.choices = [choice for choice in Purpose.choices if choice[0] == wanted]
        know(form, subject.calendar)
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"visitor": settings.INSTALLER_NAME}

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        return commands.book_visit(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return (
            f"{result} is booked for {day_words(result.on)}. The Gateway Party is told."
        )


def next_purpose(file: OrderFile) -> str:
    """Return what the next visit is for, by state and offer; empty when none is."""
    if file.state == OrderState.INSTALL:
        stage = site_of(file).next_stage
        return str(stage.value) if stage else ""
    survey = site_of(file).survey
    if file.state == OrderState.SURVEY:
        # Another survey only where the first found it impossible.
        is_done = survey is not None and survey.is_possible
        return "" if is_done else Purpose.SURVEY.value
    quote = quotes_of(file).accepted
    is_firm = quote is not None and quote.is_firm
    return Purpose.CIRCUIT.value if is_firm else Purpose.SURVEY.value


class VisitForm(forms.Form):
    """The base of forms about one of the booked visits."""

    visit = forms.ModelChoiceField(
        label="Visit",
        queryset=SiteVisit.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the visit"},
    )


class OfVisit(OrderPage[Result]):
    """A page about one of the order's booked visits."""

    states: tuple[str, ...] = ON_SITE
    not_due = "No such visit is booked, so there is nothing to record."
    purposes: tuple[str, ...] = tuple(Purpose.values)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        return [
            visit for visit in site_of(file).booked if visit.purpose in self.purposes
        ]

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and bool(self.visits(file))

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        visit: Any = form.fields["visit"]
        visits = self.visits(subject)
        visit.queryset = SiteVisit.objects.filter(pk__in=[row.pk for row in visits])
        visit.label_from_instance = name_of
        if visits:
            form.initial["visit"] = visits[0].pk
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"visits": self.visits(subject)}


def name_of(visit: SiteVisit) -> str:
    return f"{visit}, {visit.get_purpose_display().lower()} on {day_words(visit.on)}"


class MoveForm(VisitForm, DayForm):
    on = Day(label="New day", error_messages={"required": "Enter the new day"})
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
        know(form, subject.calendar)
        return form

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.rearrange_visit(visit.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        cost = "It is charged" if result.is_chargeable else "It is free of charge"
        return f"{result} on {day_words(result.on)} takes its place. {cost}."


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


class StageForm(forms.Form):
    stage = forms.ChoiceField(label="Stage")
    done_on = Day(
        label="Day on which it was done",
        error_messages={"required": "Enter the day on which it was done"},
    )
    test_result = words("Result of the basic test", "Needed for the circuit.", rows=3)
    provider = forms.CharField(
        label="Telecom provider",
        max_length=100,
        help_text="Such as BT Openreach or Virgin Media (section 1.3).",
        error_messages={"required": "Enter the telecom provider of the circuit"},
    )
    provider_reference = forms.CharField(
        label="Their order reference",
        max_length=60,
        error_messages={"required": "Enter the provider’s reference of the order"},
    )
    measured_down_mbps = mbps("Measured download", MEASURED)
    measured_up_mbps = mbps("Measured upload", MEASURED)


class CompleteStage(OrderPage[InstallationStage]):
    slug = "stage"
    label = "Record a stage as done"
    button = "The stage is done"
    form_class = StageForm
    states = (OrderState.INSTALL,)
    sees_to = (*owed.ATTEND.values(),)
    not_due = "Circuit and equipment have already been recorded as done."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_near(self, file: OrderFile) -> bool:
        return super().is_near(file) and site_of(file).next_stage is not None

    def missing(self, file: OrderFile) -> str:
        stage = site_of(file).next_stage
        if stage and stage.value not in [
            visit.purpose for visit in site_of(file).booked
        ]:
            return f"Book the visit for the {stage.label.lower()} first."
        return ""

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        stage: Any = form.fields["stage"]
        done = {row.stage for row in site_of(subject).stages}
        stage.choices = [choice for choice in Stage.choices if choice[0] not in done]
        if Stage.CIRCUIT in done:
            del form.fields["provider"], form.fields["provider_reference"]
        if Stage.CIRCUIT in done or subject.order.connection_type != ConnectionType.LV:
            del form.fields["measured_down_mbps"], form.fields["measured_up_mbps"]
        return form

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> InstallationStage:
        return commands.complete_stage(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: InstallationStage) -> str:
        return f"{result.get_stage_display()} of {subject} is recorded as done."


class CompleteForm(forms.Form):
    completed_on = Day(
        label="Day on which installation was complete",
        help_text="The contract period starts on it, and the first charges follow.",
        error_messages={"required": "Enter the day of completion"},
    )


class Complete(OrderPage[object]):
    slug = "complete"
    label = "Complete the installation"
    button = "Installation is complete"
    form_class = CompleteForm
    states = (OrderState.INSTALL,)
    sees_to = (owed.COMPLETE,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return order_policies.may_check(subject.order, user)

    def missing(self, file: OrderFile) -> str:
        stage = site_of(file).next_stage
        return f"The {stage.label.lower()} is not recorded as done." if stage else ""

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        day_of = answers["completed_on"]
        return commands.complete_installation(subject.pk, by=user, completed_on=day_of)

    def message(self, subject: OrderFile, result: object) -> str:
        return (
            f"The installation of {subject} is complete: the contract period and the "
            "first charges are in its file."
        )


PAGES: list[OrderPage[Any]] = [
    Access(),
    Book(),
    CompleteStage(),
    Complete(),
    Move(),
    Fail(),
]
