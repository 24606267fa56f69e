"""What staff can do to an order: the steps that every app offers, in one order."""

from typing import Any

import billing.steps
import connections.steps
from dccportal.desk.correct import CORRECT
from orders.steps import (
    checking,
    fill_in,
    keyed,
    papers,
    requests,
    review,
    said_pair,
    said_sharers,
    sharers,
)
from orders.steps.base import OrderPage
from quotes import steps as quotes
from quotes.steps import authorities, charging, keying, said
from sites.steps import (
    arrange,
    claims,
    damage,
    equipment,
    install,
    item_cost,
    items,
    passport,
    paths,
    slots,
    stages,
    survey,
    visits,
)
from sites.steps import (
    correct as correct_site,
)
from sites.steps import (
    said as said_on_site,
)

# One key each, on the page of an order, for what is done most; "?" lists them.
KEYS = {
    "fill-in": "f",
    "accept": "a",
    "return": "r",
    "ask": "q",
    "site-review": "s",
    "quotation": "p",
    "issue": "i",
    "verify": "v",
    "book": "b",
    "complete": "c",
    "said": "o",
    "assign": "g",
}

PAGES: list[OrderPage[Any]] = [
    *fill_in.PAGES,
    *requests.PAGES,
    *checking.PAGES,
    *review.PAGES,
    *charging.PAGES,
    *papers.PAGES,
    *quotes.PAGES,
    *authorities.PAGES,
    *passport.PAGES,
    *items.PAGES,
    *item_cost.PAGES,
    *arrange.PAGES,
    *slots.PAGES,
    *install.PAGES,
    *stages.PAGES,
    *equipment.PAGES,
    *damage.PAGES,
    *visits.PAGES,
    *claims.PAGES,
    *survey.PAGES,
    *said_on_site.PAGES,
    *paths.PAGES,
    *correct_site.PAGES,
    *billing.steps.PAGES,
    *connections.steps.PAGES,
    *said.PAGES,
    *said_pair.PAGES,
    *said_sharers.PAGES,
    CORRECT,
    *sharers.PAGES,
    *keying.PAGES,
    *keyed.PAGES,
    checking.NOTE,
    requests.ASSIGN,
]
