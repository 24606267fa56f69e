"""Back after signing out shows nothing, in a browser that keeps pages for Back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SWITCHES
from tools.system import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Playwright switches it off, since a page that comes back whole is hard to drive.
OFF = "--disable-back-forward-cache"


@pytest.fixture
def page_in_the_back_cache(browser_type, browser_context_args, signed_in):
    """Open a browser of its own with its back-forward cache on, for one person."""
    browser = browser_type.launch(
        executable_path=chromium(), args=list(SWITCHES), ignore_default_args=[OFF]
    )
    yield lambda user: signed_in(
        browser.new_context(**browser_context_args).new_page(), user
    )
    browser.close()


def test_back_after_signing_out_shows_nothing_of_an_order(
    page_in_the_back_cache, submitter, submitted_order
):
    page = page_in_the_back_cache(submitter)
    page.goto(f"/orders/{submitted_order}/")
    expect(page.get_by_text("Thornby").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()

    page.go_back()

    assert "Thornby" not in page.content()
    expect(page.get_by_label("E-mail address")).to_be_visible()
