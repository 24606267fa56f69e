"""The answers of a form that came on paper, keyed in beside it on one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.urls import reverse

from common.errors import DomainError
from common.pages import Answers
from orders import commands
from orders.file import OrderFile
from orders.forms import bound_sections
from orders.forms.keyed import QUIET, KeyedForm, on_paper
from orders.models import ConnectionRequest
from orders.obligations import KEY_IN
from orders.states import Channel, OrderState
from orders.steps.base import OrderPage
from parties.commands import add_data_centre
from parties.models import User
from parties.policies import is_desk
from records.unit import unit


class FillIn(OrderPage[ConnectionRequest]):
    slug = "fill-in"
    label = "Key in what the form says"
    template = "desk/fill_in.html"
    states = (OrderState.DRAFT, OrderState.RETURNED)
    sees_to = (KEY_IN,)
    not_due = "It came through the portal, so its own people fill it in."
    tells_if = {"request_received": "once it is submitted"}

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.order.channel != Channel.PORTAL

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        is_partial = posted is not None and "submit" not in posted
        order = as_it_is(subject.pk, user)
        return KeyedForm(posted, order=order, is_partial=is_partial)

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        order = as_it_is(subject.pk, user)
        paper: Any = order.form_document
        return {
            "order": order,
            "fresh": KeyedForm(order=order),
            "progress": progress(order),
            "paper": paper,
            "pictures": list(paper.pages.all()) if paper else [],
            "questions": subject.open_questions,
            "questions_url": reverse("order-questions", args=[order.reference]),
        }

    def keep(self, subject: OrderFile, user: User, form: forms.Form) -> None:
        """What is right is kept, though an answer beside it is wrong or missing."""
        if self.obstacle(subject, user):
            return
        whole = cast("KeyedForm", form)
        partial = KeyedForm(
            cast("QueryDict", whole.data), order=whole.order, is_partial=True
        )
        try:
            keep_answers(partial, user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Saved, it stays with the desk. Submitted, it is checked next.",
        ]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        form: KeyedForm = answers["form"]
        keep_answers(form, user)
        order = as_it_is(subject.pk, user)
        if not form.is_to_submit:
            return order
        parts = bound_sections(order)
        missing = [part.title for part in parts if not part.is_complete]
        return commands.submit_request(order.pk, by=user, missing=missing)

    def leads_to(
        self, subject: OrderFile, result: ConnectionRequest, answers: Answers
    ) -> str:
        """What is kept while somebody types leads to the same page again."""
        return self.slug if QUIET in answers["form"].data else ""

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        if result.state == OrderState.SUBMITTED:
            return f"{subject} is submitted for {result.created_by}, who is told."
        return f"What you keyed in for {subject} is saved. Nobody is told yet."


@dataclass(frozen=True)
class MissingAnswer:
    """One answer that the form cannot do without, and where it stands on the page."""

    name: str
    words: str


@dataclass(frozen=True)
class Progress:
    """How far a form is keyed in."""

    answered: int
    missing: list[MissingAnswer]
    saved_at: datetime

    @property
    def total(self) -> int:
        return self.answered + len(self.missing)


def progress(order: ConnectionRequest) -> Progress:
    parts = bound_sections(order)
    missing = [
        MissingAnswer(name, str(on_paper(name, part.fields[name]).label))
        for part in parts
        for name in part.errors
        if name in part.fields
    ]
    given = sum(bool(row.answer) for part in parts for row in part.shown())
    return Progress(given, missing, order.saved_at)


def as_it_is(pk: int, user: User) -> ConnectionRequest:
    """Return the order as it is now, with all that its sections read."""
    rows = ConnectionRequest.objects.visible_to(user).for_form()
    return rows.select_related("form_document", "created_by", "keyed_by").get(pk=pk)


def keep_answers(form: KeyedForm, by: User) -> None:
    """Keep all that is well formed, in one piece: answers, ticks and a new site.

    Raises:
        ChangedMeanwhile and others: as `save_answers` and `acknowledge`.
    """
    order, saw = form.order, form.saw()
    with unit():
        answers = form.answers
        if form.new_site:
            site = add_data_centre(order.party_id, by=by, **form.new_site)
            answers["data_centre_id"] = site.pk
        commands.save_answers(order.pk, by=by, answers=answers, seen=saw)
        seen = None if saw is None else {kind for kind in form.asked if saw.get(kind)}
        commands.acknowledge(
            order.pk, by=by, whats=form.ticked, asked=form.asked, seen=seen
        )


FILL_IN = FillIn()
PAGES: list[OrderPage[Any]] = [FILL_IN]
