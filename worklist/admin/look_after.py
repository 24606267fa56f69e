"""The small pages that say who looks after a thing: take, put back, hand over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from common.errors import DomainError
from common.pages import Answers, CommandPage, Result
from common.staff_fields import offer, words
from parties.models import User
from parties.policies import is_desk
from worklist import commands
from worklist.errors import NobodysAlready, TakenAlready, WorkIsOver
from worklist.models import WorkItem
from worklist.policies import may_look_after


def colleagues_of(user: User) -> QuerySet[User]:
    """Return those to whom `user` can hand work over; a supplier sees its own alone."""
    staff: QuerySet[User] = User.objects.at_work()
    return staff if user.is_dcc else staff.filter(role=user.role)


class WorkPage(CommandPage[WorkItem, User, Result]):
    """A step about who looks after a thing."""

    def may(self, subject: WorkItem, user: User) -> bool:
        return may_look_after(subject.declared, user)

    def obstacle(self, subject: WorkItem, user: User) -> str:
        if subject.closed_at is not None:
            return str(WorkIsOver(work=subject))
        return self.why_not(subject, user)

    def why_not(self, item: WorkItem, user: User) -> str:
        return ""


class Take(WorkPage[WorkItem]):
    slug = "take"
    label = "Take it"
    hint = "You look after it from now on. Colleagues see that you have it."
    button = "Take it"

    def why_not(self, item: WorkItem, user: User) -> str:
        is_theirs = item.owner_id not in (None, user.pk)
        return str(TakenAlready(owner=item.owner)) if is_theirs else ""

    def run(self, subject: WorkItem, user: User, answers: Answers) -> WorkItem:
        return commands.take_work(subject.pk, by=user)

    def message(self, subject: WorkItem, result: WorkItem) -> str:
        return f"You look after this now: {subject}."


class PutBack(WorkPage[WorkItem]):
    slug = "put-back"
    label = "Put it back"
    hint = "Nobody looks after it then, so that any colleague can take it."
    button = "Put it back"

    def why_not(self, item: WorkItem, user: User) -> str:
        if item.owner_id is None:
            return str(NobodysAlready())
        if item.owner_id != user.pk and not is_desk(user):
            return f"{item.owner} has it. Only {item.owner} or the desk puts it back."
        return ""

    def run(self, subject: WorkItem, user: User, answers: Answers) -> WorkItem:
        return commands.put_back_work(subject.pk, by=user)

    def message(self, subject: WorkItem, result: WorkItem) -> str:
        return f"Nobody looks after this now: {subject}."


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label="To whom",
        queryset=User.objects.none(),
        empty_label="Choose a colleague",
        error_messages={"required": "Choose who looks after it from now on"},
    )
    note = words(
        "A note for them, if you like",
        "It goes into the e-mail and the history. The Gateway Party is not told.",
        rows=3,
    )


class HandOverOne(WorkPage[User]):
    slug = "hand-over"
    label = "Hand it over to a colleague"
    hint = "One e-mail tells them. You can take over a colleague’s work yourself too."
    button = "Hand it over"
    form_class = HandOverForm

    def form(
        self, subject: WorkItem, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        people = colleagues_of(user)
        offer(form, "to", [one for one in people if self.may(subject, one)])
        return form

    def run(self, subject: WorkItem, user: User, answers: Answers) -> User:
        to: User = answers["to"]
        commands.hand_over_work(
            [subject.pk], by=user, to_id=to.pk, note=answers["note"]
        )
        return to

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "to"

    def message(self, subject: WorkItem, result: User) -> str:
        return f"{result} looks after this now: {subject}."


PAGES: list[CommandPage[WorkItem, User, Any]] = [Take(), PutBack(), HandOverOne()]
