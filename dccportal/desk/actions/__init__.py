"""What staff can do to an order: one page a step, from every app."""

from dccportal.desk.actions import authorities, connections, quotes, requests, sites
from dccportal.desk.actions.base import OrderPage

PAGES: list[OrderPage] = [
    *requests.PAGES,
    *quotes.PAGES,
    *authorities.PAGES,
    *sites.PAGES,
    *connections.PAGES,
    requests.ASSIGN,
]
