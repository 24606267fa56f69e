"""Real orders in the browser: from the first click to authority, and from there on.

Each person has a browser of their own. Days pass between the steps.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from playwright.sync_api import expect

from billing.tasks import charge_due_visits
from orders.models import ConnectionRequest
from records.models import Event, Notice
from sites.models import SiteVisit
from tests.factories.quotes import PriceItemFactory
from tests.journey_in_browser import (
    CARE,
    CONTACTS,
    Desk,
    describe_the_site,
    read,
    section,
    send_it,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TO_AUTHORITY = """
    start_request submit accept record_site_review issue quote hand_in_authority
    accept authorise
"""
ON_SITE = """
    begin_survey issue hand_in_authority supersede accept begin_installation
    complete_installation configure
"""
# The days on which each visit was, in the end, and what became of it.
VISITS = [
    ("survey", 3, "failed"),
    ("survey", 4, "completed"),
    ("circuit", 20, "completed"),
    ("equipment", 20, "completed"),
]


@pytest.fixture
def days():
    """Return a function that lets days pass; sessions end overnight."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield lambda count: traveller.shift(timedelta(days=count))


def fill_in_the_request(page, data_centre):
    page.goto("/orders/")
    page.get_by_role("button", name="Start a request").click()
    page.get_by_label("One connection").check()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("link", name="Type and rating").click()
    section(page, "Type and rating", connection_type="hv", hv_rating_mbps=20)
    section(page, "Minimum contract period", minimum_period_years=3)
    section(page, "What it is for", uses="duis")
    describe_the_site(page, data_centre)
    section(page, "Contacts", **CONTACTS)
    section(page, "Your date and references", customer_reference="NG-1")
    section(page, "What you take responsibility for", no_availability=True, **CARE)


def sign_the_quotation(page, order, signatory):
    """Download the PDF and send it back, as if printed, signed and scanned."""
    page.goto(f"/orders/{order}/")
    page.get_by_role("button", name="Read and decide").click()
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.click()
    scan = download.value.path().read_bytes()
    assert scan.startswith(b"%PDF-")
    page.get_by_role("button", name="Upload the signed quotation").click()
    page.set_input_files(
        "[name=scan]",
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": scan},
    )
    page.locator("[name=signatory]").select_option(label=signatory.name)
    page.locator("[name=access][value=none]").check()
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Upload and read it").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("main")).to_contain_text("being checked")


def quote_and_issue(desk, delivery, **more):
    desk.does(
        "Prepare the quotation",
        "Save the draft",
        connection_net="4200",
        connection_reason="Priced by hand",
        annual_net="5400",
        annual_reason="Priced by hand",
        delivery_on=f"{delivery:%Y-%m-%d}",
        **more,
    )
    desk.does("Issue the quotation")


def verify(desk, signatory):
    nomination = signatory.nominations.get()
    desk.does(
        "Verify the authority",
        "Save what you found",
        outcome="effective",
        nomination=str(nomination.pk),
    )


def today():
    return datetime.now(UTC).date()


SITE = {
    "owner": "Holme Estates Ltd",
    "opens_at": "7am",
    "closes_at": "6pm",
    "notice_working_days": "0",
    "first_contact": "The control room",
    "first_phone": "01632 960155",
}


