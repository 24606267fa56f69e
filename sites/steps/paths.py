"""What the two routes of a pair have in common."""

from typing import Any

from django import forms

from common.pages import Answers
from common.staff_fields import words, yes_or_no
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.file import site_of
from sites.obligations.paths import DESIGN_OUT


class PathsForm(forms.Form):
    has_common_points = yes_or_no(
        "Do the two routes have connection points in common?",
        "Choose yes or no",
        "Each path is checked from the site to the core (section 4.2).",
    )
    which = words(
        "Which ones", "Needed when there are any. The Gateway Party reads it.", rows=3
    )


class Paths(OrderPage[object]):
    slug = "paths"
    label = "Record the check of both paths"
    hint = "It is kept for both connections of the pair."
    button = "Save the check"
    form_class = PathsForm
    states = ON_SITE
    sees_to = (DESIGN_OUT,)
    not_due = "Paths are checked only for a pair that asked for diverse routing."
    tells_if = {"common_points_found": "if there are any"}

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        order = file.order
        is_diverse = order.group_id is not None and order.wants_diverse_routing
        return super().is_listed(file) and bool(is_diverse)

    def named(self, file: OrderFile) -> str:
        return (
            "Change the check of both paths" if site_of(file).path_check else self.label
        )

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        check = site_of(subject).path_check
        if check is None:
            return {}
        answer = "yes" if check.has_common_points else "no"
        return {"has_common_points": answer, "which": check.which}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "No common points: nothing holds the second link back.",
            "Common points: the second link waits for the Gateway Party’s answer.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return commands.record_path_check(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: object) -> str:
        return "The check of both paths is saved with both orders of the pair."


PAGES: list[OrderPage[Any]] = [Paths()]
