"""What the register says wrongly of a Party, a person or premises, put right.

Whatever was sent, signed or billed keeps what it said: its papers are stored, not made
again. The history keeps before and after, who changed it and why.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_email
from django.utils import timezone

from common.lines import look, one_line, same_address
from common.postcodes import read_postcode
from parties import emails, policies
from parties.errors import (
    CorrectsOwnAddress,
    EmailTaken,
    NameTakenByAnother,
    NothingPutRight,
    PartyRegistered,
    PostcodeMalformed,
    RegisterChangeUnexplained,
)
from parties.models import DataCentre, Party, User
from parties.signals import register_changed
from records.transitions import record_event
from records.unit import command

OF_A_PARTY = {
    "name": "Name",
    "sec_identifier": "SEC Party or RDP identifier",
    "address": "Address",
    "phone": "Phone",
}
OF_A_PERSON = {"name": "Name", "email": "E-mail address", "phone": "Phone"}
OF_A_CENTRE = {
    "name": "Name",
    "street": "Street",
    "town": "Town",
    "postcode": "Postcode",
    "owner": "Owner",
}
NOTHING = "nothing"


@command
def correct_party(
    party_id: int,
    *,
    by: User,
    why: str,
    facts: Mapping[str, str],
    at: datetime | None = None,
) -> Party:
    """Put right a Party's name, SEC or RDP identifier, address or phone.

    Its PTY number is the portal's own and stays, and so does each quotation, authority
    and invoice under the old name. Its nominated contacts are told.

    Args:
        facts: what is right, by the names of `OF_A_PARTY`; the rest stays.

    Raises:
        PartyRegistered: another Party's name looks the same.
        NothingPutRight, RegisterChangeUnexplained, PermissionDenied.

    Source: R-1.3-1, R-1.3-4.
    """
    require_reason(by, why)
    at = at or timezone.now()
    party: Party = Party.objects.locked().get(pk=party_id)
    changes = differences(party, facts, OF_A_PARTY)
    others = Party.objects.exclude(pk=party_id)
    if "name" in facts and others.filter(name_look=look(party.name)).exists():
        raise PartyRegistered(name=party.name)
    party.save()
    what = f"Put right in the register: {named(changes)}"
    told = in_words(changes, why)
    record_event(party, "correct_party", by=by, at=at, what=what, why=told)
    tell_apps(party, party, changes, why, by=by, at=at)
    emails.register_corrected(party, str(party), sentences(changes), why, at)
    return party


@command
def correct_person(
    user_id: int,
    *,
    by: User,
    why: str,
    facts: Mapping[str, str],
    at: datetime | None = None,
) -> User:
    """Put right a person's name, e-mail address or phone.

    A new address has to be verified anew: the person is signed out, the password no
    longer counts, and the next is chosen by a link that only the new mailbox has. Both
    addresses are told. What they sent and signed stays theirs.

    Args:
        facts: what is right, by the names of `OF_A_PERSON`; the rest stays.

    Raises:
        EmailTaken: somebody else signs in with the new address.
        CorrectsOwnAddress: nobody at the desk changes how they sign in themselves.
        NothingPutRight, RegisterChangeUnexplained, PermissionDenied.
        ValidationError: the address is none.

    Source: R-1.3-1, R-2.2-5.
    """
    require_reason(by, why)
    at = at or timezone.now()
    person: User = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    before = person.email
    changes = differences(person, whole_address(facts), OF_A_PERSON)
    if person.email != before:
        forget_address(person, by)
    person.save()
    what = f"Put right for {person}: {named(changes)}"
    told = in_words(changes, why)
    record_event(person, "correct_person", by=by, at=at, what=what, why=told)
    emails.person_corrected(person, before, sentences(changes), why, at)
    if person.party is not None:
        tell_apps(person, person.party, changes, why, by=by, at=at)
    return person


def whole_address(facts: Mapping[str, str]) -> Mapping[str, str]:
    if "email" not in facts:
        return facts
    email = same_address(facts["email"])
    validate_email(email)
    return {**facts, "email": email}


def forget_address(person: User, by: User) -> None:
    """Let nobody sign in as `person` who cannot read mail at the new address."""
    if person.pk == by.pk:
        raise CorrectsOwnAddress
    others = User.objects.exclude(pk=person.pk)
    if others.filter(email=person.email).exists():
        raise EmailTaken(email=person.email)
    # It ends each session as well, since those hang on the password.
    person.set_unusable_password()
    EmailAddress.objects.filter(user=person).delete()
    person.invitations.unused().update(ended_at=timezone.now())


@command
def correct_data_centre(
    centre_id: int,
    *,
    by: User,
    why: str,
    facts: Mapping[str, str],
    at: datetime | None = None,
) -> DataCentre:
    """Put right the name or address of a Party's premises.

    Another postcode is another place: what hangs from it answers, and may refuse.

    Args:
        facts: what is right, by the names of `OF_A_CENTRE`; the rest stays.

    Raises:
        PostcodeMalformed: it is no full UK postcode.
        NameTakenByAnother: the Party calls another data centre that.
        NothingPutRight, RegisterChangeUnexplained, PermissionDenied.
        As the answers to `register_changed`.

    Source: R-2.3-4, R-1.3-4.
    """
    require_reason(by, why)
    at = at or timezone.now()
    party = Party.objects.locked().get(data_centres=centre_id)
    centre: DataCentre = DataCentre.objects.select_related("party").get(pk=centre_id)
    changes = differences(centre, whole_postcode(facts), OF_A_CENTRE)
    others = party.data_centres.exclude(pk=centre_id)
    if others.filter(name_look=look(centre.name)).exists():
        raise NameTakenByAnother(name=centre.name, party=party)
    centre.save()
    what = f"Data centre put right: {centre.address}"
    told = in_words(changes, why)
    record_event(centre, "correct_data_centre", by=by, at=at, what=what, why=told)
    tell_apps(centre, party, changes, why, by=by, at=at)
    emails.register_corrected(party, str(centre), sentences(changes), why, at)
    return centre


def tell_apps(
    row: Party | User | DataCentre,
    party: Party,
    changes: "Sequence[Change]",
    why: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """Let the apps above answer to what was put right, or refuse it."""
    known = {"name": "", "email": ""}
    known |= {name: now for name, _, now in changes}
    register_changed.send(
        type(row),
        row=row,
        party=party,
        known_as=known["email"] or (known["name"] if row == party else ""),
        changed=frozenset(name for name, _, _ in changes),
        by=by,
        at=at,
        why=why.strip(),
    )


def whole_postcode(facts: Mapping[str, str]) -> Mapping[str, str]:
    """Return facts of a data centre with its postcode as it is kept, if they name one.

    Raises:
        PostcodeMalformed: it is no full UK postcode.
    """
    if "postcode" not in facts:
        return facts
    try:
        return {**facts, "postcode": read_postcode(facts["postcode"])}
    except ValueError:
        raise PostcodeMalformed(postcode=facts["postcode"]) from None


def require_reason(by: User, why: str) -> None:
    if not policies.may_edit_contacts(by):
        raise PermissionDenied
    if not why.strip():
        raise RegisterChangeUnexplained


# Of one column: its name, what stood there and what stands there now.
Change = tuple[str, str, str]


def differences(
    row: Party | User | DataCentre, facts: Mapping[str, str], names: Mapping[str, str]
) -> list[Change]:
    """Write what is right onto a row that is not saved yet; return what differs.

    Raises:
        NothingPutRight: it is all there already.
    """
    found = []
    for name in names:
        was = str(getattr(row, name))
        now = facts.get(name, was)
        now = now.strip() if "\n" in now else one_line(now)
        if now != was:
            setattr(row, name, now)
            found.append((name, was, now))
    if not found:
        raise NothingPutRight
    return found


LABELS = {**OF_A_CENTRE, **OF_A_PERSON, **OF_A_PARTY}


def named(changes: Sequence[Change]) -> str:
    """Return which facts changed: "name, phone"."""
    return ", ".join(LABELS[name] for name, _, _ in changes)


def sentences(changes: Sequence[Change]) -> list[str]:
    """Return before and after of each fact, as people read them."""
    return [
        f"{LABELS[name]}: {quoted(now)} instead of {quoted(was)}"
        for name, was, now in changes
    ]


def quoted(value: str) -> str:
    return f"“{' '.join(value.split())}”" if value else NOTHING


def in_words(changes: Sequence[Change], why: str) -> str:
    return "\n".join([*sentences(changes), why.strip()])
