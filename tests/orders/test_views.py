"""Who may open and do what on the pages of a request."""

import pytest
from django.urls import reverse

from orders.models import ConnectionRequest
from orders.models.answers import ANSWERS
from orders.states import OrderState
from tests.reading import words_of

READERS = [
    ("submitter", 200),
    ("authoriser", 200),
    ("colleague", 200),
    ("operator", 200),
    ("desk", 200),
    ("outsider", 404),
    ("installer", 404),
    ("configurer", 404),
]
CONNECTION = {"connection_type": "lv"}


def url(view, order, *more):
    return reverse(view, args=[order.reference, *more])


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(("who", "status"), READERS)
@pytest.mark.parametrize(
    ("view", "more"),
    [
        ("order-form", ()),
        ("order-section", ("connection",)),
        ("order-check", ()),
        ("order-withdraw", ()),
        ("order-discard", ()),
        ("order-restore", ()),
        ("order-copy", ()),
    ],
)
def test_a_request_is_read_by_its_party_and_by_dcc(
    request, client, *, draft_order, who, status, view, more
):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(view, draft_order, *more)).status_code == status


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("who", "status", "kept"),
    [
        ("submitter", 302, "lv"),
        ("authoriser", 403, "hv"),
        ("colleague", 403, "hv"),
        ("operator", 403, "hv"),
        ("outsider", 404, "hv"),
        ("installer", 404, "hv"),
    ],
)
def test_only_a_nominated_submitter_fills_in_the_form(
    request, client, *, draft_order, who, status, kept
):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url("order-section", draft_order, "connection"), CONNECTION)

    assert response.status_code == status
    assert ConnectionRequest.objects.get().connection_type == kept


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("submitter", 302, OrderState.SUBMITTED),
        ("authoriser", 403, OrderState.DRAFT),
        ("colleague", 403, OrderState.DRAFT),
        ("operator", 403, OrderState.DRAFT),
        ("outsider", 404, OrderState.DRAFT),
    ],
)
def test_only_a_nominated_submitter_sends_the_form(
    request, client, *, draft_order, who, status, state
):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url("order-check", draft_order), {"agreed": "on"})

    assert response.status_code == status
    assert ConnectionRequest.objects.get().state == state


def test_a_colleague_reads_answers_and_why_there_are_no_buttons(
    client, draft_order, colleague
):
    client.force_login(colleague)

    words = words_of(client.get(url("order-section", draft_order, "connection")))

    assert "20 Mbps" in words
    assert "Only a person nominated by Northgate Energy" in words
    assert "<button" not in words.split("<main")[1].split("</main>")[0]


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("who", "read", "sent", "orders"),
    [
        ("submitter", 200, 302, 1),
        ("authoriser", 200, 403, 0),
        ("colleague", 200, 403, 0),
        ("operator", 403, 403, 0),
        ("installer", 404, 404, 0),
    ],
)
def test_only_a_nominated_submitter_starts_a_request(
    request, client, *, who, read, sent, orders
):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("order-new")).status_code == read
    assert client.post(reverse("order-new"), {"what": "one"}).status_code == sent
    assert ConnectionRequest.objects.count() == orders


def test_a_colleague_is_told_who_may_start_a_request(client, colleague):
    client.force_login(colleague)

    words = words_of(client.get(reverse("order-new")))

    assert "You cannot start a request yourself" in words
    refusal = words_of(client.post(reverse("order-new")))
    assert "Only a person nominated by Northgate Energy" in refusal


@pytest.mark.guidance("R-2.2-1")
def test_a_party_without_standing_is_refused_in_words(client, submitter, party):
    client.force_login(submitter)
    party.standings.update(until_on="2026-03-02")

    response = client.post(reverse("order-new"), {"what": "one"})

    refusal = "neither a SEC Party nor a Registration Data Provider today"
    assert refusal in words_of(response)


def test_the_answers_of_a_request_that_was_sent_can_only_be_read(
    client, submitted_order, submitter
):
    client.force_login(submitter)

    words = words_of(client.get(url("order-section", submitted_order, "connection")))

    assert "The form has gone to DCC" in words
    assert 'name="hv_rating_mbps"' not in words


