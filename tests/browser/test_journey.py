"""One real order in the browser, from the first click to a configured connection.

Each person has a browser of their own. Days pass between the steps.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from orders.models import ConnectionRequest
from records.models import Event, Notice
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
STORY = """
    start_request submit accept record_site_review issue quote hand_in_authority
    accept authorise begin_survey issue hand_in_authority supersede accept
    begin_installation complete_installation configure
"""


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
    assert "being checked" in page.inner_text("main")


def quote_and_issue(desk, delivery):
    desk.does(
        "Prepare the quotation",
        "Save the draft",
        connection_net="4200",
        connection_reason="Priced by hand",
        annual_net="5400",
        annual_reason="Priced by hand",
        delivery_on=f"{delivery:%Y-%m-%d}",
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


def visit(desk, purpose):
    day = datetime.now(UTC).date()
    desk.does(
        "Book a visit whose day is agreed",
        "Book the visit",
        purpose=purpose,
        on=day.isoformat(),
        from_time="8am",
        until_time="1pm",
        visitor="Openreach engineer",
    )
    return day


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
        get = request.getfixturevalue
        self.sign_in, self.days = get("signed_in"), get("days")
        self.submitter, self.authoriser = get("submitter"), get("authoriser")
        self.operator, self.configurer = get("operator"), get("configurer")
        self.page_of = get("page_of")
        self.contact = self.page_of(self.submitter)
        self.staff = self.page_of(self.operator)

    def later(self, days):
        self.days(days)
        self.sign_in(self.contact, self.submitter)
        self.sign_in(self.staff, self.operator)

    def is_requested(self, data_centre):
        fill_in_the_request(self.contact, data_centre)
        send_it(self.contact)
        self.order = ConnectionRequest.objects.get()
        self.desk = Desk(self.staff, self.order)

    def is_accepted(self):
        self.desk.does("Accept the form")
        self.desk.does(
            "Record the site review",
            "Save the site review",
            verdict="green",
            is_survey_needed="yes",
        )

    def is_quoted_and_authorised(self):
        quote_and_issue(self.desk, datetime.now(UTC) + timedelta(days=90))
        sign_the_quotation(self.page_of(self.authoriser), self.order, self.authoriser)
        verify(self.desk, self.authoriser)

    def is_let_in(self):
        self.contact.goto(self.order.get_absolute_url())
        self.contact.get_by_role("button", name="Say how people get in").click()
        self.contact.get_by_role("button", name="Say how people get in").click()
        for name, words in SITE.items():
            self.contact.locator(f"[name={name}]").fill(words)
        for name, choice in (("days", "any"), ("rams", "none")):
            self.contact.locator(f"[name={name}][value={choice}]").check()
        self.contact.get_by_role("button", name="Keep and confirm it").click()
        assert "confirmed for this order" in self.contact.inner_text("main")

    def is_surveyed(self):
        self.desk.does("Record that access is agreed", "Access is agreed")
        visit(self.desk, "survey")
        self.desk.does(
            "Record the survey",
            "Save the survey",
            is_circuit_possible="yes",
            is_equipment_possible="yes",
            has_civil_works="no",
        )

    def is_installed(self):
        for stage in ("circuit", "equipment"):
            day = visit(self.desk, stage).isoformat()
            facts = {"stage": stage, "done_on": day, "test_result": "Passed"}
            if stage == "circuit":
                facts |= {"provider": "BT Openreach", "provider_reference": "ONEA-77"}
            self.desk.does("Record a stage as done", "The stage is done", **facts)
        self.desk.does(
            "Complete the installation", "Installation is complete", completed_on=day
        )

    def is_configured(self):
        Desk(self.page_of(self.configurer), self.order).does(
            "Record the configuration",
            "The connection is configured",
            configured_on=datetime.now(UTC).date().isoformat(),
            test_result="Both data centres answer",
        )


@pytest.mark.long
@pytest.mark.guidance(
    "R-2.12-1", "R-2.12-2", "R-3.1-1", "R-3.2-4", "R-3.6-5", "R-3.7-5", "R-3.7.1-1"
)
def test_an_order_goes_from_the_first_click_to_a_configured_connection(
    request, data_centre
):
    story = Story(request)
    story.is_requested(data_centre)
    story.is_accepted()
    story.is_quoted_and_authorised()
    story.later(days=7)
    story.is_let_in()
    story.is_surveyed()
    story.is_quoted_and_authorised()
    story.later(days=30)
    story.is_installed()
    story.is_configured()

    assert "In service" in read(story.contact, f"/orders/{story.order}/")
    charges = read(story.contact, "/billing/")
    assert "£4,200.00" in charges
    assert "£5,400.00" in charges
    moved = Event.objects.filter(
        thread=story.order.reference,
        subject_type__model__in=["connectionrequest", "quote"],
    )
    events = moved.order_by("pk")
    told = [event.name for event in events if event.name in STORY.split()]
    assert told == STORY.split()
    assert not Notice.objects.exclude(state="sent").exists()
