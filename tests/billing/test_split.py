"""A Party shares a charge out as it likes; DCC stores nothing of it and issues none."""

import logging
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from billing.commands import issue_invoice
from billing.split import parts_of, read_percentages
from common.money import PENNY
from connections.models import Session
from tests.reading import words_of

SPLIT = "/billing/split/"


def read(client, person, **asked):
    client.force_login(person)
    return strip_tags(words_of(client.get(SPLIT, asked)))


@pytest.fixture
def invoice(connection_in_service, sharer):
    return issue_invoice(connection_in_service.party_id)


@given(
    pence=st.integers(-10_000_000, 10_000_000),
    weights=st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any),
)
@pytest.mark.guidance("R-2.9.1-8")
def test_parts_add_up_to_the_whole_and_none_is_a_penny_off(pence, weights):
    amount = pence * PENNY
    parts = parts_of(amount, list(map(Decimal, weights)))

    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < PENNY
    assert not any(
        part for part, weight in zip(parts, weights, strict=True) if weight == 0
    )


def test_a_penny_that_is_left_goes_to_who_lost_most_and_then_to_the_first():
    assert parts_of(Decimal("100.00"), [Decimal(1)] * 3) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    assert parts_of(Decimal("0.05"), [Decimal(30), Decimal(70)]) == [
        Decimal("0.02"),
        Decimal("0.03"),
    ]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (["70", "20"], "add up to 90, not to 100"),
        (["70", ""], "Enter a percentage from 0 to 100 for Calder"),
        (["NaN", "30"], "Enter a percentage from 0 to 100 for Northgate"),
        (["-10", "110"], "Enter a percentage from 0 to 100 for Northgate"),
    ],
)
def test_percentages_that_are_no_whole_are_refused_in_words(typed, fault):
    found = read_percentages(typed, ["Northgate", "Calder"])

    assert found.read == []
    assert fault in " ".join(found.faults.values())


@pytest.mark.guidance("R-2.9.1-8")
def test_an_invoice_is_shared_out_by_the_rule_that_is_chosen(
    client, submitter, invoice
):
    of = invoice.reference
    equal = read(client, submitter, of=of, rule="equal")
    assert equal.count("£3,500.00") == equal.count("£4,200.00") == 2
    assert "own working. Not a DCC document." in equal

    rule = {"of": of, "rule": "percent"}
    assert "Calder Supply, per cent" in read(client, submitter, **rule)
    assert "add up to 90" in read(client, submitter, **rule, p0="70", p1="20")
    seventy = read(client, submitter, **rule, p0="70", p1="30")
    assert "£4,900.00" in seventy
    assert "£2,520.00" in seventy


@pytest.mark.guidance("R-2.9.1-8")
def test_a_connection_is_shared_out_by_the_sessions_that_each_uses(
    client, submitter, sharer, session
):
    of = {"of": session.connection.reference, "rule": "sessions"}
    assert "£8,400.00" in read(client, submitter, **of)
    Session.objects.filter(pk=session.pk).update(used_by=sharer.name)

    page = read(client, submitter, **of)

    assert "Calder Supplyfrom 3 March 2026one session£7,000.00" in page
    Session.objects.update(state="closed", closed_at=session.requested_at)
    assert "No session is open on it" in read(client, submitter, **of)


def everything():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in ("sessions.Session", "usersessions.UserSession")
    }


@pytest.mark.guidance("R-2.9.1-8")
def test_nothing_of_a_working_is_stored_or_logged(client, submitter, invoice, caplog):
    client.force_login(submitter)
    before, caplog.handler.level = everything(), logging.DEBUG
    asked = {"of": invoice.reference, "rule": "percent", "p0": "61.7", "p1": "38.3"}

    answer = client.get(SPLIT, asked)

    assert "61.7%" in answer.content.decode()
    assert everything() == before
    assert "61.7" not in caplog.text
    assert "no-store" in answer["Cache-Control"]
    assert client.post(SPLIT, asked).status_code == 405


@pytest.mark.guidance("R-2.9.1-8", "R-2.3-3")
def test_sharers_and_dcc_never_see_it(client, outsider, operator, invoice, sharer):
    client.force_login(outsider)
    link = sharer.order.connection.reference
    for of in (invoice.reference, link):
        assert client.get(SPLIT, {"of": of}).status_code == 404
    assert "You share no connection" in words_of(client.get(SPLIT))
    client.force_login(operator)
    assert client.get(SPLIT).status_code == 404
