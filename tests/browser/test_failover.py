"""A Party supposes that a link fails, and brings in a list, in a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from common.clock import uk_date
from connections.commands import establish_session, plan_failover_test
from tests.connections.test_session_list import ROW, table
from tests.journey_on_site import request_session


@pytest.fixture
def reads_well(axe, reflows):
    """Return a function that finds no fault on pages, or on the one that is open."""

    def look(page, *places):
        for place in places or (page.url,):
            if place != page.url:
                page.goto(place)
            axe(page)
            reflows(page)

    return look


@pytest.fixture
def crossed(pair_in_service, submitter, configurer):
    """One session has a secondary, and one has none."""
    first, second = pair_in_service
    for number, other in enumerate((second.pk, None)):
        how = {"secondary": other, "addresses": [f"10.0.0.{number + 1}"]}
        asked = request_session(first, submitter, name=f"Session {number}", **how)
        establish_session(asked.pk, by=configurer)
    return pair_in_service


def brings_in(page, row):
    """Choose a list of one session, read what it comes to, and ask for it."""
    page.get_by_label("I understand that giving live traffic").check()
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": table(row).encode()}
    page.get_by_label("List of sessions").set_input_files(files=[file])
    page.get_by_role("button", name="Show what it comes to").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()


@pytest.mark.guidance("R-6.1-3", "R-7-3")
def test_a_party_supposes_that_a_link_fails_and_reads_where_each_session_goes(
    page_of, crossed, submitter, reads_well
):
    first, second = crossed
    page = page_of(submitter)
    page.goto(f"/connections/{first}/sessions/")
    page.get_by_label(f"{first}, ").check()
    page.get_by_role("button", name="Show what happens").click()

    rows = page.get_by_role("table", name=f"Each session if {first} fails")
    expect(rows.get_by_role("row", name="Session 0")).to_contain_text("Moves to")
    expect(rows.get_by_role("row", name="Session 1")).to_contain_text("No access")
    reads_well(page)

    today = uk_date(timezone.now())
    test = plan_failover_test(first.pk, by=submitter, planned_on=today)
    ways = f"/connections/{first}/failover/"
    one = f"{ways}tests/{test.pk}/"
    forms = (f"{ways}tests/new/", one, f"{one}move/", f"{one}call-off/")
    reads_well(page, ways, *forms, f"/connections/{first}/sessions/import/")
    names = {"Primary": str(first), "Secondary": str(second), "Interface version": ""}
    brings_in(page, ROW | names)
    reads_well(page)
    page.get_by_role("button", name="Ask for these sessions").click()
    expect(page.get_by_text("You asked for one session.")).to_be_visible()
