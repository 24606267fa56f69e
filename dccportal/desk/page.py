"""The order's page, composed of what every app knows of the order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from billing.file import charges_of
from common.money import pounds
from connections.file import connection_of
from dccportal.desk.dates import dates
from dccportal.desk.owed_lines import OwedLine, owed_lines, work_of
from dccportal.desk.steps import KEYS, PAGES
from orders.file import OrderFile
from orders.findings.looks import count_words
from orders.sections.answers import rows
from orders.states import FINISHED, OrderState
from orders.steps.base import OrderPage
from orders.steps.checking import ASK, CHANGE, DISCARD, NOTE
from orders.wording import state_words
from parties.policies import may_edit_contacts
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
        **firsts(owed),
        "is_checked_now": file.state == OrderState.SUBMITTED,
        "money": money(file) if file.user.is_dcc else [],
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


def firsts(owed: list[OwedLine]) -> dict[str, Any]:
    """Return the first button of what is owed, to which the keyboard is led."""
    first_url = next((line.url for line in owed if line.url), "")
    return {"first_url": first_url, "has_first": bool(first_url)}


def money(file: OrderFile) -> list[tuple[str, Decimal, str]]:
    """Return what its last offer comes to and what was charged: words, net, and how.

    Source: R-2.9.1-1.
    """
    quote, charged = quotes_of(file).last_issued, charges_of(file).rows
    found: list[tuple[str, Decimal, str]] = []
    if quote is not None:
        for line in quote.priced_lines:
            item: Any = line.item
            a_year = f"{pounds(item.net)} a year" if item.kind == "annual" else ""
            found.append((item.get_kind_display(), line.net, a_year))
        found.append(("Commitment", quote.total.net, str(quote)))
    if charged:
        total = sum((row.net for row in charged), Decimal(0))
        found.append(("Charged so far", total, ""))
    return found


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
            key = KEYS.get(page.slug, "")
            row = {"label": page.named(file), "url": link(page), "key": key}
            offered.append({**row, "puts_right": page.puts_right})
    return {
        "offered": offered,
        "not_yet": not_yet,
        "register": wrong_in_register(file),
    }


def wrong_in_register(file: OrderFile) -> list[tuple[str, str]]:
    """Return the pages on which the register is put right about whom it is for."""
    order = file.order
    if not may_edit_contacts(file.user):
        return []
    found = [(f"{order.party}: name, address or phone", "party", order.party_id)]
    if order.data_centre_id:
        site = f"{order.data_centre}: name or address"
        found.append((site, "datacentre", order.data_centre_id))
    if order.submitted_by_id:
        person = f"{order.submitted_by}: name, e-mail or phone"
        found.append((person, "user", order.submitted_by_id))
    return [
        (words, reverse(f"admin:parties_{kind}_correct", args=[pk]))
        for words, kind, pk in found
    ]
