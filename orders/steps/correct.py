"""The form, corrected by the desk as a nominated contact said (T35)."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils import timezone

from common.pages import REFUSALS, Answers, refusal_words
from orders.commands import OUR_SLIP, Said, changes_of, record_corrections
from orders.commands.snapshot import AnswerDifference
from orders.errors import NothingCorrected
from orders.file import OrderFile
from orders.forms.corrections import corrected, questions_of
from orders.models.corrections import Corrections
from orders.states import BEING_CHECKED, ON_SITE, UNDER_WAY, Channel, OrderState
from orders.steps.who_said import CORRECT, SaidPage, WhoSaidForm
from parties.models import User
from records.rehearsal import Letter, rehearsed

STAYS = (
    "Nothing else changes: the acceptance of the form, the site review, the quotation "
    "and its last day stand. The form as it was sent stays too; this becomes its next "
    "version."
)
BEGINS_AGAIN = (
    "The form as it was sent stays, and so does its acceptance; this becomes its next "
    "version. You can correct it again, but what was taken back stays taken back."
)
FOLLOWS = {
    OrderState.SUBMITTED: "The check goes on with the corrected form, which becomes "
    "its next version. The form as it was sent stays.",
    OrderState.RETURNED: "The form stays with the Gateway Party until it is sent "
    "again.",
    **dict.fromkeys(UNDER_WAY, STAYS),
}
NOT_NOW = {
    OrderState.DRAFT: "The form has not been sent yet: the Gateway Party changes it "
    "in the portal until it is sent.",
    OrderState.CONFIGURING: "The connection is installed as it was ordered. What is to "
    "be different now is a change to the connection, not a correction of its form.",
}
ENDED = "This order has ended, so its form stays as it was."
LIMITED = (
    "Somebody has signed, and the review and the price rest on what the form says. "
    "What neither rests on can be corrected: where in the building, the contacts and "
    "the references. A signed price is never rewritten: the Gateway Party can cancel, "
    "or ask for another rate once it is in service."
)
DEPENDS = (
    "An answer that the review and the price rest on makes both begin again; any other "
    "leaves them as they are."
)
REOPENS = (
    "Capacity, type, rating, period, data centre, sharing, diverse routing and whether "
    "it is for registration data alone: with any of them the site review is made "
    "again, and an open quotation is withdrawn (our rule). Other answers change "
    "nothing else."
)


STAYS_AS_IT_WAS = (
    "Each form as it was sent, word for word, with its fingerprint",
    "Each quotation as a document, also one that is withdrawn",
    "E-mails, authorities and invoices",
    "The order number, its owner, and every answer that nobody changes",
)
# Who told the desk, how and when.
TOLD_BY = ("person", "how", "came_at")
RIGHT = "This is what they said"
RIGHT_ON_PAPER = "This is what the form as it came says"
CHECK = "Check what changes and the e-mails that go"
# What the history calls a correction, and why one was made.
CORRECTED = ("save_answers", "record_corrections")


class CorrectForm(WhoSaidForm):
    is_our_slip = forms.BooleanField(
        label="Nobody told us: it is a slip of ours",
        help_text="The form as it came says otherwise than was keyed in. It counts "
        "from now, and its sender and their colleagues are told.",
        required=False,
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    is_declared = forms.BooleanField(
        label="They made each declaration that is newly ticked themselves, in its own "
        "words",
        required=False,
    )
    is_right = forms.BooleanField(label=RIGHT, required=False)
    # What changes is shown for the first time, or is not what was shown before.
    is_shown_anew = False

    def __init__(
        self,
        data: object = None,
        *,
        file: OrderFile,
        rehearse: Callable[[Answers], list[Letter]],
        **kwargs: object,
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        self.rehearse = rehearse
        self.fields["came_at"].help_text = "UK time. It counts from then."
        self.offer_our_slip()
        self.changes: list[AnswerDifference] = []
        # The e-mails that go, word for word.
        self.letters: list[Letter] = []
        self.titles: dict[str, list[str]] = {}
        # Each section asks what is ticked; it is read once for all.
        known = ("acknowledgements", "party__data_centres")
        prefetch_related_objects([file.order], *known)
        for title, name, field in questions_of(file.order):
            self.fields[f"{CORRECT}{name}"] = field
            self.titles.setdefault(title, []).append(f"{CORRECT}{name}")

    def offer_our_slip(self) -> None:
        """Let the paper say it instead of a person, where the desk keyed it in."""
        if self.file.order.channel == Channel.PORTAL:
            del self.fields["is_our_slip"]
            return
        self.fields["reason"].label = "The reason, or their own words"
        if self["is_our_slip"].data:
            for name in TOLD_BY:
                self.fields[name].required = False

    @property
    def who(self) -> list[forms.BoundField]:
        names = ("is_our_slip", *TOLD_BY, "reason")
        return [self[name] for name in names if name in self.fields]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the questions under their headings; open where something changes."""
        touched = {*self.changed_data, *self.errors} if self.is_bound else set()
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "is_open": not touched.isdisjoint(names),
            }
            for title, names in self.titles.items()
        ]

    @property
    def confirm(self) -> list[forms.BoundField]:
        """Return what is asked once it is shown what changes."""
        names = ["is_declared"] * self.is_declaring + ["is_right"]
        return [self[name] for name in names]

    @property
    def is_declaring(self) -> bool:
        found = getattr(self, "corrections", None)
        return bool(found and found.ticked)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("is_our_slip"):
            sender = self.file.order.created_by
            answers |= {"person": sender, "how": OUR_SLIP, "came_at": timezone.now()}
        typed = {
            name.removeprefix(CORRECT): value
            for name, value in answers.items()
            if name.startswith(CORRECT) and name in self.changed_data
        }
        self.corrections, wrong = corrected(self.file.order, typed)
        for name, faults in wrong.items():
            self.add_error(f"{CORRECT}{name}", faults)
        if not self.errors:
            self.ask_whether_right(answers)
        return {**answers, "corrections": self.corrections}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_shown_anew

    def show(self, mark: str) -> None:
        """Put what changes now in place of what was shown, and ask anew."""
        typed: Any = self.data
        typed = typed.copy()
        typed["shown"] = mark
        for name in ("is_right", "is_declared"):
            typed.pop(name, None)
        self.data = typed

    def ask_whether_right(self, answers: dict[str, Any]) -> None:
        """Show what changes and the e-mails of it before anything is kept.

        All is done once and taken back, so what the command refuses is refused now.
        """
        found = changes_of(self.file.order, self.corrections, answers["person"])
        if not found:
            self.add_error(None, str(NothingCorrected()))
            return
        try:
            self.letters = self.rehearse({**answers, "corrections": self.corrections})
        except REFUSALS as refusal:
            self.add_error(None, refusal_words(refusal))
            return
        self.changes = found
        self["is_right"].label = self.agreed()
        self.ask_for_ticks(answers)

    def agreed(self) -> str:
        """Return what the tick agrees to."""
        return RIGHT_ON_PAPER if self.cleaned_data.get("is_our_slip") else RIGHT

    def ask_for_ticks(self, answers: dict[str, Any]) -> None:
        """Take a tick for what was shown, and for nothing else."""
        shown = mark_of(self.changes, self.letters)
        is_seen = answers["shown"] == shown
        if not is_seen:
            self.is_shown_anew = True
            self.show(shown)
        elif not answers["is_right"]:
            self.add_error("is_right", f"{CHECK}, then tick the box if it is right")
        if self.is_declaring and is_seen and not answers["is_declared"]:
            told = "Nobody else can declare it: tick the box only if they did"
            self.add_error("is_declared", told)


