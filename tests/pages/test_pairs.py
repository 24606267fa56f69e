"""A pair on the pages of its Party: both pages tell the same story."""

import csv
import io

import pytest
from django.urls import reverse

from orders import commands
from orders.models import ConnectionRequest
from quotes.commands import withdraw_quote
from tests import journey, journey_of_pairs
from tests.pages.test_timeline import now

QUERIES = 14


@pytest.fixture
def pair(party, submitter, data_centre):
    """Two at one site: the first is with DCC, the second is a draft."""
    sites = [data_centre, data_centre]
    first, second = journey_of_pairs.answered(party, submitter, sites)
    return journey.submit(first, submitter), second


def shown(client, person, address):
    client.force_login(person)
    return " ".join(client.get(address).content.decode().split())


def table(page):
    """Return the words of the table of the pair."""
    return page.split('id="pair"')[1].split("</table>")[0].split("<tbody>")[1]


@pytest.mark.guidance("R-2.4.1-1", "R-2.4.2-1", "R-2.14-2")
def test_both_pages_of_a_pair_tell_the_same_story(client, submitter, pair):
    pages = [shown(client, submitter, order.get_absolute_url()) for order in pair]

    for page in pages:
        for words in ("Form being checked", "Draft, not sent", "Primary", "Back-up"):
            assert words in table(page)
    assert "Pair with <a" in pages[0]
    assert "primary link of a pair at one site, medium resilience" in pages[0]
    assert "back-up link of a pair at one site, medium resilience" in pages[1]


def test_the_page_says_that_the_other_one_has_ended(client, submitter, pair):
    first, second = pair
    journey.withdraw(first, submitter)

    page = shown(client, submitter, second.get_absolute_url())

    assert f"{first.reference} has ended" in page
    assert f"DCC cannot accept {second.reference} as one of a pair" in page


@pytest.mark.guidance("R-2.3-1", "R-2.3-5")
def test_the_page_says_who_else_uses_the_connection(client, submitter, draft_order):
    commands.add_sharer(
        draft_order.pk,
        by=submitter,
        name="Fenland Power",
        standing="sec_party",
        reason="legal_entities",
        from_on="2026-04-01",
    )

    page = shown(client, submitter, draft_order.get_absolute_url())

    assert "Fenland Power</strong>, SEC Party, from 1 April 2026" in page
    assert "You order and pay" in page


@pytest.mark.guidance("R-1-4")
def test_each_order_page_leads_to_the_service_desk(client, submitter, submitted_order):
    page = shown(client, submitter, submitted_order.get_absolute_url())

    about = f"{reverse('enquiry-new')}?kind=question&amp;order={submitted_order}"
    assert f'href="{about}"' in page


def test_the_list_and_the_spreadsheet_name_the_other_one(client, submitter, pair):
    first, second = pair
    page = shown(client, submitter, "/orders/")
    assert page.count("of a pair with") == 2

    answer = client.get(reverse("orders-csv"))
    words = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    rows = {row["Order"]: row for row in csv.DictReader(io.StringIO(words))}
    assert rows[first.reference]["Pair with"] == second.reference
    assert rows[second.reference]["Role in the pair"] == "Back-up"
    assert rows[second.reference]["Related reference"] == first.reference


@pytest.mark.guidance("R-3.1-1")
def test_a_quotation_begun_anew_says_why_and_by_whom(submitter, operator, issued_quote):
    withdraw_quote(issued_quote.pk, by=operator, reason="The rental was wrong.")

    step = now(issued_quote.order, submitter)

    assert step.cause == "Taken back by Olga Perry"
    assert step.why == (
        "The rental was wrong. The 5 working days began again on 3 March 2026."
    )


@pytest.mark.guidance("R-2.4-3")
def test_the_first_page_explains_each_choice_before_anything_starts(client, submitter):
    page = shown(client, submitter, reverse("order-new"))

    assert "there is a single point of failure" in page
    for words in ("Low resilience", "Medium resilience", "High resilience"):
        assert words in page
    assert f'href="{reverse("plan")}"' in page


