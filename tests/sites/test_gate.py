"""The gate pass: a guard scans a code and knows whether to let somebody in."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from sites.commands import call_off_visit, rearrange_visit
from sites.models.gate_pass import followed
from tests import journey_on_site
from tests.sites.test_visit_page import told

TUESDAY, LATER = date(2026, 3, 17), date(2026, 3, 24)
MORNING = (time(8), time(13))
ON_THE_DAY = datetime(2026, 3, 17, 8, 17, tzinfo=UTC)


@pytest.fixture
def visit(ready_order, installer):
    return journey_on_site.book(
        ready_order, installer, "circuit", on=TUESDAY, window=MORNING
    )


@pytest.fixture
def scanned(client, clock):
    """Return a function that opens a visit's pass at a moment, as nobody signed in."""

    def scan(visit, moment=ON_THE_DAY):
        clock.move_to(moment)
        client.logout()
        return client.get(visit.gate_address)

    return scan


def test_on_the_day_it_says_whom_to_let_in_where_and_for_what(scanned, visit):
    page = told(scanned(visit))

    assert "Valid today Tuesday 17 March 2026, 8am to 1pm. It is 8:17am." in page
    assert visit.visitor in page
    assert "Thornby Park" in page
    assert "Circuit installation" in page


def test_it_tells_a_guard_nothing_of_the_order_its_party_or_a_price(scanned, visit):
    page = scanned(visit).content.decode()

    for secret in (visit.order.reference, str(visit.order.party), "£"):
        assert secret not in page


@pytest.mark.parametrize(
    ("day", "standing"), [(16, "Not valid yet"), (18, "No longer valid")]
)
def test_on_another_day_nobody_is_let_in_and_nobody_is_named(
    scanned, visit, day, standing
):
    page = told(scanned(visit, ON_THE_DAY.replace(day=day)))

    assert standing in page
    assert visit.visitor not in page


def test_the_day_is_the_uks(scanned, visit):
    """At half past eleven at night in UTC it is already tomorrow in a UK summer."""
    before = datetime(2026, 3, 16, 23, 59, tzinfo=UTC)

    assert "Not valid yet" in told(scanned(visit, before))


def test_a_visit_that_was_moved_says_the_new_time_and_is_valid_then(
    scanned, visit, installer
):
    rearrange_visit(visit.pk, by=installer, on=LATER, window=MORNING, reason="Ice")

    assert "Moved Not today. The new time is Tuesday 24 March 2026" in told(
        scanned(visit)
    )
    assert "Valid today" in told(scanned(visit, ON_THE_DAY.replace(day=24)))


def test_a_visit_that_was_called_off_lets_nobody_in(visit, installer, scanned):
    call_off_visit(visit.pk, by=installer, reason="The rack is not there yet")

    assert "There is no visit. Do not let anybody in" in told(scanned(visit))


def test_an_address_that_nobody_signed_opens_nothing(client, visit):
    for token in (visit.reference, f"{visit.reference}.made-up", "x" * 3000):
        assert client.get(reverse("gate", args=[token])).status_code == 404


def test_no_copy_of_it_is_kept_and_no_search_engine_lists_it(scanned, visit):
    page = scanned(visit)

    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_it_is_followed_through_many_moves_in_one_query(
    visit, installer, django_assert_num_queries
):
    last = visit
    for day in (24, 25, 26):
        last = rearrange_visit(
            last.pk, by=installer, on=date(2026, 3, day), window=MORNING, reason="Ice"
        )

    with django_assert_num_queries(1):
        assert followed(visit, TUESDAY).newest == last


def test_the_code_on_the_visits_page_leads_to_the_pass(client, visit, submitter):
    client.force_login(submitter)
    page = client.get(reverse("visit", args=[visit.reference])).content.decode()

    assert "dcc-gate-code" in page
    assert f'href="{visit.gate_address}"' in page
