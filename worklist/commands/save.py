"""Lists of work that people keep for themselves. Nothing of it is evidence."""

from django.core.exceptions import PermissionDenied

from common.lines import one_line
from parties.models import User
from records.unit import command
from worklist.errors import ListNameTaken, ListNeedsName, ListTooLong, TooManyLists
from worklist.models import LONGEST_ASKED, LONGEST_NAME, SavedList

MOST_LISTS = 12


@command
def save_list(name: str, asked: str, *, by: User) -> SavedList:
    """Keep what a list of work asks for under a name, for `by` alone.

    Args:
        name: of up to 60 characters; each name stands once.
        asked: what the address of the list asks for.

    Raises:
        ListNeedsName, ListNameTaken, ListTooLong, TooManyLists: as they say.
        PermissionDenied: `by` has no part at the desk.
    """
    if not by.is_staff:
        raise PermissionDenied
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise ListNeedsName(longest=LONGEST_NAME)
    if len(asked) > LONGEST_ASKED:
        raise ListTooLong
    # Two that are kept at once by one person are told apart by the same lock.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    kept = list(SavedList.objects.filter(user=by))
    if any(one.name == name for one in kept):
        raise ListNameTaken(name=name)
    if len(kept) >= MOST_LISTS:
        raise TooManyLists(most=MOST_LISTS)
    return SavedList.objects.create(user=by, name=name, asked=asked)


@command
def forget_list(list_id: int, *, by: User) -> str:
    """Keep a list no longer; return its name, which is empty if `by` has none such."""
    found = SavedList.objects.filter(user=by, pk=list_id).first()
    if found is None:
        return ""
    found.delete()
    return found.name
