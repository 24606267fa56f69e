"""What the portal proposes for an offer, and what allows each amount."""

from datetime import date
from decimal import Decimal

import pytest

from orders.models import SiteReview
from quotes import commands
from quotes.commands import (
    LineEntry,
    outside_ballpark,
    proposed_delivery,
    proposed_lines,
    save_figure,
    seed_prices,
)
from quotes.errors import (
    ChangeReasonMissing,
    LineReasonMissing,
    NoteMissing,
    VatRateChanged,
)
from quotes.models import PriceItem, Quote, VatRate
from tests import journey
from tests.cast import NOW

TODAY = date(2026, 3, 3)


@pytest.fixture
def price_list(operator):
    for kind, net in (("connection", "3300.00"), ("annual", "4200.00")):
        row = PriceItem(kind=kind, connection_type="hv", net=Decimal(net))
        row.from_on = date(2026, 1, 1)
        save_figure(row, by=operator)


def amounts(lines):
    return [(str(line.kind), line.net) for line in lines]


def kept(quote):
    return {line.kind: line for line in quote.lines.all()}


def drafted(order, operator, *lines, **facts):
    return journey.draft(order, operator, lines=lines, **facts)


@pytest.mark.guidance("R-2.6-9")
def test_lines_are_proposed_from_the_price_list(reviewed_order, price_list):
    assert amounts(proposed_lines(reviewed_order, TODAY)) == [
        ("connection", Decimal("3300.00")),
        ("annual", Decimal("4200.00")),
    ]


def test_nothing_is_proposed_that_nobody_has_entered(reviewed_order):
    assert proposed_lines(reviewed_order, TODAY) == []


@pytest.mark.guidance("R-2.14-5")
@pytest.mark.parametrize(
    ("available", "cost", "proposed"),
    [(True, "2500.00", True), (True, None, False), (False, None, False)],
)
def test_diverse_routing_is_proposed_at_the_cost_that_the_review_found(
    reviewed_order, available, cost, proposed
):
    SiteReview.objects.update(is_diversity_available=available, diversity_cost=cost)

    order = journey.fresh(reviewed_order)
    found = amounts(proposed_lines(order, TODAY))

    assert found == ([("civil_works", Decimal("2500.00"))] if proposed else [])


@pytest.mark.guidance("R-3.3-2")
@pytest.mark.parametrize(
    ("lead", "expected"), [(None, None), (60, date(2026, 5, 2)), (0, TODAY)]
)
def test_the_delivery_date_is_proposed_from_the_lead_time(
    reviewed_order, lead, expected
):
    SiteReview.objects.update(lead_time_days=lead)

    assert proposed_delivery(journey.fresh(reviewed_order), TODAY) == expected


@pytest.mark.guidance("R-2.9.2-1")
def test_the_free_connection_is_proposed_at_nothing_with_its_reason(
    rdp, rdp_submitter, rdp_data_centre, operator
):
    people = journey.People(rdp, rdp_submitter, None, operator, rdp_data_centre)
    order = journey.order_in(
        "accepted", people, connection_type="lv", is_registration_only=True
    )
    lines = proposed_lines(journey.review(order, operator), TODAY)

    assert amounts(lines) == [("connection", 0), ("annual", 0)]
    quote = drafted(order, operator, *lines)
    assert {line.origin for line in quote.lines.all()} == {"free"}
    assert "section 2.9.2" in kept(quote)["annual"].description
    # The indicative ranges are of what is charged for: nobody is asked about nothing.
    assert outside_ballpark(quote, TODAY) == []


@pytest.mark.guidance("R-2.9.1-4")
def test_nothing_is_charged_only_where_a_reason_allows_it(reviewed_order, operator):
    nothing = LineEntry("connection", Decimal(0))

    with pytest.raises(LineReasonMissing, match="Say why the connection charge is £0"):
        drafted(reviewed_order, operator, nothing)


