"""Who shares a connection, linked by hand with the register."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.pages import Answers
from common.staff_fields import offer
from orders import commands
from orders.file import OrderFile
from orders.models import Sharer
from orders.states import CLOSED, OrderState
from orders.steps.base import OrderPage
from parties.models import Party, User
from parties.policies import is_desk


class LinkForm(forms.Form):
    sharer = forms.ModelChoiceField(
        label="Which organisation on the form?",
        queryset=Sharer.objects.none(),
        error_messages={"required": "Choose one of those that the form names"},
    )
    party = forms.ModelChoiceField(
        label="Which one is it in the register?",
        queryset=Party.objects.none(),
        help_text="Its people then see that they share the connection and how it "
        "stands, and no charges (section 2.3).",
        error_messages={"required": "Choose an organisation from the register"},
    )


class LinkSharer(OrderPage[Sharer]):
    slug = "link-sharer"
    label = "Link who shares it with the register"
    hint = "The Gateway Party and the organisation are told. A new link corrects it."
    button = "Link them"
    form_class = LinkForm
    states = tuple(state for state in OrderState.values if state not in CLOSED)
    tells = ("sharer_linked",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(file.sharers)

    def why_not(self, file: OrderFile) -> str:
        return f"{file} names nobody who shares the connection."

    def is_done(self, file: OrderFile) -> bool:
        return all(sharer.party_id for sharer in file.sharers)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "sharer", subject.order.sharers.all())
        others = Party.objects.exclude(pk=subject.order.party_id)
        offer(form, "party", others.order_by("name"))
        waiting = [row for row in subject.sharers if row.party_id is None]
        if waiting:
            form.initial["sharer"] = waiting[0].pk
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Its people see that they share the connection and how it stands.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Sharer:
        sharer, party = answers["sharer"], answers["party"]
        return commands.link_sharer(sharer.pk, party_id=party.pk, by=user)

    def message(self, subject: OrderFile, result: Sharer) -> str:
        return f"{result} is linked with {result.party} in the register. Both are told."


PAGES: list[OrderPage[Any]] = [LinkSharer()]
