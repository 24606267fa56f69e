"""A draft is written by DCC Operations; what was published never changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guidance import commands
from guidance.errors import (
    DraftExists,
    NumberNotLater,
    SectionExists,
    SectionIsLinked,
    SectionUnknown,
    VersionClosed,
    WrittenMeanwhile,
)
from guidance.models import GuidanceVersion, place_of
from records.models import Event


@pytest.mark.guidance("R-0-2")
def test_a_new_version_begins_with_all_that_the_last_one_says(draft, in_force):
    for texts in ("pages", "questions"):
        old, new = getattr(in_force, texts).all(), getattr(draft, texts).all()
        assert [str(row) for row in old] == [str(row) for row in new]
        assert not {row.pk for row in old} & {row.pk for row in new}


def test_two_drafts_at_once_are_refused(draft, operator):
    with pytest.raises(DraftExists, match=r"Version 1\.1 is already being written"):
        commands.start_version("1.2", by=operator)


def test_the_database_holds_one_draft_only(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidanceVersion.objects.create(number="1.2")


@pytest.mark.parametrize("number", ["1.0", "0.9", "0.1"])
def test_a_version_has_a_higher_number_than_all_before_it(in_force, operator, number):
    with pytest.raises(NumberNotLater, match=r"already has a version 1\.0"):
        commands.start_version(number, by=operator)


def test_the_tenth_comes_after_the_ninth():
    assert place_of("2.10") > place_of("2.9.3") > place_of("2.9") > place_of("2")


@pytest.mark.guidance("R-0-6")
def test_a_section_is_written_and_the_history_says_by_whom(section, operator):
    commands.write_page(section.pk, by=operator, title="Term", body="Soon.")

    section.refresh_from_db()
    assert (section.title, section.body) == ("Term", "Soon.")
    event = Event.objects.get(thread="GUIDANCE-1.1", name="write_page")
    assert (event.by, event.what) == (operator, "Section 2.5 written")


def test_words_written_over_somebody_elses_are_refused(section, operator):
    seen = section.body
    commands.write_page(section.pk, by=operator, title="T", body="Hers.", seen=seen)

    with pytest.raises(WrittenMeanwhile):
        commands.write_page(section.pk, by=operator, title="T", body="His.", seen=seen)


@pytest.mark.guidance("R-0-3")
@pytest.mark.parametrize("who", ["desk", "billing_clerk", "installer", "authoriser"])
def test_only_operations_writes(request, section, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        commands.write_page(section.pk, by=person, title="T", body="B")
    with pytest.raises(PermissionDenied):
        commands.set_aside_version(section.version_id, by=person)


CLOSED = {
    "a section": lambda of, by: commands.write_page(
        of.pages.first().pk, by=by, title="T", body="B"
    ),
    "no section": lambda of, by: commands.remove_page(of.pages.first().pk, by=by),
    "a new section": lambda of, by: commands.add_page(
        of.pk, by=by, section="9", title="T", body="B"
    ),
    "a question": lambda of, by: commands.write_question(
        of.questions.first().pk, by=by, question="Q", answer="A"
    ),
    "a new question": lambda of, by: commands.add_question(
        of.pk, by=by, question="Q", answer="A"
    ),
    "no question": lambda of, by: commands.remove_question(
        of.questions.first().pk, by=by
    ),
    "no version": lambda of, by: commands.set_aside_version(of.pk, by=by),
}


@pytest.mark.guidance("R-0-2")
@pytest.mark.parametrize("what", CLOSED)
def test_what_is_published_can_only_be_read(in_force, operator, what):
    with pytest.raises(VersionClosed, match=r"Version 1\.0 is published"):
        CLOSED[what](in_force, operator)


@pytest.mark.guidance("R-0-6")
def test_a_section_is_added_in_its_place_and_taken_out_again(draft, operator):
    page = commands.add_page(draft.pk, by=operator, section="2.15", title="T", body="B")

    numbers = list(draft.pages.values_list("section", flat=True))
    assert numbers[numbers.index("2.14") + 1] == "2.15"
    commands.remove_page(page.pk, by=operator)
    assert not draft.pages.filter(section="2.15").exists()


def test_a_section_number_stands_once(draft, operator):
    with pytest.raises(SectionExists, match=r"already has a section 2\.5"):
        commands.add_page(draft.pk, by=operator, section="2.5", title="T", body="B")


def test_a_section_that_pages_lead_to_stays(section, operator):
    with pytest.raises(SectionIsLinked, match=r"Section 2\.5 is in the guidance"):
        commands.remove_page(section.pk, by=operator)


@pytest.mark.guidance("R-1-4")
def test_questions_are_added_written_and_taken_out(draft, operator):
    asked = {"question": "How soon?", "answer": "Soon.", "sections": "2.5, 3.3"}
    before = draft.questions.count()
    row = commands.add_question(draft.pk, by=operator, **asked)
    assert (row.position, row.numbers) == (before + 1, ["2.5", "3.3"])

    changed = commands.write_question(row.pk, by=operator, question="Q", answer="A")
    assert str(changed) == "Q"

    commands.remove_question(row.pk, by=operator)
    assert draft.questions.count() == before


def test_a_question_rests_on_sections_that_are_there(draft, operator):
    with pytest.raises(SectionUnknown, match=r"no section 9\.9"):
        commands.add_question(
            draft.pk, by=operator, question="Q", answer="A", sections="9.9"
        )


@pytest.mark.guidance("R-0-2")
def test_a_draft_that_is_set_aside_stays_in_the_history(draft, operator, in_force):
    commands.set_aside_version(draft.pk, by=operator)

    draft = GuidanceVersion.objects.get(number="1.1")
    assert draft.state == "not_issued"
    assert commands.version_in_force() == "1.0"
    assert commands.start_version("1.2", by=operator).pages.count() == 52