@pytest.mark.guidance("R-2.9.1-4")
def test_a_line_keeps_the_price_that_allowed_it(reviewed_order, operator, price_list):
    quote = drafted(reviewed_order, operator, *proposed_lines(reviewed_order, TODAY))

    line = kept(quote)["annual"]
    assert (line.origin, line.price_item.net) == ("price_list", Decimal("4200.00"))


@pytest.mark.guidance("R-2.9.1-4")
@pytest.mark.parametrize("net", ["4199.99", "4200.01"])
def test_an_amount_that_is_not_the_price_needs_a_reason(
    reviewed_order, operator, price_list, net
):
    changed = LineEntry("annual", Decimal(net))

    with pytest.raises(LineReasonMissing, match="Say why the annual charge is £4,"):
        drafted(reviewed_order, operator, changed)
    with_reason = LineEntry("annual", Decimal(net), reason="A longer line")
    line = kept(drafted(reviewed_order, operator, with_reason))["annual"]
    assert (line.origin, line.reason) == ("manual", "A longer line")


@pytest.mark.guidance("R-2.14-5", "R-2.9.1-4")
def test_the_cost_of_diverse_routing_is_allowed_by_the_review(reviewed_order, operator):
    cost = Decimal("2500.00")
    SiteReview.objects.update(is_diversity_available=True, diversity_cost=cost)

    quote = drafted(reviewed_order, operator, LineEntry("civil_works", cost))

    assert kept(quote)["civil_works"].origin == "site_review"


def test_what_the_version_before_said_needs_no_new_reason(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong date.")
    same = [LineEntry(line.kind, line.net) for line in journey.LINES]

    quote = drafted(journey.fresh(issued_quote.order), operator, *same)

    line = kept(quote)["annual"]
    assert (line.origin, line.reason) == ("previous", journey.BY_HAND)


@pytest.mark.guidance("R-2.9.3-3")
@pytest.mark.parametrize(
    ("connection", "annual", "refused"),
    [
        ("3000.00", "4000.00", False),
        ("15000.00", "32000.00", False),
        ("2999.99", "4000.00", True),
        ("15000.01", "4000.00", True),
        ("3000.00", "3999.99", True),
        ("3000.00", "32000.01", True),
    ],
)
def test_a_charge_outside_its_range_is_issued_only_with_a_note(
    reviewed_order, operator, connection, annual, refused
):
    lines = [
        LineEntry("connection", Decimal(connection), reason="Civil works"),
        LineEntry("annual", Decimal(annual), reason="Civil works"),
    ]
    quote = drafted(reviewed_order, operator, *lines)

    if refused:
        with pytest.raises(NoteMissing, match="indicative range"):
            commands.request_issue(quote.pk, by=operator)
        quote = drafted(reviewed_order, operator, *lines, note="A road is opened.")
    assert commands.request_issue(quote.pk, by=operator).is_being_prepared


@pytest.mark.guidance("R-3.6-4")
def test_a_version_that_differs_is_issued_only_with_the_reason(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="The duct is full.")
    dearer = (
        journey.LINES[0],
        LineEntry("annual", Decimal("4500.00"), reason="By hand"),
    )
    quote = journey.draft(issued_quote.order, operator, lines=dearer)
    Quote.objects.filter(pk=quote.pk).update(change_reason=" ")

    with pytest.raises(ChangeReasonMissing, match="differs from version 1"):
        commands.request_issue(quote.pk, by=operator)


def test_a_version_that_says_the_same_needs_none(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong date.")
    quote = journey.draft(issued_quote.order, operator)
    Quote.objects.filter(pk=quote.pk).update(change_reason="")

    assert commands.request_issue(quote.pk, by=operator).is_being_prepared


def test_a_draft_saved_under_another_rate_of_vat_is_saved_again_first(
    draft_quote, operator
):
    seed_prices()
    rate = VatRate(percent=Decimal("22.50"), from_on=NOW.date())
    commands.save_figure(rate, by=operator)

    with pytest.raises(VatRateChanged, match=r"22\.5%"):
        commands.request_issue(draft_quote.pk, by=operator)

    draft = journey.draft(draft_quote.order, operator)
    assert commands.request_issue(draft.pk, by=operator).vat_rate == rate.percent
