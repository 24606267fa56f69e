"""A wrong scan is handed in, found to be wrong, replaced, and then handed in."""

import re

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from orders.models import ConnectionRequest
from quotes import commands
from quotes.models import Authority, Quote
from tests import journey
from tests.cast import NOW
from tests.quotes.scanned import as_image, as_pdf, pages_of_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.guidance("R-2.11-3", "R-2.11-4"),
]


@pytest.fixture(autouse=True)
def day_of_issue():
    """The scans are made from the document as it is issued on this day."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def work_is_done_at_once():
    """Leave tasks undone here: people see the page while a scan is being read."""


@pytest.fixture
def slow_worker():
    """Return a function that lets a worker read what was uploaded last."""
    return lambda: commands.read_scan(Authority.objects.latest("pk").pk)


@pytest.fixture
def looks_well(axe, reflows, screenshot):
    def look(page, name):
        axe(page)
        reflows(page)
        screenshot(page, name)

    return look


@pytest.fixture
def plain_page(new_context, signed_in, submitter):
    """The submitter's, in a browser that runs no script."""
    return signed_in(new_context(java_script_enabled=False).new_page(), submitter)


A_FORM = {
    "name": "form.pdf",
    "mimeType": "application/pdf",
    "buffer": journey.tiny_pdf(),
}


def photo(quote, page):
    content, kind = as_image(pages_of_paper(quote)[page - 1])
    return {"name": f"page {page}.jpg", "mimeType": kind, "buffer": content}


def whole(quote):
    content, kind = as_pdf(pages_of_paper(quote))
    return {"name": f"{quote} signed.pdf", "mimeType": kind, "buffer": content}


def upload(page, quote, *files, signatory):
    page.goto(f"/quotes/{quote}/authority/")
    page.set_input_files("[name=scan]", list(files))
    page.locator("[name=signatory]").select_option(label=signatory.name)
    page.locator("[name=access][value=none]").check()
    for name in ("rack_space", "agreed"):
        page.locator(f"[name={name}]").check()
    page.get_by_role("button", name="Upload and read it").click()


def test_a_page_that_is_missing_is_found_added_and_handed_in(
    page_of, issued_quote, authoriser, slow_worker, looks_well
):
    page = page_of(authoriser)
    upload(page, issued_quote, photo(issued_quote, 1), signatory=authoriser)
    page.get_by_role("heading", name="Reading the codes on the pages").wait_for()

    slow_worker()

    missing = "The page with the signature is missing"
    page.get_by_role("heading", name=missing).wait_for()
    looks_well(page, "upload-page-missing")
    page.set_input_files("[name=scan]", photo(issued_quote, 2))
    expect(page.get_by_label("Keep page 1.jpg, and add these")).to_be_checked()
    page.get_by_role("button", name="Upload and read again").click()
    slow_worker()
    page.get_by_role("heading", name="All its pages are there").wait_for()
    looks_well(page, "upload-all-there")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("main")).to_contain_text("DCC is checking who signed")
    assert Authority.objects.get(outcome="pending").documents[1].name == "page 2.jpg"


@pytest.fixture
def second_version(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Anew")
    order = journey.fresh(issued_quote.order)
    return journey.issue(journey.draft(order, operator), operator)


def test_without_a_script_an_old_version_is_found_and_replaced(
    plain_page, second_version, authoriser, slow_worker, screenshot
):
    page = plain_page
    first = Quote.objects.get(version=1)
    upload(page, second_version, whole(first), signatory=authoriser)
    slow_worker()

    page.get_by_role("link", name="Look again").click()

    heading = "This is version 1. Version 2 is the one to sign"
    page.get_by_role("heading", name=heading).wait_for()
    screenshot(page, "upload-old-version")
    page.set_input_files("[name=scan]", whole(second_version))
    page.get_by_role("button", name="Upload and read again").click()
    slow_worker()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("main")).to_contain_text("DCC is checking who signed")
    assert Authority.objects.filter(state="replaced").count() == 1


def test_what_was_chosen_is_not_chosen_again_because_an_answer_is_missing(
    page_of, issued_quote, authoriser, looks_well
):
    page = page_of(authoriser)
    page.goto(f"/quotes/{issued_quote}/authority/")
    page.set_input_files("[name=scan]", [photo(issued_quote, 1)])
    send = page.get_by_role("button", name="Upload and read it")
    send.click()

    chosen = page.get_by_role("checkbox", name="Send “page 1.jpg”", exact=False)
    expect(chosen).to_be_checked()
    looks_well(page, "upload-comes-back")
    page.set_input_files("[name=scan]", [photo(issued_quote, 2)])
    page.locator("[name=signatory]").select_option(label=authoriser.name)
    page.locator("[name=access][value=none]").check()
    for name in ("rack_space", "agreed"):
        page.locator(f"[name={name}]").check()
    send.click()
    expect(page).to_have_url(re.compile("/upload/"))
    papers = Authority.objects.get().documents
    assert [paper.name for paper in papers] == ["page 1.jpg", "page 2.jpg"]


def test_at_the_desk_the_form_that_came_stays_when_its_sender_is_misspelt(
    page_of, desk, party, submitter, looks_well
):
    page = page_of(desk)
    page.goto(reverse("admin:orders_connectionrequest_add"))
    page.get_by_label("Gateway Party that the form names").fill(party.name)
    page.get_by_role("radio", name="E-mail to the Service Desk").check()
    sender = page.get_by_label("E-mail address of its sender")
    sender.fill("submiter@northgate.example")
    page.get_by_label("When did it come?").fill("2026-03-02T10:00")
    page.set_input_files("[name=form]", [A_FORM])
    send = page.get_by_role("button", name="Check the sender and go on")
    send.click()

    expect(page.get_by_role("checkbox", name="Send “form.pdf”")).to_be_checked()
    looks_well(page, "key-in-comes-back")
    sender.fill(submitter.email)
    send.click()
    expect(page).to_have_title(re.compile("^Key in what the form says"))
    assert ConnectionRequest.objects.get().form_document.name == "form.pdf"
