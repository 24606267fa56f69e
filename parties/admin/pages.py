"""The steps of the register, one small page each. Kept by the Service Desk."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from common.clock import uk_date
from common.errors import DomainError
from common.fields import Day, phone
from common.files import UploadField, accepted_words
from common.pages import Answers, CommandPage, Result, Subject
from common.staff_fields import offer, words
from parties import commands
from parties.errors import BackDatedUnexplained, DataCentreNameTaken
from parties.forms import PartyField, PostcodeField
from parties.models import (
    DataCentre,
    Nomination,
    Party,
    PartyStanding,
    ProviderAppointment,
    User,
)
from parties.policies import is_desk
from parties.states import Purpose, Role, Standing
from records.rehearsal import ReadFirst


def text(label: str, missing: str = "", **field: Any) -> forms.CharField:
    errors = {"required": missing}
    required = bool(missing)
    return forms.CharField(
        label=label, required=required, error_messages=errors, **field
    )


def first_day(label: str = "From") -> Day:
    return Day(label=label, error_messages={"required": "Enter the first day"})


def named_by(missing: str = "") -> forms.CharField:
    hint = "The officer who wrote, such as Jo Hart, company secretary."
    return text("Who named them?", missing, max_length=150, help_text=hint)


def letter() -> UploadField:
    return UploadField(
        label="Letter or e-mail in which they were named",
        required=False,
        help_text=f"It is kept with the nomination. {accepted_words()}",
    )


def why_back_dated() -> forms.CharField:
    return words(
        "Why it counts from before today",
        "Only if the first day is before today. It is shown with the nomination.",
        rows=2,
    )


def need_reason(form: forms.Form, answers: Answers, name: str) -> None:
    """Ask why nominations count from the day in field `name`, if that is over."""
    first = answers.get(name)
    is_over = first is not None and first < uk_date(timezone.now())
    if is_over and not answers.get("why_back_dated"):
        form.add_error("why_back_dated", str(BackDatedUnexplained()))


def last_day() -> Day:
    help_text = "This day still counts. Leave it empty if no end is known."
    return Day(label="Until", required=False, help_text=help_text)


class DeskPage(CommandPage[Subject, User, Result]):
    """A page of the register: the Service Desk's. Source: R-1.3-1."""

    def may(self, subject: Subject, user: User) -> bool:
        return is_desk(user)


class StandingForm(forms.Form):
    standing = forms.ChoiceField(label="It is a", choices=Standing.choices)
    from_on = first_day()
    until_on = last_day()


class AddStanding(DeskPage[Party, PartyStanding]):
    slug = "standing"
    label = "Add a standing"
    button = "Add the standing"
    form_class = StandingForm

    def run(self, subject: Party, user: User, answers: Answers) -> PartyStanding:
        return commands.add_standing(subject.pk, by=user, **answers)

    def message(self, subject: Party, result: PartyStanding) -> str:
        return f"{subject} is a {result}."


class EndsOnForm(forms.Form):
    """On which day something ends; what it is comes first."""

    last_day = Day(
        label="Last day",
        help_text="This day still counts.",
        error_messages={"required": "Enter the last day"},
    )


class EndStandingForm(EndsOnForm):
    field_order = ("standing",)
    standing = forms.ModelChoiceField(
        label="Standing",
        queryset=PartyStanding.objects.none(),
        error_messages={"required": "Choose the standing"},
    )


class EndStanding(DeskPage[Party, PartyStanding]):
    slug = "end-standing"
    label = "End a standing"
    hint = "From the day after, nothing can be submitted or authorised under it."
    button = "End the standing"
    form_class = EndStandingForm

    def form(
        self, subject: Party, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "standing", subject.standings.all())
        return form

    def run(self, subject: Party, user: User, answers: Answers) -> PartyStanding:
        standing: PartyStanding = answers["standing"]
        last_day = answers["last_day"]
        commands.end_standing(standing.pk, last_day=last_day, by=user)
        return standing

    def message(self, subject: Party, result: PartyStanding) -> str:
        return f"Ended for {subject}: {result.get_standing_display()}."


class ProviderForm(forms.Form):
    provider = PartyField(
        label="Shared service provider",
        help_text="Its PTY number, or enough of its name. Register it first if it is "
        "no Party yet. It can order once it is a SEC Party (section 2.2).",
        error_messages={"required": "Enter the service provider"},
    )
    from_on = first_day()
    until_on = last_day()


class AppointProvider(DeskPage[Party, ProviderAppointment]):
    slug = "provider"
    label = "Record its shared service provider"
    button = "Record the appointment"
    form_class = ProviderForm

    def run(self, subject: Party, user: User, answers: Answers) -> ProviderAppointment:
        provider = answers.pop("provider")
        return commands.appoint_provider(
            subject.pk, provider_id=provider.pk, by=user, **answers
        )

    def message(self, subject: Party, result: ProviderAppointment) -> str:
        return f"{result.provider} is recorded as the provider of {subject}."


class PersonForm(forms.Form):
    name = text("Name", "Enter the person’s name", max_length=150)
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it, and choose their own password by e-mail.",
        error_messages={"required": "Enter their e-mail address"},
    )
    phone = text("Phone", max_length=40)

    def clean_phone(self) -> str:
        return phone(self.cleaned_data["phone"])


