"""Pages keep their sense: long names, large text, chosen colours, paper, slow lines."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from parties.models import DataCentre, Party

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LEAST_SHIFT = 0.02
TEXTS = """() => {
  const sizes = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const isSeen = element.checkVisibility() && !element.closest('svg, script, style');
    if (!isSeen || !walker.currentNode.data.trim()) continue;
    const key = `${element.tagName}.${element.className}`;
    sizes[key] = parseFloat(getComputedStyle(element).fontSize);
  }
  return sizes;
}"""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  const later = () => requestAnimationFrame(() => setTimeout(() => done(sum)));
  requestAnimationFrame(later);
})"""
FONT_IS_THERE = (
    "document.fonts.ready.then(() => document.fonts.check('18px \"Source Sans 3\"'))"
)


@pytest.fixture
def work_is_done_at_once():
    """Leave tasks undone here: the orders come as their fixtures made them."""


@pytest.fixture
def long_names(party, data_centre):
    """Give the Party and its site the longest name of a place in Great Britain."""
    Party.objects.filter(pk=party.pk).update(name=LONG)
    DataCentre.objects.filter(pk=data_centre.pk).update(name=LONG, town=LONG)


def of_order(name):
    return reverse("admin:orders_connectionrequest_change", args=[name.pk])


def contact_pages(order, quote):
    return [
        "/orders/",
        f"/orders/{order}/",
        f"/orders/{order}/history/",
        f"/orders/{order}/form/",
        f"/orders/{order}/form/site/",
        f"/quotes/{quote}/",
        f"/quotes/{quote}/authority/",
        "/account/",
        "/billing/",
    ]


def desk_pages(order):
    return [
        reverse("admin:index"),
        reverse("admin:orders_connectionrequest_changelist"),
        of_order(order),
        reverse("admin:parties_party_changelist"),
        reverse("admin:parties_datacentre_changelist"),
        reverse("admin:records_event_changelist"),
    ]


@pytest.mark.usefixtures("long_names")
def test_a_name_of_58_letters_pushes_no_page_sideways(
    page_of, authoriser, operator, issued_quote, reflows
):
    order = issued_quote.order
    visits = [(authoriser, contact_pages(order, issued_quote))]
    for person, pages in [*visits, (operator, desk_pages(order))]:
        page = page_of(person)
        for address in pages:
            page.goto(address)
            reflows(page)


def with_large_text(page, pixels):
    """Set the size of text as a reader does in the browser's own settings."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": pixels, "fixed": pixels}
    session.send("Page.setFontSizes", {"fontSizes": sizes})


def test_text_of_twice_the_size_grows_everywhere_and_fits(
    page_of, authoriser, operator, issued_quote
):
    order = issued_quote.order
    for person, address in [
        (authoriser, f"/orders/{order}/"),
        (authoriser, f"/quotes/{issued_quote}/"),
        (operator, reverse("admin:index")),
        (operator, of_order(order)),
    ]:
        page = page_of(person)
        page.goto(address)
        before = page.evaluate(TEXTS)
        with_large_text(page, 32)
        page.reload()
        after = page.evaluate(TEXTS)

        small = {
            key for key in before if key in after and after[key] < 1.5 * before[key]
        }
        assert small == set(), address
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, address


@pytest.mark.parametrize(
    "address",
    ["/", "/orders/", "/orders/{order}/", "/orders/{order}/form/", "/quotes/{quote}/"],
)
def test_nothing_moves_when_the_font_comes_late(
    page_of, authoriser, issued_quote, address
):
    page, waiting = page_of(authoriser), []

    def hold(request):
        waiting.append(request)

    page.route("**/*.woff2", hold)
    place = address.format(order=issued_quote.order, quote=issued_quote)
    page.goto(place, wait_until="domcontentloaded")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert waiting, "the font is asked for before the style sheet names it"

    for request in waiting:
        request.continue_()
    assert page.evaluate(FONT_IS_THERE)

    assert page.evaluate(SHIFTS) < LEAST_SHIFT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_colours_keep_the_current_page_and_the_drawings(
    page_of, authoriser, issued_quote, scheme, screenshot
):
    page = page_of(authoriser)
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/orders/")
    border = "element => getComputedStyle(element).borderBottomColor"
    items = page.locator(".govuk-service-navigation__item")
    here = page.locator(".govuk-service-navigation__item--active").evaluate(border)
    others = {item.evaluate(border) for item in items.all()} - {here}
    screenshot(page, f"forced-{scheme}")

    assert others
    page.goto("/plan/")
    ground = "element => getComputedStyle(element).backgroundColor"
    drawings = page.locator(".dcc-option__art svg").all()
    assert {one.evaluate(ground) for one in drawings} == {"rgb(255, 255, 255)"}


@pytest.mark.parametrize(
    "address", ["/plan/", "/orders/{order}/", "/quotes/{quote}/", "{desk}"]
)
def test_paper_loses_no_words_and_shows_no_navigation(
    page_of, authoriser, operator, issued_quote, address
):
    page = page_of(operator if address == "{desk}" else authoriser)
    order = issued_quote.order
    page.goto(address.format(order=order, quote=issued_quote, desk=of_order(order)))
    page.emulate_media(media="print")

    for unwanted in ("header", ".dcc-nav", ".desk-strip", ".govuk-button", ".button"):
        assert not any(one.is_visible() for one in page.locator(unwanted).all()), (
            unwanted
        )
    for box in page.locator(".dcc-scroll, .desk-scroll").all():
        assert box.evaluate("box => getComputedStyle(box).overflowX") == "visible"
    after = "link => getComputedStyle(link, '::after').content"
    assert {link.evaluate(after) for link in page.locator("a").all()} == {"none"}
    folded = page.locator("details:not([open], .desk-strip *) > :not(summary)")
    assert all(one.evaluate("part => part.checkVisibility()") for one in folded.all())


def test_the_desk_is_led_to_what_must_be_mended(page_of, operator, reviewed_order):
    place = "admin:orders_connectionrequest_quotation"
    page = page_of(operator)
    page.goto(reverse(place, args=[reviewed_order.pk]))
    page.get_by_role("button", name="Save the draft").click()

    # It takes the focus once it is drawn, which is a moment after it is there.
    expect(page.locator(".desk-problems")).to_be_focused()


DARK = "rgb(16, 26, 30)"


def test_the_desk_is_dark_for_whom_wants_it_and_can_still_be_read(
    new_context, signed_in, operator, *, pending_authority, submitted_order, axe
):
    context = new_context(color_scheme="dark")
    page = signed_in(context.new_page(), operator)
    step = "admin:orders_connectionrequest_verify"
    pages = (
        reverse("admin:index"),
        reverse("admin:worklist_workitem_changelist"),
        of_order(submitted_order),
        reverse(step, args=[pending_authority.quote.order_id]),
        reverse("admin:report", args=["orders"]),
    )

    for address in pages:
        page.goto(address)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == DARK, address
        axe(page)
