"""Taking in a form on paper, with pictures of its pages to key it in beside."""

from common.pages import Answers
from orders.models import ConnectionRequest, RefusedForm
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


KEY_IN = KeyInBesidePaper()
