"""Two requests that belong together, in the browser: from a plan to both site reviews.

The contact's browser runs no script; the desk's does.
"""

from datetime import UTC, datetime

import pytest
import time_machine

from orders.models import ConnectionRequest
from records.models import Event, Notice
from tests.factories.parties import PASSWORD, DataCentreFactory
from tests.journey_in_browser import (
    CARE,
    CONTACTS,
    Desk,
    describe_the_site,
    fill,
    read,
    section,
    send_it,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
PAIR = {
    "wants_diverse_routing": "True",
    "site_separation": "62 miles by road",
    "active_standby": True,
    "layer_2_link": True,
    "smaller_standby": True,
}
GREEN = {
    "verdict": "green",
    "is_survey_needed": "no",
    "is_diversity_available": "yes",
    "diversity_cost": "12500.00",
    "lead_time_days": 90,
}
# What is said once goes onto both forms; what is accepted is accepted on each.
OWN = {name: answer for name, answer in PAIR.items() if answer is True}
QUESTIONS = {
    "floor": "On which side of the building?",
    "power sockets": "Are all four on one supply?",
    "site contact’s phone": "Nobody answered. Is the number right?",
    "": "Is there a second way in for the cables?",
}
SIDE, SUPPLY, NUMBER, CABLES = QUESTIONS.values()
BEGUN = "start_request pair start_requests submit"
ASKED = "return_for_correction answer_question answer_question answer_question"
ANSWERED = "answer_question submit"
CHECKED = "accept record_site_review"
STORIES = (f"{BEGUN} {ASKED} {ANSWERED} {CHECKED}", f"{BEGUN} {CHECKED}")

BOTH = (
    "Can be had, for about £12,500.00 excluding VAT",
    "3 of 14 steps done",
    "by the end of Monday 9 March 2026",
)
TOLD = (
    (
        *BOTH,
        "Pair with ORD-1002, Saxby House",
        "Returned with questions on 2 March 2026.",
        "Site contact’s phone: 01332 496 0124 → 01332 496 0199",
    ),
    (*BOTH, "Pair with ORD-1001, Thornby Park"),
)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=True):
        yield


def plan_a_pair(page):
    """Choose everything that a plan can hold, and keep it."""
    page.goto("/plan/")
    page.get_by_role("button", name="Choose high").click()
    page.get_by_label("The main connection").select_option("hv-20")
    page.get_by_label("The back-up").select_option("hv-10")
    page.get_by_label("Minimum contract period").select_option("3")
    page.get_by_label("SSI").check()
    page.get_by_role("button", name="Keep this plan").click()


def start_from_it(page, person):
    page.get_by_role("button", name="Start two linked requests").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Start both requests").click()


def fill_in(page, order, data_centre, pair):
    """Fill in all that a plan and the other form leave open, and send it."""
    page.goto(f"/orders/{order}/form/connection/")
    section(page, "Type and rating")
    section(page, "Minimum contract period")
    section(page, "What it is for")
    section(page, "Its pair", **pair)
    describe_the_site(page, data_centre)


def answer(page, title, replies, button="Save and come back later", **corrected):
    """Answer what DCC asks on one page, and go back to the list."""
    page.get_by_role("link", name=title, exact=True).click()
    fill(page, corrected)
    for words, reply in replies.items():
        page.get_by_label(f"DCC asks: {words}").fill(reply)
    page.get_by_role("button", name=button).click()


class Pair:
    """Two linked requests, the contact who fills them in and the desk that checks."""

    def __init__(self, contact, staff):
        self.contact, self.staff = contact, staff
        self.first, self.second = ConnectionRequest.objects.order_by("pk")
        self.desks = [Desk(staff, self.first), Desk(staff, self.second)]

    def is_sent(self, site, other):
        """What was said once for both stands; what is promised of a site is asked."""
        fill_in(self.contact, self.first, site, PAIR)
        section(self.contact, "Contacts", for_partner=True, **CONTACTS)
        section(self.contact, "Your date and references", customer_reference="NG-1")
        section(self.contact, "What you take responsibility for", **CARE)
        send_it(self.contact)
        fill_in(self.contact, self.second, other, OWN)
        section(self.contact, "Contacts")
        section(self.contact, "Your date and references", customer_reference="NG-2")
        section(self.contact, "What you take responsibility for", **CARE)
        send_it(self.contact)

    def is_asked_about(self):
        """The desk cannot accept a form while it has questions about it."""
        desk = self.desks[0]
        for about, words in QUESTIONS.items():
            desk.asks(words, about)
        assert "There are 4 questions that nobody has sent." in desk.reads()
        desk.does("Return with 4 questions", "Return the form")

    def is_answered(self):
        page, form = self.contact, f"/orders/{self.first}/form/"
        assert all(words in read(page, form) for words in QUESTIONS.values())
        room = {SIDE: "At the north side.", SUPPLY: "No, two on each."}
        answer(page, "Room, rack and power", room)
        mended = {"site_contact_phone": "01332 496 0199"}
        answer(page, "Contacts", {NUMBER: "It was not."}, **mended)
        assert "DCC waits for your answers" in read(page, f"{form}check/")
        page.goto(form)
        answer(page, "About the whole form", {CABLES: "No."}, "Save answers")
        page.goto(f"{form}check/")
        send_it(page)

    def is_accepted(self):
        told = self.desks[0].reads()
        assert "01332 496 0199\nBefore, in form 1: 01332 496 0124" in told
        assert "Sue Mitter: No, two on each." in told
        for desk in self.desks:
            desk.does("Accept the form")
            desk.does("Record the site review", "Save the site review", **GREEN)

    def is_told(self):
        """Return what each order's page says, and the table of the pair on it."""
        told = []
        for order in (self.first, self.second):
            page = read(self.contact, f"/orders/{order}/")
            table = self.contact.locator("[aria-labelledby=pair] table").inner_text()
            told.append((page, table))
        return told


def happened(order, story):
    """Return what happened to an order, as far as the story tells such things."""
    events = Event.objects.filter(thread=order.reference).order_by("pk")
    return [event.name for event in events if event.name in story.split()]


@pytest.fixture
def pair(new_context, page_of, submitter, authoriser, operator):
    """Return two requests that were started from a plan."""
    contact = new_context(java_script_enabled=False).new_page()
    plan_a_pair(contact)
    start_from_it(contact, submitter)
    return Pair(contact, page_of(operator))


@pytest.mark.long
@pytest.mark.guidance("R-1.3-6", "R-2.4.2-1", "R-2.14-1", "R-2.14-2", "R-3.2-6")
def test_a_pair_goes_from_a_plan_through_questions_to_both_site_reviews(
    pair, party, data_centre, axe, reflows
):
    pair.is_sent(data_centre, DataCentreFactory(party=party, name="Saxby House"))
    pair.is_asked_about()
    axe(pair.staff)
    reflows(pair.staff)
    pair.is_answered()
    pair.is_accepted()

    pages, tables = zip(*pair.is_told(), strict=True)
    assert tables[0] == tables[1]
    for page, told in zip(pages, TOLD, strict=True):
        assert [words for words in told if words not in page] == []
    for order, story in zip((pair.first, pair.second), STORIES, strict=True):
        assert happened(order, story) == story.split()
    assert not Notice.objects.exclude(state="sent").exists()
