"""A guard's phone reads the code of a visit and shows whether to let somebody in."""

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from zxingcpp import read_barcodes

from common.clock import uk_date
from tests import journey_on_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def work_is_done_at_once():
    """Leave tasks undone here: the order comes as its fixtures made it."""


def test_the_code_on_the_visits_page_opens_a_pass_that_reads_well(
    page_of, new_context, submitter, *, ready_order, installer, axe, reflows
):
    visit = journey_on_site.book(
        ready_order, installer, "circuit", on=uk_date(datetime.now(UTC))
    )
    page = page_of(submitter)
    page.goto(reverse("visit", args=[visit.reference]))
    drawing = page.locator(".dcc-gate-code").screenshot()
    (code,) = read_barcodes(Image.open(io.BytesIO(drawing)))
    assert code.text == visit.gate_url

    guard = new_context().new_page()
    guard.goto(visit.gate_address)

    expect(guard.get_by_role("heading", level=1)).to_have_text("Valid today")
    axe(guard)
    reflows(guard)


def test_the_installers_first_page_reads_well_on_a_phone(
    page_of, ready_order, installer, axe, reflows
):
    today = uk_date(datetime.now(UTC))
    journey_on_site.book(ready_order, installer, "circuit", on=today)
    page = page_of(installer)

    page.goto(reverse("admin:index"))

    expect(page.get_by_role("heading", level=1)).to_have_text("One visit today")
    axe(page)
    reflows(page)
