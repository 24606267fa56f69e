"""What staff can do to an order: one page a step, from every app."""

from dccportal.desk.actions import (
    authorities,
    charging,
    checking,
    connections,
    correct,
    papers,
    paths,
    quotes,
    requests,
    review,
    said,
    sharers,
    sites,
    survey,
)
from dccportal.desk.actions.base import OrderPage

PAGES: list[OrderPage] = [
    *requests.PAGES,
    *checking.PAGES,
    *review.PAGES,
    *charging.PAGES,
    *papers.PAGES,
    *quotes.PAGES,
    *authorities.PAGES,
    *sites.PAGES,
    *survey.PAGES,
    *paths.PAGES,
    *connections.PAGES,
    said.SAID,
    correct.CORRECT_FORM,
    *sharers.PAGES,
    checking.NOTE,
    requests.ASSIGN,
]
