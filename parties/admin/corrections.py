"""What the register says wrongly, put right: a page each for what it is about."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day, phone
from common.pages import Answers, Result, Subject
from common.staff_fields import words
from parties import commands
from parties.admin.pages import CentreForm, DeskPage, text
from parties.commands.correct import OF_A_CENTRE, OF_A_PARTY, OF_A_PERSON
from parties.errors import (
    AnnulledLater,
    CorrectsOwnAddress,
    EmailTaken,
    NameTakenByAnother,
    PartyRegistered,
    RegisterChangeUnexplained,
)
from parties.models import DataCentre, Nomination, Party, User
from records.rehearsal import ReadFirst

PAPERS_STAY = "Forms as they were sent, quotations, authorities, invoices and e-mails"
WHY = "Those who are told by e-mail read it, and so does whoever reads the history."
BLAMED: dict[type[DomainError], str] = {
    PartyRegistered: "name",
    NameTakenByAnother: "name",
    EmailTaken: "email",
    CorrectsOwnAddress: "email",
    RegisterChangeUnexplained: "why",
}


def why_field(done: str = "changed") -> forms.CharField:
    return words(f"Why is it {done}?", WHY, f"Say why it is {done}", rows=2)


class PutRightPage(ReadFirst[Subject, User, Result], DeskPage[Subject, Result]):
    """A page on which facts of a row are put right, as they stand there now."""

    button = "Put it right"
    template = "desk/put_right.html"
    names: Mapping[str, str]
    stays: tuple[str, ...] = (PAPERS_STAY, "The history, with before and after")

    def initial(self, subject: Subject) -> dict[str, Any]:
        return {name: getattr(subject, name) for name in self.names}

    def form(
        self, subject: Subject, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        for name in self.names:
            # What a colleague has changed since is not changed back unseen.
            form.fields[name].show_hidden_initial = True
        return form

    def context(self, subject: Subject, user: User) -> dict[str, Any]:
        return {"stays": self.stays, "touches": self.touches(subject)}

    def touches(self, subject: Subject) -> list[str]:
        """Say in whole sentences what rests on it now."""
        return []

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return BLAMED.get(type(refusal))

    def message(self, subject: Subject, result: Result) -> str:
        return f"{result} is put right. Whoever it concerns is told by e-mail."


class FactsForm(forms.Form):
    """Facts as they stand there, and why they are changed."""

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or self.cleaned_data
        answers["facts"] = {
            name: answers.pop(name)
            for name in [*answers]
            if name != "why" and name in self.changed_data
        }
        return {"facts": answers["facts"], "why": answers.get("why", "")}


class PartyFactsForm(FactsForm):
    name = text("Name", "Enter the name of the organisation", max_length=200)
    sec_identifier = text("SEC Party or RDP identifier", max_length=40)
    address = text("Address", widget=forms.Textarea(attrs={"rows": 3}))
    phone = text("Phone", max_length=40)
    why = why_field()

    def clean_phone(self) -> str:
        return phone(self.cleaned_data["phone"])


class CorrectParty(PutRightPage[Party, Party]):
    slug = "correct"
    label = "Put name, identifier, address or phone right"
    hint = (
        "For what was typed wrongly, or what the organisation has changed itself. If "
        "another organisation takes over, register it as a Party of its own. Those "
        "whom the Party has nominated are told by e-mail."
    )
    form_class = PartyFactsForm
    names = OF_A_PARTY
    stays = (*PutRightPage.stays, "Its PTY number")

    def run(self, subject: Party, user: User, answers: Answers) -> Party:
        return commands.correct_party(subject.pk, by=user, **answers)


class PersonFactsForm(FactsForm):
    name = text("Name", "Enter the person’s name", max_length=150)
    email = forms.EmailField(
        label="E-mail address",
        help_text="If it changes, they are signed out at once and choose a new "
        "password by a link to the new address. Both addresses are told.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an address like name@example.com",
        },
    )
    phone = text("Phone", max_length=40)
    why = why_field()

    def clean_phone(self) -> str:
        return phone(self.cleaned_data["phone"])


class CorrectPerson(PutRightPage[User, User]):
    slug = "correct"
    label = "Put name, e-mail or phone right"
    hint = (
        "For the same person. If somebody else takes over, add them as a person of "
        "their own and nominate them."
    )
    form_class = PersonFactsForm
    names = OF_A_PERSON
    stays = (*PutRightPage.stays, "What they are nominated for")

    def run(self, subject: User, user: User, answers: Answers) -> User:
        return commands.correct_person(subject.pk, by=user, **answers)


class CentreFactsForm(FactsForm, CentreForm):
    why = why_field()


class CorrectCentre(PutRightPage[DataCentre, DataCentre]):
    slug = "correct"
    label = "Put the name or address right"
    hint = (
        "For the same premises. For other premises, add a data centre. With another "
        "postcode, the site review of an order to it is made again and an open "
        "quotation is withdrawn; once somebody has signed it is refused (our rule). "
        "Those whom the Party has nominated are told by e-mail."
    )
    form_class = CentreFactsForm
    names = OF_A_CENTRE

    def run(self, subject: DataCentre, user: User, answers: Answers) -> DataCentre:
        return commands.correct_data_centre(subject.pk, by=user, **answers)


class AnnulForm(forms.Form):
    from_on = Day(
        label="From which day does it not hold?",
        help_text="Its first day, if it never should have been recorded.",
        error_messages={"required": "Enter the day"},
    )
    why = why_field("annulled")


class AnnulNomination(
    ReadFirst[Nomination, User, Nomination], DeskPage[Nomination, Nomination]
):
    slug = "annul"
    label = "Annul a nomination"
    button = "Annul it"
    template = "desk/put_right.html"
    hint = (
        "For one that was wrong from the start or from a day on (our rule). One that "
        "was right until now is ended. The person, and those whom the Party has "
        "nominated, are told by e-mail."
    )
    form_class = AnnulForm

    def obstacle(self, subject: Nomination, user: User) -> str:
        return f"{subject} is annulled." if subject.annulled_at else ""

    def initial(self, subject: Nomination) -> dict[str, Any]:
        return {"from_on": subject.from_on}

    def context(self, subject: Nomination, user: User) -> dict[str, Any]:
        stays = (
            "What was sent in its days, with who sent it",
            "An authority that was verified on it: then annulling is refused",
        )
        return {"stays": stays, "touches": self.touches(subject)}

    def touches(self, subject: Nomination) -> list[str]:
        """Say in whole sentences what its person did in its days."""
        return []

    def run(self, subject: Nomination, user: User, answers: Answers) -> Nomination:
        return commands.annul_nomination(subject.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "from_on" if isinstance(refusal, AnnulledLater) else None

    def message(self, subject: Nomination, result: Nomination) -> str:
        return f"Annulled: {result}."
