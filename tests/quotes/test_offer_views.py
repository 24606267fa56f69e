"""An offer's page and its document."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from orders.models import ConnectionRequest
from quotes import commands
from quotes.models import Quote
from quotes.views.tables import charges, payments
from tests import journey
from tests.reading import read_to_the_end, words_of

READERS = [
    ("submitter", 200),
    ("authoriser", 200),
    ("colleague", 200),
    ("operator", 200),
    ("billing_clerk", 200),
    ("outsider", 404),
    ("installer", 404),
    ("configurer", 404),
]
EACH_PAGE = ["quote", "quote-pdf", "quote-authority", "quote-decline"]


def url(view, subject):
    return reverse(view, args=[subject.reference])


@pytest.mark.guidance("R-1.3-3", "R-2.3-3")
@pytest.mark.parametrize(("who", "status"), READERS)
@pytest.mark.parametrize("view", EACH_PAGE)
def test_an_offer_is_read_by_its_party_and_by_dcc(
    request, client, issued_quote, *, who, status, view
):
    client.force_login(request.getfixturevalue(who))

    response = client.get(url(view, issued_quote))
    read_to_the_end(response)

    assert response.status_code == status


def test_a_draft_is_not_there_for_the_party(client, draft_quote, submitter, operator):
    client.force_login(submitter)
    assert client.get(url("quote", draft_quote)).status_code == 404
    client.force_login(operator)
    assert "Only DCC sees this draft" in words_of(client.get(url("quote", draft_quote)))
    assert client.get(url("quote-pdf", draft_quote)).status_code == 404


def test_the_offer_is_itemised_with_vat_and_total(client, issued_quote, authoriser):
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", issued_quote)))

    for amount in ("£3,000.00", "£12,000.00", "£15,000.00", "£18,000.00"):
        assert amount in words
    assert "£4,000.00 a year for 3 years, in advance" in words
    assert "VAT at 20%" in words


@pytest.mark.guidance("R-2.9.1-5")
def test_the_offer_says_when_each_amount_falls_due(issued_quote):
    rows = [(row.label, row.cells[1]) for row in payments(issued_quote).rows]

    assert rows == [
        ("Connection charge, first year", Decimal("7000.00")),
        ("Second year", Decimal("4000.00")),
        ("Third year", Decimal("4000.00")),
    ]


@pytest.mark.guidance("R-2.11-1", "R-3.4-1")
@pytest.mark.parametrize(
    ("days", "left"),
    [
        (0, "30 days left"),
        (28, "2 days left"),
        (29, "1 day left"),
        (30, "Last day today"),
    ],
)
def test_the_offer_counts_down_to_its_last_day(
    client, issued_quote, authoriser, clock, *, days, left
):
    clock.move_to(issued_quote.issued_at + timedelta(days=days))
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", issued_quote)))

    assert words.count(left) == 1
    assert "Thursday 2 April 2026" in words
    assert "Sent and received Tuesday 3 March 2026. The day of receipt is not" in words
    assert "the quotation lapses and the order ends, at no cost" in words


@pytest.mark.guidance("R-3.4-2", "R-2.5-3", "R-3.3-3")
@pytest.mark.parametrize(
    ("offer", "said", "not_said"),
    [
        ("issued_quote", "<strong>The full £15,000.00</strong>", "<strong>The survey"),
        ("indicative_quote", "is indicative and is not owed yet", "<strong>The full £"),
    ],
)
def test_a_firm_offer_commits_to_its_total_and_an_indicative_one_to_the_survey(
    request, client, authoriser, *, offer, said, not_said
):
    quote = request.getfixturevalue(offer)
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", quote)))

    assert said in words
    assert not_said not in words
    assert "12 months at a time" in words


@pytest.mark.guidance("R-2.11-4", "R-2.11-6")
def test_who_may_sign_is_named_or_that_nobody_may(client, issued_quote, submitter):
    client.force_login(submitter)
    assert "Ada Law. A signature by anyone else" in words_of(
        client.get(url("quote", issued_quote))
    )
    issued_quote.order.party.people.get(name="Ada Law").nominations.update(
        until_on="2026-03-02"
    )
    words = words_of(client.get(url("quote", issued_quote)))
    assert "no signature would have effect" in words
    assert "Ada Law" not in words


@pytest.fixture
def second_quote(issued_quote, operator):
    """Version 2: dearer to connect, with civil works; version 1 was taken back."""
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="The duct is longer")
    order = ConnectionRequest.objects.get()
    lines = (
        *journey.LINES[1:],
        commands.LineEntry("connection", Decimal("3500.00"), reason="Priced by hand"),
        commands.LineEntry(
            "civil_works", Decimal("2650.00"), "38 m of duct", reason="Priced by hand"
        ),
    )
    return journey.issue(journey.draft(order, operator, lines=lines), operator)


@pytest.mark.guidance("R-3.6-4")
def test_a_later_version_stands_beside_the_one_before(second_quote, issued_quote):
    table = charges(second_quote, Quote.objects.get(pk=issued_quote.pk))
    rows = {row.label: [str(cell) for cell in row.cells] for row in table.rows}

    more = '<span class="dcc-plus">+ £{}</span>'
    assert rows == {
        "Annual charge": ["12000.00", "12000.00", "None"],
        "Connection charge": ["3000.00", "3500.00", more.format("500.00")],
        "Civil works": ["None", "2650.00", more.format("2,650.00")],
    }
    assert [str(cell) for cell in table.total.cells][1] == "18150.00"


def test_an_item_that_is_gone_is_said_to_be_gone(second_quote, issued_quote):
    table = charges(issued_quote, Quote.objects.get(pk=second_quote.pk))
    gone = next(row for row in table.rows if row.label == "Civil works")

    assert gone.small == "38 m of duct. No longer charged"
    assert gone.cells[2].endswith(" £2,650.00")
    assert "dcc-plus" not in gone.cells[2]


def test_a_draft_that_never_went_out_is_no_version_to_compare_with(
    client, draft_quote, operator, authoriser
):
    commands.withdraw_quote(draft_quote.pk, by=operator, reason="Wrong figures")
    order = ConnectionRequest.objects.get()
    quote = journey.issue(journey.draft(order, operator), operator)
    client.force_login(authoriser)

    words = words_of(client.get(url("quote", quote)))

    assert "version 2" in words
    assert "Difference" not in words


@pytest.mark.guidance("R-2.11-3")
def test_the_document_is_downloaded_as_it_was_stored(client, issued_quote, colleague):
    client.force_login(colleague)

    response = client.get(url("quote-pdf", issued_quote))

    assert b"".join(response.streaming_content) == journey.tiny_pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("view", ["quote", "quote-authority", "quote-decline"])
def test_the_pages_of_an_offer_ask_few_questions_of_the_database(
    client, second_quote, authoriser, django_assert_max_num_queries, *, view
):
    client.force_login(authoriser)
    # The first opening of the offer is kept, which later ones are not.
    client.get(url("quote", second_quote))

    with django_assert_max_num_queries(14):
        client.get(url(view, second_quote))
