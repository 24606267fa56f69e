"""The request form in a browser: with and without a script, on one desk or two."""

import pytest
from playwright.sync_api import expect

from tests import journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain_browser_of(new_context, signed_in):
    """Return a function that opens a browser without JavaScript."""
    return lambda user: signed_in(
        new_context(java_script_enabled=False).new_page(), user
    )


def part(order, slug=""):
    return f"/orders/{order}/form/{slug}"


def save(page, button="Save and continue"):
    page.get_by_role("button", name=button, exact=True).click()


def tick_all(page):
    for box in page.get_by_role("checkbox").all():
        box.check()


def begin(page, order):
    """Answer the first three sections, then leave."""
    page.goto(part(order, "connection/"))
    page.get_by_label("High Volume (HV)").check()
    page.get_by_label("For HV: what rating?").fill("20")
    save(page)
    page.get_by_label("3 years").check()
    save(page)
    page.get_by_label("DCC User Interface (DUIS)").check()
    save(page, "Save and come back later")


def finish(page, data_centre):
    """Answer the rest, from who else uses it to what the Party answers for."""
    page.get_by_label("No", exact=True).check()
    save(page)
    page.get_by_label(data_centre.name).check()
    save(page)
    page.get_by_label("How many AC power sockets").fill("2")
    page.get_by_label("Yes", exact=True).check()
    tick_all(page)
    save(page)
    save(page)
    fill_contacts(page)
    save(page)
    save(page)
    tick_all(page)
    save(page)


def test_half_a_form_from_one_browser_is_finished_in_another_without_a_script(
    plain_browser_of, submitter, empty_order, data_centre
):
    begin(plain_browser_of(submitter), empty_order)

    page = plain_browser_of(submitter)
    page.goto(part(empty_order))
    page.get_by_role("link", name="Who else uses it").click()
    finish(page, data_centre)
    page.get_by_role("checkbox").check()
    save(page, "Submit the request")

    expect(page.get_by_role("main")).to_contain_text("Request submitted")
    assert journey.fresh(empty_order).state == "submitted"


def fill_contacts(page):
    page.get_by_label("Technical contact: name").fill("Tess Hall")
    page.get_by_label("Technical contact: e-mail").fill("tess@example.com")
    page.get_by_label("Technical contact: phone").fill("0113 496 0000")
    page.get_by_label("Site contact: name").fill("Sam Gate")
    page.get_by_label("Site contact: phone").fill("0113 496 0001")


@pytest.mark.parametrize(
    ("slug", "choice", "question"),
    [
        ("connection", "High Volume (HV)", "For HV: what rating?"),
        ("use", "Testing with DCC services", "If for testing: which kinds?"),
        ("building", "Was it built before 2000?", "If built before 2000"),
    ],
)
def test_a_question_appears_with_the_answer_that_needs_it(
    page_of, plain_browser_of, submitter, empty_order, *, slug, choice, question
):
    page, plain = page_of(submitter), plain_browser_of(submitter)
    for one in (page, plain):
        one.goto(part(empty_order, f"{slug}/"))
    expect(plain.get_by_text(question).first).to_be_visible()
    expect(page.get_by_text(question).first).not_to_be_visible()

    group = page.get_by_role("group", name=choice)
    is_group = group.count() > 0
    answer = group.get_by_label("Yes").first if is_group else page.get_by_label(choice)
    answer.check()

    expect(page.get_by_text(question).first).to_be_visible()


def test_what_a_colleague_changed_is_told_at_once_and_reads_well(
    page_of, submitter, draft_order, *, axe, reflows, screenshot
):
    page, other = page_of(submitter), page_of(submitter)
    for one, rating in ((page, "50"), (other, "70")):
        one.goto(part(draft_order, "connection/"))
        one.get_by_label("For HV: what rating?").fill(rating)
    save(page)
    save(other)

    expect(other.get_by_role("main")).to_contain_text("20 Mbps → 50 Mbps")
    axe(other)
    reflows(other)
    screenshot(other, "form-changed")
    save(other, "Save mine")
    assert journey.fresh(draft_order).hv_rating_mbps == 70


SLUGS = ("connection", "period", "use", "sharing", "site", "room", "building")
SLUGS += ("contacts", "reference", "care")


@pytest.mark.long
def test_every_section_reads_well_before_and_after_a_mistake(
    page_of, submitter, empty_order, *, axe, reflows, screenshot
):
    page = page_of(submitter)
    for slug in SLUGS:
        page.goto(part(empty_order, f"{slug}/"))
        axe(page)
        reflows(page)
        screenshot(page, f"form-{slug}")
        save(page)
        axe(page)


def key_in(page, sender, form):
    """Fill in what came with a form, and send it."""
    page.get_by_label("Gateway Party").fill("Northgate Energy")
    page.get_by_label("E-mail to the Service Desk").check()
    page.get_by_label("E-mail address").fill(sender)
    page.get_by_label("When did it come?").fill("2026-03-02T09:30")
    page.get_by_label("The form as it came").set_input_files(form)
    page.get_by_role("button", name="Check the sender and go on").click()


def test_the_desk_keys_in_a_form_on_pages_that_read_well(
    page_of, desk, submitter, *, axe, reflows, screenshot, tmp_path
):
    form = tmp_path / "form.pdf"
    form.write_bytes(journey.tiny_pdf())
    page = page_of(desk)
    page.goto("/admin/orders/connectionrequest/add/")
    axe(page)
    screenshot(page, "key-in")
    key_in(page, submitter.email, form)

    expect(page.get_by_role("main")).to_contain_text("to submit requests on the day")
    expect(page.get_by_label("High Volume (HV)")).to_be_focused()
    axe(page)
    reflows(page)
    screenshot(page, "keyed-form")


def test_whoever_changes_an_answer_from_the_check_page_is_led_back_to_it(
    page_of, submitter, draft_order, base_url
):
    page = page_of(submitter)
    page.goto(part(draft_order, "check/"))
    page.get_by_role("link", name="Change How long do you commit").click()
    page.get_by_label("1 year").check()
    save(page, "Save and go back to check")

    expect(page).to_have_url(f"{base_url}{part(draft_order, 'check/')}#period")
    title = page.get_by_role("heading", name="Minimum contract period")
    assert title.evaluate("it => it.getBoundingClientRect().top < innerHeight")
    expect(page.get_by_role("main")).to_contain_text("1 year")
    assert journey.fresh(draft_order).minimum_period_years == 1
