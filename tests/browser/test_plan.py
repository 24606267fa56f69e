"""From a first look at the planner to two linked requests."""

import pytest
from playwright.sync_api import expect

from planner.models import Plan
from quotes.commands import seed_prices
from tests.factories.parties import PASSWORD
from tests.planner.example import SHEET

pytestmark = pytest.mark.browser
LABELS = {
    "parties": "1. Parties using the connection",
    "meters": "2. Meters that each of them serves",
    "growth": "3. Allowance for growth, per cent",
    "routine_count": "4. Routine requests a meter, a day",
    "routine_bytes": "Routine requests: size of one, in bytes",
    "complex_count": "5. Complex requests a meter, a day",
    "complex_bytes": "Complex requests: size of one, in bytes",
    "peak_share": "Share of the day’s traffic in its busiest hours, per cent",
    "peak_hours": "Number of busiest hours in a day",
    "headroom": "Room for encryption and bursts, per cent",
    "testing": "6. Testing at the same time, Mbps",
}


def work_out_a_speed(page):
    for name, label in LABELS.items():
        page.get_by_label(label).fill(SHEET[name])
    page.get_by_role("button", name="Work it out").click()


def sign_in(page, person):
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


@pytest.mark.guidance("R-2.8-1", "R-4-1", "R-1.3-6")
@pytest.mark.parametrize("script", [True, False])
def test_a_plan_becomes_two_linked_requests(new_context, submitter, *, script):
    seed_prices()
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/plan/")
    page.get_by_role("button", name="Choose high").click()
    work_out_a_speed(page)
    expect(page.get_by_text("You need 2.66 Mbps.")).to_be_visible()

    page.get_by_label("The main connection").select_option("hv-10")
    page.get_by_role("button", name="Start two linked requests").click()
    sign_in(page, submitter)
    page.get_by_role("button", name="Start both requests").click()

    expect(page.get_by_role("main")).to_contain_text(" begin with ")
    first, second = Plan.objects.get().orders.order_by("pk")
    expect(page.get_by_text(f"{first} and {second} begin with")).to_be_visible()
    assert (first.hv_rating_mbps, second.connection_type) == (10, "")


def test_a_kept_plan_and_its_start_read_well_at_either_width(
    page_of, submitter, axe, reflows
):
    page = page_of(submitter)
    page.goto("/plan/?option=high&main=hv-20&backup=lv")
    page.get_by_role("button", name="Keep this plan").click()
    page.wait_for_url("**/plan/*/")
    for _ in range(2):
        axe(page)
        reflows(page)
        page.goto(f"{page.url}start/")
