"""Whoever changes an answer from the check page is led back to it."""

import pytest
from django.urls import reverse

from orders.forms import sections_of
from tests import journey
from tests.reading import words_of


def section(order, slug, way="?from=check"):
    return reverse("order-section", args=[order.reference, slug]) + way


def check(order):
    return reverse("order-check", args=[order.reference])


def test_each_change_on_the_check_page_knows_the_way_back(
    client, draft_order, submitter
):
    client.force_login(submitter)

    words = words_of(client.get(check(draft_order)))

    for kind in sections_of(draft_order):
        assert f'href="{section(draft_order, kind.slug)}">Change' in words
        assert f'id="{kind.slug}"' in words


def test_a_change_from_the_check_page_leads_back_to_its_section_there(
    client, draft_order, submitter
):
    client.force_login(submitter)
    url = section(draft_order, "period")
    assert "Save and go back to check" in words_of(client.get(url))

    sent = client.post(url, {"minimum_period_years": "1"})

    assert sent.url == f"{check(draft_order)}#period"
    assert journey.fresh(draft_order).minimum_period_years == 1


def test_the_way_back_outlives_a_mistake_and_the_answers_of_a_colleague(
    client, draft_order, submitter
):
    client.force_login(submitter)
    url = section(draft_order, "period")

    wrong = words_of(client.post(url, {"minimum_period_years": "7"}))
    dropped = client.post(url, {"theirs": "1"})

    assert "Save and go back to check" in wrong
    assert dropped.url == url


def test_without_the_check_page_a_section_leads_on_to_the_next(
    client, draft_order, submitter
):
    client.force_login(submitter)
    url = section(draft_order, "period", way="")

    sent = client.post(url, {"minimum_period_years": "1"})

    assert sent.url == section(draft_order, "use", way="")


def test_what_the_check_page_misses_is_finished_and_leads_back_too(
    client, empty_order, submitter
):
    client.force_login(submitter)

    words = words_of(client.get(check(empty_order)))

    assert f'href="{section(empty_order, "period")}">Minimum contract period' in words


def test_naming_who_shares_it_leads_back_through_the_section_to_the_check(
    client, draft_order, submitter
):
    client.force_login(submitter)
    typed = {"is_shared": "True", "sharing": "on"}

    to_new = client.post(section(draft_order, "sharing"), typed)
    added = client.post(to_new.url, SHARER)
    shown = words_of(client.get(added.url))
    done = client.post(added.url, typed)

    assert to_new.url.endswith("/sharers/new/?from=check")
    assert added.url == section(draft_order, "sharing")
    assert "Save and go back to check" in shown
    assert done.url == f"{check(draft_order)}#sharing"


SHARER = {
    "name": "Fenland Power",
    "standing": "sec_party",
    "reason": "legal_entities",
    "from_on_day": "1",
    "from_on_month": "4",
    "from_on_year": "2026",
}


@pytest.mark.parametrize("leaves", ["adds one", "adds none"])
def test_yes_and_the_tick_survive_a_visit_to_the_page_that_adds_an_organisation(
    client, empty_order, submitter, leaves
):
    client.force_login(submitter)
    url = section(empty_order, "sharing", way="")

    added = client.post(url, {"is_shared": "True", "sharing": "on", "aside": "1"})
    if leaves == "adds one":
        client.post(added.url, SHARER)

    assert added.url == reverse("sharer-new", args=[empty_order.reference])
    order = journey.fresh(empty_order)
    assert order.is_shared is True
    assert [row.what for row in order.acknowledgements.all()] == ["sharing"]


def test_an_answer_to_dcc_from_the_check_page_leads_back_to_it(
    client, returned_order, submitter
):
    client.force_login(submitter)
    question = returned_order.questions.get()
    url = reverse("order-questions", args=[returned_order.reference])

    sent = client.post(f"{url}?from=check", {f"question-{question.pk}": "The ground"})

    assert sent.url == check(returned_order)
