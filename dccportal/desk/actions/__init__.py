"""What staff can do to an order: one page a step, from every app."""

from dccportal.desk.actions import (
    authorities,
    checking,
    connections,
    papers,
    paths,
    quotes,
    requests,
    review,
    said,
    sites,
)
from dccportal.desk.actions.base import OrderPage

PAGES: list[OrderPage] = [
    *requests.PAGES,
    *checking.PAGES,
    *review.PAGES,
    *papers.PAGES,
    *quotes.PAGES,
    *authorities.PAGES,
    *sites.PAGES,
    *paths.PAGES,
    *connections.PAGES,
    said.SAID,
    checking.NOTE,
    requests.ASSIGN,
]
