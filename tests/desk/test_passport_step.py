"""What gets people into a site, written at the desk as it was told."""

from sites.models import SiteAccess, SitePassport
from tests.journey_on_site import TYPED


def test_the_desk_writes_it_down_as_it_was_told(at, authorised_order):
    at.do(authorised_order, "passport", **TYPED, escort="Ask for Sam")

    assert SitePassport.objects.get().escort == "Ask for Sam"
    assert SiteAccess.objects.get().is_confirmed


def test_hours_that_cannot_be_are_refused_and_what_was_typed_stays(
    at, authorised_order
):
    answers = {**TYPED, "closes_at": "6am", "escort": "Ask for Sam"}
    page = at.do(authorised_order, "passport", **answers).content.decode()

    assert "Enter a time after 7am" in page
    assert "Ask for Sam" in page
