from datetime import timedelta

import pytest
from django.urls import reverse

from orders.models import ConnectionRequest
from records.models import Notice
from tests.cast import NOW

OK, FOUND = 200, 302


class Desk:
    """The staff's pages as one person uses them."""

    def __init__(self, client, person):
        self.client = client
        self.person = person
        client.force_login(person)

    def order(self, order):
        return self.client.get(change_url(order))

    def page(self, order, slug):
        return self.client.get(page_url(order, slug))

    def do(self, order, slug, **answers):
        """Take a step. Whatever e-mails it then owes, its page had named before."""
        named, last = self.letters_of(order, slug), newest_notice()
        answer = self.client.post(page_url(order, slug), answers)
        if answer.status_code == FOUND:
            owed = Notice.objects.filter(pk__gt=last).values_list("kind", flat=True)
            assert set(owed) <= named, f"“{slug}” does not say who gets these e-mails"
        return answer

    def letters_of(self, order, slug):
        """Return the kinds of e-mail that a step's page says will follow."""
        page = self.page(order, slug)
        if page.status_code != OK or not page.context["follows"]:
            return set()
        kinds = page.context["page"].letters(page.context["subject"])
        return {kind.partition(":")[0] for kind in kinds}

    def offered(self, order):
        links = self.order(order).context["offered"]
        return {link["url"].rstrip("/").rpartition("/")[2] for link in links}

    def listed(self, **asked):
        found = self.client.get(LIST(), asked)
        return [str(row) for row in found.context["cl"].result_list]

    def owed(self, **asked):
        """Return what the list of work holds, by the order that it is about."""
        found = self.client.get(WORK(), asked)
        return [row.thread for row in found.context["cl"].result_list]


def newest_notice():
    return Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def LIST():  # noqa: N802  a constant that needs the URLs
    return reverse("admin:orders_connectionrequest_changelist")


def WORK():  # noqa: N802  as above
    return reverse("admin:worklist_workitem_changelist")


def change_url(order):
    return reverse("admin:orders_connectionrequest_change", args=[order.pk])


def page_url(order, slug):
    return reverse(f"admin:orders_connectionrequest_{slug}", args=[order.pk])


def order_of(row):
    """Return the order that a row of a fixture hangs from, as it is now."""
    return ConnectionRequest.objects.get(reference=row.thread)


@pytest.fixture
def as_(client):
    """Sign in: `as_(operator)`."""
    return lambda person: Desk(client, person)


@pytest.fixture
def at(as_, operator):
    """The desk of DCC Operations."""
    return as_(operator)


@pytest.fixture
def on(clock, at):
    """Return the desk of DCC Operations at another moment, signed in anew."""

    def move(moment):
        clock.move_to(moment)
        at.client.force_login(at.person)
        return at

    return move


@pytest.fixture
def order_called(request):
    """Return the order behind a fixture's name: `order_called("draft_quote")`."""
    return lambda name: order_of(request.getfixturevalue(name))


@pytest.fixture
def later(clock):
    """Two days later: what came the day before is keyed in now."""
    return lambda: clock.move_to(NOW + timedelta(days=2))
