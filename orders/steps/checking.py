"""Questions about a form, the return of the form with them, and the desk's notes."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from common.door import never_printed
from common.pages import Answers
from common.staff_fields import words
from orders import commands, policies
from orders.commands.snapshot import questions
from orders.file import OrderFile
from orders.models import ConnectionRequest, DeskNote, Question
from orders.models.checking import WHOLE_FORM
from orders.obligations import CHECK
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from records.unit import unit
from worklist.people import names

# More are asked beside their answers first.
QUESTIONS_AT_ONCE = 3
SEEN_WHEN_RETURNED = (
    "The Gateway Party sees it when you return the form. Until then it can be changed."
)
NOT_CHOSEN = "Choose a question that has not been sent, on the order’s page."


def answer_choices() -> list[tuple[str, Any]]:
    """Return the answers of the form under their sections, for a list to choose of."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for section, field, name in questions():
        sections.setdefault(section, []).append((field, name))
    return [("", WHOLE_FORM), *sections.items()]


class AskForm(forms.Form):
    field = forms.ChoiceField(
        label="Which answer is it about?",
        required=False,
        choices=answer_choices,
        help_text="The Gateway Party finds the question beside that answer.",
    )
    words = words(
        "Your question",
        "Nobody outside DCC sees it until you return the form.",
        "Write the question",
        rows=4,
    )


class AskQuestion(OrderPage[object]):
    slug = "ask"
    label = "Ask about an answer"
    button = "Keep the question"
    form_class = AskForm
    states = (OrderState.SUBMITTED,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_clarify(subject.order, user)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"field": subject.chosen.get("field", "")}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            SEEN_WHEN_RETURNED,
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return commands.ask_question(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: object) -> str:
        return "The question is kept. It goes out when you return the form."


class OneQuestion(OrderPage[object]):
    """A page about one question that has not been sent; the address names it."""

    states = (OrderState.SUBMITTED,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_clarify(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        """Leave it to the question's own links; the panel is long enough."""
        return False

    def obstacle(self, subject: OrderFile, user: User) -> str:
        return "" if question_of(subject) else NOT_CHOSEN


def question_of(file: OrderFile) -> Question | None:
    chosen = file.chosen.get("question", "")
    return next((row for row in file.unsent if str(row.pk) == chosen), None)


class ChangeQuestion(OneQuestion):
    slug = "change-question"
    label = "Change a question"
    button = "Save the question"
    form_class = AskForm
    done = "The question is changed."

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        question = question_of(subject)
        if question is None:
            return {}
        return {"field": question.field, "words": question.words}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            SEEN_WHEN_RETURNED,
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        question: Any = question_of(subject)
        return commands.change_question(question.pk, by=user, **answers)


class DiscardQuestion(OneQuestion):
    slug = "discard-question"
    label = "Discard a question"
    button = "Discard the question"
    template = "desk/discard_question.html"
    done = "The question is discarded. The Gateway Party never saw it."

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"question": question_of(subject)}

    def follows(self, file: OrderFile) -> list[str]:
        left = len(file.unsent) - 1
        more = f"{left} more wait" if left != 1 else "1 more waits"
        return [f"It is never asked; {more if left else 'no other waits'}."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        question: Any = question_of(subject)
        return commands.discard_question(question.pk, by=user)


class ReturnForm(forms.Form):
    """Questions that are asked as the form goes back, beside those that wait."""

    note = words(
        "Covering note, if there is more to say",
        "The Gateway Party reads it above the questions, and in the e-mail.",
        rows=3,
    )

    def __init__(self, *args: Any, waiting: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        rest = dict(self.fields)
        self.fields.clear()
        for number in range(1, QUESTIONS_AT_ONCE + 1):
            self.fields[f"field_{number}"] = forms.ChoiceField(
                label=f"Question {number}: about which answer?",
                required=False,
                choices=answer_choices,
            )
            self.fields[f"words_{number}"] = words(f"Question {number}", rows=2)
        self.fields.update(rest)

    @property
    def lines(self) -> list[list[Any]]:
        numbers = range(1, QUESTIONS_AT_ONCE + 1)
        return [[self[f"field_{n}"], self[f"words_{n}"]] for n in numbers]

    @property
    def closing(self) -> list[Any]:
        return [self["note"]]

    @property
    def asked(self) -> list[dict[str, str]]:
        """Return the questions that were written, each with its answer's name."""
        given, numbers = self.cleaned_data, range(1, QUESTIONS_AT_ONCE + 1)
        rows = [(given.get(f"field_{n}", ""), given.get(f"words_{n}")) for n in numbers]
        return [{"field": name, "words": said} for name, said in rows if said]

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        if not (self.waiting or self.asked or self.errors):
            self.add_error("words_1", "Write at least one question")
        return {**answers, "asked": self.asked}


class Return(OrderPage[ConnectionRequest]):
    slug = "return"
    label = "Return it with questions"
    button = "Return the form"
    form_class = ReturnForm
    template = "desk/return.html"
    states = (OrderState.SUBMITTED,)
    sees_to = (CHECK,)
    tells = ("request_returned",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_clarify(subject.order, user)

    def named(self, file: OrderFile) -> str:
        count = len(file.unsent)
        if not count:
            return self.label
        return f"Return with {count} question{'' if count == 1 else 's'}"

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        return ReturnForm(posted, waiting=len(subject.unsent))

    def follows(self, file: OrderFile) -> list[str]:
        turn = f"It is the turn of {file.order.party}"
        days = settings.RETURNED_CLOSE_DAYS
        if not days:
            return [f"{turn}; there is no last day."]
        return [f"{turn}; without an answer it is closed after {days} days (our rule)."]

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"questions": subject.unsent}

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        with unit():
            for question in answers["asked"]:
                commands.ask_question(subject.pk, by=user, **question)
            note = answers["note"]
            return commands.return_request(subject.pk, by=user, note=note)

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        return f"{subject} went back to {result.party}, with your questions."


class NoteForm(forms.Form):
    words = never_printed(
        words(
            "The note",
            "Colleagues at DCC read it. The Gateway Party and suppliers never see it, "
            "and nobody can change it later.",
            "Write the note",
            rows=4,
        )
    )


class Note(OrderPage[DeskNote]):
    slug = "note"
    label = "Add a note"
    button = "Save the note"
    form_class = NoteForm
    hint = (
        "Write @ and a colleague’s name, such as @Grace Okafor, to tell them by e-mail "
        "and on their first page."
    )
    states = tuple(OrderState.values)
    done = "The note is kept."
    tells_if = {"note_names_you": "if it names any"}

    def may(self, subject: OrderFile, user: User) -> bool:
        return bool(user.is_active and user.acts_for_dcc)

    def is_listed(self, file: OrderFile) -> bool:
        """Leave it to the notes themselves; the panel is for what moves an order."""
        return False

    def obstacle(self, subject: OrderFile, user: User) -> str:
        return ""

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It is kept with the notes of the order, which only DCC reads.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> DeskNote:
        return commands.add_desk_note(subject.pk, by=user, words=answers["words"])

    def message(self, subject: OrderFile, result: DeskNote) -> str:
        told = names(result.named.order_by("name"))
        return f"{self.done} An e-mail goes to {told}." if told else self.done


ASK, CHANGE, DISCARD, NOTE = AskQuestion(), ChangeQuestion(), DiscardQuestion(), Note()
PAGES: list[OrderPage[Any]] = [ASK, Return(), CHANGE, DISCARD]
