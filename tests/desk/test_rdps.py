"""Which RDPs have no connection, neither their own nor through anybody."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from orders.models import Sharer
from parties.commands import appoint_provider
from tests.factories.parties import PartyFactory

LIST, EXPORT = "admin:parties_party_changelist", "admin:parties_party_export"
TODAY = date(2026, 3, 3)
QUERIES = 12


def listed(at, connection="missing"):
    found = at.client.get(reverse(LIST), {"connection": connection})
    return {str(row) for row in found.context["cl"].result_list}


def shared(connection, rdp, by, **days):
    return Sharer.objects.create(
        order=connection.order,
        name=rdp.name,
        standing="rdp",
        party=rdp,
        reason="network_rdp",
        added_by=by,
        added_at=timezone.now(),
        **{"from_on": TODAY, **days},
    )


@pytest.mark.guidance("R-2.1.2-2")
def test_an_rdp_without_any_connection_is_listed_for_dcc(at, rdp, party):
    assert listed(at) == {rdp.name}
    assert listed(at, "rdp") == {rdp.name}
    shown = at.client.get(reverse(LIST), {"connection": "missing"})
    assert "None: an RDP needs one" in shown.content.decode()


@pytest.mark.guidance("R-2.1.2-2")
def test_sharing_a_connection_in_place_is_enough_while_it_lasts(
    at, rdp, connection, operator, on
):
    shared(connection, rdp, operator, until_on=TODAY + timedelta(days=1))

    assert listed(at) == set()
    assert listed(on("2026-03-05T12:00Z")) == {rdp.name}


def test_sharing_that_has_not_begun_is_not_enough(at, rdp, connection, operator):
    shared(connection, rdp, operator, from_on=TODAY + timedelta(days=1))

    assert listed(at) == {rdp.name}


@pytest.mark.guidance("R-2.1.2-2", "R-2.2-4")
def test_an_appointed_provider_with_a_connection_is_enough(
    at, rdp, party, connection, desk
):
    appoint_provider(rdp.pk, provider_id=party.pk, from_on=TODAY, by=desk)

    assert listed(at) == set()


def test_a_provider_without_a_connection_is_not_enough(at, rdp, other_party, desk):
    appoint_provider(rdp.pk, provider_id=other_party.pk, from_on=TODAY, by=desk)

    assert listed(at) == {rdp.name}


def test_an_organisation_that_is_no_rdp_is_never_missing(at, party):
    assert listed(at) == set()


def test_the_list_is_exported_as_it_is_filtered(at, rdp, party):
    answer = at.client.get(reverse(EXPORT), {"connection": "missing"})
    rows = b"".join(answer.streaming_content).decode().splitlines()

    assert len(rows) == 2
    assert "None: an RDP needs one" in rows[1]


def test_parties_can_still_be_registered_from_the_list(as_, desk):
    shown = as_(desk).client.get(reverse(LIST)).content.decode()

    assert reverse("admin:parties_party_add") in shown


def test_the_list_takes_few_queries(at, db, django_assert_max_num_queries):
    PartyFactory.create_batch(12, standing__standing="rdp")

    with django_assert_max_num_queries(QUERIES):
        at.client.get(reverse(LIST), {"connection": "missing"})
