"""A list of sessions is brought in from a file: all of it, or nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.csv_table import MOST_LINES, bare
from connections.commands import (
    close_session,
    defer_session,
    establish_session,
    import_sessions,
)
from connections.commands.session_list import ListedWish
from connections.commands.session_wish import SessionWish, wish_of
from connections.errors import SessionListWrong
from connections.forms.session_list import TO_SAY, read_list
from connections.models import Session
from orders.errors import NotNominated
from records.models import Notice
from tests.journey_on_site import request_session
from tests.reading import read_to_the_end, words_of

ROW = {
    "Session": "DUIS live",
    "Used by": "Northgate Energy",
    "User role": "Import supplier",
    "Service": "DCC User Interface (DUIS)",
    "Interface version": "DUGIDS v0.8",
    "Use": "Live",
    "Primary": "CON-1001",
    "Secondary": "CON-1002",
    "Expected Mbps": "9",
    "Addresses": "198.51.100.7 2001:db8::7",
    "Your PEP": "Edge 1",
}
TICKED = {"is_priority_accepted": "on"}


def table(*rows, head=TO_SAY):
    written = io.StringIO(newline="")
    csv.writer(written).writerows(
        [list(head), *([row.get(name, "") for name in head] for row in rows)]
    )
    return written.getvalue()


def numbered(count):
    """Return as many sessions as asked for, each with an address of its own."""
    return [
        ROW
        | {
            "Session": f"Session {number}",
            "Addresses": f"10.0.{number // 250}.{number % 250 + 1}",
        }
        for number in range(count)
    ]


@pytest.fixture
def bring(client, pair_in_service, submitter):
    """Send a table to the page of a pair; its answer comes back."""
    client.force_login(submitter)
    place = reverse("sessions-import", args=[pair_in_service[0].reference])

    def send(text, **ticks):
        file = SimpleUploadedFile("list.csv", text.encode())
        return client.post(place, {"file": file} | (ticks or TICKED))

    return send


def confirm(client, pair, preview, **other):
    """Send what a preview carries, as its button does."""
    carried = {
        name: value for name, value in preview.context["form"].initial.items() if value
    }
    place = reverse("sessions-import", args=[pair[0].reference])
    return client.post(place, carried | other, follow=True)


def stored():
    return list(Session.objects.order_by("pk").values())


@pytest.mark.guidance("R-6.1-1", "R-6.1-2", "R-6-1", "R-6-5")
def test_a_list_asks_for_new_sessions_and_changes_once_it_is_confirmed(
    client, bring, pair_in_service, submitter
):
    first, second = pair_in_service
    old = request_session(
        first, submitter, name="SSI", addresses=["10.1.1.1"], pep_name="Edge 2"
    )
    changed = ROW | {"Session": "ssi", "Addresses": "10.1.1.2", "Secondary": ""}

    preview = bring(table(ROW, changed))
    page = words_of(preview)
    before = len(stored())
    answer = words_of(confirm(client, pair_in_service, preview))

    assert "1 new, 1 changed, 0 as before" in page
    assert "Nothing is saved yet" in page
    assert before == 1
    assert "You asked for two sessions" in answer
    new = Session.objects.get(name="DUIS live")
    assert (new.connection, new.secondary, new.load) == (first, second, 9)
    assert new.party_addresses == ["198.51.100.7", "2001:db8::7"]
    assert new.interface_version.name == "DUGIDS v0.8"
    assert Session.objects.get(pk=old.pk).party_addresses == ["10.1.1.2"]


@pytest.mark.guidance("R-3.7.1-2")
def test_the_configurer_is_told_once_of_a_whole_list(
    client, bring, pair_in_service, configurer
):
    confirm(client, pair_in_service, bring(table(*numbered(3))))

    notice = Notice.objects.get(kind__in=("sessions_requested", "session_requested"))
    assert (notice.kind, notice.to) == ("sessions_requested", configurer.email)
    assert "3 sessions requested by a list" in notice.subject
    assert "“Session 2”" in notice.text


def test_the_table_that_we_give_changes_nothing_when_it_comes_back(
    client, bring, pair_in_service, *, submitter, configurer
):
    first, second = pair_in_service
    for number, (name, primary, other) in enumerate(
        (("0042", first, second), ("=SUM", second, first), ("Put off", first, None))
    ):
        row = request_session(
            primary,
            submitter,
            name=name,
            secondary=other and other.pk,
            addresses=[f"10.0.0.{number + 1}", f"2001:db8::{number}"],
        )
        if number == 0:
            establish_session(row.pk, by=configurer)
    defer_session(row.pk, by=configurer, reason="Not yet")
    gone = request_session(first, submitter, name="Gone", addresses=["10.0.0.9"])
    close_session(gone.pk, by=submitter)
    before = stored()
    given = read_to_the_end(
        client.get(reverse("sessions-csv", args=[first.reference]))
    ).decode("utf-8-sig")

    page = words_of(bring(given, has_layer_2_link=""))

    assert "0 new, 0 changed, 3 as before, 1 closed and left alone" in page
    assert "there is nothing to ask for" in page
    assert stored() == before


WRONG = [
    ({"Session": ""}, "Session", "Enter an answer to"),
    ({"Used by": "Nobody & Sons"}, "Used by", "Choose one of the answers"),
    ({"User role": ""}, "User role", "Choose the user role"),
    ({"User role": "King"}, "User role", "“King” is not one of: Import supplier"),
    ({"Service": "Telegraph"}, "Service", "“Telegraph” is not one of"),
    ({"Interface version": "v99"}, "Interface version", "no version that is offered"),
    (
        {"Interface version": "SSI design specification v1.1"},
        "Interface version",
        "is a version of",
    ),
    ({"Use": "Sometimes"}, "Use", "is not one of: Live, Testing"),
    ({"Primary": "CON-9"}, "Primary", "“CON-9” is not one of: CON-1001, CON-1002"),
    ({"Secondary": "CON-1001"}, "Secondary", "no third is possible"),
    ({"Expected Mbps": "fast"}, "Expected Mbps", "Enter a number"),
    ({"Expected Mbps": "-2"}, "Expected Mbps", "above 0"),
    ({"Addresses": "10.0.0.300"}, "Addresses", "10.0.0.300"),
    ({"Addresses": ""}, "Addresses", "Enter at least one IP address"),
    ({"Your PEP": ""}, "Your PEP", "Name the device"),
]


@pytest.mark.guidance("R-3.7.1-3", "R-6-7", "R-6-10", "R-6.1-4")
def test_each_fault_is_named_by_line_and_column_and_nothing_is_saved(bring):
    rows = [
        good | wrong
        for good, (wrong, _, _) in zip(numbered(len(WRONG)), WRONG, strict=True)
    ]

    answer = bring(table(ROW | {"Addresses": "10.9.9.9"}, *rows))

    found = {
        (fault.number, fault.column): fault.why for fault in answer.context["faults"]
    }
    assert found.keys() == {
        (number, column) for number, (_, column, _) in enumerate(WRONG, start=3)
    }
    for (_, column, words), (number, why) in zip(
        WRONG, ((key[0], found[key]) for key in sorted(found)), strict=True
    ):
        assert words in why, (number, column)
    assert "Nothing was saved" in words_of(answer)
    assert not stored()


@pytest.mark.guidance("R-3.7.1-3", "R-6-8")
def test_all_that_is_wrong_with_one_line_is_named_at_once(
    bring, pair_in_service, submitter
):
    request_session(pair_in_service[0], submitter, name="Taken")
    wrong = {"User role": "King", "Expected Mbps": "-1"}

    faults = bring(table(ROW | wrong), has_layer_2_link="").context["faults"]

    assert sorted(fault.column for fault in faults) == [
        "Addresses",
        "Expected Mbps",
        "Use",
        "User role",
    ]


TWINS = [
    ({"Addresses": "10.0.0.9"}, "Session", "line 2 has this name already"),
    ({"Session": "Other"}, "Addresses", "line 2 has 198.51.100.7 already"),
    # Its primary stands by for the other, so the address would be there twice.
    (
        {"Session": "Other", "Primary": "CON-1002", "Secondary": ""},
        "Addresses",
        "line 2 has 198.51.100.7 already",
    ),
]


@pytest.mark.guidance("R-3.7.1-3")
@pytest.mark.parametrize(("other", "column", "words"), TWINS)
def test_two_lines_do_not_have_one_name_or_one_address(bring, other, column, words):
    faults = bring(table(ROW, ROW | other)).context["faults"]

    assert (faults[0].number, faults[0].column) == (3, column)
    assert words in faults[0].why


def test_two_lines_are_not_about_one_session(bring, pair_in_service, submitter):
    request_session(pair_in_service[0], submitter, name="DUIS live")

    (fault,) = bring(table(ROW, ROW | {"Addresses": "10.0.0.9"})).context["faults"]

    assert str(fault) == "Line 3, Session: line 2 is about this session already."


@pytest.mark.guidance("R-6-8")
def test_live_sessions_need_what_is_ticked_for_the_whole_list(bring):
    (fault,) = bring(table(ROW), has_layer_2_link="").context["faults"]

    assert (fault.column, "priority over other traffic" in fault.why) == ("Use", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("Session,Service\nA,B\n", "Missing: Used by, User role"),
        (table(), "has no session below its first line"),
        (table(*numbered(MOST_LINES + 1)), "parts of 500 at most"),
        ('Session,"Used\n', "no table with commas"),
    ],
)
def test_what_is_no_list_of_sessions_is_refused_with_the_reason(bring, text, words):
    assert words in words_of(bring(text))


def test_five_hundred_sessions_come_in_at_once(client, bring, pair_in_service):
    preview = bring(table(*numbered(MOST_LINES)))

    answer = words_of(confirm(client, pair_in_service, preview))

    assert "You asked for 500 sessions" in answer
    assert Session.objects.count() == MOST_LINES


def test_a_list_that_comes_to_something_else_meanwhile_is_shown_again(
    client, bring, pair_in_service, submitter
):
    preview = bring(table(ROW))
    request_session(
        pair_in_service[0], submitter, name="DUIS live", addresses=["10.0.0.9"]
    )

    again = confirm(client, pair_in_service, preview)

    assert "sessions have changed since" in words_of(again)
    assert "0 new, 1 changed" in words_of(again)
    assert Session.objects.get().party_addresses == ["10.0.0.9"]
    confirm(client, pair_in_service, again)
    assert len(Session.objects.get().party_addresses) == 2


def test_what_became_wrong_before_it_was_confirmed_saves_nothing(
    client, bring, pair_in_service, submitter
):
    preview = bring(table(*numbered(3)))
    taken = request_session(pair_in_service[0], submitter, addresses=["10.0.0.2"])

    answer = words_of(confirm(client, pair_in_service, preview))

    assert "Nothing was saved. Line 3, Addresses" in answer
    assert [row["id"] for row in stored()] == [taken.pk]


def test_the_command_refuses_a_list_whole_and_by_whoever_may_not(
    pair_in_service, submitter, authoriser
):
    link = pair_in_service[0]
    wish = SessionWish(link.pk, "A", "duis", "test", ["10.0.0.1"])
    listed = [
        ListedWish(2, wish),
        ListedWish(3, SessionWish(link.pk, "B", "duis", "test", ["x"])),
    ]

    with pytest.raises(SessionListWrong, match="Line 3, Addresses: No usable"):
        import_sessions(link.pk, by=submitter, listed=listed)
    with pytest.raises(NotNominated):
        import_sessions(link.pk, by=authoriser, listed=listed[:1])
    assert not stored()


def test_a_session_that_is_so_already_is_not_asked_for_again(
    pair_in_service, submitter
):
    session = request_session(pair_in_service[0], submitter)
    listed = [ListedWish(2, wish_of(session), session)]

    assert import_sessions(session.connection_id, by=submitter, listed=listed) == []
    assert not Notice.objects.filter(kind="sessions_requested").exists()


def test_a_colleague_is_told_who_asks_for_sessions(client, pair_in_service, colleague):
    client.force_login(colleague)
    place = reverse("sessions-import", args=[pair_in_service[0].reference])
    file = SimpleUploadedFile("list.csv", table(ROW).encode())

    assert "asks for sessions" in words_of(client.post(place, {"file": file} | TICKED))
    assert not stored()


@pytest.mark.guidance("R-6.1-2")
def test_a_session_that_is_named_once_can_change_its_primary(
    client, bring, pair_in_service, submitter
):
    first, second = pair_in_service
    request_session(first, submitter, name="DUIS live")
    crossed = {"Primary": second.reference, "Secondary": first.reference}

    preview = bring(table(ROW | crossed))
    confirm(client, pair_in_service, preview)

    kept = Session.objects.get()
    assert (kept.connection, kept.secondary) == (second, first)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'0042", "0042"), ("'=A1", "=A1"), ("'tis", "'tis"), (" A  b ", "A b")],
)
def test_a_cell_is_read_without_the_sign_that_spreadsheets_need(cell, text):
    assert bare(cell) == text


def test_an_empty_table_has_the_heads_that_a_list_needs(
    client, pair_in_service, submitter
):
    client.force_login(submitter)
    place = reverse("sessions-template-csv", args=[pair_in_service[0].reference])
    text = read_to_the_end(client.get(place)).decode("utf-8-sig")

    assert text.splitlines() == [",".join(TO_SAY)]
    with pytest.raises(SessionListWrong, match="no session below"):
        read_list(text)