@pytest.mark.guidance("T7")
@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("submitter", 302, OrderState.WITHDRAWN),
        ("authoriser", 302, OrderState.WITHDRAWN),
        ("colleague", 403, OrderState.SUBMITTED),
        ("operator", 403, OrderState.SUBMITTED),
        ("outsider", 404, OrderState.SUBMITTED),
    ],
)
def test_a_nominated_contact_withdraws(
    request, client, *, submitted_order, who, status, state
):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url("order-withdraw", submitted_order), {"reason": "Moved"})

    assert response.status_code == status
    assert ConnectionRequest.objects.get().state == state


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "there is nothing to withdraw"),
        ("submitted", "Withdrawing is free of charge"),
        ("quoted", "Withdrawing is free of charge"),
        ("authorised", "See what cancelling costs"),
        ("withdrawn", "It has ended already: withdrawn"),
    ],
)
def test_the_page_says_whether_an_order_can_be_withdrawn(
    client, submitter, make_order, state, words
):
    client.force_login(submitter)

    page = client.get(url("order-withdraw", make_order(state)))

    assert words in words_of(page)


def test_an_order_cannot_be_withdrawn_while_its_authority_is_checked(
    client, submitter, pending_authority
):
    client.force_login(submitter)
    order = pending_authority.quote.order

    response = client.post(url("order-withdraw", order), {"reason": "Changed minds"})

    assert "A signed authority is being checked by DCC" in words_of(response)
    assert "Changed minds" in words_of(response)


@pytest.mark.guidance("R-3.4-6")
def test_a_closed_order_is_started_again_with_its_answers(
    client, submitter, make_order
):
    client.force_login(submitter)
    old = make_order("withdrawn", customer_reference="BME-01")

    client.post(url("order-copy", old))

    new = ConnectionRequest.objects.exclude(pk=old.pk).get()
    assert (new.copied_from, new.state) == (old, OrderState.DRAFT)
    assert (new.hv_rating_mbps, new.customer_reference) == (20, "")


NOT_COPIED = {
    "customer_reference": "your own reference",
    "is_shared": "whether others use the connection",
    "related_reference": "what was about the other one of a pair",
    "wants_diverse_routing": "what was about the other one of a pair",
}


@pytest.mark.guidance("R-3.4-6")
def test_the_page_says_what_is_not_copied_and_all_else_is(
    client, submitter, make_order
):
    client.force_login(submitter)
    old = make_order("withdrawn", customer_reference="BME-01")

    words = words_of(client.get(url("order-copy", old)))
    client.post(url("order-copy", old))

    new = ConnectionRequest.objects.exclude(pk=old.pk).get()
    left = {name for name in ANSWERS if getattr(old, name) != getattr(new, name)}
    assert left == {"customer_reference", "is_shared"}
    assert not new.acknowledgements.exists()
    for told in {*NOT_COPIED.values(), "what you acknowledged"}:
        assert told in words


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 403), ("authoriser", 403), ("outsider", 404)]
)
def test_only_a_submitter_starts_again(request, client, make_order, who, status):
    client.force_login(request.getfixturevalue(who))
    old = make_order("withdrawn")

    assert client.post(url("order-copy", old)).status_code == status
    assert ConnectionRequest.objects.count() == 1


def test_an_unavailable_lv_order_is_started_again_as_hv(client, submitter, make_order):
    client.force_login(submitter)
    old = make_order("unavailable", connection_type="lv")

    assert "LV is not available at the site" in words_of(
        client.get(url("order-copy", old))
    )


def test_an_open_order_is_not_copied(client, submitter, submitted_order):
    client.force_login(submitter)

    words = words_of(client.post(url("order-copy", submitted_order)))

    assert "This order has not ended" in words
    assert ConnectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "leads_to"),
    [("draft", "order-form"), ("returned", "order-form"), ("accepted", "order")],
)
def test_the_confirmation_is_only_for_what_was_just_sent(
    client, submitter, make_order, state, leads_to
):
    client.force_login(submitter)
    order = make_order(state)

    response = client.get(url("order-submitted", order))

    assert response.url == reverse(leads_to, args=[order.reference])


@pytest.mark.parametrize(
    ("view", "more"),
    [
        ("order-form", ()),
        ("order-section", ("site",)),
        ("order-check", ()),
        ("order-withdraw", ()),
        ("order-discard", ()),
        ("order-restore", ()),
        ("order-copy", ()),
    ],
)
def test_the_pages_of_a_request_ask_few_questions_of_the_database(
    client, submitter, *, draft_order, view, more, django_assert_max_num_queries
):
    client.force_login(submitter)

    with django_assert_max_num_queries(12):
        client.get(url(view, draft_order, *more))


def test_nobody_reads_a_request_without_signing_in(client, draft_order):
    response = client.get(url("order-form", draft_order))

    assert response.url.startswith(reverse("account_login"))
