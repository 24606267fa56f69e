"""Names of all Europe are drawn in the portal's own fonts, each file fetched once."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import journey
from tests.factories.parties import DataCentreFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Ŵyn Ġorġ Łódź Őrség"
NEEDED = {
    "source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-ext-wght-normal.woff2",
}


@pytest.fixture
def order(empty_order, submitter, party):
    place = DataCentreFactory(party=party, name=NAME)
    return journey.submit(journey.answer(empty_order, submitter, place), submitter)


def desk_page(order):
    return reverse("admin:orders_connectionrequest_change", args=[order.pk])


def fonts_drawn(page, text):
    """Return the fonts that Chromium drew the innermost element of a text with."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    devtools.send("DOM.getDocument", {"depth": -1})
    path = f"//main//*[text()[contains(., '{text}')]]"
    found = devtools.send("DOM.performSearch", {"query": path})
    asked = {"searchId": found["searchId"], "fromIndex": 0, "toIndex": 1}
    [node] = devtools.send("DOM.getSearchResults", asked)["nodeIds"]
    drawn = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})
    return {(font["familyName"], font["isCustomFont"]) for font in drawn["fonts"]}


@pytest.mark.parametrize(
    ("who", "address"),
    [("submitter", lambda order: order.get_absolute_url()), ("operator", desk_page)],
    ids=["a contact's page", "the desk"],
)
def test_a_page_with_further_letters_fetches_our_own_font_for_them_once(
    request, page_of, order, who, address
):
    page = page_of(request.getfixturevalue(who))
    fetched = []
    page.on(
        "request",
        lambda asked: asked.resource_type == "font" and fetched.append(asked.url),
    )

    page.goto(address(order))
    page.evaluate("document.fonts.ready")

    names = [PurePosixPath(urlsplit(url).path).name for url in fetched]
    assert sorted(names) == sorted(NEEDED)
    assert page.evaluate(f"document.fonts.check('16px \"Source Sans 3\"', '{NAME}')")
    assert {is_ours for _, is_ours in fonts_drawn(page, NAME)} == {True}
