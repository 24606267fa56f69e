"""A Party raises the rate of its connection in a browser, and sees what it accepts."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from connections.commands import price_rate_change
from connections.models import RateChange
from tests.journey import tiny_pdf


@pytest.mark.guidance("R-2.6-10", "R-2.7.2-2")
def test_a_rate_is_raised_from_the_page_of_its_connection(
    page_of, connection_in_service, authoriser, operator, axe
):
    page = page_of(authoriser)
    page.goto(connection_in_service.get_absolute_url())
    page.get_by_role("link", name="Change the rate").click()
    page.get_by_label("50 Mbps, a higher rate").check()
    page.get_by_role("button", name="Ask for this change").click()
    expect(page.get_by_text("DCC says what it costs, and you hear")).to_be_visible()
    how = {"net": Decimal(1200), "annual_net": Decimal(5200), "reason": "Faster"}
    price_rate_change(RateChange.objects.get().pk, by=operator, **how)

    page.reload()
    axe(page)
    page.get_by_label("Yes, I accept it").check()
    page.get_by_label("I understand: ").check()
    signed = {"name": "signed.pdf", "mimeType": "application/pdf"}
    page.get_by_label("The quotation of the change, signed").set_input_files(
        {**signed, "buffer": tiny_pdf()}
    )
    page.get_by_role("button", name="Send your answer").click()

    expect(page.get_by_text("You accepted what it costs")).to_be_visible()
    assert RateChange.objects.get().state == "accepted"