@pytest.mark.guidance("R-1.3-6", "R-2.4.1-1")
@pytest.mark.parametrize(
    ("what", "orders"), [("one", 1), ("medium", 2), ("high", 2), ("existing", 0)]
)
def test_what_is_chosen_is_started_once_however_often_it_is_sent(
    client, submitter, what, orders
):
    client.force_login(submitter)
    page = client.get(reverse("order-new")).context
    typed = {"what": what, "csrfmiddlewaretoken": str(page["csrf_token"])}
    for _ in range(2):
        answer = client.post(reverse("order-new"), typed)
        assert answer.status_code == 302

    assert ConnectionRequest.objects.count() == orders


@pytest.mark.guidance("R-4.3-8")
def test_something_else_leads_to_asking_for_a_call(client, submitter):
    client.force_login(submitter)
    answer = client.post(reverse("order-new"), {"what": "else"})

    assert answer["Location"] == f"{reverse('enquiry-new')}?kind=call"
    assert not ConnectionRequest.objects.exists()


@pytest.mark.guidance("R-2.4.1-1", "R-2.14-2")
def test_a_second_connection_is_started_for_an_order_in_progress(
    client, submitter, quoted_order
):
    client.force_login(submitter)
    address = reverse("order-new-pair")
    answer = client.post(address, {"order": quoted_order.pk, "option": "high"})

    new = ConnectionRequest.objects.get(state="draft")
    assert new.partner == quoted_order
    assert answer["Location"] == reverse("order-pair", args=[new.reference])


@pytest.mark.guidance("R-2.4.2-1", "R-2.4.1-2")
@pytest.mark.parametrize(("act", "role"), [("swap", "primary"), ("apart", "")])
def test_a_pair_is_swapped_and_taken_apart_on_its_page(
    client, submitter, pair, act, role
):
    client.force_login(submitter)
    address = reverse("order-pair", args=[pair[1].reference])
    client.post(address, {act: "", "no_availability": "on"})

    assert journey.fresh(pair[1]).role == role


def test_two_requests_that_stand_alone_are_paired_on_a_page(
    client, submitter, empty_order, submitted_order
):
    other = journey.start(submitted_order.party, submitter)
    client.force_login(submitter)
    address = reverse("order-pair", args=[other.reference])
    client.post(address, {"partner": submitted_order.pk, "option": "high"})

    assert journey.fresh(other).partner == submitted_order


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 403), ("authoriser", 403), ("operator", 403), ("outsider", 404)],
)
def test_only_a_nominated_submitter_changes_a_pair_on_its_page(
    request, client, *, pair, who, status
):
    client.force_login(request.getfixturevalue(who))
    address = reverse("order-pair", args=[pair[1].reference])

    assert client.post(address, {"apart": ""}).status_code == status
    assert journey.fresh(pair[1]).partner == pair[0]


@pytest.mark.guidance("R-2.14-4", "R-4.2-1")
def test_the_section_of_a_pair_shows_what_diverse_routing_is_good_for(
    client, submitter, pair
):
    address = reverse("order-section", args=[pair[1].reference, "pair"])
    page = shown(client, submitter, address)

    assert "when a cable is cut and when a local exchange fails" in page
    assert pair[0].reference in page


@pytest.mark.parametrize("view", ["order", "order-pair", "order-form"])
def test_the_pages_of_a_pair_ask_the_database_few_questions(
    client, submitter, pair, view, django_assert_max_num_queries
):
    client.force_login(submitter)
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse(view, args=[pair[1].reference]))


@pytest.mark.guidance("R-4.2-7", "R-2.14-2")
def test_check_answers_names_the_other_form_of_the_pair(client, submitter, pair):
    first, second = pair
    page = shown(client, submitter, reverse("order-check", args=[second.reference]))

    assert f"Back-up of a pair, {second.customer_reference}" in page
    assert f"{first}, Primary of a pair, {first.customer_reference}" in page


@pytest.mark.guidance("R-3.2-6")
def test_a_reference_that_follows_is_no_change_of_the_partys(
    client, submitter, operator, pair
):
    first, second = pair
    first = journey.return_with_questions(first, operator)
    renamed = {"customer_reference": "NEW-2"}
    commands.save_answers(second.pk, by=submitter, answers=renamed)
    journey.answer_all(first, submitter)
    journey.submit(first, submitter)

    page = shown(client, submitter, first.get_absolute_url())

    assert first.versions.count() == 2
    assert "You also changed these answers" not in page
