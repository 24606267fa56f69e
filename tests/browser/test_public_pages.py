"""What anybody may open reads well wide and narrow, with and without a script."""

import gzip
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.planner.example import PLAN

pytestmark = pytest.mark.browser
PUBLIC = [
    "/",
    "/guidance/",
    "/guidance/?q=survey",
    "/guidance/2.6/",
    "/guidance/4/",
    "/guidance/questions/",
    "/guidance/glossary/",
    "/plan/",
    f"/plan/?{urlencode(PLAN, doseq=True)}",
    f"/plan/?{urlencode(PLAN | {'meters': 'many'}, doseq=True)}",
    "/guidance/versions/",
    "/guidance/versions/1.0/",
    "/accessibility/",
    "/privacy/",
    "/sign-in/",
    "/password/",
    "/sign-up/",
    "/no/such/page/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_has_no_fault_of_access_at_either_width(
    page, axe, reflows, address
):
    page.goto(address)
    axe(page)
    reflows(page)

    page.set_viewport_size({"width": 320, "height": 900})
    axe(page)


@pytest.mark.parametrize(
    "address", ["/", "/guidance/", "/guidance/2.6/", "/plan/", "/sign-in/"]
)
def test_a_public_page_is_light_on_the_wire(page, address):
    received = []
    page.on("response", lambda response: received.append(response.body()))
    page.goto(address)

    # Production compresses all but the font, which is cached for ever.
    text = [body for body in received if not body.startswith(b"wOF2")]
    assert sum(len(gzip.compress(body)) for body in text) < 40_000


def test_the_first_tab_leads_past_the_menu(page):
    page.goto("/guidance/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_an_error_takes_the_focus_and_leads_to_its_input(page):
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".govuk-error-summary:focus")

    page.get_by_role("link", name="Enter your e-mail address").click()

    expect(page.locator("#id_login")).to_be_focused()


def test_signing_in_and_out_needs_no_script(new_context, submitter):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(submitter.email)
    page.get_by_label("Password").fill("a-good-long-password")
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Sue Mitter")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_a_rule_leads_to_its_section_of_the_guidance(page):
    page.goto("/")
    page.get_by_role("link", name="2.9.3").click()

    page.wait_for_url("**/guidance/2.9.3/")
    expect(page.get_by_role("heading", name="Rough costs")).to_be_visible()
