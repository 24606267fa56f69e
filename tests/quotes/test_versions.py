"""How two versions of an offer differ: line by line, by how much, and why."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import commands
from quotes.commands import LineEntry
from quotes.models import Quote
from quotes.pricing import compare, priced, total
from tests import journey
from tests.reading import words_of

VAT = Decimal("20.00")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Item:
    kind: str
    net: Decimal
    description: str = ""


ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(["connection", "annual", "civil_works", "other"]),
        st.decimals(0, 999_999, places=2),
        st.sampled_from(["", "duct", "crane"]),
    ),
    max_size=12,
)
YEARS = st.sampled_from([1, 3])


def rows(items, years):
    return priced(items, years, VAT)


@pytest.mark.guidance("R-3.6-4")
@given(ITEMS, ITEMS, YEARS)
def test_the_differences_add_up_to_that_of_the_totals(now, then, years):
    is_, was = rows(now, years), rows(then, years)

    changes = compare(is_, was)

    assert sum(one.by for one in changes) == total(is_).net - total(was).net


@pytest.mark.guidance("R-3.6-4")
@given(ITEMS, ITEMS, YEARS)
def test_every_line_of_either_version_stands_once_in_the_comparison(now, then, years):
    is_, was = rows(now, years), rows(then, years)

    changes = compare(is_, was)

    assert [one.now for one in changes if one.now] == is_
    assert sorted(map(id, was)) == sorted(id(one.then) for one in changes if one.then)
    assert all(not one.then or not one.now or kinds(one) for one in changes)


def kinds(change):
    return change.now.item.kind == change.then.item.kind


@given(ITEMS, YEARS)
def test_a_version_beside_itself_shows_no_change(items, years):
    changes = compare(rows(items, years), rows(items, years))

    assert not [one for one in changes if one.is_any]


def test_lines_of_one_description_belong_together_whatever_their_order():
    crane, duct = Item("other", Decimal(1), "crane"), Item("other", Decimal(2), "duct")
    changes = compare(rows([duct, crane], 1), rows([crane, duct], 1))

    assert not [one for one in changes if one.is_any]


@pytest.fixture
def three(issued_quote, operator):
    """Versions 1 to 3: the annual charge rises by £500.00 each time."""
    quotes = [issued_quote]
    for net in ("4500.00", "5000.00"):
        commands.withdraw_quote(quotes[-1].pk, by=operator, reason="The duct is full.")
        annual = LineEntry("annual", Decimal(net), reason=f"Now {net} a year")
        lines = (journey.LINES[0], annual)
        order = journey.fresh(issued_quote.order)
        quotes.append(
            journey.issue(journey.draft(order, operator, lines=lines), operator)
        )
    return [Quote.objects.get(pk=quote.pk) for quote in quotes]


@pytest.mark.guidance("R-3.6-4")
@pytest.mark.parametrize(
    ("shown", "beside", "difference"),
    [
        (2, "", "+ £1,500.00"),
        (2, "?beside=1", "+ £3,000.00"),
        (0, "?beside=3", f"{MINUS} £3,000.00"),
        (2, "?beside=99", "+ £1,500.00"),
        (2, "?beside=3", "+ £1,500.00"),
    ],
)
def test_any_two_versions_stand_side_by_side(
    client, three, authoriser, *, shown, beside, difference
):
    client.force_login(authoriser)

    page = words_of(client.get(three[shown].get_absolute_url() + beside))

    assert difference in page


@pytest.mark.guidance("R-3.6-4")
def test_the_page_says_why_a_line_and_a_version_differ(client, three, authoriser):
    client.force_login(authoriser)

    page = words_of(client.get(three[2].get_absolute_url()))

    assert "Now 5000.00 a year" in page
    assert "Why it differs from version 2" in page
    assert "The site was looked at again." in page
    assert 'href="?beside=1#items"' in page


def test_authority_belongs_to_one_version_and_not_to_the_next(three, authoriser):
    authority = journey.upload(three[2], authoriser)

    assert authority.quote == three[2]
    assert not three[0].authorities.exists()
    assert not three[1].authorities.exists()


def test_staff_see_the_differences_before_they_issue(client, three, operator):
    commands.withdraw_quote(three[2].pk, by=operator, reason="Wrong again.")
    order = journey.fresh(three[0].order)
    journey.draft(order, operator)
    client.force_login(operator)

    page = words_of(client.get(f"/admin/orders/connectionrequest/{order.pk}/issue/"))

    assert "Beside version 3" in page
    assert f"{MINUS} £3,000.00" in page
    assert "Priced by hand" in page
