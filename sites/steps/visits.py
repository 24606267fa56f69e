"""A booked visit: it moves, is called off, begins, or fails."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from common.errors import DomainError
from common.fields import Day, Moment
from common.figures import figure
from common.files import UploadField
from common.pages import Answers, Result
from common.staff_fields import offer, one_of, words, yes_or_no
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.commands.cost import next_visit_cost
from sites.errors import ArrivalMissing, ArrivedTooEarly, CostNotUnderstood
from sites.file import site_of
from sites.forms import VisitTimes, know_site, time_of_day
from sites.models import SiteVisit
from sites.sections import day_of
from sites.states import Happened, VisitPurpose, VisitState


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
    return f"{visit}, {visit.get_purpose_display().lower()} {day_of(visit)}"


class GivesUpForm(VisitForm):
    """The base of forms that give up a booked day: it may cost, and that is said."""

    asked_by_party = yes_or_no(
        "Did the Gateway Party ask for it?",
        "Choose yes or no: it decides whether a late change is charged",
        "What they ask for with less than "
        f"{figure('VISIT_WARNING_WORKING_DAYS', 'working day')}' warning is charged.",
    )
    is_understood = forms.BooleanField(
        label="They were told what the next visit costs, and want it all the same",
        required=False,
        help_text="Needed where it costs.",
    )


def warned_words(*, is_late: bool) -> str:
    """Say whether giving up a day costs; no amount, since suppliers read it too."""
    if not is_late:
        return "It is free of charge, whoever asks for it."
    return (
        "Asked for by the Gateway Party, the next visit is charged once Operations "
        "confirms it; otherwise it is free."
    )


class MoveForm(GivesUpForm, VisitTimes):
    on = Day(label="New day", error_messages={"required": "Enter the new day"})
    from_time = time_of_day("From", hint="Leave both times empty to keep them")
    until_time = time_of_day("Until")
    reason = words("Why it moves", "The Gateway Party reads it.", "Write why it moves")
    field_order = ("visit", "on", "from_time", "until_time", "reason")


class GivesUp(OfVisit[SiteVisit]):
    """A page that gives up the day of a visit, with what that costs above its form."""

    template = "desk/visit.html"

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        return [visit for visit in super().visits(file) if visit.is_booked]

    def is_late(self, file: OrderFile) -> bool:
        """Say whether giving up any of them costs, if the Party asks for it."""
        booked = [visit for visit in self.visits(file) if visit.is_booked]
        return any(not visit.is_free_to_move_on(file.today) for visit in booked)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        passport = site_of(subject).passport
        know_site(form, passport, subject.calendar, subject.today)
        if not self.is_late(subject):
            del form.fields["is_understood"]
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        """Tell DCC the amount; a supplier reads no price."""
        told = {**super().context(subject, user), "today": subject.today}
        if not user.is_dcc:
            return told
        return {**told, "cost": next_visit_cost(subject.order, subject.today)}

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "is_understood" if isinstance(refusal, CostNotUnderstood) else None


class Move(GivesUp):
    slug = "move-visit"
    label = "Move the visit"
    button = "Move the visit"
    form_class = MoveForm
    tells = ("visit_rearranged",)

    def follows(self, file: OrderFile) -> list[str]:
        return [warned_words(is_late=self.is_late(file))]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.rearrange_visit(visit.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        charge = "Operations confirms what it costs"
        cost = charge if result.is_chargeable else "It is free of charge"
        return f"{result} on {result.when} takes its place. {cost}."


class CallOffForm(GivesUpForm):
    reason = words(
        "Why it is called off", "The Gateway Party reads it.", "Write why nobody comes"
    )
    field_order = ("visit", "reason")


class CallOff(GivesUp):
    slug = "call-off-visit"
    label = "Call the visit off"
    hint = "Nobody comes, and no other day is known yet. Move it if one is."
    button = "Call it off"
    form_class = CallOffForm
    tells = ("visit_called_off",)

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        """Those whose day is only offered can be called off too."""
        return [*site_of(file).proposed, *super().visits(file)]

    def follows(self, file: OrderFile) -> list[str]:
        return [
            warned_words(is_late=self.is_late(file)),
            "Another is to be booked.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.call_off_visit(visit.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"{result} is called off, and the Gateway Party is told."


class ArriveForm(VisitForm):
    arrived_at = Moment(label="When did the engineer come?", help_text="UK time.")


class Arrive(OfVisit[SiteVisit]):
    slug = "arrive"
    label = "Record that the engineer is there"
    button = "The engineer is there"
    form_class = ArriveForm
    template = "desk/visit.html"

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        booked = [visit for visit in super().visits(file) if visit.is_booked]
        return [visit for visit in booked if visit.on <= file.today]

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"arrived_at": timezone.localtime()}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "What is done on site can be recorded. The Gateway Party reads the time.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.record_arrival(visit.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        return f"The engineer is there for {result}."


class FailForm(VisitForm):
    happened = forms.ChoiceField(
        label="What happened",
        choices=[("", "Choose what happened"), *Happened.choices],
        error_messages={"required": "Choose what happened"},
    )
    arrived_at = Moment(
        label="When did the engineer come?",
        required=False,
        help_text="UK time. Leave it empty if nobody came.",
    )
    called = forms.CharField(
        label="Whom did the engineer call?",
        required=False,
        max_length=200,
        help_text="The person, and whether they answered.",
    )
    note = words("What else there is to say", "The Gateway Party reads it.", rows=3)
    photo = UploadField(
        label="Photo", required=False, help_text="Such as the closed gate. JPEG or PNG."
    )


class Fail(OfVisit[SiteVisit]):
    slug = "fail-visit"
    label = "Record that the visit could not be made"
    hint = (
        "Say what happened. The rule says who bears it, and Operations confirms that "
        "before anything is charged (section 2.9.1)."
    )
    button = "Record what happened"
    form_class = FailForm
    template = "desk/visit.html"
    tells_if = dict.fromkeys(("visit_failed", "visit_missed"), "with who bears it")

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        return [visit for visit in super().visits(file) if visit.on <= file.today]

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        came = [visit.arrived_at for visit in self.visits(subject)]
        return {"arrived_at": came[0] and timezone.localtime(came[0])} if came else {}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "On the Party’s side: Operations confirms what the next visit costs.",
            "On DCC’s side: the next visit is free. Either way it is to be booked.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteVisit:
        visit = answers.pop("visit")
        return commands.fail_visit(visit.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        is_about_it = isinstance(refusal, ArrivalMissing | ArrivedTooEarly)
        return "arrived_at" if is_about_it else None

    def message(self, subject: OrderFile, result: SiteVisit) -> str:
        if result.state == VisitState.MISSED:
            return f"{result} was missed on DCC’s side: the next one is free of charge."
        return f"{result} failed. Operations confirms who pays; book the next visit."


PAGES: list[OrderPage[Any]] = [Arrive(), Move(), CallOff(), Fail()]
