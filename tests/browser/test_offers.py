"""Who keys something in names a Party or a sender by what is typed of them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.parties import PartyFactory


@pytest.mark.usefixtures("submitter")
def test_parties_and_senders_are_offered_as_one_types_and_what_is_typed_is_enough(
    page_of, desk, party
):
    PartyFactory(name="Southgate Gas")
    page = page_of(desk)
    page.goto(reverse("admin:orders_connectionrequest_add"))
    field, sender = page.locator("[name=party]"), page.locator("[name=sender_email]")
    offered, senders = page.locator("#id_party_options option"), sender.locator("~ *")

    field.press_sequentially("orthg")
    expect(offered).to_have_count(1)
    expect(offered).to_have_attribute("value", party.name)

    field.fill("")
    number = party.reference.replace("PTY-", "pty\N{EN DASH}")
    field.press_sequentially(number)
    expect(offered).to_have_attribute("value", party.name)

    sender.press_sequentially("submitter@")
    expect(senders.locator("option")).to_have_count(1)
    page.get_by_role("button").last.press("Enter")
    expect(page.locator("[name=party]")).to_have_value(number)
    expect(page.get_by_role("alert")).not_to_contain_text("Gateway Party")
