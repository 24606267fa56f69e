"""Questions of the desk, seen by the desk and by the contact who answers them."""

import pytest
from playwright.sync_api import expect

from orders import commands
from tests import journey

QUESTIONS = (
    ("hv_rating_mbps", "Is 20 Mbps meant from the start?"),
    ("floor", "On which floor is the rack?"),
    ("", "Who can let an engineer in outside office hours?"),
)


@pytest.fixture
def asked(submitted_order, desk):
    for field, words in QUESTIONS:
        commands.ask_question(submitted_order.pk, by=desk, words=words, field=field)
    commands.add_desk_note(submitted_order.pk, by=desk, words="Phoned: no answer.")
    return submitted_order


@pytest.fixture
def look(axe, reflows, screenshot):
    """Return a function that finds no fault on a page and keeps its picture."""

    def at(page, name, *, is_desk=False):
        axe(page)
        if not is_desk:
            reflows(page)
        screenshot(page, name)

    return at


def desk_page(order):
    return f"/admin/orders/connectionrequest/{order.pk}/change/"


@pytest.mark.guidance("R-3.2-6")
def test_the_desk_sees_findings_and_questions_and_returns_the_form(
    asked, page_of, operator, look
):
    page = page_of(operator)
    page.goto(desk_page(asked))
    look(page, "desk-findings", is_desk=True)

    page.get_by_role("link", name="Return with 3 questions").click()
    page.get_by_role("button", name="Return the form").click()

    page.get_by_text("went back to Northgate Energy").wait_for()
    look(page, "desk-returned", is_desk=True)


@pytest.mark.guidance("R-3.2-6")
def test_a_contact_answers_each_question_where_it_stands(
    asked, page_of, desk, submitter, look
):
    commands.return_request(asked.pk, by=desk, note="All else is complete.")
    page = page_of(submitter)
    form = f"/orders/{asked.reference}/form/"
    for url in (f"/orders/{asked.reference}/", form, f"{form}connection/"):
        page.goto(url)
        look(page, f"questions-{url.rstrip('/').rpartition('/')[2].lower()}")

    page.get_by_label("DCC asks: Is 20 Mbps meant").fill("Yes, from the start.")
    page.get_by_role("button", name="Save and come back later").click()

    page.goto(f"/orders/{asked.reference}/questions/")
    expect(page.get_by_label("DCC asks: Is 20")).to_have_value("Yes, from the start.")
    look(page, "questions-all")


def test_hv_is_asked_for_where_lv_cannot_be_had(make_order, page_of, submitter, look):
    order = make_order("unavailable")
    page = page_of(submitter)
    page.goto(f"/orders/{order.reference}/")
    look(page, "unavailable")
    page.get_by_role("button", name="Ask for HV instead").click()
    look(page, "ask-for-hv")

    page.get_by_label("What rating should").select_option("30")
    page.get_by_role("button", name="Make the HV request").click()

    page.get_by_text("asks for HV and begins with the answers").wait_for()
    assert journey.fresh(order).is_closed