class AddPerson(DeskPage[Party, User]):
    slug = "person"
    label = "Add a person"
    button = "Add the person"
    form_class = PersonForm

    def run(self, subject: Party, user: User, answers: Answers) -> User:
        email = answers.pop("email")
        return commands.add_person(email, party_id=subject.pk, by=user, **answers)

    def message(self, subject: Party, result: User) -> str:
        return f"{result} may sign in for {subject}. Nominate them next, if named."


class NominateForm(forms.Form):
    user = forms.ModelChoiceField(
        label="Person",
        queryset=User.objects.none(),
        error_messages={"required": "Choose the person"},
    )
    purpose = forms.ChoiceField(label="Nominated for", choices=Purpose.choices)
    from_on = first_day()
    until_on = last_day()
    named_by = named_by("Enter who at the Gateway Party named this person")
    letter = letter()
    why_back_dated = why_back_dated()

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        need_reason(self, answers, "from_on")
        return answers


class Nominate(ReadFirst[Party, User, Nomination], DeskPage[Party, Nomination]):
    slug = "nominate"
    label = "Nominate a contact"
    hint = (
        "Only when an officer of the Gateway Party named the person in writing. The "
        "person is told by e-mail, and so is whoever authorises for the Gateway Party."
    )
    button = "Nominate"
    form_class = NominateForm

    def form(
        self, subject: Party, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "user", subject.people.filter(is_active=True))
        return form

    def run(self, subject: Party, user: User, answers: Answers) -> Nomination:
        person = answers.pop("user")
        return commands.nominate(person.pk, by=user, **answers)

    def message(self, subject: Party, result: Nomination) -> str:
        return f"Nominated: {result}."


class EndNomination(
    ReadFirst[Nomination, User, Nomination], DeskPage[Nomination, Nomination]
):
    slug = "end"
    label = "End a nomination"
    hint = (
        "It holds to the end of its last day. The person is told by e-mail, and so is "
        "whoever authorises for the Gateway Party."
    )
    button = "End the nomination"
    form_class = EndsOnForm

    def obstacle(self, subject: Nomination, user: User) -> str:
        until, today = subject.until_on, uk_date(timezone.now())
        return f"{subject} has ended." if until is not None and until < today else ""

    def run(self, subject: Nomination, user: User, answers: Answers) -> Nomination:
        commands.end_nomination(subject.pk, by=user, **answers)
        return subject

    def message(self, subject: Nomination, result: Nomination) -> str:
        return f"Ended: {result}."


class CentreForm(forms.Form):
    name = text("Name", "Enter the name of the data centre", max_length=100)
    street = text("Street", "Enter the street", max_length=200)
    town = text("Town", "Enter the town", max_length=100)
    postcode = PostcodeField(
        label="Postcode",
        max_length=10,
        error_messages={"required": "Enter the postcode"},
    )
    owner = text("Owner, if it is not theirs", max_length=200)


class AddCentre(DeskPage[Party, DataCentre]):
    slug = "data-centre"
    label = "Add a data centre"
    button = "Add the data centre"
    form_class = CentreForm

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "name" if isinstance(refusal, DataCentreNameTaken) else None

    def run(self, subject: Party, user: User, answers: Answers) -> DataCentre:
        return commands.add_data_centre(subject.pk, by=user, **answers)

    def message(self, subject: Party, result: DataCentre) -> str:
        return f"{result} is added for {subject}."


class StaffForm(PersonForm):
    role = forms.ChoiceField(label="Part", choices=Role.choices)


class AddStaff(DeskPage[None, User]):
    label = "Add somebody at DCC or a supplier"
    hint = "Add the people of a Gateway Party on the page of that Party."
    button = "Add the person"
    form_class = StaffForm

    def run(self, subject: None, user: User, answers: Answers) -> User:
        return commands.add_person(answers.pop("email"), by=user, **answers)

    def message(self, subject: None, result: User) -> str:
        return f"{result} may sign in."


class CloseSignIn(ReadFirst[User, User, User], DeskPage[User, User]):
    slug = "close"
    label = "Close this sign-in"
    hint = (
        "The person is stopped at once. What they did stays on record as theirs. They "
        "are told by e-mail, and so is whoever authorises for their Gateway Party."
    )
    button = "Close the sign-in"

    def obstacle(self, subject: User, user: User) -> str:
        if subject == user:
            return "You cannot close your own sign-in. Ask a colleague."
        return (
            "" if subject.is_active else f"The sign-in of {subject} is already closed."
        )

    def run(self, subject: User, user: User, answers: Answers) -> User:
        return commands.set_sign_in(subject.pk, is_active=False, by=user)

    def message(self, subject: User, result: User) -> str:
        return f"{subject} may no longer sign in."


class OpenSignIn(ReadFirst[User, User, User], DeskPage[User, User]):
    slug = "open"
    label = "Open this sign-in again"
    hint = (
        "Their nominations count again. They are told by e-mail, and so is whoever "
        "authorises for their Gateway Party."
    )
    button = "Open the sign-in"

    def obstacle(self, subject: User, user: User) -> str:
        return f"The sign-in of {subject} is already open." if subject.is_active else ""

    def run(self, subject: User, user: User, answers: Answers) -> User:
        return commands.set_sign_in(subject.pk, is_active=True, by=user)

    def message(self, subject: User, result: User) -> str:
        return f"{subject} may sign in again."