class Story:
    """The order's people, each with a browser, and the days between the chapters."""

    def __init__(self, request):
        self.get = request.getfixturevalue
        self.days = self.get("days")
        self.pages = {}

    def page_of(self, name):
        """Return the page of a person of the cast, who signs in once a day."""
        user = self.get(name)
        if name not in self.pages:
            self.pages[name] = self.get("page_of")(user)
        return self.pages[name]

    def desk_of(self, name):
        return Desk(self.page_of(name), self.order)

    def later(self, days):
        self.days(days)
        for name, page in self.pages.items():
            self.get("signed_in")(page, self.get(name))

    def told(self, known):
        """Return which of the moves that are known by name were made, in order."""
        moved = Event.objects.filter(
            thread=self.order.reference,
            subject_type__model__in=["connectionrequest", "quote"],
        )
        events = moved.order_by("pk")
        return [event.name for event in events if event.name in known]

    def is_requested(self):
        page = self.page_of("submitter")
        fill_in_the_request(page, self.get("data_centre"))
        send_it(page)
        self.order = ConnectionRequest.objects.get()

    def is_accepted(self):
        desk = self.desk_of("operator")
        desk.does("Accept the form")
        desk.does(
            "Record the site review",
            "Save the site review",
            verdict="green",
            is_survey_needed="yes",
        )

    def is_quoted_and_authorised(self, **more):
        desk, signatory = self.desk_of("operator"), self.get("authoriser")
        quote_and_issue(desk, datetime.now(UTC) + timedelta(days=90), **more)
        sign_the_quotation(self.page_of("authoriser"), self.order, signatory)
        verify(desk, signatory)

    def is_let_in(self):
        contact = self.page_of("submitter")
        contact.goto(self.order.get_absolute_url())
        contact.get_by_role("button", name="Say how people get in").click()
        contact.get_by_role("button", name="Say how people get in").click()
        for name, words in SITE.items():
            contact.locator(f"[name={name}]").fill(words)
        for name, choice in (("days", "any"), ("rams", "none")):
            contact.locator(f"[name={name}][value={choice}]").check()
        contact.get_by_role("button", name="Keep and confirm it").click()
        expect(contact.locator("main")).to_contain_text("confirmed for this order")
        agreed = "Record that access is agreed"
        self.desk_of("installer").does(agreed, "Access is agreed")

    def agrees_a_day(self):
        """Tomorrow is offered by whoever comes, and chosen by the Party."""
        day = {"on_1": f"{today() + timedelta(days=1):%Y-%m-%d}"}
        hours = {"from_1": "8am", "until_1": "1pm"}
        self.desk_of("installer").does(
            "Offer days for a visit", "Offer these days", **day, **hours
        )
        contact = self.page_of("submitter")
        contact.goto(self.order.get_absolute_url())
        contact.get_by_role("button", name="Choose a day").click()
        contact.locator("[name=slot]").first.check()
        contact.get_by_role("button", name="Send your answer").click()
        expect(contact.locator("main")).to_contain_text("is booked for")
        self.later(days=1)

    def arrives(self):
        """Whoever comes says so on the first page of their phone."""
        page = self.page_of("installer")
        page.goto("/admin/")
        page.get_by_role("link", name="I have arrived").click()
        self.desk_of("installer").confirms("The engineer is there")
        page.goto("/admin/")
        return page

    def is_turned_away(self):
        self.agrees_a_day()
        self.arrives().get_by_role("link", name="It could not be made").click()
        self.desk_of("installer").confirms(
            "Record what happened",
            happened="not_let_in",
            called="The control room, who did not answer",
        )
        self.desk_of("operator").does(
            "Confirm who pays for the next visit", "Save the decision", is_charged="yes"
        )
        assert "£385.00" in self.reads_the_visit()

    def reads_the_visit(self):
        """Return what the Party reads of the newest visit."""
        visit = SiteVisit.objects.latest("pk")
        return read(self.page_of("submitter"), f"/visits/{visit}/")

    def is_surveyed(self):
        self.agrees_a_day()
        assert "This visit is charged" in self.reads_the_visit()
        self.arrives().get_by_role("link", name="Record the work").click()
        self.desk_of("installer").confirms(
            "Save the survey",
            is_circuit_possible="yes",
            is_equipment_possible="yes",
            has_civil_works="no",
        )

    def is_installed(self):
        desk, day = self.desk_of("installer"), today().isoformat()
        for stage in ("circuit", "equipment"):
            desk.does(
                "Book a visit whose day is agreed",
                "Book the visit",
                on=day,
                from_time="8am",
                until_time="1pm",
                visitor="Openreach engineer",
            )
            facts = {"stage": stage, "done_on": day, "test_result": "Passed"}
            if stage == "circuit":
                facts |= {"provider": "BT Openreach", "provider_reference": "ONEA-77"}
            desk.does("Record a stage as done", "The stage is done", **facts)
        self.desk_of("operator").does(
            "Complete the installation", "Installation is complete", completed_on=day
        )

    def is_configured(self):
        self.desk_of("configurer").does(
            "Record the configuration",
            "The connection is configured",
            configured_on=today().isoformat(),
            test_result="Both data centres answer",
        )


@pytest.mark.long
@pytest.mark.guidance("R-3.1-1", "R-3.2-4")
def test_an_order_goes_from_the_first_click_to_its_authority(request):
    story = Story(request)
    story.is_requested()
    story.is_accepted()
    story.is_quoted_and_authorised()

    assert story.told(TO_AUTHORITY.split()) == TO_AUTHORITY.split()
    assert not Notice.objects.exclude(state="sent").exists()


@pytest.mark.long
@pytest.mark.guidance(
    "R-2.12-1", "R-2.12-2", "R-3.1-1", "R-3.6-3", "R-3.6-5", "R-3.7-5", "R-3.7.1-1"
)
def test_an_order_goes_from_authority_through_a_failed_survey_to_its_connection(
    request,
):
    story = Story(request)
    story.order = request.getfixturevalue("indicative_order")
    PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
    story.is_let_in()
    story.is_turned_away()
    story.is_surveyed()
    story.is_quoted_and_authorised(change_reason="The survey found a longer duct.")
    story.later(days=16)
    charge_due_visits()
    story.is_installed()
    story.is_configured()

    assert "In service" in read(story.page_of("submitter"), f"/orders/{story.order}/")
    charges = read(story.page_of("submitter"), "/billing/")
    assert all(net in charges for net in ("£385.00", "£4,200.00", "£5,400.00"))
    made = SiteVisit.objects.order_by("pk").values_list("purpose", "on__day", "state")
    assert list(made) == VISITS
    assert story.told(ON_SITE.split())[-len(ON_SITE.split()) :] == ON_SITE.split()
    assert not Notice.objects.exclude(state="sent").exists()
