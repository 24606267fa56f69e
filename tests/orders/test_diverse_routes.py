"""Diverse routing: what the site review records of how the two routes differ."""

from decimal import Decimal

import pytest

from orders import commands
from orders.models import ConnectionRequest, SiteReview
from tests.desk.conftest import change_url, page_url
from tests.reading import words_of


def review(order, operator, **found):
    facts = {"verdict": "green", "is_survey_needed": False, **found}
    return commands.record_site_review(order.pk, by=operator, **facts)


APART = [
    ((True, True), "by different exchanges and different roads"),
    ((True, False), "by different exchanges, for"),
    ((None, True), "by different roads, for"),
    ((None, None), "Can be had, for about"),
]


@pytest.mark.guidance("R-2.14-3")
@pytest.mark.parametrize(("design", "words"), APART)
def test_the_design_says_by_what_the_routes_differ(
    client, accepted_order, operator, submitter, *, design, words
):
    ConnectionRequest.objects.update(wants_diverse_routing=True)
    review(
        accepted_order,
        operator,
        is_diversity_available=True,
        diversity_cost=Decimal(100),
        has_separate_exchanges=design[0],
        has_separate_roads=design[1],
    )

    client.force_login(submitter)
    assert words in words_of(client.get(accepted_order.get_absolute_url()))
    kept = SiteReview.objects.get()
    assert (kept.has_separate_exchanges, kept.has_separate_roads) == design


@pytest.mark.guidance("R-2.14-3")
def test_without_diverse_routing_nothing_is_kept_of_its_design(
    accepted_order, operator
):
    apart = {"has_separate_exchanges": True, "has_separate_roads": True}
    review(accepted_order, operator, is_diversity_available=False, **apart)

    kept = SiteReview.objects.get()
    assert (kept.has_separate_exchanges, kept.has_separate_roads) == (None, None)


@pytest.mark.guidance("R-2.14-3", "R-3.2-8")
def test_the_desk_records_the_design_and_reads_it(client, accepted_order, operator):
    ConnectionRequest.objects.update(wants_diverse_routing=True)
    client.force_login(operator)
    names = ["is_diversity_available", "has_separate_exchanges"]
    found = dict.fromkeys(names, "yes") | {"has_separate_roads": "no"}
    client.post(
        page_url(accepted_order, "site-review"),
        {"verdict": "green", "is_survey_needed": "no", **found},
    )

    shown = words_of(client.get(change_url(accepted_order)))

    assert "Different exchanges: yes. Different roads: no." in shown
