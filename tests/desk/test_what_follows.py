"""What a step's page says that it is about, and what will follow."""

import pytest

from orders.models import Question
from tests import journey
from tests.desk.conftest import order_of, page_url


@pytest.fixture
def at(as_, operator):
    return as_(operator)


def test_a_step_names_party_site_type_and_rating_and_who_is_told(
    at, submitted_order, submitter
):
    page = at.page(submitted_order, "return").content.decode()

    assert "<strong>Northgate Energy</strong>, HV 20 Mbps to Thornby Park" in page
    assert f"An e-mail goes at once to {submitter}." in page


@pytest.mark.guidance("R-3.2-4")
def test_three_questions_and_the_return_are_one_page(at, submitted_order):
    typed = {"field_1": "floor", "words_1": "Which floor?", "words_2": "Which room?"}

    at.do(submitted_order, "return", **typed, words_3="Is it yours?", note="")

    assert journey.fresh(submitted_order).state == "returned"
    sent = Question.objects.filter(order=submitted_order, round__number=1)
    assert [row.field for row in sent.order_by("pk")] == ["floor", "", ""]


def test_a_form_goes_back_with_one_question_at_least(at, submitted_order):
    answer = at.do(submitted_order, "return", note="Please look again")

    assert "Write at least one question" in answer.content.decode()
    assert journey.fresh(submitted_order).state == "submitted"


def test_a_saved_draft_leads_to_its_issue_and_says_what_it_commits_to(
    at, draft_quote, submitter
):
    order = order_of(draft_quote)
    typed = at.page(order, "quotation").context["form"].initial

    answer = at.do(order, "quotation", **{k: v or "" for k, v in typed.items()})

    assert answer.url == page_url(order, "issue")
    page = at.page(order, "issue").content.decode()
    assert "it commits Northgate Energy to £15,000.00 excluding VAT" in page
