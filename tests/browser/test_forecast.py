"""A Party reads what is to come and shares a charge out; staff read a month."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from billing.commands import issue_invoice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def work_is_done_at_once():
    """Leave tasks undone here: nothing on these pages waits for one."""


def test_a_party_reads_what_is_to_pay_and_what_is_to_come(
    page_of, submitter, connection, axe
):
    issue_invoice(connection.party_id)
    page = page_of(submitter)
    page.goto("/billing/")

    axe(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("£8,400.00 to pay by")
    expect(page.get_by_role("img", name="Charges that will fall due")).to_be_visible()
    ahead = page.get_by_role("region", name="The next 36 months by connection, table")
    row = ahead.get_by_role("row", name=connection.reference)
    expect(row).to_contain_text("£4,000.00")
    allowed = page.get_by_role("link", name="accepted by authority to proceed")
    expect(allowed.first).to_have_attribute("href", f"/quotes/{quote_of(connection)}/")


def test_a_party_shares_an_invoice_out_by_percentages(page_of, submitter, sharer, axe):
    invoice = issue_invoice(sharer.order.party_id)
    page = page_of(submitter)
    page.goto("/billing/")
    page.get_by_role("link", name="split a charge with those who share").click()
    page.get_by_label("What to split").select_option(invoice.reference)
    page.get_by_label("Rule").select_option("Percentages")
    work_out = page.get_by_role("button", name="Work it out")
    work_out.click()
    page.get_by_label("Northgate Energy").fill("70")
    page.get_by_label("Calder Supply").fill("20")
    work_out.click()
    axe(page)
    expect(page.get_by_role("alert")).to_contain_text("add up to 90, not to 100")
    page.get_by_label("Calder Supply").fill("30")
    work_out.click()

    table = page.get_by_role("table", name="Split of")
    expect(table.get_by_role("row", name="Calder Supply")).to_contain_text("£2,520.00")
    page.emulate_media(media="print")
    expect(page.get_by_text("DCC bills Northgate Energy")).to_be_visible()


def quote_of(connection):
    return connection.order.quotes.get()


def test_staff_open_a_month_from_their_home(page_of, billing_clerk, connection, axe):
    page = page_of(billing_clerk)
    page.goto(reverse("admin:index"))

    page.get_by_role("link", name="What was charged: a month in numbers").click()

    axe(page)
    table = page.get_by_role("table", name="Charges by kind")
    expect(table.get_by_role("row", name="Annual charge")).to_contain_text("£4,000.00")
    expect(page.get_by_role("img", name="Pounds raised by kind")).to_be_visible()
    page.get_by_role("link", name="The next 36 months").click()
    expect(page.get_by_role("img", name="Charges that will fall due")).to_be_visible()
    axe(page)
