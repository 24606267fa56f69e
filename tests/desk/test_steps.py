"""The small page of each step: a GET shows, a POST does, a refusal is words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_fsm import ConcurrentTransition

from dccportal.desk.steps import PAGES, requests
from orders import commands
from quotes.models import Quote
from records.models import Event, Notice
from tests import journey
from tests.desk.conftest import change_url, page_url

SLUGS = [page.slug for page in PAGES]
STAGES = ["submitted_order", "draft_quote", "pending_authority", "circuit_visit"]


def everything():
    """Count all that is kept, but for the first look at a signature."""
    events = Event.objects.exclude(name="begin_check").count()
    return events, Notice.objects.count(), Quote.objects.count()


@pytest.mark.parametrize("fixture", [*STAGES, "session"])
def test_looking_at_a_step_changes_nothing(at, order_called, fixture):
    order = order_called(fixture)
    before = everything()

    answers = [at.page(order, slug).status_code for slug in SLUGS]

    assert set(answers) == {200}
    assert everything() == before
    assert journey.fresh(order).state == order.state


@pytest.fixture(scope="module")
def offered_at():
    """Remember what is offered at a stage, as read once from the order's page."""
    return {}


@pytest.mark.parametrize("fixture", STAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_wrong_click_is_refused_in_words(at, order_called, offered_at, fixture, slug):
    order = order_called(fixture)
    if fixture not in offered_at:
        offered_at[fixture] = at.offered(order)
    if slug in offered_at[fixture]:
        return

    answer = at.client.post(page_url(order, slug))

    assert answer.status_code == 200
    assert answer.context["form"].errors or answer.context["obstacle"]
    assert journey.fresh(order).state == order.state


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("desk", "submitted_order/accept"),
        ("desk", "accepted_order/site-review"),
        ("desk", "reviewed_order/quotation"),
        ("desk", "draft_quote/issue"),
        ("desk", "issued_quote/withdraw-quotation"),
        ("desk", "pending_authority/verify"),
        ("desk", "ready_order/book"),
        ("desk", "installed_order/complete"),
        ("desk", "connection/configure"),
        ("billing_clerk", "submitted_order/return"),
        ("billing_clerk", "submitted_order/assign"),
        ("billing_clerk", "connection/renewal-charge"),
        ("installer", "installed_order/complete"),
        ("installer", "authorised_order/assign"),
        ("configurer", "connection/renewal-charge"),
    ],
)
def test_a_step_of_somebody_elses_part_is_forbidden(
    request, as_, order_called, who, where
):
    fixture, slug = where.split("/")
    order = order_called(fixture)
    desk = as_(request.getfixturevalue(who))
    before = everything()

    assert desk.do(order, slug, reason="Because").status_code == 403
    assert desk.page(order, slug).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("who", ["authoriser", "submitter", "outsider"])
def test_contacts_never_get_to_the_desk(request, client, submitted_order, who):
    client.force_login(request.getfixturevalue(who))

    for url in (change_url(submitted_order), page_url(submitted_order, "accept")):
        answer = client.post(url, follow=True)
        assert answer.status_code == 403
    assert journey.fresh(submitted_order).state == "submitted"


def test_nobody_gets_in_without_signing_in(client, submitted_order):
    answer = client.get(change_url(submitted_order), follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (ConcurrentTransition("raced"), "Somebody else changed this"),
        (PermissionDenied(), "You may not do this"),
    ],
)
def test_a_race_is_told_in_words(
    at, submitted_order, operator, monkeypatch, *, trouble, words
):
    def refuse(*args, **kwargs):
        raise trouble

    monkeypatch.setattr(requests.commands, "return_request", refuse)
    commands.ask_question(submitted_order.pk, by=operator, words="Which floor?")
    answer = at.do(submitted_order, "return", note="Which floor is it?")

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "Which floor is it?" in answer.content.decode()


def test_who_was_slower_reads_that_it_is_done(at, submitted_order, operator):
    commands.accept_request(submitted_order.pk, by=operator)

    answer = at.do(submitted_order, "accept")

    words = answer.content.decode()
    assert "is in the state “desk review”" in words
    assert "done while an order is in the state “submitted, being checked”" in words
    assert Event.objects.filter(name="accept").count() == 1


def test_nothing_typed_is_lost_when_a_date_is_refused(at, installed_order):
    answer = at.do(installed_order, "complete", completed_on="2026-03-09")

    assert "9 March 2026 is still to come" in answer.content.decode()
    assert 'value="2026-03-09"' in answer.content.decode()


def test_a_question_without_words_is_asked_for(at, submitted_order):
    answer = at.do(submitted_order, "ask", words="  ")

    assert "Write the question" in answer.content.decode()
    assert journey.fresh(submitted_order).state == "submitted"


def test_success_is_told_on_the_orders_page(at, submitted_order):
    answer = at.client.post(page_url(submitted_order, "accept"), follow=True)

    assert answer.redirect_chain == [(change_url(submitted_order), 302)]
    assert "due by the end of Tuesday 10 March 2026" in answer.content.decode()


def test_the_orders_page_itself_takes_no_post(at, submitted_order):
    assert at.client.post(change_url(submitted_order)).status_code == 403


def test_an_order_that_does_not_exist_is_not_found(at, submitted_order):
    url = page_url(submitted_order, "accept").replace(
        f"/{submitted_order.pk}/", "/987654/"
    )

    assert at.client.get(url).status_code == 404


def test_more_words_than_an_email_carries_are_refused_and_stay(at, submitted_order):
    answer = at.do(submitted_order, "ask", words="Which floor? " * 400)

    assert "Shorten this to 4000 characters or fewer" in answer.content.decode()
    assert answer.content.decode().count("Which floor?") == 400
