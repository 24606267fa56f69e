"""Enquiries in a browser: asked by a contact, answered by the desk, read by both."""

import pytest
from playwright.sync_api import expect

from orders.models import Enquiry

pytestmark = pytest.mark.browser


@pytest.fixture
def checked(axe, reflows, screenshot):
    """Return a look at a page: no fault of access, no sideways scrolling, a picture."""

    def look(page, name):
        axe(page)
        reflows(page)
        screenshot(page, name)

    return look


@pytest.mark.guidance("R-4.3-8", "R-1-4")
def test_a_call_is_asked_for_arranged_answered_and_read(
    page_of, colleague, desk, checked
):
    page = page_of(colleague)
    page.goto("/enquiries/new/")
    checked(page, "enquiry-kinds")
    page.get_by_role("link", name="Ask for a call about another kind").click()
    page.get_by_role("button", name="Send it to the Service Desk").click()
    checked(page, "enquiry-refused")
    page.get_by_label("What do you have in mind?").fill("Two into Derby, one to Leeds")
    page.get_by_label("Phone number").fill("0113 496 0000")
    page.get_by_role("button", name="Send it to the Service Desk").click()
    checked(page, "enquiry-asked")

    answer_at_the_desk(page_of(desk), Enquiry.objects.get(), checked)

    page.reload()
    page.get_by_text("Leeds stands by for either").wait_for()
    checked(page, "enquiry-answered")
    page.goto("/enquiries/")
    checked(page, "enquiries")


def answer_at_the_desk(page, enquiry, checked):
    page.goto("/admin/orders/enquiry/")
    checked(page, "desk-enquiries")
    page.get_by_role("link", name=enquiry.reference).click()
    checked(page, "desk-enquiry")
    page.get_by_role("link", name="Arrange a call").click()
    page.get_by_label("When does DCC call?").fill("2099-03-05T14:30")
    checked(page, "desk-enquiry-arrange")
    page.get_by_role("button", name="Arrange the call").click()
    page.get_by_role("link", name="Answer it").click()
    page.get_by_label("The answer, or what the call came to").fill("Two pairs.")
    page.get_by_label("Failover and disaster").fill("Leeds stands by for either.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("is answered").wait_for()


@pytest.mark.guidance("R-2.1.2-2")
def test_the_register_lists_rdps_without_a_connection(page_of, operator, rdp, checked):
    page = page_of(operator)
    page.goto("/admin/parties/party/?connection=missing")

    expect(page.get_by_role("link", name=rdp.name)).to_be_visible()
    checked(page, "desk-rdps")
