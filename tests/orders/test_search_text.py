"""What an order is found by is one text, kept by the commands that change its lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.search import read_terms
from orders.commands import save_answers
from orders.models import ConnectionRequest, SearchText
from orders.search import differences, find_orders, texts_of, write_texts
from tests import journey
from worklist.commands import differences as differences_of_the_register
from worklist.commands import mend


def found(words):
    return list(find_orders(ConnectionRequest.objects.all(), read_terms(words)))


def test_an_answer_of_a_draft_is_searched_at_once(draft_order, submitter):
    answers = {"purchase_order": "PO 4711"}
    save_answers(draft_order.pk, by=submitter, answers=answers)

    assert found("po 4711") == [draft_order]


def test_another_site_alone_is_searched_at_once(draft_order, submitter):
    other = draft_order.party.data_centres.create(
        name="Coldharbour", street="1 Mill Lane", town="Louth", postcode="LN11 9XX"
    )
    answers = {"data_centre_id": other.pk}

    save_answers(draft_order.pk, by=submitter, answers=answers)

    assert found("Coldharbour") == [draft_order]


def test_what_is_answered_no_more_is_not_found(draft_order, submitter):
    for number in ("4711", "4712"):
        answers = {"purchase_order": number}
        save_answers(draft_order.pk, by=submitter, answers=answers)

    assert found("4711") == []


def test_a_word_stands_in_one_line_and_not_across_two(draft_order):
    lines = SearchText.objects.get(order=draft_order).text.split("\n")

    assert lines == sorted(lines)
    assert found(f"{lines[-2][-2:]}{lines[-1][:2]}") == []


def test_the_check_says_where_a_text_is_not_what_the_rows_say_and_mends_it(draft_order):
    SearchText.objects.update(text="something else")
    said = f"{draft_order}: what it is found by is not what its rows say."

    assert list(differences_of_the_register()) == [said]
    assert mend() == 1
    assert list(differences_of_the_register()) == []


def test_an_order_from_before_gets_its_text_when_the_register_is_mended(draft_order):
    SearchText.objects.all().delete()
    mend()

    assert found(draft_order.reference) == [draft_order]


@pytest.mark.parametrize("orders", [1, 5])
def test_the_texts_of_any_number_of_orders_take_one_query(
    party, submitter, orders, django_assert_num_queries
):
    references = [journey.start(party, submitter).reference for _ in range(orders)]

    with django_assert_num_queries(1):
        assert set(texts_of(references)) == set(references)


def test_nothing_is_written_where_no_line_changed(draft_order):
    with CaptureQueriesContext(connection) as asked:
        write_texts([draft_order.reference])

    assert len(asked) == 2
    assert list(differences([draft_order.reference])) == []


@pytest.mark.parametrize(("word", "times"), [("thornby", 1), ("ln11-9xx", 2)])
def test_a_word_is_asked_for_twice_only_where_it_has_a_dash(word, times):
    asked = str(find_orders(ConnectionRequest.objects.all(), read_terms(word)).query)

    assert asked.count(" LIKE ") == times
