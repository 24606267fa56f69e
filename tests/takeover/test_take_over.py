"""What exists is taken over from files: once, all or nothing, and said so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from parties.models import Party, User
from records.commands import give_up
from records.models import Event, Job, Notice
from takeover.commands import check_file, confirm_file, take_over_file
from takeover.models import TakenFile, TakenLine
from takeover.states import FileState
from tests.takeover.files import PARTY, PERSON, faults_of, handed_in, table

pytestmark = pytest.mark.usefixtures("register_taken_over")


@pytest.mark.guidance("R-2.2-1", "R-2.2-6")
def test_a_party_its_people_and_places_are_taken_over_and_nobody_is_written_to():
    party = Party.objects.get(name="Fenland Power")
    helen = User.objects.get(email="helen@fenland.example")

    assert party.is_sec_party_on(timezone.now().date())
    assert {row.purpose for row in helen.nominations.all()} == {"submit", "authorise"}
    assert str(party.data_centres.get()) == "Thornby Park, Derby"
    assert not Notice.objects.exists()


def test_the_history_says_from_which_file_and_line_and_by_whom(operator):
    party = Party.objects.get(name="Fenland Power")
    first = Event.objects.of_subject(party).get()

    assert first.what == "Taken over from parties.csv, line 2, where it is SEC-017"
    assert first.by == operator


def test_the_same_file_again_changes_nothing_and_says_so(operator):
    again = handed_in("parties", table("parties", PARTY), operator)

    assert again.state == FileState.UNCHANGED
    assert (again.new, again.same) == (0, 1)


def test_another_word_for_what_was_taken_over_is_a_finding(operator):
    changed = handed_in("parties", table("parties", PARTY | {"Phone": "1"}), operator)

    ((number, column, why),) = changed.faults
    assert (number, column) == (2, "Phone")
    assert "taken over as “01632 960100” on 3 March 2026" in why


def test_one_fault_keeps_all_lines_out_and_each_is_named(operator):
    wrong = {"Reference": "SEC-018", "Name": "Wold Gas", "Standing from": "soon"}
    nobody = {"Reference": "SEC-019", "Name": "Fenland  power"}

    found = faults_of("parties", operator, PARTY, wrong, nobody)

    assert found == [(3, "Standing from"), (4, "Name")]
    assert Party.objects.count() == TakenLine.objects.filter(kind="parties").count()


def test_a_file_is_taken_over_by_a_command_too(operator, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text(table("people", PERSON, PERSON | {"E-mail": "a@fenland.example"}))
    told = ["take_over", str(file), "--kind", "people", "--by", operator.email]

    call_command(*told, "--check")
    assert not User.objects.filter(email="a@fenland.example").exists()
    call_command(*told)

    assert User.objects.filter(email="a@fenland.example").exists()
    assert "one line taken over, 1 known before" in capsys.readouterr().out


def test_a_file_goes_its_way_on_the_page(client, operator):
    """Handed in, checked, confirmed, written: the page says each time how far it is."""
    client.force_login(operator)
    text = table("parties", {"Reference": "SEC-020", "Name": "Moor Light"})
    file = SimpleUploadedFile("parties.csv", text.encode())
    sent = reverse("admin:takeover_takenfile_upload", args=["parties"])
    place = client.post(sent, {"file": file})["Location"]
    row = TakenFile.objects.first()

    assert client.get(place)["Refresh"]
    check_file(row.pk)
    assert "Take over 1 line" in client.get(place).text
    client.post(reverse("admin:takeover_takenfile_confirm", args=[row.pk]))
    take_over_file(row.pk)
    take_over_file(row.pk)

    assert "by Olga Perry: 1 line" in client.get(place).text
    assert Party.objects.filter(name="Moor Light").count() == 1


def test_faults_stand_on_the_page_and_nothing_is_offered(client, operator):
    client.force_login(operator)
    row = handed_in("people", table("people", {"Party": "SEC-99"}), operator)

    page = client.get(reverse("admin:takeover_takenfile_change", args=[row.pk])).text

    assert "No Party is known as “SEC-99”" in page
    assert "Take over" not in page.split("content-main")[1]


def test_a_file_whose_job_was_given_up_can_be_confirmed_anew(operator):
    row = handed_in(
        "people", table("people", {"E-mail": "a@fenland.example"}), operator
    )
    confirm_file(row.pk, by=operator)
    assert TakenFile.objects.get(pk=row.pk).state == FileState.WRITING

    give_up(
        Job.objects.get(kind="take_over_file", subject=row.pk).pk,
        by=operator,
        reason="Later",
    )

    assert TakenFile.objects.get(pk=row.pk).state == FileState.READY
