"""Starting a pair, its section, who shares it, and both pages: read and reflowed."""

import pytest
from playwright.sync_api import expect

from orders.models import ConnectionRequest
from tests import journey, journey_of_pairs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def read(axe, reflows, screenshot):
    """Return a function that opens a page and finds no fault of access."""

    def look(page, address, name):
        page.goto(address)
        axe(page)
        reflows(page)
        screenshot(page, name)

    return look


@pytest.mark.guidance("R-1.3-6", "R-2.14-2", "R-2.4.1-1")
def test_a_pair_is_started_without_a_script_and_both_forms_name_each_other(
    new_context, signed_in, submitter
):
    context = new_context(java_script_enabled=False)
    page = signed_in(context.new_page(), submitter)
    page.goto("/orders/new/")
    page.get_by_label("Two connections at two sites").check()
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("The pair of")
    first, second = ConnectionRequest.objects.order_by("pk")
    assert (first.related_reference, second.related_reference) == (
        second.customer_reference,
        first.customer_reference,
    )


def test_the_pages_of_a_pair_read_well(page_of, submitter, data_centre, party, read):
    sites = [data_centre, data_centre]
    first, second = journey_of_pairs.answered(party, submitter, sites)
    journey.submit(first, submitter)
    page = page_of(submitter)
    form = f"/orders/{second}/form/"

    read(page, "/orders/new/", "pair-new")
    read(page, f"/orders/{second}/", "pair-order")
    read(page, f"/orders/{second}/pair/", "pair-pair")
    read(page, f"{form}pair/", "pair-section")
    read(page, f"{form}sharing/", "pair-sharing")
    read(page, f"/orders/{second}/sharers/new/", "pair-sharer")
    read(page, "/orders/", "pair-home")


def test_the_pages_that_make_a_pair_read_well(
    page_of, submitter, submitted_order, read
):
    other = journey.start(submitted_order.party, submitter)
    page = page_of(submitter)

    read(page, "/orders/new/pair/", "pair-second")
    read(page, f"/orders/{other}/pair/", "pair-choose")
