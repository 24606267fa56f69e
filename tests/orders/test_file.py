"""What of an order each reads: a contact, DCC, and DCC on the contacts' own page."""

import pytest

from dccportal.pages.orders import file_of, orders_for
from orders import commands
from orders.file import OrderFile
from orders.models import ConnectionRequest
from quotes.commands import withdraw_quote
from quotes.file import quotes_of
from quotes.models import Quote
from tests import journey
from tests.cast import NOW


@pytest.fixture
def asked_again(returned_order, submitter, desk):
    """Its first questions are answered, and another is still the desk's own."""
    journey.answer_all(returned_order, submitter)
    journey.submit(returned_order, submitter)
    commands.ask_question(returned_order.pk, by=desk, words="Is it a secret?")
    return returned_order


def at_contacts(order, person):
    return file_of(orders_for(person).get(pk=order.pk), person)


def at_the_desk(order, person):
    return OrderFile(ConnectionRequest.objects.get(pk=order.pk), person, NOW)


@pytest.mark.guidance("R-3.2-6")
@pytest.mark.parametrize("person", ["submitter", "operator"])
def test_a_question_that_is_not_sent_stands_on_no_page_of_the_contacts(
    request, asked_again, operator, person
):
    reader = request.getfixturevalue(person)

    assert at_contacts(asked_again, reader).unsent == []
    assert at_contacts(asked_again, reader).questions
    assert len(at_the_desk(asked_again, operator).unsent) == 1


@pytest.mark.parametrize("person", ["submitter", "operator"])
def test_a_draft_stands_on_no_page_of_the_contacts_whoever_looks(
    request, client, draft_quote, operator, person
):
    reader, order = request.getfixturevalue(person), draft_quote.order
    client.force_login(reader)

    assert client.get(order.get_absolute_url()).status_code == 200
    assert quotes_of(at_contacts(order, reader)).versions == []
    assert quotes_of(at_the_desk(order, operator)).draft == draft_quote


@pytest.mark.parametrize("person", ["submitter", "operator"])
def test_what_dcc_notes_for_itself_is_in_no_history_of_the_contacts(
    request, draft_quote, operator, person
):
    reader, order = request.getfixturevalue(person), draft_quote.order

    assert all(row.is_public for row in at_contacts(order, reader).events)
    assert not all(row.is_public for row in at_the_desk(order, operator).events)


def test_moves_of_an_order_are_its_own_and_the_oldest_comes_first(
    asked_again, submitter
):
    file = at_contacts(asked_again, submitter)

    first, again = file.moves(ConnectionRequest.submit)
    [returned] = file.moves(ConnectionRequest.return_for_correction)
    assert first.pk < returned.pk < again.pk


def test_an_offer_taken_back_is_no_move_of_its_order(issued_quote, operator):
    withdraw_quote(issued_quote.pk, by=operator, reason="Wrong site")
    file = at_the_desk(issued_quote.order, operator)

    assert file.moves(ConnectionRequest.withdraw) == []
    assert len(file.moves_of(issued_quote, Quote.withdraw)) == 1


def test_the_end_of_an_order_is_the_move_that_closed_it(make_order, submitter):
    file = at_contacts(make_order("cancelled"), submitter)

    assert file.end.is_move(ConnectionRequest.cancel)
