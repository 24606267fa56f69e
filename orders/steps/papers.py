"""Steps of the documents of a request."""

from typing import Any

from common.pages import Answers
from orders import commands
from orders.file import OrderFile
from orders.models import FormVersion
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_desk


class RepeatRecord(OrderPage[FormVersion]):
    slug = "repeat-record"
    label = "Make the PDF of the form again"
    hint = "The portal tries once more. DCC has the form in any case."
    button = "Make it again"
    states = tuple(OrderState.values)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return failed(file) is not None

    def obstacle(self, subject: OrderFile, user: User) -> str:
        if failed(subject) is not None:
            return ""
        return "The PDF of each form of this order exists or is being prepared."

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The PDF is made and stored in the background; no answer changes.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> FormVersion:
        form = failed(subject)
        return commands.repeat_record(form.pk if form else 0, by=user)

    def message(self, subject: OrderFile, result: FormVersion) -> str:
        return f"The PDF of form {result.number} is being made again."


def failed(file: OrderFile) -> FormVersion | None:
    """Return the latest form whose PDF could not be made."""
    return next((form for form in file.versions if form.rendering_error), None)


PAGES: list[OrderPage[Any]] = [RepeatRecord()]
