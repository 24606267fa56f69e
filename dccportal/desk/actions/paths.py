"""What the two routes of a pair have in common."""

from typing import Any

from django import forms

from dccportal.desk.actions.base import OrderPage
from dccportal.desk.actions.requests import words, yes_or_no
from dccportal.desk.actions.sites import ON_SITE
from dccportal.desk.file import OrderFile
from sites import commands, policies


class PathsForm(forms.Form):
    has_common_points = yes_or_no(
        "Do the two routes have connection points in common?",
        "Choose yes or no",
        "Each path is checked from the site to the core (section 4.2).",
    )
    which = words(
        "Which ones", "Needed when there are any. The Gateway Party reads it.", rows=3
    )


class Paths(OrderPage):
    slug = "paths"
    label = "Record the check of both paths"
    hint = "It is kept for both connections of the pair."
    button = "Save the check"
    form_class = PathsForm
    states = ON_SITE
    not_due = "Paths are checked only for a pair that asked for diverse routing."

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_work_on_site(subject and subject.order, user)

    def is_near(self, file: OrderFile) -> bool:
        order = file.order
        is_diverse = order.group_id is not None and order.wants_diverse_routing
        return super().is_near(file) and bool(is_diverse)

    def named(self, file: OrderFile) -> str:
        return "Change the check of both paths" if file.path_check else self.label

    def initial(self, subject: Any) -> dict[str, Any]:
        check = subject.path_check
        if check is None:
            return {}
        answer = "yes" if check.has_common_points else "no"
        return {"has_common_points": answer, "which": check.which}

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.record_path_check(subject.pk, by=user, **answers)

    def message(self, subject: Any, result: Any) -> str:
        return "The check of both paths is saved with both orders of the pair."


PAGES = [Paths()]
