"""The quotation of one of a pair on paper."""

from decimal import Decimal

import pytest

from orders import commands as orders
from quotes import commands
from quotes.commands import LineEntry
from records.models import Notice
from tests import journey
from tests.quotes.paper import pages_of

NOTE = (
    "The duct from the street to the building is full, so civil works are needed "
    "before the second line can be pulled."
)


@pytest.fixture
def third_version(make_order, submitter, operator):
    order = make_order("quoted", connection_type="lv")
    orders.pair_with_new(order.pk, by=submitter, option="medium")
    for number in (2, 3):
        last = order.quotes.latest("version")
        commands.withdraw_quote(last.pk, by=operator, reason="To issue anew.")
        lines = [
            LineEntry(kind, Decimal(900 + number), reason="The survey of the street.")
            for kind in ("connection", "annual", "new_line")
        ]
        draft = commands.draft_quote(
            order.pk,
            by=operator,
            lines=lines,
            delivery_on=last.delivery_on,
            note=NOTE,
            change_reason="The supplier found the duct full.",
        )
        last = journey.issue(draft, operator)
    return last


def test_a_pairs_third_version_with_a_note_takes_two_pages(third_version):
    first, second = pages_of(third_version)

    assert "What it costs" in first
    assert "Signature" in second


def test_letters_about_one_of_a_pair_name_the_other(authorised_pair):
    first, second = authorised_pair
    for kind in ("request_received", "request_accepted", "quote_issued"):
        text = Notice.objects.filter(
            kind=kind, text__contains=f"{first} is one"
        ).first()
        assert text is not None, kind
        assert f"The other is {second}, {second.title}" in text.text
