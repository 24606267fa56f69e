"""A Party with its people, nominations and premises: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from common.files import Upload
from parties import emails
from parties.commands.nominations import kept, nominate
from parties.commands.register import add_data_centre, add_person, register_party
from parties.models import Nomination, Party, User
from records.models import Document
from records.transitions import System
from records.unit import command


@dataclass(frozen=True)
class NewPerson:
    """Somebody of a Party that is registered, and for what it names them."""

    email: str
    name: str
    phone: str = ""
    purposes: Sequence[str] = ()


@dataclass(frozen=True)
class Naming:
    """Who of a Party names its people, from when, and in which letter."""

    from_on: date
    named_by: str = ""
    letter: Upload | None = None
    why_back_dated: str = ""


@dataclass(frozen=True)
class NewParty:
    """What is registered at once. `standing` counts from `from_on`."""

    name: str
    standing: str = ""
    from_on: date | None = None
    address: str = ""
    people: Sequence[NewPerson] = ()
    naming: Naming | None = None
    centres: Sequence[Mapping[str, str]] = field(default_factory=tuple)


@command
def register_whole_party(
    new: NewParty, *, by: User | System, at: datetime | None = None
) -> Party:
    """Register a Party, its people with their nominations, and its data centres.

    One refusal undoes all of it.

    Raises:
        As `register_party`, `add_person`, `nominate` and `add_data_centre`.

    Source: R-2.2-1, R-2.2-6, R-2.3-4.
    """
    at = at or timezone.now()
    party = register_party(
        new.name,
        by=by,
        standing=new.standing,
        from_on=new.from_on,
        address=new.address,
        at=at,
    )
    add_people(party, new.people, new.naming, by=by, at=at)
    for facts in new.centres:
        add_data_centre(party.pk, by=by, at=at, **facts)
    return party


def add_people(
    party: Party,
    people: Sequence[NewPerson],
    naming: Naming | None,
    *,
    by: User | System,
    at: datetime,
) -> None:
    letter = kept(naming.letter, party.thread, by=by, at=at) if naming else None
    rows = []
    for each in people:
        person = add_person(
            each.email,
            name=each.name,
            phone=each.phone,
            party_id=party.pk,
            by=by,
            at=at,
        )
        if naming is None:
            continue
        rows += [
            named_in(naming, person, purpose, letter, by=by, at=at)
            for purpose in each.purposes
        ]
    if rows:
        emails.nominations_recorded(rows, at)


def named_in(
    naming: Naming,
    person: User,
    purpose: str,
    letter: Document | None,
    *,
    by: User | System,
    at: datetime,
) -> Nomination:
    return nominate(
        person.pk,
        purpose=purpose,
        from_on=naming.from_on,
        by=by,
        at=at,
        named_by=naming.named_by,
        letter=letter,
        why_back_dated=naming.why_back_dated,
        tells=False,
    )
