"""The order's page, composed of what every app knows of the order."""

from collections.abc import Callable
from typing import Any

from billing.file import charges_of
from connections.file import connection_of
from dccportal.desk.dates import dates
from dccportal.desk.owed_lines import owed_lines, work_of
from dccportal.desk.steps import PAGES
from orders.file import OrderFile
from orders.findings.looks import count_words
from orders.sections.answers import rows
from orders.states import FINISHED, OrderState
from orders.steps.base import OrderPage
from orders.steps.checking import ASK, CHANGE, DISCARD, NOTE
from orders.wording import state_words
from quotes.file import quotes_of
from sites.file import site_of
from worklist.staff.due import NOTHING, PARTY, Due
from worklist.staff.narrow import Reader
from worklist.staff.pager import place_of

MINE = {"words": "Your turn", "kind": "you"}


def context(file: OrderFile, link: Callable[[OrderPage[Any]], str]) -> dict[str, Any]:
    """Return what the page shows; a supplier's has no prices in it."""
    work = work_of(file)
    owed = owed_lines(work, file, link)
    item, due = next(iter(work), (None, NOTHING))
    is_mine = item is not None and item.owner_id == file.user.pk
    return {
        "file": file,
        "order": file.order,
        "quotes": quotes_of(file),
        "site": site_of(file),
        "service": connection_of(file),
        "charges": charges_of(file),
        "owed": owed,
        "buttons": {line.url for line in owed},
        "place": place_of(file.chosen, Reader(file.user, file.today)),
        "due": due,
        "turn": MINE if is_mine else turn(file, due),
        "state_words": state_words(file.state),
        "rows": rows(file),
        "found": found_words(file),
        "asks": asks(file, link),
        "dates": dates(file),
        "shows_prices": file.user.is_dcc,
        **panel(file, link),
    }


def turn(file: OrderFile, due: Due) -> dict[str, str] | None:
    """Return the tag that says whose turn it is."""
    who = due.turn
    if not who or (file.state in FINISHED and not due.left):
        return None
    return {"words": who, "kind": "other" if who == PARTY else ""}


def found_words(file: OrderFile) -> str:
    return count_words(file.findings) if file.state == OrderState.SUBMITTED else ""


def asks(file: OrderFile, link: Callable[[OrderPage[Any]], str]) -> dict[str, str]:
    """Return the pages for one question or note; empty where they cannot be used."""
    is_desk = is_near_checking(file)
    pages = {"change": CHANGE, "discard": DISCARD, "ask": ASK}
    found = {name: link(page) if is_desk else "" for name, page in pages.items()}
    may_note = NOTE.may(file, file.user)
    return {**found, "note": link(NOTE) if may_note else ""}


def is_near_checking(file: OrderFile) -> bool:
    return ASK.may(file, file.user) and ASK.is_listed(file)


def what_is_left_first(
    pages: list[OrderPage[Any]], file: OrderFile
) -> list[OrderPage[Any]]:
    """Put the next step before one that was taken and can only be taken again."""
    if len(pages) > 1 and pages[0].is_done(file):
        return [pages[1], pages[0], *pages[2:]]
    return pages


def panel(file: OrderFile, link: Callable[[OrderPage[Any]], str]) -> dict[str, Any]:
    """Return the steps that are possible now, and in words those that are not yet."""
    near = [
        page for page in PAGES if page.may(file, file.user) and page.is_listed(file)
    ]
    offered, not_yet = [], []
    for page in what_is_left_first(near, file):
        obstacle = page.obstacle(file, file.user)
        if obstacle:
            not_yet.append({"label": page.label, "why": obstacle})
        else:
            offered.append({"label": page.named(file), "url": link(page)})
    return {"offered": offered, "not_yet": not_yet}