def mark_of(changes: list[AnswerDifference], letters: list[Letter]) -> str:
    """Return what marks all that was shown, so that it is known again."""
    told = [f"{one.to} {one.subject} {one.text}" for one in letters]
    return hashlib.sha256("\n".join([*map(str, changes), *told]).encode()).hexdigest()


class CorrectTheForm(SaidPage):
    form_class: type[CorrectForm] = CorrectForm
    slug = "correct"
    puts_right = True
    label = "Correct the form for a contact"
    button = "Show what changes"
    template = "desk/correct.html"
    hint = (
        "For what a nominated contact told the desk by e-mail, phone or letter (our "
        "rule). It is their own correction and counts from when it came. They are told "
        "by e-mail and can object."
    )
    states = (*BEING_CHECKED, *UNDER_WAY)
    tells = ("recorded_for_you", "form_corrected")

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> CorrectForm:
        rehearse = partial(self.rehearse, subject, user)
        return self.form_class(posted, file=subject, rehearse=rehearse)

    def rehearse(self, file: OrderFile, user: User, answers: Answers) -> list[Letter]:
        """Return the e-mails that would go, as whoever gets them reads them."""
        return rehearsed(partial(self.run, file, user, answers))

    def obstacle(self, subject: OrderFile, user: User) -> str:
        if subject.state in self.states:
            return ""
        installed = NOT_NOW[OrderState.CONFIGURING]
        words = {**NOT_NOW, OrderState.CONFIGURED: installed}
        return words.get(subject.state, ENDED)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        before_a_signature = REOPENS if subject.state in UNDER_WAY else ""
        limits = LIMITED if subject.state in ON_SITE else before_a_signature
        return {
            "limits": limits,
            "again": BEGINS_AGAIN,
            "goes_on": FOLLOWS.get(subject.state, ""),
            "check": f"{CHECK}, then tick the box if it is right.",
            "stays": STAYS_AS_IT_WAS,
            "is_keyed": subject.order.channel != Channel.PORTAL,
            "earlier": [row for row in subject.events if row.name in CORRECTED],
        }

    def follows(self, file: OrderFile) -> list[str]:
        if file.state in UNDER_WAY and file.state not in ON_SITE:
            return [DEPENDS]
        return [FOLLOWS[file.state]]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        corrections: Corrections = answers["corrections"]
        reason = answers["reason"]
        return record_corrections(
            file.pk, by=user, said=said, corrections=corrections, reason=reason
        )

    def message(self, subject: OrderFile, result: Answers) -> str:
        is_again = subject.state in UNDER_WAY and result["corrections"].reopens_review
        follows = BEGINS_AGAIN if is_again else FOLLOWS[subject.state]
        told = f"whose order it is at DCC are told by e-mail. {follows}"
        if result.get("is_our_slip"):
            who = f"{result['person']}, who sent it, their colleagues"
            return f"The form says what its paper says. {who} and {told}"
        who = f"for {result['person']}. They, their colleagues"
        return f"The form is corrected {who} and {told}"
