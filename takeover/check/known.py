"""What lines of a file refer to, read at once however many there are."""

from collections.abc import Iterable
from typing import Any

from common.lines import look
from parties.models import DataCentre, Nomination, Party, User
from parties.states import Purpose
from takeover.models import TakenLine
from takeover.states import FileKind
from takeover.tables import AUTHORISED_BY, BY, PARTY, SITE, ReadLine


class KnownRows:
    """The Parties, places and people that lines may name. Names are read by look."""

    def __init__(self, lines: Iterable[ReadLine]) -> None:
        lines = list(lines)
        self.parties = parties_named(said(lines, PARTY))
        found = {party.pk for party in self.parties.values()}
        self.sites = sites_of(found) if said(lines, SITE) else {}
        emails = said(lines, BY) | said(lines, AUTHORISED_BY)
        people = User.objects.filter(email__in=emails) if emails else ()
        self.people = {user.email: user for user in people}
        self.nominations = nominations_of(self.people.values())

    def party(self, line: ReadLine) -> Party | None:
        return self.parties.get(look(line[PARTY]))

    def site(self, line: ReadLine) -> DataCentre | None:
        """Return the data centre that a line names, if its Party has one of it."""
        party = self.party(line)
        return self.sites.get((party.pk, look(line[SITE]))) if party else None

    def person(self, line: ReadLine, head: str) -> User | None:
        """Return whom a column names, if it is one of the Party's people."""
        party, found = self.party(line), self.people.get(line[head] or "")
        is_theirs = party and found and found.party_id == party.pk
        return found if is_theirs else None


def said(lines: Iterable[ReadLine], head: str) -> set[str]:
    """Return all that a column says in some lines; nothing if they have no such."""
    return {line.facts[head] for line in lines if line.facts.get(head)}


def taken(kind: str) -> dict[int, str]:
    """Return by key how what was taken over was known before, as it looks."""
    rows = TakenLine.objects.filter(kind=kind)
    return dict(rows.values_list("subject_pk", "reference_look"))


def parties_named(names: set[str]) -> dict[str, Party]:
    """Return Parties by the reference of their file, and by that of the portal."""
    if not names:
        return {}
    before, found = taken(FileKind.PARTIES), {}
    for party in Party.objects.prefetch_related("standings"):
        party.standings_read = list(party.standings.all())
        found[look(party.reference)] = party
        if party.pk in before:
            found[before[party.pk]] = party
    return found


def sites_of(parties: set[int]) -> dict[tuple[int, str], DataCentre]:
    """Return data centres by Party and by reference or name."""
    before, found = taken(FileKind.SITES), {}
    for site in DataCentre.objects.filter(party__in=parties):
        found[site.party_id, site.name_look] = site
        if site.pk in before:
            found[site.party_id, before[site.pk]] = site
    return found


def nominations_of(people: Iterable[User]) -> dict[int, list[Any]]:
    rows = Nomination.objects.filter(user__in=list(people), purpose=Purpose.AUTHORISE)
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found
