"""Who of a Gateway Party may do what it owes, and what of it one person may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.prepared import prepared
from parties.models import Nomination, User
from parties.querysets import NominationQuerySet
from parties.states import Purpose
from worklist.kinds import WorkKind

MAY = {Purpose.SUBMIT: "submit requests", Purpose.AUTHORISE: "authorise orders"}


@dataclass(frozen=True)
class People:
    """The people of a Party nominated on a day, as one person reads of them.

    Args:
        reader: whoever reads; may be of DCC.
        nominations: those in force, by the names of their people.
    """

    reader: User
    nominations: list[Nomination]

    @property
    def held(self) -> set[str]:
        """For what the reader is nominated."""
        rows = self.nominations
        return {str(row.purpose) for row in rows if row.user_id == self.reader.pk}

    def may(self, kind: WorkKind) -> list[User]:
        """Return who may do things of a kind, each once. Source: R-2.2-5, R-2.11-4."""
        found = [row.user for row in self.nominations if row.purpose in kind.purposes]
        return list(dict.fromkeys(found))

    def is_for_reader(self, kind: WorkKind) -> bool:
        return self.reader in self.may(kind)

    def others(self, kind: WorkKind) -> list[User]:
        """Return the colleagues who may do it too."""
        return [person for person in self.may(kind) if person != self.reader]

    def nominated(self, purpose: str) -> list[User]:
        """Return who is nominated for one purpose."""
        return [row.user for row in self.nominations if row.purpose == purpose]

    def why_not(self, kind: WorkKind) -> str:
        """Say who may do what the reader may not; nothing where the reader may."""
        who = self.may(kind)
        if self.reader in who:
            return ""
        if not who:
            return (
                f"Nobody is nominated to {may_words(kind)} today. An officer of your "
                "organisation writes to the Service Desk to nominate somebody."
            )
        return f"You are not nominated to {may_words(kind)}. Ask {names(who, 'or')}."


def people_of(party_id: int | None, reader: User, today: date) -> People:
    """Return who of a Party is nominated on `today`, UK. One query."""
    return People(reader, nominations_in_force(party_id or 0, today))


@prepared
def nominations_in_force(party: int, day: date) -> NominationQuerySet:
    return Nomination.objects.of_party(party, *Purpose.values).in_force(day)


def may_words(kind: WorkKind) -> str:
    """Return "authorise orders"."""
    return " or ".join(MAY[purpose] for purpose in kind.purposes)


def names(people: Iterable[object], last: str = "and") -> str:
    """Return "Ada Law, Owen Pryce and Priya Nair"."""
    each = [str(person) for person in people]
    if len(each) < 2:  # noqa: PLR2004  nothing to join
        return "".join(each)
    return f"{', '.join(each[:-1])} {last} {each[-1]}"
