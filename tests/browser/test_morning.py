"""One morning at the desk: its queue is worked through, and the clicks are counted."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.clock import uk_date
from orders.models import ConnectionRequest
from parties.models import Nomination
from quotes.models import Authority
from tests import journey, journey_on_site
from tests.journey_in_browser import fill
from worklist.parts import Calendar

ADDRESS = "/admin/orders/connectionrequest/"
ON_PAPER = {
    "connection_type": "hv",
    "hv_rating_mbps": "20",
    "minimum_period_years": "3",
    "uses": "duis",
    "is_shared": "False",
    "ac_sockets": "2",
    "has_access_control": "True",
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "01332 496 0123",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "01332 496 0124",
}
TICKS = ("power", "space", "no_availability", "pep", "protection", "no_damage")
MOST_TABS = 8


class Morning:
    """A person of the desk with a mouse that counts, and a keyboard that does not."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def opens(self, order):
        """Come to an order's page, from where the clicks of its next step count."""
        self.page.goto(f"{ADDRESS}{order.pk}/change/")
        self.clicks = 0

    def clicks_on(self, role, name):
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def types(self, **answers):
        """Answer by keyboard: text, lists, and choices with the space bar."""
        for name, value in answers.items():
            field = self.page.locator(f"[name={name}]").first
            if field.get_attribute("type") in {"radio", "checkbox"}:
                choice = f"[name={name}][value='{value}']" if value is not True else ""
                self.page.locator(choice or f"[name={name}]").press("Space")
            else:
                fill(self.page, {name: value})

    def sees(self, words):
        expect(self.page.get_by_role("main")).to_contain_text(words)


@pytest.fixture
def morning(page_of, operator):
    return Morning(page_of(operator))


@pytest.fixture
def paper(tmp_path):
    form = tmp_path / "form.pdf"
    form.write_bytes(journey.tiny_pdf())
    return form


def keyed_in(morning, paper, sender, data_centre):
    """A form on paper is taken in and keyed in beside its pages; return its order."""
    page = morning.page
    page.goto(f"{ADDRESS}add/")
    morning.types(party="Northgate Energy", channel="email")
    morning.types(sender_email=sender.email, received_at="2026-03-02T09:30")
    page.get_by_label("The form as it came").set_input_files(paper)
    morning.clicks_on("button", "Check the sender and go on")
    expect(page.get_by_label("High Volume (HV)")).to_be_focused()
    morning.types(**ON_PAPER, data_centre=str(data_centre.pk))
    morning.types(**dict.fromkeys(TICKS, True))
    morning.clicks_on("button", f"Submit for {sender}")
    morning.sees("is submitted for")
    return ConnectionRequest.objects.latest("pk")


def returned(morning, order):
    """Three questions go out with the form."""
    morning.opens(order)
    morning.clicks_on("link", "Return it with questions")
    morning.types(field_1="floor", words_1="Which floor?", words_2="Which room?")
    morning.types(words_3="Who owns it?")
    morning.clicks_on("button", "Return the form")
    morning.sees("went back to Northgate Energy")


def answered(order, submitter):
    """The Party answers, and sends its form again."""
    journey.answer_all(journey.fresh(order), submitter)
    journey.submit(order, submitter)


def quoted(morning, order):
    """A quotation goes out; its total and its PDF appear by themselves."""
    page, by_hand = morning.page, "Priced by hand"
    morning.opens(order)
    morning.clicks_on("link", "Prepare the quotation")
    morning.types(connection_net="4,200", connection_reason=by_hand)
    morning.types(annual_net="6100", annual_reason=by_hand)
    expect(page.locator("#quote-total")).to_have_text("£22,500.00")
    morning.types(delivery_on="2026-05-04", note="The duct is long.")
    morning.clicks_on("button", "Save the draft")
    expect(page.get_by_alt_text("Page 1 of the preview")).to_be_visible()
    morning.clicks_on("button", "Issue the quotation")
    morning.sees("is being prepared")
    return journey.open_quote(order)


def done(morning, order, link, button, **typed):
    """A step of one page is taken from the order's page."""
    morning.opens(order)
    morning.clicks_on("link", link)
    morning.types(**typed)
    morning.clicks_on("button", button)
    expect(morning.page.locator(".messagelist .success")).to_be_visible()
    assert morning.clicks == 2


def booked(morning, order):
    """A visit is booked for a day of next week."""
    on = Calendar().days.add(uk_date(timezone.now()), 5)
    when = {"on": on.isoformat(), "from_time": "8am", "until_time": "1pm"}
    done(morning, order, "Book a visit whose day is agreed", "Book the visit", **when)


@pytest.mark.guidance("R-1.3-7", "R-3.2-4", "R-3.3-1", "R-2.11-3")
@pytest.mark.long
def test_one_mornings_queue_is_worked_in_few_clicks(
    morning, paper, submitter, authoriser, data_centre, *, installer, installed_order
):
    order = keyed_in(morning, paper, submitter, data_centre)
    assert morning.clicks == 2
    returned(morning, order)
    assert morning.clicks <= 5
    answered(order, submitter)
    done(morning, order, "Accept the form", "Accept the form")
    verdict = {"verdict": "green", "is_survey_needed": "no"}
    done(morning, order, "Record the site review", "Save the site review", **verdict)
    quote = quoted(morning, order)
    assert morning.clicks <= 4
    signed = journey.upload(quote, authoriser)
    named = Nomination.objects.get(user=authoriser, purpose="authorise")
    found = {"outcome": "effective", "nomination": str(named.pk)}
    done(morning, order, "Verify the authority", "Save what you found", **found)
    assert Authority.objects.get(pk=signed.pk).outcome == "effective"
    journey_on_site.agree_access(journey.fresh(order), installer)
    booked(morning, order)
    last = ("Complete the installation", "Installation is complete")
    done(morning, installed_order, *last)


def tabs_to(page, name):
    """Return how often Tab is pressed until a link has the focus, by the skip link."""
    for presses in range(1, MOST_TABS + 1):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.textContent.trim()")
        if here == name:
            return presses
        if here == "Skip to what you can do":
            page.keyboard.press("Enter")
    return None


def test_the_first_action_of_an_order_is_within_eight_tabs(
    morning, make_order, axe, reflows
):
    page = morning.page
    morning.opens(make_order("submitted"))

    assert tabs_to(page, "Accept the form") is not None
    axe(page)
    reflows(page)


def test_long_parts_are_read_when_they_are_opened_and_keys_can_be_turned_off(
    morning, make_order, axe
):
    page = morning.page
    order = make_order("quoted")
    morning.opens(order)
    page.get_by_role("heading", name="E-mails sent").click()
    expect(page.get_by_role("table").filter(has_text="decide by")).to_be_visible()
    axe(page)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Assign it to a colleague")
    page.get_by_label("Use them").press("Space")
    page.get_by_role("button", name="Close").press("Enter")
    page.keyboard.press("g")
    expect(page).to_have_url(re.compile(r"/change/$"))


def test_the_steps_of_the_morning_read_well(
    morning, make_order, axe, reflows, pending_authority
):
    page = morning.page
    for order, step in (
        (make_order("submitted"), "return"),
        (pending_authority.quote.order, "verify"),
    ):
        page.goto(f"{ADDRESS}{order.pk}/{step}/")
        axe(page)
        reflows(page)
