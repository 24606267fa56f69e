"""No step of the desk leaves open what it leads to, and to whom it writes."""

import inspect

import pytest

from dccportal.desk.steps import PAGES
from orders.readers import READERS
from orders.steps.base import OrderPage

STAGES = ["submitted_order", "draft_quote", "issued_quote", "circuit_visit", "session"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_step_says_itself_what_it_leads_to(page):
    assert type(page).follows is not OrderPage.follows


def test_nobody_guesses_who_reads_an_e_mail():
    kinds = {kind for page in PAGES for kind in (*page.tells, *page.tells_if)}

    assert kinds <= READERS.keys()
    assert all(row.purposes or row.others for row in READERS.values())


def test_a_page_does_not_write_over_what_follows():
    """The box is made of what the step says; nothing of its own is put in its place."""
    assert not [page.slug for page in PAGES if '"follows"' in source_of(page)]


def source_of(page):
    return inspect.getsource(type(page).context)


@pytest.mark.parametrize("fixture", STAGES)
def test_whatever_can_be_done_now_says_what_follows_in_whole_sentences(
    at, order_called, fixture
):
    order = order_called(fixture)
    links = at.order(order).context["offered"]
    assert links

    for link in links:
        page = at.client.get(link["url"])
        follows = page.context["follows"]
        assert len(follows) > 1, link["url"]
        assert all(words[0].isupper() and words[-1] in ".?" for words in follows)
        assert str(order.party) in page.content.decode()
