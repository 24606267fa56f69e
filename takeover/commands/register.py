"""Parties, people and premises, written as their lines say."""

from common.clock import uk_date
from parties.deadlines import confirm_from
from parties.models import DataCentre, Nomination, Party, PartyStanding, User
from parties.signals import register_changed
from records.commands import next_references
from takeover.commands.taking import Taking, keep_lines
from takeover.tables import (
    ADDRESS,
    EMAIL,
    NAME,
    NOMINATED_FOR,
    NOMINATED_FROM,
    NOMINATED_UNTIL,
    OWNER,
    PHONE,
    POSTCODE,
    STANDING,
    STANDING_FROM,
    STANDING_UNTIL,
    STREET,
    TOWN,
    ReadLine,
)


def write_parties(lines: list[ReadLine], taking: Taking) -> None:
    """Register Parties, each with its standing from its day. Source: R-2.2-1."""
    references = next_references("PTY", len(lines))
    parties = Party.objects.bulk_create(
        Party(
            reference=reference,
            name=line[NAME],
            address=line[ADDRESS] or "",
            phone=line[PHONE] or "",
        )
        for reference, line in zip(references, lines, strict=True)
    )
    pairs = list(zip(lines, parties, strict=True))
    PartyStanding.objects.bulk_create(
        PartyStanding(
            party=party,
            standing=standing,
            from_on=line[STANDING_FROM],
            until_on=line[STANDING_UNTIL],
        )
        for line, party in pairs
        for standing in line[STANDING] or ()
    )
    keep_lines(taking, pairs)
    for party in parties:
        tell_of(party, party, party.name, taking)


def write_people(lines: list[ReadLine], taking: Taking) -> None:
    """Add contacts with their nominations. Nobody is written to.

    They choose a password by the link for a forgotten one, or are invited by the desk.

    Source: R-2.2-6.
    """
    people = []
    for line in lines:
        party = taking.known.party(line)
        facts = {"name": line[NAME], "phone": line[PHONE] or "", "party": party}
        user = User(email=line[EMAIL], **facts)
        user.set_unusable_password()
        people.append(user)
    User.objects.bulk_create(people)
    pairs = list(zip(lines, people, strict=True))
    known_on = uk_date(taking.at)
    Nomination.objects.bulk_create(
        Nomination(
            user=user,
            purpose=purpose,
            from_on=line[NOMINATED_FROM],
            until_on=line[NOMINATED_UNTIL],
            confirm_from=confirm_from(line[NOMINATED_FROM], known_on),
        )
        for line, user in pairs
        for purpose in line[NOMINATED_FOR] or ()
    )
    keep_lines(taking, pairs)
    for user in people:
        tell_of(user, user.party, user.email, taking)


def tell_of(
    row: Party | User, party: Party | None, known_as: str, taking: Taking
) -> None:
    """Tell the apps above who is in the register from now on."""
    facts = {"row": row, "party": party, "known_as": known_as, "why": ""}
    at, by = taking.at, taking.by
    register_changed.send(type(row), changed=frozenset(), by=by, at=at, **facts)


def write_sites(lines: list[ReadLine], taking: Taking) -> None:
    """Add the premises of Parties. Source: R-2.3-4."""
    sites = DataCentre.objects.bulk_create(
        DataCentre(
            party=taking.known.party(line),
            name=line[NAME],
            street=line[STREET],
            town=line[TOWN],
            postcode=line[POSTCODE],
            owner=line[OWNER] or "",
        )
        for line in lines
    )
    keep_lines(taking, zip(lines, sites, strict=True))
