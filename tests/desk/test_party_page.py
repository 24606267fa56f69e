"""The page of a Party leads to all that is its own; who can sign for it on a day."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from parties.commands import set_sign_in
from tests.cast import NOW
from tests.factories.parties import NominationFactory
from tests.reading import read_to_the_end

SIGNING = "admin:parties_party_signing"
# Six lists of what belongs to it, what the page itself reads, and the desk's own head.
QUERIES = 23


def on(day):
    return {"on": f"{(NOW + timedelta(days=day)).date()}"}


@pytest.mark.parametrize(
    "name",
    ["orders_connectionrequest", "connections_connection", "billing_charge"],
)
def test_the_page_leads_to_each_list_narrowed_to_the_party(
    at, connection, other_party, name
):
    page = at.client.get(
        reverse("admin:parties_party_change", args=[connection.party_id])
    ).content.decode()
    url = reverse(f"admin:{name}_changelist")

    assert f"{url}?party={connection.party_id}" in page
    assert connection.reference in page
    own = at.client.get(url, {"party": connection.party_id}).context["cl"]
    others = at.client.get(url, {"party": other_party.pk}).context["cl"]
    assert (len(own.result_list) > 0, len(others.result_list)) == (True, 0)


def test_its_queries_do_not_grow(
    at, connection, make_order, django_assert_max_num_queries
):
    place = reverse("admin:parties_party_change", args=[connection.party_id])
    at.client.get(place)
    make_order("submitted")

    with django_assert_max_num_queries(QUERIES) as queries:
        at.client.get(place)

    assert not [one for one in queries if one["sql"].startswith("SELECT COUNT(")]


@pytest.mark.guidance("R-2.2-6", "R-2.11-4")
@pytest.mark.parametrize(
    ("day", "who"),
    [(-40, set()), (-20, {"Col League"}), (0, {"Ada Law"}), (5, {"Ada Law"})],
)
def test_who_can_sign_is_told_for_any_day(at, authoriser, colleague, day, who):
    today = NOW.date()
    authoriser.nominations.update(from_on=today)
    NominationFactory(
        user=colleague,
        purpose="authorise",
        from_on=today - timedelta(days=30),
        until_on=today - timedelta(days=10),
    )

    asked = {**on(day), "of": authoriser.party.reference}
    answer = at.client.get(reverse(SIGNING), asked)

    assert {row.user.name for row in answer.context["rows"]} == who


def test_whose_sign_in_was_closed_could_not_sign_then(at, desk, authoriser, clock):
    set_sign_in(authoriser.pk, is_active=False, by=desk)
    clock.move_to(NOW + timedelta(days=2))
    set_sign_in(authoriser.pk, is_active=True, by=desk)
    at.client.force_login(at.person)

    told = [
        len(at.client.get(reverse(SIGNING), on(day)).context["rows"]) for day in (1, 2)
    ]

    assert told == [0, 1]


def test_the_same_stands_in_a_file(at, authoriser):
    answer = at.client.get(reverse(f"{SIGNING}_csv"), {"of": "northgate"})

    words = read_to_the_end(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(words)))
    assert [(row["Person"], row["Letter"]) for row in rows] == [("Ada Law", "No")]
