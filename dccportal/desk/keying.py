"""Taking in a form on paper, with pictures of its pages to key it in beside."""

from typing import Any

from django.contrib import admin
from django.urls import reverse

from common.pages import Answers
from orders.admin import RefusedFormAdmin
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.steps.keyed import KeyInAfterAll, MoveKeyed
from orders.steps.keying import KeyInRequest
from parties.models import User
from quotes.commands.picture import owe_pictures
from records.unit import unit


class KeyInBesidePaper(KeyInRequest):
    """The forms are those of orders; who makes pictures of pages is an app above."""

    def run(
        self, subject: None, user: User, answers: Answers
    ) -> ConnectionRequest | RefusedForm:
        with unit():
            taken_in = super().run(subject, user, answers)
            if isinstance(taken_in, ConnectionRequest):
                owe_pictures(taken_in)
        return taken_in


class KeyInAfterAllBesidePaper(KeyInAfterAll):
    def run(
        self, subject: RefusedForm, user: User, answers: Answers
    ) -> ConnectionRequest:
        with unit():
            order = super().run(subject, user, answers)
            owe_pictures(order)
        return order


class MoveBesidePaper(MoveKeyed):
    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        with unit():
            order = super().run(subject, user, answers)
            owe_pictures(order)
        return order


@admin.register(RefusedForm)
class TurnedAwayAdmin(RefusedFormAdmin):
    pages = [KeyInAfterAllBesidePaper()]

    def subject_url(self, subject: Any) -> str:
        """One that is taken after all is keyed in next."""
        if isinstance(subject, ConnectionRequest):
            name = "admin:orders_connectionrequest_fill-in"
            return reverse(name, args=[subject.pk])
        return super().subject_url(subject)


KEY_IN = KeyInBesidePaper()
MOVE = MoveBesidePaper()
