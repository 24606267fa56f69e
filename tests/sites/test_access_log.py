"""Who has been at the equipment: added to, corrected by new entries, or elsewhere."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from common.clock import uk_time
from orders.sections.papers import documents_visible_to
from records.jobs import KINDS
from records.models import Event, Job
from sites.commands import (
    ask_for_log_copy,
    make_log_copy,
    record_access_entry,
    state_log_place,
)
from sites.commands.access_log_copy import store_log_copy
from sites.errors import (
    AccessAlreadyCorrected,
    AccessToCome,
    CorrectionWhyMissing,
    LeftBeforeComing,
    LogBeforeEquipment,
    LogPlaceUnchanged,
)
from sites.models import AccessEntry, AccessLogCopy, AccessLogPlace
from tests.reading import read_to_the_end

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TYPED = {
    "person": "Lena Frost",
    "company": "Holme Facilities",
    "came_at": "2 March 2026, 9:30am",
    "left_at": "2 March 2026, 10:15am",
    "purpose": "Changed a filter above the rack",
    "escort": "Sam at the gate",
    "equipment": "",
}
PAGE_QUERIES = 11


@pytest.fixture
def order(installed_order):
    return installed_order


def record(order, by, **said):
    now = timezone.now()
    said = {
        "person": "Lena Frost",
        "company": "Holme Facilities",
        "came_at": now - 2 * HOUR,
        "left_at": now - HOUR,
        "purpose": "Changed a filter",
        **said,
    }
    return record_access_entry(order.pk, by=by, **said)


@pytest.fixture
def entry(order, submitter):
    return record(order, submitter)


def page_of(client, person, order, **query):
    client.force_login(person)
    address = reverse("access-log", args=[order.reference])
    return client.get(address, query).content.decode()


@pytest.mark.guidance("R-5.2.2-2")
def test_a_submitter_records_who_came_when_and_why(client, order, submitter):
    client.force_login(submitter)
    client.post(reverse("access-log-new", args=[order.reference]), TYPED)

    entry = AccessEntry.objects.get()
    assert (entry.person, entry.company) == ("Lena Frost", "Holme Facilities")
    assert entry.came_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert (entry.escort, entry.by) == ("Sam at the gate", submitter)
    page = page_of(client, submitter, order)
    assert "Changed a filter above the rack" in page
    assert "escorted by Sam at the gate" in page


@pytest.mark.guidance("R-5.2.2-2")
@pytest.mark.parametrize("table", ["sites_accessentry", "sites_accesslogplace"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = '2015-01-26'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_what_is_in_it(
    entry, order, submitter, *, table, sql
):
    state_log_place(order.pk, by=submitter, where="At the gatehouse")

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


@pytest.mark.guidance("R-5.2.2-2")
def test_a_correction_is_a_new_entry_and_both_stay_readable(
    client, entry, order, submitter
):
    client.force_login(submitter)
    address = reverse("access-log-new", args=[order.reference])
    asked = f"{address}?corrects={entry.pk}"
    assert 'value="Lena Frost"' in client.get(asked).content.decode()

    client.post(asked, {**TYPED, "person": "Lena Frosst", "why": "Misspelt"})

    correction = AccessEntry.objects.get(corrects=entry)
    assert (correction.person, correction.why) == ("Lena Frosst", "Misspelt")
    page = page_of(client, submitter, order)
    assert "Lena Frost" in page
    assert f"corrects entry {entry.pk}: Misspelt" in page
    assert page.count("Corrected</strong>") == 1


def test_a_correction_says_why(entry, order, submitter):
    with pytest.raises(CorrectionWhyMissing):
        record(order, submitter, corrects=entry.pk, why="  ")


def test_what_was_corrected_is_corrected_no_second_time(entry, order, submitter):
    newer = record(order, submitter, corrects=entry.pk, why="Misspelt")

    with pytest.raises(AccessAlreadyCorrected, match="Correct the newer one"):
        record(order, submitter, corrects=entry.pk, why="Misspelt")
    assert record(order, submitter, corrects=newer.pk, why="Again").corrects == newer


def test_no_entry_of_another_log_is_corrected(entry, make_order, submitter, installer):
    other = make_order("authorised")
    with pytest.raises(LogBeforeEquipment):
        record(other, submitter, corrects=entry.pk, why="Misspelt")


def test_the_database_keeps_no_correction_without_a_reason(entry):
    entry.pk, entry.corrects_id = None, entry.pk

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


@pytest.mark.parametrize(
    ("came", "left", "refusal"),
    [
        (HOUR, None, AccessToCome),
        (-HOUR, HOUR, AccessToCome),
        (-HOUR, -2 * HOUR, LeftBeforeComing),
    ],
)
def test_times_that_cannot_be_are_refused(order, submitter, came, left, refusal):
    now = timezone.now()
    left_at = now + left if left else None

    with pytest.raises(refusal):
        record(order, submitter, came_at=now + came, left_at=left_at)
    assert not AccessEntry.objects.exists()


def test_who_is_still_there_has_not_left_yet(client, order, submitter):
    record(order, submitter, left_at=None)

    page = page_of(client, submitter, order)
    assert "not left yet" in page
    assert "Correct, or say when they left" in page


@pytest.mark.guidance("R-5.2.2-2")
@pytest.mark.parametrize("who", ["colleague", "operator", "desk", "installer"])
def test_nobody_but_the_partys_submitters_writes_it(request, order, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        record(order, person)
    with pytest.raises(PermissionDenied):
        state_log_place(order.pk, by=person, where="Elsewhere")


@pytest.mark.parametrize("who", ["colleague", "authoriser", "desk", "operator"])
def test_the_party_and_dcc_read_it_and_are_offered_no_form(
    request, client, entry, order, *, who
):
    page = page_of(client, request.getfixturevalue(who), order)

    assert "Lena Frost" in page
    assert "Record access" not in page


def test_before_the_equipment_is_installed_there_is_no_log(
    client, circuit_visit, submitter
):
    order = circuit_visit.order
    client.force_login(submitter)

    address = reverse("access-log", args=[order.reference])
    assert client.get(address).status_code == 404
    assert address not in client.get(order.get_absolute_url()).content.decode()


def test_the_order_leads_to_its_log_once_the_equipment_is_installed(
    client, order, submitter, desk
):
    client.force_login(submitter)
    address = reverse("access-log", args=[order.reference])

    assert address in client.get(order.get_absolute_url()).content.decode()
    client.force_login(desk)
    file = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert address in client.get(file).content.decode()


@pytest.mark.guidance("R-5.2.2-3")
def test_the_log_is_taken_away_as_a_file_with_every_entry(
    client, entry, order, submitter
):
    correction = record(order, submitter, corrects=entry.pk, why="=1+1")
    client.force_login(submitter)

    answer = client.get(reverse("access-log-csv", args=[order.reference]))
    lines = read_to_the_end(answer).decode().splitlines()
    rows = {line.split(",")[0]: line for line in lines[1:]}
    assert set(rows) == {str(entry.pk), str(correction.pk)}
    assert rows[str(correction.pk)].endswith(f",{entry.pk},'=1+1,")
    assert rows[str(entry.pk)].endswith(f",,,{correction.pk}")


@pytest.mark.guidance("R-5.2.2-3")
def test_the_whole_log_is_a_pdf_as_of_the_moment_when_it_was_asked_for(
    client, entry, order, submitter, desk
):
    record(order, submitter, corrects=entry.pk, why="Misspelt")
    state_log_place(order.pk, by=submitter, where="Visitor book, gatehouse")
    client.force_login(submitter)
    client.post(reverse("access-log-pdf", args=[order.reference]))
    assert "is being made" in page_of(client, submitter, order)
    later = record(order, submitter, person="Tom Hale")

    copy = AccessLogCopy.objects.get()
    assert make_log_copy(copy.pk)
    assert not make_log_copy(copy.pk)

    copy.refresh_from_db()
    stored = reverse("document", args=[copy.document.pk])
    page = page_of(client, desk, order)
    assert f"Access log as of {uk_time(copy.at)} (PDF)" in page
    assert stored in page
    assert "Make a new one" in page
    reader = PdfReader(io.BytesIO(read_to_the_end(client.get(stored))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for said in (
        "Lena Frost, Holme Facilities",
        f"Corrects entry {entry.pk}: Misspelt",
        f"Corrected by entry {later.pk - 1}",
        "Visitor book, gatehouse",
    ):
        assert said in words
    assert "Tom Hale" not in words


def test_a_pdf_in_hand_is_not_asked_for_twice_and_one_that_failed_is_asked_for_anew(
    client, entry, order, submitter, colleague
):
    copy = ask_for_log_copy(order.pk, by=submitter)
    assert ask_for_log_copy(order.pk, by=colleague) == copy
    assert Job.objects.get(kind="make_log_copy").subject == copy.pk

    KINDS["make_log_copy"].failed(copy.pk, "No room")

    page = page_of(client, colleague, order)
    assert "could not be made" in page
    assert "No room" not in page
    assert ask_for_log_copy(order.pk, by=colleague) != copy


def test_no_supplier_and_no_other_party_has_the_pdf(
    order, submitter, installer, configurer, outsider
):
    copy = ask_for_log_copy(order.pk, by=submitter)
    store_log_copy(copy.pk, pdf=b"%PDF-1.7")

    for person in (installer, configurer, outsider):
        assert not documents_visible_to(person).filter(kind="access_log")
        with pytest.raises(PermissionDenied):
            ask_for_log_copy(order.pk, by=person)
    assert documents_visible_to(submitter).get(kind="access_log").thread == copy.thread


def test_the_log_is_searched_by_every_word(client, entry, order, submitter):
    record(order, submitter, person="Tom Hale", equipment="Switch")

    page = page_of(client, submitter, order, q="hale switch")
    assert "Tom Hale" in page
    assert "Lena Frost" not in page
    assert "No entry matches" in page_of(client, submitter, order, q="hale filters")


@pytest.mark.guidance("R-5.2.2-3")
def test_the_party_may_say_that_it_keeps_the_log_elsewhere_and_where(
    client, order, submitter, colleague
):
    client.force_login(submitter)
    address = reverse("access-log-place", args=[order.reference])
    client.post(address, {"location": "elsewhere", "place": "Visitor book, gatehouse"})

    place = AccessLogPlace.objects.get()
    assert (place.where, place.by) == ("Visitor book, gatehouse", submitter)
    page = page_of(client, colleague, order)
    assert "Visitor book, gatehouse" in page
    assert f"Said by {submitter} on" in page
    event = Event.objects.get(name="state_log_place")
    assert event.why == "Visitor book, gatehouse"


def test_elsewhere_says_where(client, order, submitter):
    client.force_login(submitter)
    address = reverse("access-log-place", args=[order.reference])

    page = client.post(address, {"location": "elsewhere", "place": ""}).content.decode()
    assert "Say where the log is kept" in page
    assert not AccessLogPlace.objects.exists()


def test_the_log_can_come_back_to_the_portal_and_the_last_word_holds(
    client, order, submitter
):
    with pytest.raises(LogPlaceUnchanged):
        state_log_place(order.pk, by=submitter, where="")
    state_log_place(order.pk, by=submitter, where="Visitor book")
    state_log_place(order.pk, by=submitter, where="")

    page = page_of(client, submitter, order)
    assert "Visitor book" not in page
    assert f"Kept here, as {submitter} said" in page


def test_the_page_asks_the_same_few_queries_for_one_entry_and_for_many(
    client, order, submitter, django_assert_num_queries
):
    client.force_login(submitter)
    for _ in range(5):
        wrong = record(order, submitter)
        record(order, submitter, corrects=wrong.pk, why="Misspelt")

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(reverse("access-log", args=[order.reference]))
