"""Whoever may do more or less for a Party is told, and so is whoever authorises."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parties import commands
from parties.models import Party
from parties.states import Purpose
from records.models import Document, Notice
from tests import journey
from tests.cast import NOW
from tests.common.test_held_files import box_of
from tests.reading import words_of
from tests.world import stored_files

TODAY = NOW.date()


def told(kind):
    return {notice.to for notice in Notice.objects.filter(kind=kind)}


def text_to(person):
    return Notice.objects.filter(to=person.email).latest("pk").text


def end(person, by, last_day=TODAY):
    row = person.nominations.get()
    commands.end_nomination(row.pk, last_day=last_day, by=by)


@pytest.mark.guidance("R-2.2-6")
def test_whom_a_party_nominates_is_told_and_so_is_whoever_authorises(
    colleague, submitter, authoriser, desk
):
    facts = {"purpose": Purpose.SUBMIT, "from_on": TODAY, "named_by": "Jo Hart"}
    commands.nominate(colleague.pk, by=desk, **facts)

    assert told("nominations_recorded") == {colleague.email, authoriser.email}
    words = text_to(colleague)
    assert f"- {colleague}, submitting requests, from 3 March 2026" in words
    assert "Named by: Jo Hart" in words


@pytest.mark.guidance("R-2.2-6")
def test_a_whole_party_is_told_of_all_its_nominations_in_one_e_mail(desk):
    both = [Purpose.SUBMIT, Purpose.AUTHORISE]
    people = [
        commands.NewPerson("ann@new.example", "Ann Lee", purposes=both),
        commands.NewPerson("bob@new.example", "Bob Ray", purposes=both[:1]),
    ]
    naming = commands.Naming(from_on=TODAY)
    new = commands.NewParty(name="New Power", people=people, naming=naming)
    commands.register_whole_party(new, by=desk)

    rows = Notice.objects.filter(kind="nominations_recorded")
    assert sorted(row.to for row in rows) == ["ann@new.example", "bob@new.example"]
    assert rows[0].text.count("from 3 March 2026") == 3


@pytest.mark.guidance("R-2.2-6")
def test_whose_nomination_ends_is_told_and_so_is_whoever_authorises(
    submitter, authoriser, desk
):
    end(submitter, desk, TODAY + timedelta(days=2))

    assert told("nomination_ended") == {submitter.email, authoriser.email}
    assert "Its last day is Thursday 5 March 2026." in text_to(submitter)
    assert "nobody is nominated" not in text_to(submitter)


@pytest.mark.guidance("R-2.2-6", "R-2.11-6")
def test_a_party_is_warned_when_its_last_authoriser_goes(submitter, authoriser, desk):
    commands.set_sign_in(authoriser.pk, is_active=False, by=desk)

    assert told("sign_in_changed") == {submitter.email, authoriser.email}
    assert "Until somebody is, no quotation can be accepted." in text_to(submitter)

    commands.set_sign_in(authoriser.pk, is_active=True, by=desk)
    assert "These nominations count again" in text_to(authoriser)

    end(authoriser, desk)
    assert "Until somebody is, no quotation can be accepted." in text_to(authoriser)


def test_what_an_authoriser_does_not_confirm_is_told_to_its_person(
    submitter, authoriser
):
    row = submitter.nominations.get()
    commands.confirm_nominations(authoriser.party_id, by=authoriser, ended=[row.pk])

    assert f"Who said so: {authoriser}" in text_to(submitter)


def test_the_desk_reads_what_would_go_before_it_ends_a_nomination(
    client, submitter, authoriser, desk
):
    client.force_login(desk)
    row = submitter.nominations.get()
    place = reverse("admin:parties_nomination_end", args=[row.pk])

    page = client.post(place, {"last_day": TODAY.isoformat(), "look": "yes"})

    words = words_of(page)
    assert submitter.email in words
    assert "Its last day is Tuesday 3 March 2026." in words
    assert not Notice.objects.exists()
    row.refresh_from_db()
    assert row.until_on is None


def test_the_desk_reads_what_would_go_before_it_nominates_and_its_letter_stays(
    client, colleague, desk
):
    client.force_login(desk)
    place = reverse("admin:parties_party_nominate", args=[colleague.party_id])
    typed = {
        "user": colleague.pk,
        "purpose": Purpose.SUBMIT,
        "from_on": TODAY.isoformat(),
        "named_by": "Jo Hart",
    }
    letter = SimpleUploadedFile("letter.pdf", journey.tiny_pdf())

    page = client.post(place, typed | {"letter": letter, "look": "yes"})

    assert colleague.email in words_of(page)
    assert not Notice.objects.exists()
    assert not Document.objects.exists()
    # Not even for a moment: a store may let nothing be deleted.
    assert not stored_files()
    client.post(place, typed | box_of(page.content.decode(), "letter"))
    assert colleague.nominations.get().letter.name == "letter.pdf"


def test_staff_whose_sign_in_is_closed_are_told_alone(operator, desk):
    commands.set_sign_in(operator.pk, is_active=False, by=desk)

    assert told("sign_in_changed") == {operator.email}
    assert Party.objects.count() == 0
