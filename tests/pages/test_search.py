"""Finding an order, finished ones too, by whatever somebody has at hand."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.search import MOST_WORDS, read_reference, read_terms
from orders.commands import save_answers, withdraw_request
from orders.search import write_texts
from quotes.models import Quote
from tests.desk.conftest import LIST, Desk

HOME = "/orders/"
QUERIES = 12
MANY = " ".join(f"word{number}" for number in range(400))


@pytest.fixture
def found_by(client, submitter):
    """Return the references that a contact finds: in progress, then finished."""

    def find(words, **more):
        client.force_login(submitter)
        shown = client.get(HOME, {"q": words, **more}).context
        rows = [*shown["progress_rows"], *shown["finished_rows"]]
        return [str(row.order) for row in rows]

    return find


@pytest.fixture
def named_order(draft_order, submitter, data_centre):
    """A draft of many names."""
    data_centre.town, data_centre.postcode = "Derby", "DE21 7QX"
    data_centre.save()
    answers = {
        "customer_reference": "NG\u20132027/7",
        "purchase_order": "4711",
        "technical_contact_name": "Si\u00e2n \u0174yn",
        "site_contact_email": "gate@thornby.example",
    }
    return save_answers(draft_order.pk, by=submitter, answers=answers)


@pytest.mark.parametrize(
    "words",
    [
        *("Thornby Park, Derby", "thornby", "derby", "DE21 7QX", "de217qx", "DE21"),
        *("NG-2027/7", "ng\u22122027/7", "ng 2027/7", "NG2027/7", "4711"),
        *(
            "\u0174yn",
            "\u0174YN si\u00e2n".title(),
            "gate@thornby.example",
            "Sue Mitter",
        ),
        *("Northgate", "  Thornby\u00a0 Park\u200b "),
    ],
)
def test_an_order_is_found_by_its_site_its_references_and_its_people(
    found_by, named_order, submitter, words
):
    if words == "Sue Mitter":
        named_order.submitted_by = submitter
        named_order.save()
        write_texts([named_order.reference])

    assert found_by(words) == [named_order.reference]


@pytest.mark.parametrize("write", ["{0}-{1}", "{0} {1}", "{0}{1}", "{0}\u2013{1}"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_reference_is_found_in_any_writing(found_by, quoted_order, write, case):
    kind, number = quoted_order.reference.split("-")
    assert found_by(case(write.format(kind, number))) == [quoted_order.reference]

    kind, number = Quote.objects.get().reference.split("-", 1)
    assert found_by(case(write.format(kind, number))) == [quoted_order.reference]


def test_an_order_is_found_by_what_hangs_from_it(
    found_by, connection_in_service, enquiry
):
    order = connection_in_service.order
    enquiry.order = order
    enquiry.save()
    visit, stage = order.visits.first(), order.stages.first()
    stage.provider_reference = "OGEA 0815"
    stage.save()
    write_texts([order.reference])

    for thing in (connection_in_service, visit, enquiry):
        assert found_by(thing.reference.lower()) == [order.reference]
    assert found_by("ogea 0815") == [order.reference]


def test_finished_orders_are_found_and_the_page_says_what_it_searched(
    client, submitter, named_order, submitted_order
):
    withdraw_request(submitted_order.pk, by=submitter)
    client.force_login(submitter)

    page = client.get(HOME, {"q": "thornby"}).content.decode()

    assert "Searched all orders of your organisation for thornby" in page
    assert "finished ones too: 0 in progress, 1 finished" in page
    assert submitted_order.reference in page
    assert (
        "postcodes, IP addresses, and the names, e-mail addresses and phone numbers"
        in page
    )


def test_an_order_needs_every_word_somewhere(found_by, named_order):
    assert found_by("thornby 4711") == [named_order.reference]
    assert found_by("thornby 4712") == []


def test_nobody_finds_the_orders_of_another_party(client, outsider, named_order):
    client.force_login(outsider)

    assert not client.get(HOME, {"q": "thornby"}).context["progress_rows"]


def test_a_search_takes_a_fixed_number_of_queries(
    found_by, make_order, django_assert_max_num_queries
):
    for state in ("draft", "submitted", "withdrawn"):
        make_order(state)
    found_by("warm")
    with django_assert_max_num_queries(QUERIES + 3):
        found_by("thornby park derby de21 7qx sam gate 4711 x y z")


# Without end


def test_so_many_words_are_looked_for_and_no_more():
    terms = read_terms(MANY)

    assert terms.words == tuple(f"word{number}" for number in range(MOST_WORDS))
    assert f"Only the first {MOST_WORDS} words" in terms.notice
    assert not read_terms("eight words are few enough to look for").notice


def test_a_single_endless_word_is_cut_and_said_to_be():
    terms = read_terms("x" * 5000)

    assert len(terms.text) == 200
    assert terms.notice


@pytest.mark.parametrize(
    "address", [HOME, "/guidance/", "/billing/", "/trial/mail/", "/orders/export.csv"]
)
def test_every_list_of_contacts_says_when_words_were_left_out(
    client, colleague, named_order, address
):
    client.force_login(colleague)
    urls = {"/trial/mail/": reverse("trial-mail"), "/billing/": reverse("billing")}
    if address.endswith(".csv"):
        answer = client.get(reverse("orders-csv"), {"q": MANY})
        assert len(b"".join(answer.streaming_content).splitlines()) == 1
        return

    page = client.get(urls.get(address, address), {"q": MANY}).content.decode()

    assert f"Only the first {MOST_WORDS} words" in page


@pytest.mark.parametrize(
    "model",
    [kind for kind, one in admin.site._registry.items() if one.search_fields],
    ids=lambda model: model.__name__,
)
def test_every_list_of_the_desk_says_when_words_were_left_out(client, operator, model):
    client.force_login(operator)
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    with CaptureQueriesContext(connection) as asked:
        page = client.get(url, {"q": MANY}).content.decode()

    assert f"Only the first {MOST_WORDS} words" in page
    looked_for = " ".join(query["sql"] for query in asked)
    assert "word7" in looked_for
    assert "word8" not in looked_for


# The desk


def test_the_desk_searches_all_orders_from_any_queue(
    client, operator, submitted_order, submitter
):
    withdraw_request(submitted_order.pk, by=submitter)
    desk = Desk(client, operator)
    queue = client.get(LIST(), {"queue": "forms"}).content.decode()
    search = queue.partition('id="changelist-search"')[2].partition("</form>")[0]

    assert 'name="queue"' not in search
    assert desk.listed(q="thornby park, derby") == [submitted_order.reference]
    page = client.get(LIST(), {"q": "thornby"}).content.decode()
    assert "Searched all orders that came to DCC, finished ones too" in page
    assert "The filters beside the list narrow it" in page


def test_the_desk_narrows_a_search_by_a_state_and_is_told_so(
    client, operator, submitted_order
):
    desk = Desk(client, operator)

    assert desk.listed(q="thornby", state="submitted") == [submitted_order.reference]
    assert desk.listed(q="thornby", state="quoted") == []
    page = client.get(LIST(), {"q": "thornby", "state": "submitted"}).content.decode()
    assert "Searched only what the filters beside the list keep" in page


def test_a_search_of_the_desk_finds_each_order_once(
    client, operator, connection_in_service
):
    found = Desk(client, operator).listed(q="northgate")

    assert found == [connection_in_service.order.reference]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Ord 1042", "ORD-1042"), ("quo\u20111042 2", "QUO-1042-2"), ("PO-7", "PO-7")],
)
def test_a_reference_of_ours_is_read_as_we_write_it(typed, read):
    assert read_reference(typed) == read == read_reference(read)
