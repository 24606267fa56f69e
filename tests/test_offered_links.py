"""Whatever a page offers somebody, they may have: no link or form of it is refused.

One demo world, in which each kind of person follows what each page offers. Of pages
that are alike but for their row, one is read; an order and its quotation offer
something else in each state, so one is read in each.
"""

from collections import deque
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from dccportal.demo import people
from dccportal.demo.orders import load_world
from orders.models import ConnectionRequest
from parties.models import User
from quotes.models import Quote
from tests.demo_world import BETWEEN_HOLIDAYS, assert_all_is_shown
from tests.offered import likeness, offers_of
from tests.reading import read_to_the_end

KINDS = {
    "submitter": people.TOM,
    "authoriser": people.OWEN,
    "reader": "nia.bevan@brightmoor.example",
    "of a sharer that is an RDP": people.GARETH,
    "of a sharer that was registered later": people.MARTIN,
    **{person.role: person.email for person in people.STAFF},
}
OFFERS_BY_STATE = {
    "order": (ConnectionRequest, "reference", "reference"),
    "quote": (Quote, "reference", "reference"),
    "admin:orders_connectionrequest_change": (ConnectionRequest, "pk", "object_id"),
}
MOST = 400
REFUSED = {400, 403, 404, 500}


class Walk:
    """One person's walk over all that is offered, from the start page on."""

    def __init__(self, client, person):
        self.client, self.person = client, person
        self.found, self.read, self.seen = [], set(), {"/"}
        self.ahead = deque([("/", "the start")])

    def go(self):
        while self.ahead:
            address, offered_by = self.ahead.popleft()
            self.visit(address, offered_by)
            assert len(self.read) < MOST
        return self.found

    def visit(self, address, offered_by):
        kind = kind_of(address)
        if kind in self.read:
            return
        self.read.add(kind)
        response = self.opened(address)
        leads_to = response.headers.get("Location", "")
        if response.status_code in REFUSED or leads_to.startswith(DOORS()):
            what = f"{response.status_code} {leads_to}".strip()
            self.found.append(f"{what}: {address} of {offered_by}")
        for offer in sorted(offers_of(response, address)):
            if likeness(offer) not in self.seen and not is_a_file(offer):
                self.seen.add(likeness(offer))
                self.ahead.append((offer, address))

    def opened(self, address):
        """Open a page, signed in again if the page before has signed them out."""
        session = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        if not (session and session.value):
            self.client.force_login(self.person)
        response = self.client.get(address)
        read_to_the_end(response)
        return response


def DOORS():  # noqa: N802  a constant that needs the URLs
    return reverse("account_login"), reverse("admin:login")


def is_a_file(address):
    return address.startswith(settings.STATIC_URL)


def kind_of(address):
    """Return what an address has in common with others: its name, and a state."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return address
    if match.view_name not in OFFERS_BY_STATE:
        return match.view_name
    model, field, given = OFFERS_BY_STATE[match.view_name]
    rows = model.objects.filter(**{field: match.kwargs[given]})
    return match.view_name, rows.values_list("state", flat=True).first()


@pytest.mark.long
@pytest.mark.django_db
def test_nothing_that_a_page_offers_is_refused_to_whom_it_is_offered(client, clock):
    clock.move_to(datetime.fromisoformat(BETWEEN_HOLIDAYS))
    load_world(with_work_done=False)
    assert_all_is_shown()
    client.raise_request_exception = False

    refused = {}
    for kind, email in KINDS.items():
        person = User.objects.get(email=email)
        client.force_login(person)
        refused[kind] = Walk(client, person).go()

    assert {kind: found for kind, found in refused.items() if found} == {}
