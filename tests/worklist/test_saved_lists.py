"""Lists of work that people keep under a name, each for themselves."""

import pytest
from django.core.exceptions import PermissionDenied

from records.models import Event
from worklist import commands
from worklist.commands.save import MOST_LISTS
from worklist.errors import ListNameTaken, ListNeedsName, ListTooLong, TooManyLists
from worklist.models import SavedList


def test_a_list_is_kept_for_one_person_and_recorded_nowhere(operator, desk):
    before = Event.objects.count()
    commands.save_list("  Forms of\tmine ", "queue=forms&owner=me", by=operator)

    kept = SavedList.objects.get()
    assert (kept.user, kept.name) == (operator, "Forms of mine")
    assert kept.asked == "queue=forms&owner=me"
    assert Event.objects.count() == before
    # A colleague may call theirs the same.
    commands.save_list("Forms of mine", "queue=forms", by=desk)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_list_has_a_name_of_up_to_sixty_characters(operator, name):
    with pytest.raises(ListNeedsName, match="up to 60 characters"):
        commands.save_list(name, "", by=operator)


def test_a_name_stands_once_a_person(operator):
    commands.save_list("Mine", "owner=me", by=operator)

    with pytest.raises(ListNameTaken, match="“Mine”"):
        commands.save_list("Mine", "", by=operator)


def test_what_a_list_asks_for_is_bounded(operator):
    with pytest.raises(ListTooLong):
        commands.save_list("Long", "q=" + "x" * 999, by=operator)


def test_nobody_keeps_more_lists_than_fit(operator):
    for number in range(MOST_LISTS):
        commands.save_list(f"List {number}", "", by=operator)

    with pytest.raises(TooManyLists, match="You keep 12 lists"):
        commands.save_list("One more", "", by=operator)


def test_a_list_is_forgotten_by_whose_it_is_alone(operator, desk):
    kept = commands.save_list("Mine", "owner=me", by=operator)

    assert commands.forget_list(kept.pk, by=desk) == ""
    assert commands.forget_list(kept.pk, by=operator) == "Mine"
    assert not SavedList.objects.exists()


def test_contacts_keep_no_lists(authoriser):
    with pytest.raises(PermissionDenied):
        commands.save_list("Mine", "", by=authoriser)
