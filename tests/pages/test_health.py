"""A stopped worker or timer is seen."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from orders.models import BankHoliday, FormVersion
from quotes.models import Authority, Quote
from records.models import Notice

HEALTH = "/health/"
JSON = {"Accept": "application/json"}
LONG = timedelta(minutes=16)
SHORT = timedelta(minutes=14)


def send_all():
    Notice.objects.update(state="sent", sent_at=timezone.now())
    FormVersion.objects.all().delete()


def waiting(client):
    return client.get(HEALTH, headers=JSON).json()["waiting"]


def test_all_is_well_says_so_in_words_and_to_machines(client, db):
    shown = client.get(HEALTH)
    told = client.get(HEALTH, headers=JSON)

    assert (shown.status_code, told.status_code) == (200, 200)
    assert "Everything runs" in shown.content.decode()
    assert told.json()["is_fine"] is True


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_emails_that_nobody_delivers_are_counted(
    client, submitted_order, clock, late, count
):
    clock.move_to(timezone.now() + late)

    assert bool(waiting(client)["notices"]) is bool(count)


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_offers_that_no_timer_lapses_are_counted(
    client, issued_quote, clock, late, count
):
    send_all()
    clock.move_to(issued_quote.lapses_at + late)

    answer = client.get(HEALTH, headers=JSON)

    assert answer.json()["waiting"]["quotes"] == count
    assert answer.status_code == (503 if count else 200)


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_documents_that_no_worker_makes_are_counted(
    client, draft_quote, clock, late, count
):
    asked = timezone.now()
    Quote.objects.filter(pk=draft_quote.pk).update(issue_requested_at=asked)
    clock.move_to(asked + late)

    assert waiting(client)["documents"] == count


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_scans_that_no_worker_reads_are_counted(
    client, pending_authority, clock, late, count
):
    clock.move_to(pending_authority.documents[0].at + late)

    assert waiting(client)["scans"] == count
    Authority.objects.update(reading_error="No code could be read.")
    assert waiting(client)["scans"] == 0


@pytest.mark.guidance("R-2.5-4")
@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 1)])
def test_renewal_notices_that_did_not_go_are_counted(
    client, period, clock, days, count
):
    day = period.renewal_due_on + timedelta(days=days)
    clock.move_to(f"{day}T12:00Z")

    assert waiting(client)["renewals"] == count


@pytest.mark.parametrize(
    ("last", "count"), [(date(2027, 3, 3), 0), (date(2027, 3, 2), 1)]
)
def test_bank_holidays_that_end_within_a_year_are_missed_in_time(
    client, db, last, count
):
    BankHoliday.objects.filter(day__gt=last).delete()
    BankHoliday.objects.get_or_create(division="ENG", day=last, name="A holiday")

    assert waiting(client)["bank_holidays"] == count


def test_the_page_names_no_party_and_no_order(client, quoted_order, clock):
    clock.move_to(timezone.now() + LONG)

    shown = client.get(HEALTH).content.decode()

    assert "Something is late" in shown
    assert quoted_order.reference not in shown
    assert quoted_order.party.name not in shown


@pytest.mark.parametrize(("late", "count"), [(SHORT, 0), (LONG, 1)])
def test_records_of_forms_that_no_worker_makes_are_counted(
    client, submitted_order, clock, late, count
):
    clock.move_to(timezone.now() + late)

    assert waiting(client)["records"] == count


def test_a_record_that_failed_is_counted_until_it_is_made(
    client, submitted_order, clock
):
    submitted_order.versions.update(rendering_error="The font is missing.")
    clock.move_to(timezone.now() + LONG)

    assert waiting(client)["records"] == 1
