"""A plan is kept under an address of its own, never changes, and goes in time."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders.commands import start_request
from planner.commands import clear_unused_plan, save_plan
from planner.models import MessageSize, Plan
from planner.tasks import clear_unused_plans as run_timer
from quotes.commands import seed_prices
from quotes.models import Ballpark
from tests.planner.example import PLAN

QUERIES = 6


@pytest.fixture
def kept(client, db):
    """Keep the example, as a visitor does."""
    seed_prices()
    client.post(reverse("plan-save"), PLAN)
    return Plan.objects.get()


def words_of(client, plan):
    return " ".join(client.get(plan.get_absolute_url()).content.decode().split())


def test_anybody_may_keep_a_plan_under_an_address_that_nobody_guesses(client, kept):
    client.post(reverse("plan-save"), PLAN)

    tokens = {plan.token for plan in Plan.objects.all()}
    assert len(tokens) == 2
    assert all(re.fullmatch(r"[-\w]{22}", token) for token in tokens)


def test_a_kept_plan_reads_as_it_was_typed(client, kept):
    shown = words_of(client, kept)

    assert "<strong>HV, 10 Mbps</strong>" in shown
    assert 'value="40000"' in shown
    assert '<option value="hv-20" selected>' in shown
    assert "£18,800 to £118,000" in shown
    assert f"http://127.0.0.1:8000/plan/{kept.token}/" in shown


def test_search_engines_are_asked_to_leave_a_kept_plan_alone(client, kept):
    response = client.get(kept.get_absolute_url())

    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_plan_sent_from_a_page_that_is_too_old_is_given_back(db):
    seed_prices()
    browser = Client(enforce_csrf_checks=True)

    refused = browser.post(reverse("plan-save"), {**PLAN, "csrfmiddlewaretoken": "old"})
    again = re.search(r'href="(/plan/\?[^"]+)"', refused.content.decode())[1]
    page = browser.get(html.unescape(again)).content.decode()

    assert refused.status_code == 403
    assert "Nothing that you typed is lost" in refused.content.decode()
    assert "old" not in again
    assert 'value="40,000"' in page
    assert '<option value="hv-20" selected>' in page
    assert not Plan.objects.exists()


def test_a_plan_too_long_for_an_address_is_refused_without_one(db):
    browser = Client(enforce_csrf_checks=True)

    refused = browser.post(reverse("plan-save"), {"option": "low" * 2000})

    assert refused.status_code == 403
    assert "/plan/?" not in refused.content.decode()


def test_nothing_is_kept_but_the_fields_of_a_plan(client, db):
    client.post(reverse("plan-save"), {"option": "low", "name": "Sue", "main": ""})

    assert Plan.objects.get().answers == {"option": "low"}


def test_what_cannot_be_worked_out_is_not_kept(client, db):
    response = client.post(reverse("plan-save"), PLAN | {"meters": "many"})

    assert "Enter a whole number" in response.content.decode()
    assert 'value="many"' in response.content.decode()
    assert not Plan.objects.exists()


def test_a_kept_plan_holds_the_prices_sizes_and_ceiling_of_its_day(
    client, kept, settings
):
    before = words_of(client, kept)
    Ballpark.objects.update(connection_max=99_999)
    MessageSize.objects.create(
        kind="routine", size_bytes=7, source="Guess", from_on="2026-03-03"
    )
    settings.HV_MAXIMUM_MBPS = 10

    assert words_of(client, kept) == before


def test_changing_a_kept_plan_leads_to_another(client, kept):
    link = words_of(client, kept).partition("Choose low")[0].rpartition('href="')[2]

    assert link.startswith("/plan/?")
    assert "parties=3" in link


def test_plans_are_kept_at_a_measured_pace(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"save_plan": "2/h/ip"}
    answers = [client.post(reverse("plan-save"), PLAN) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Not kept yet" in answers[2].content.decode()
    assert 'value="40,000"' in answers[2].content.decode()
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(("days", "left"), [(180, 1), (181, 0)])
def test_a_plan_without_a_request_goes_after_the_day_that_its_page_names(
    client, kept, clock, days, left
):
    assert "It is deleted after 30 August 2026" in words_of(client, kept)

    clock.move_to(timezone.now() + timedelta(days=days))
    run_timer()
    run_timer()

    assert Plan.objects.count() == left


def test_a_plan_that_a_request_came_of_stays(kept, party, submitter):
    kept.orders.add(start_request(party.pk, by=submitter))

    assert not clear_unused_plan(kept.pk, at=timezone.now() + timedelta(days=9_999))
    assert Plan.objects.exists()


def test_how_long_a_plan_is_kept_is_a_setting(db, settings):
    settings.PLAN_KEPT_DAYS = 3

    assert f"{save_plan({}).kept_until_on}" == "2026-03-06"


def test_a_kept_plan_asks_the_database_little(
    client, kept, submitter, django_assert_max_num_queries
):
    with django_assert_max_num_queries(QUERIES):
        client.get(kept.get_absolute_url())


def test_an_address_that_nobody_was_given_is_not_found(client, kept):
    assert client.get(reverse("plan-saved", args=["x" * 22])).status_code == 404


@pytest.mark.django_db
def test_what_is_typed_is_what_is_kept_and_no_address_holds_a_token(client):
    page = client.get(reverse("plan"), PLAN).content.decode()

    begin = page.index('id="plan-form"')
    form = page[begin : page.index("</form>", begin)]
    buttons = re.findall(r'<button[^>]*form="plan-form"[^>]*>([^<]+)', page)
    assert form.count('type="submit"') == 1
    assert "csrfmiddlewaretoken" not in form
    assert len(buttons) == 2
    assert buttons[-1] == "Keep this plan"
