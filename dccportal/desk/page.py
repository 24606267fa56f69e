"""The order's page, composed of what every app knows of the order."""

from collections.abc import Callable
from typing import Any

from dccportal.desk import answers
from dccportal.desk.actions import PAGES
from dccportal.desk.actions.base import OrderPage
from dccportal.desk.due import PARTY
from dccportal.desk.file import OrderFile
from dccportal.desk.words import state_words
from orders.states import FINISHED


def context(file: OrderFile, link: Callable[[OrderPage], str]) -> dict[str, Any]:
    """Return what the page shows; a supplier's has no prices in it."""
    return {
        "file": file,
        "order": file.order,
        "due": file.due,
        "turn": turn(file),
        "state_words": state_words(file.state),
        "rows": answers.rows(file),
        "dates": answers.dates(file),
        "shows_prices": file.user.is_dcc,
        **panel(file, link),
    }


def turn(file: OrderFile) -> dict[str, str] | None:
    """Return the tag that says whose turn it is."""
    who = file.due.turn
    if not who or (file.state in FINISHED and not file.due.left):
        return None
    kind = "other" if who == PARTY else "you"
    return {"words": who, "kind": kind}


def panel(file: OrderFile, link: Callable[[OrderPage], str]) -> dict[str, Any]:
    """Return the steps that are possible now, and in words those that are not yet."""
    near = [page for page in PAGES if page.may(file, file.user) and page.is_near(file)]
    offered, not_yet = [], []
    for page in near:
        obstacle = page.obstacle(file, file.user)
        if obstacle:
            not_yet.append({"label": page.label, "why": obstacle})
        else:
            offered.append({"label": page.named(file), "url": link(page)})
    return {"offered": offered, "not_yet": not_yet}
