"""What a contact told the desk of a visit's charge and of common points (T35)."""

from typing import Any

from django import forms

from common.pages import Answers, still_there
from orders.commands import Said
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_AUTHORISERS, SaidPage, WhoSaidForm
from parties.models import User
from sites import commands
from sites.facts import AFTER_AUTHORITY
from sites.file import site_of
from sites.models import PathCheck, VisitClaim
from sites.obligations.paths import ANSWER_PATHS
from sites.states import ClaimState

BY_ANOTHER_WAY = (
    "For what came by e-mail, phone or letter (our rule). The contact is told by "
    "e-mail and can object."
)
ACCEPT, OTHERWISE = "accept", "otherwise"


class DisputeSaidForm(WhoSaidForm):
    """Why the next visit should not be charged. R-2.9.1-10."""

    nominated_to = (
        "It has effect only if they were nominated on the day it came: to submit "
        "requests or to authorise."
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.required = "Why it should not be charged", True
        reason.help_text = "DCC Operations reads it and says whether the charge stands."
        reason.error_messages["required"] = str(ReasonMissing())


class RecordDispute(SaidPage):
    slug = "dispute-said"
    label = "Record that a contact disputes the charge for the next visit"
    hint = BY_ANOTHER_WAY
    form_class = DisputeSaidForm
    states = AFTER_AUTHORITY
    not_due = "No charge for a visit is confirmed that could be disputed."

    def claim(self, file: OrderFile) -> VisitClaim | None:
        rows = site_of(file).claims
        return next((row for row in rows if row.state == ClaimState.CONFIRMED), None)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and self.claim(file) is not None

    def follows(self, file: OrderFile) -> list[str]:
        visit = still_there(self.claim(file)).visit
        return [
            f"The visit after {visit} is not charged while that is disputed.",
            "Operations says next whether the charge stands.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        pk, why = still_there(self.claim(file)).pk, answers["reason"]
        return commands.record_dispute(pk, by=user, said=said, reason=why)


class PathsSaidForm(WhoSaidForm):
    """Whether they accept what the two routes have in common. T34."""

    field_order = ("answer", "is_understood")
    nominated_to = FOR_AUTHORISERS
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[
            (ACCEPT, "They accept the common points"),
            (OTHERWISE, "They ask for them to be designed out"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    is_understood = forms.BooleanField(required=False)
    which = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        check = site_of(file).path_check
        told = check.to_acknowledge if check else ""
        self.fields["is_understood"].label = f"They were told this: {told}"
        self.initial["which"] = check.which if check else ""
        reason = self.fields["reason"]
        reason.label, reason.required = "In their own words", True
        reason.help_text = "Kept with the check of both paths."
        reason.error_messages["required"] = "Write what they said"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("answer") == ACCEPT and not answers.get("is_understood"):
            told = "Tell them all of it first, and tick the box if they accept it"
            self.add_error("is_understood", told)
        return answers


class RecordPathsAnswer(SaidPage):
    slug = "common-points-said"
    label = "Record what an authoriser said to the common points"
    hint = BY_ANOTHER_WAY
    form_class = PathsSaidForm
    states = ON_SITE
    not_due = "No common points of two routes wait for an answer."

    def check(self, file: OrderFile) -> PathCheck | None:
        found = site_of(file).path_check
        return found if found is not None and found.waits_for_answer else None

    def is_listed(self, file: OrderFile) -> bool:
        """The second link of the pair owes it; the register says so."""
        is_owed = super().is_listed(file) and file.owes(ANSWER_PATHS)
        return is_owed and self.check(file) is not None

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Accepted: the second link goes on.",
            "Otherwise: the paths are designed and checked again; it waits.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_paths_answer(
            file.pk,
            by=user,
            said=said,
            is_accepted=answers["answer"] == ACCEPT,
            which=answers["which"],
            words=answers["reason"],
        )


PAGES: list[OrderPage[Any]] = [RecordDispute(), RecordPathsAnswer()]
