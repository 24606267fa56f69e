"""Whom somebody may have meant who keyed in the sender of a form (section 2.2)."""

from datetime import date

from common.lines import same_address
from parties.models import User
from parties.states import Purpose

# So many letters may be wrong, missing, too many or changed over.
MOST_SLIPS = 2


def slips_between(one: str, other: str) -> int:
    """Return how many slips of a hand turn one text into another.

    A letter too many, missing or wrong is one, and so are two that changed places.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, same in enumerate(other, start=1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != same))
            is_inside = i > 1 and j > 1
            is_swapped = is_inside and letter + one[i - 2] == other[j - 2] + same
            row.append(min(least, last[j - 2] + 1) if is_swapped else least)
    return row[-1]


def near_senders(party_id: int, email: str, day: date) -> list[User]:
    """Return whom a Party had nominated on a UK day at nearly this address.

    None where the address is one of theirs: it is right then. That a near address is
    asked about before anybody is told is our own rule.

    Source: R-2.2-5, R-2.2-7.
    """
    typed = same_address(email)
    people = list(User.objects.nominated(party_id, Purpose.SUBMIT, day))
    if any(person.email == typed for person in people):
        return []
    return [one for one in people if slips_between(one.email, typed) <= MOST_SLIPS]


def parties_of_sender(party_id: int, email: str, day: date) -> list[str]:
    """Return the names of the other Parties that had nominated this address."""
    rows = User.objects.filter(email=same_address(email)).exclude(party=party_id)
    return [
        str(person.party)
        for person in rows.select_related("party")
        if person.party and is_nominated_on(person, day)
    ]


def is_nominated_on(person: User, day: date) -> bool:
    rows = person.nominations.in_force(day)
    return bool(rows.filter(purpose=Purpose.SUBMIT).exists())
