"""The desk corrects a form for a contact: what goes out is read before it goes."""

from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from records.models import Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def two_days_later():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield lambda: traveller.shift(timedelta(days=2))


@pytest.fixture
def corrects(page_of, desk, submitter, two_days_later):
    """Return the page of an order's corrections with who said it, at one section."""

    def begin(order, section):
        two_days_later()
        page = page_of(desk)
        page.goto(page_url(order, "correct"))
        page.get_by_label("Who said it?").select_option(value=str(submitter.pk))
        page.get_by_role("radio", name="By phone").check()
        page.get_by_label("When did it come?").fill("2026-03-04T10:00")
        page.get_by_text(section, exact=True).click()
        return page

    return begin


@pytest.mark.guidance("T35")
def test_a_small_answer_is_corrected_and_the_quotation_stays(corrects, issued_quote):
    order = issued_quote.order
    page = corrects(order, "The building")
    page.get_by_label("landlord", exact=False).fill("Quay Ltd")

    page.get_by_role("button", name="Show what changes").click()

    expect(page.locator("#changes")).to_be_visible()
    expect(page.get_by_text("Nothing else changes")).to_be_visible()
    expect(page.get_by_text("What it touches")).to_have_count(0)
    page.get_by_text(f"Order {order}: its form was corrected").first.click()
    expect(page.locator("pre:visible")).to_contain_text("Landlord: no answer → Quay")
    page.get_by_role("checkbox", name="This is what they said").check()
    page.get_by_role("button", name="Correct 1 answer").click()
    expect(page.get_by_text("The form is corrected for Sue Mitter")).to_be_visible()
    order = journey.fresh(order)
    assert (order.state, order.landlord) == ("quoted", "Quay Ltd")


@pytest.mark.guidance("T35")
def test_a_rating_takes_the_quotation_back_once_the_desk_has_read_what_that_means(
    corrects, issued_quote, axe, reflows, screenshot
):
    order, before = issued_quote.order, Notice.objects.count()
    page = corrects(order, "Type and rating")
    page.get_by_label("For HV: what rating?").fill("30")

    page.get_by_role("button", name="Show what changes").click()

    expect(
        page.get_by_text(f"Quotation {issued_quote} taken back by DCC")
    ).to_be_visible()
    expect(page.get_by_text("Nothing is signed")).to_be_visible()
    axe(page)
    reflows(page)
    screenshot(page, "desk-correct")
    assert Notice.objects.count() == before
    page.get_by_role("button", name="Correct 1 answer").click()
    expect(page.get_by_role("alert")).to_contain_text("then tick the box")
    expect(page.get_by_label("For HV: what rating?")).to_have_value("30")
    page.get_by_role("checkbox", name=f"{issued_quote} is withdrawn").check()
    page.get_by_role("button", name="Correct 1 answer").click()
    expect(page.get_by_text("what was taken back stays taken back")).to_be_visible()
    assert journey.fresh(order).state == "accepted"
    assert journey.fresh(order).hv_rating_mbps == 30
