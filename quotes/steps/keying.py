"""Taking in a form on paper, with pictures of its pages to key it in beside."""

from typing import Any

from common.pages import Answers
from orders.file import OrderFile
from orders.models import ConnectionRequest, RefusedForm
from orders.steps.base import OrderPage
from orders.steps.keyed import KeyInAfterAll, MoveKeyed
from orders.steps.keying import KeyInRequest
from parties.models import User
from quotes.commands.picture import owe_pictures
from records.unit import unit


class KeyInBesidePaper(KeyInRequest):
    """The forms are those of orders; who makes pictures of pages is the app above."""

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


KEY_IN = KeyInBesidePaper()
PAGES: list[OrderPage[Any]] = [MoveBesidePaper()]
