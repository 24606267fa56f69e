"""What the guard of a data centre may rely on: whether a visit lets people in today."""

from dataclasses import dataclass
from datetime import date

from sites.models.passport import SitePassport
from sites.models.visit import SiteVisit
from sites.states import GatePassStanding, VisitState


@dataclass(frozen=True)
class GatePass:
    """One visit as its code at the gate shows it, on a UK day. Pure.

    Args:
        visit: the one whose code was scanned.
        newest: the one that stands in its place now; itself where none does.
        day: UK date of the scan.
    """

    visit: SiteVisit
    newest: SiteVisit
    day: date

    @property
    def standing(self) -> GatePassStanding:
        """Say what the guard is told. In doubt nobody is let in."""
        if self.visit.state == VisitState.COMPLETED:
            return GatePassStanding.OVER
        if not self.newest.is_to_come:
            return GatePassStanding.OFF
        if self.newest.on == self.day:
            return GatePassStanding.VALID
        if self.newest.on < self.day:
            return GatePassStanding.OVER
        is_same = self.newest.pk == self.visit.pk
        return GatePassStanding.EARLY if is_same else GatePassStanding.MOVED

    @property
    def is_valid(self) -> bool:
        return self.standing == GatePassStanding.VALID

    @property
    def passport(self) -> SitePassport | None:
        """What is known of the site now."""
        return SitePassport.objects.newest_of(self.newest.order.data_centre_id)


def gate_pass(token: str, day: date) -> GatePass | None:
    """Return the pass that a signed address names; nothing where nobody signed it."""
    visit = SiteVisit.objects.opened_by(token).first()
    return visit and followed(visit, day)


def followed(visit: SiteVisit, day: date) -> GatePass:
    """Follow a visit, in one query, to the one that stands in its place."""
    same = SiteVisit.objects.filter(order=visit.order_id, purpose=visit.purpose)
    around = same.select_related("order__data_centre")
    in_place_of = {row.replaces_id: row for row in around}
    newest = visit
    while newest.pk in in_place_of:
        newest = in_place_of[newest.pk]
    return GatePass(visit, newest, day)
