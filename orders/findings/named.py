"""Which colleagues a note of the desk names: "@Grace Okafor", or "@Grace" if one is."""

import re
from collections.abc import Sequence

from parties.models import User

AT = re.compile(r"(?<![\w.])@(?=\w)")


def named_in(words: str, colleagues: Sequence[User]) -> list[User]:
    """Return who is named after an "@", each once, in the order of the note. Pure.

    A whole name goes before a first name, which counts where only one bears it.
    """
    found = (called(words[at.end() :], colleagues) for at in AT.finditer(words))
    return list(dict.fromkeys(person for person in found if person is not None))


def called(rest: str, colleagues: Sequence[User]) -> User | None:
    whole = [row for row in colleagues if begins_with(rest, str(row))]
    if whole:
        return max(whole, key=lambda row: len(str(row)))
    first = [row for row in colleagues if begins_with(rest, str(row).split(" ")[0])]
    return first[0] if len(first) == 1 else None


def begins_with(rest: str, name: str) -> bool:
    """Say whether a text begins with a name, and the name does not go on."""
    after = rest[len(name) : len(name) + 1]
    goes_on = after.isalnum() or after == "-"
    return rest.casefold().startswith(name.casefold()) and not goes_on
