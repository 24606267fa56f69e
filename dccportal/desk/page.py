"""The order's page, composed of what every app knows of the order."""

from collections.abc import Callable
from typing import Any

from dccportal.desk import answers
from dccportal.desk.actions import PAGES
from dccportal.desk.actions.base import OrderPage
from dccportal.desk.actions.checking import ASK, CHANGE, DISCARD, NOTE
from dccportal.desk.due import PARTY
from dccportal.desk.file import OrderFile
from dccportal.desk.findings import count_words
from dccportal.desk.words import state_words
from orders.states import FINISHED, OrderState


def context(file: OrderFile, link: Callable[[OrderPage], str]) -> dict[str, Any]:
    """Return what the page shows; a supplier's has no prices in it."""
    return {
        "file": file,
        "order": file.order,
        "due": file.due,
        "turn": turn(file),
        "state_words": state_words(file.state),
        "rows": answers.rows(file),
        "found": found_words(file),
        "asks": asks(file, link),
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


def found_words(file: OrderFile) -> str:
    return count_words(file.findings) if file.state == OrderState.SUBMITTED else ""


def asks(file: OrderFile, link: Callable[[OrderPage], str]) -> dict[str, str]:
    """Return the pages for one question or note; empty where they cannot be used."""
    is_desk = is_near_checking(file)
    pages = {"change": CHANGE, "discard": DISCARD, "ask": ASK}
    found = {name: link(page) if is_desk else "" for name, page in pages.items()}
    may_note = NOTE.may(file, file.user)
    return {**found, "note": link(NOTE) if may_note else ""}


def is_near_checking(file: OrderFile) -> bool:
    return ASK.may(file, file.user) and ASK.is_near(file)


def what_is_left_first(pages: list[OrderPage], file: OrderFile) -> list[OrderPage]:
    """Put the next step before one that was taken and can only be taken again."""
    if len(pages) > 1 and pages[0].is_done(file):
        return [pages[1], pages[0], *pages[2:]]
    return pages


def panel(file: OrderFile, link: Callable[[OrderPage], str]) -> dict[str, Any]:
    """Return the steps that are possible now, and in words those that are not yet."""
    near = [page for page in PAGES if page.may(file, file.user) and page.is_near(file)]
    offered, not_yet = [], []
    for page in what_is_left_first(near, file):
        obstacle = page.obstacle(file, file.user)
        if obstacle:
            not_yet.append({"label": page.label, "why": obstacle})
        else:
            offered.append({"label": page.named(file), "url": link(page)})
    return {"offered": offered, "not_yet": not_yet}
