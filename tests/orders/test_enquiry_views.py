"""The pages on which contacts ask the Service Desk and read its answers."""

import pytest
from django.urls import reverse

from orders import commands
from orders.models import Enquiry
from worklist.models import WorkItem

NEW, LIST = "/enquiries/new/", "/enquiries/"
QUERIES = 10


def page(client, person, url, **query):
    client.force_login(person)
    return client.get(url, query).content.decode()


def send(client, person, kind, **typed):
    client.force_login(person)
    return client.post(f"{NEW}?kind={kind}", typed)


@pytest.mark.guidance("R-1-4", "R-1.3-9", "R-2.8-8", "R-4.3-8", "R-1.3-2")
def test_the_first_page_offers_each_kind_and_keeps_the_order(
    client, colleague, submitted_order, settings
):
    shown = page(client, colleague, NEW, order=submitted_order.reference)

    for kind in ("call", "message_sizes", "question"):
        assert f"?kind={kind}&amp;order={submitted_order.reference}" in shown
    assert '?kind=upload_area"' in shown
    assert "Nothing is ordered by asking" in shown
    assert settings.SERVICE_DESK_PHONE in shown


@pytest.mark.guidance("R-1-4")
def test_a_question_about_an_order_names_it(client, colleague, submitted_order):
    order = submitted_order.reference
    shown = page(client, colleague, NEW, kind="question", order=order)
    assert f'<option value="{order}" selected>' in shown

    answer = send(client, colleague, "question", words="When?", order=order)

    asked = Enquiry.objects.get()
    assert answer.url == asked.get_absolute_url()
    assert (asked.order, asked.asked_by) == (submitted_order, colleague)


@pytest.mark.guidance("R-3.5-4")
def test_doubt_about_getting_into_a_site_goes_to_the_desk_tied_to_its_form(
    client, submitter, authorised_order
):
    order = authorised_order.reference
    form = page(client, submitter, reverse("access", args=[order]))
    assert f"{NEW}?kind=access&amp;order={order}" in form
    asked_of = page(client, submitter, NEW, kind="access", order=order)
    assert f'<option value="{order}" selected>' in asked_of

    send(client, submitter, "access", words="Is a permit needed?", order=order)

    asked = Enquiry.objects.get()
    assert (asked.kind, asked.order) == ("access", authorised_order)
    assert WorkItem.objects.get(kind="answer_enquiry").thread == order


@pytest.mark.guidance("R-4.3-8")
def test_a_call_needs_a_number(client, colleague):
    answer = send(client, colleague, "call", words="Three circuits")

    assert "Give a phone number: DCC calls you on it." in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_another_partys_order_cannot_be_named(client, outsider, submitted_order):
    order = submitted_order.reference
    answer = send(client, outsider, "question", words="When?", order=order)

    assert "Choose one of your orders, or none of them" in answer.content.decode()


@pytest.mark.guidance("R-4.3-8")
def test_the_party_reads_the_answer_and_the_agreed_design(
    client, submitter, colleague, desk
):
    send(client, colleague, "call", words="Three circuits", phone="0113 496 0000")
    asked = Enquiry.objects.get()
    commands.answer_enquiry(
        asked.pk, by=desk, outcome="Two pairs.", agreed_design="Leeds stands by."
    )

    shown = page(client, submitter, asked.get_absolute_url())

    assert "Leeds stands by." in shown
    assert "Nothing is ordered by this." in shown
    assert "Answered" in page(client, submitter, LIST)


def test_another_party_sees_nothing_of_it(client, enquiry, outsider):
    client.force_login(outsider)

    assert client.get(enquiry.get_absolute_url()).status_code == 404
    assert enquiry.reference not in page(client, outsider, LIST)


def test_what_was_asked_is_shown_as_text(client, colleague):
    send(client, colleague, "question", words="<script>alert(1)</script>")

    shown = page(client, colleague, Enquiry.objects.get().get_absolute_url())

    assert "&lt;script&gt;" in shown


def test_every_page_for_contacts_offers_the_way_to_ask(client, colleague):
    assert reverse("enquiry-new") in page(client, colleague, "/orders/")


def test_a_list_of_enquiries_takes_few_queries(
    client, colleague, django_assert_max_num_queries
):
    for number in range(12):
        send(client, colleague, "question", words=f"Question {number}")

    with django_assert_max_num_queries(QUERIES):
        shown = client.get(LIST).content.decode()

    assert "Question 11" in shown
