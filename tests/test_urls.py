"""Every address by every kind of person has an expected answer.

The addresses come from the resolver, so a new one without a row fails.
"""

import re
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver

from billing.commands import issue_invoice
from parties.commands import invite, make_calendar_feed
from planner.commands import save_plan
from quotes.models import PagePicture
from records.models import Event, Notice
from tests.factories.connections import FailoverTestFactory
from tests.factories.planner import MessageSizeFactory
from tests.factories.quotes import PriceItemFactory
from tests.factories.sites import (
    AccessItemFactory,
    DamageReportFactory,
    EquipmentTypeFactory,
    ItemCostFactory,
)
from tests.factories.takeover import TakenFileFactory
from tests.owed import all_programs_run
from tests.reading import read_to_the_end
from tests.test_headers import NO_DEVICES, POLICY, policy_of
from worklist.models import WorkItem

ROWS = Path(__file__).with_name("urls.txt").read_text().splitlines()
PEOPLE = ROWS[0].split()[1:]
ANSWERS = {row.split()[0]: row.split()[1:] for row in ROWS[1:] if row.strip()}


def patterns(resolver=None, before="", namespace=""):
    """Yield the name and the route of each address below `resolver`."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            yield f"{namespace}{one.name or route}", route
        else:
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from patterns(one, route, namespace + inner)


# How an address refuses; and what is sent to one that only answers questions.
REFUSED, NOT_TAKEN = {"403", "404"}, {403, 404, 405}
STEPS = "admin:orders_connectionrequest_"
NAMES = [name for name, _ in patterns()]


def pictured(paper):
    """Give a document the picture of a page, as a worker does."""
    picture = ContentFile(b"a picture", name="1.jpg")
    PagePicture.objects.create(document=paper, number=1, picture=picture)
    return paper


@pytest.fixture
def world(
    connection_in_service,
    session,
    rdp,
    desk,
    submitter,
    *,
    enquiry,
    refused_form,
    report,
):
    """One order from request to service: most addresses lead to part of it."""
    quote = connection_in_service.order.quotes.get()
    invoice = issue_invoice(connection_in_service.party_id)
    item = AccessItemFactory(order=connection_in_service.order, added_by=submitter)
    ItemCostFactory(item=item, asked_by=desk)
    DamageReportFactory(order=connection_in_service.order, by=submitter)
    link = connection_in_service
    test = FailoverTestFactory(connection=link, planned_by=submitter)
    found = {
        "failovertest": test.pk,
        "orders": connection_in_service.order.reference,
        "quotes": quote.reference,
        "connections": connection_in_service.reference,
        "billing": invoice.reference,
        "invoice": invoice.pk,
        "contractperiod": connection_in_service.periods.get().pk,
        "session": session.pk,
        "visits": connection_in_service.order.visits.first().reference,
        "gate": connection_in_service.order.visits.first().gate_address.split("/")[-2],
        "enquiries": enquiry.reference,
        "plan": save_plan({"option": "low"}).token,
        "messagesize": MessageSizeFactory().pk,
        "equipmenttype": EquipmentTypeFactory().pk,
        "refusedform": refused_form.pk,
        "priceitem": PriceItemFactory().pk,
        "documents": pictured(quote.document).pk,
        # What DCC has to do: nobody at the desk takes what a Party owes.
        "takenfile": TakenFileFactory(by=desk).pk,
        "colleague": desk.pk,
        "nomination": submitter.nominations.get().pk,
        "workitem": WorkItem.objects.get(kind="check_form").pk,
        "invitation": invite(submitter.pk, by=desk).url.split("/")[-2],
        "calendar": make_calendar_feed(by=submitter).url.split("/")[-1][:-4],
        "trial": Notice.objects.first().pk,
    }
    all_programs_run(ahead=timedelta(hours=1))
    return found


FILLED = {
    "(?P<url>.*)$": "nothing-here",
    r"(?P<key>[-:\w]+)": "none",
    "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-none",
    "<slug:section>": "connection",
    "<path:content_type_id>": "1",
    "<int:number>": "1",
    "<str:section>": "2.5",
    "<str:number>": "1.0",
    "<int:sharer>": "1",
    "<slug:code>": "power",
    "<str:report>": "REP-1001",
    "<str:month>": "2026-02",
    "<slug:page>": "month",
    "<int:table>": "0",
    "<slug:kind>": "parties",
    "<slug:report>": "funnel",
}
PLACES = ("<str:reference>", "<str:token>", "<path:object_id>", "<int:pk>")


def address(route, world):
    """Fill in a route with what the world has of it."""
    # Every app with a page for staff is named here.
    route = re.sub(r"\(\?P<app_label>[^)]+\)", "orders", route)
    for place, value in FILLED.items():
        route = route.replace(place, value)
    route = route.replace("<int:session>", str(world["session"]))
    route = route.replace("<int:test>", str(world["failovertest"]))
    route = route.replace("<int:colleague>", str(world["colleague"]))
    route = route.replace("<int:nomination>", str(world["nomination"]))
    for place in PLACES:
        if place in route:
            route = route.replace(place, str(subject(route, world)))
    return f"/{route.removesuffix('$')}"


def subject(route, world):
    first, *rest = route.split("/")
    if first != "admin":
        return world[first]
    if rest[0] == "r":
        return 1
    kind = ContentType.objects.get(app_label=rest[0], model=rest[1])
    return world.get(rest[1]) or kind.model_class().objects.first().pk


def answer(client, person, place):
    """Sign in again when an address has signed the person out; return what it says."""
    session = client.cookies.get("sessionid")
    if person and not (session and session.value):
        client.force_login(person)
    response = client.get(place)
    content = read_to_the_end(response)
    assert policy_of(response) == POLICY, place
    assert response["Permissions-Policy"] == NO_DEVICES, place
    assert not person or "no-store" in response["Cache-Control"], place
    is_page = (
        response.status_code == HTTPStatus.OK
        and "text/html" in response["Content-Type"]
    )
    return str(response.status_code), content.count(b"<h1") if is_page else None


# Offers for one who types: parts of a page, which a script fetches.
NO_PAGES = {"admin:parties_party_named", "admin:parties_party_senders"}


def test_every_address_has_a_row_and_every_row_an_address():
    assert len(set(NAMES)) == len(NAMES)
    assert sorted(ANSWERS) == sorted(NAMES)


@pytest.mark.guidance("R-1.3-1", "R-1.3-3", "R-2.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_answers_each_person_as_the_table_says(
    request, client, world, who
):
    person = None if who == "nobody" else request.getfixturevalue(who)
    column = PEOPLE.index(who)
    client.raise_request_exception = False

    found = {
        name: answer(client, person, address(route, world))
        for name, route in patterns()
    }

    answers = {name: status for name, (status, _) in found.items()}
    assert answers == {name: row[column] for name, row in ANSWERS.items()}
    # Each page of the desk has one heading, which names it.
    pages = {
        name: count
        for name, (_, count) in found.items()
        if count is not None and name.startswith("admin:") and name not in NO_PAGES
    }
    assert {name: count for name, count in pages.items() if count != 1} == {}
    assert len(pages) > len(ANSWERS) // 4 or who != "operator"


def test_nothing_that_an_auditor_sends_to_the_desk_is_taken(client, world, auditor):
    client.force_login(auditor)
    client.raise_request_exception = False
    before = Event.objects.count(), WorkItem.objects.filter(owner=None).count()
    # Whoever has signed in is led on from the one, and the other ends it.
    led_on = {"admin:login", "admin:logout"}

    taken = {
        name: status
        for name, route in patterns()
        if name.startswith("admin:") and name not in led_on
        if (status := client.post(address(route, world)).status_code) != 403
    }

    assert taken == {}
    assert before == (
        Event.objects.count(),
        WorkItem.objects.filter(owner=None).count(),
    )


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "billing_clerk", "installer", "configurer"])
def test_whoever_may_not_open_a_step_sends_nothing_to_it(request, client, world, who):
    """The table holds for what is sent too, for each step of an order."""
    client.force_login(request.getfixturevalue(who))
    client.raise_request_exception = False
    column, before = PEOPLE.index(who), Event.objects.count()
    steps = [row for row in patterns() if row[0].startswith(STEPS)]
    closed = [row for row in steps if ANSWERS[row[0]][column] in REFUSED]

    taken = {
        name: status
        for name, route in closed
        if (status := client.post(address(route, world)).status_code) not in NOT_TAKEN
    }

    assert len(closed) in range(1, len(steps))
    assert taken == {}
    assert Event.objects.count() == before
