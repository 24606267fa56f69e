"""The visits of one supplier's people: today's, the next ones, and those to record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from common.wording import number_words
from parties.models import User
from sites.models import SiteAccess, SitePassport, SiteVisit, changed_at_site
from sites.states import VisitPurpose, VisitState

DAYS_AHEAD = timedelta(days=13)
# What somebody reads on the way, in the order in which they meet it.
ON_THE_WAY = ("parking", "identity", "induction", "escort", "rack", "power", "rules")
# Where the work of each purpose is recorded once it is done.
RECORDED_AT = {
    VisitPurpose.SURVEY: "survey",
    VisitPurpose.CIRCUIT: "stage",
    VisitPurpose.EQUIPMENT: "stage",
}


@dataclass(frozen=True)
class SiteCall:
    """One visit as whoever goes there needs it."""

    visit: SiteVisit
    passport: SitePassport | None

    @property
    def is_there(self) -> bool:
        """Whether the engineer has arrived."""
        return bool(self.visit.state == VisitState.IN_PROGRESS)

    @property
    def is_agreed(self) -> bool:
        """Whether the site lets them in."""
        return SiteAccess.is_agreed_for(SiteAccess.of(self.visit.order))

    @property
    def changed(self) -> list[tuple[str, str, str]]:
        """What the site says otherwise since the visit was booked: fact, was, now."""
        return changed_at_site(self.visit.passport, self.passport)

    @property
    def way_in(self) -> list[str]:
        """What to know on the way in, step by step."""
        passport = self.passport
        if passport is None:
            return []
        return [words for name in ON_THE_WAY if (words := getattr(passport, name))]

    @property
    def arrived_url(self) -> str:
        return self.page("arrive")

    @property
    def done_url(self) -> str:
        return self.page(RECORDED_AT[VisitPurpose(self.visit.purpose)])

    @property
    def failed_url(self) -> str:
        return self.page("fail-visit")

    def page(self, slug: str) -> str:
        name = f"admin:orders_connectionrequest_{slug}"
        return reverse(name, args=[self.visit.order_id])


@dataclass(frozen=True)
class Rounds:
    """The visits of the next two weeks, parted by their day."""

    today: list[SiteCall]
    later: list[SiteCall]
    # Their day has passed, and nobody has said what became of them.
    to_record: list[SiteCall]


def rounds_of(user: User, today: date) -> Rounds:
    """Return the visits that `user` sees, on a UK day. Two queries for any number."""
    visits = SiteVisit.objects.visible_to(user).to_come()
    around = ("order__data_centre", "order__access", "passport")
    rows = visits.filter(on__lte=today + DAYS_AHEAD).select_related(*around)
    calls = list(with_passports(rows.order_by("on", "from_time", "pk")))
    return Rounds(
        today=[call for call in calls if call.visit.on == today],
        later=[call for call in calls if call.visit.on > today],
        to_record=[call for call in calls if call.visit.on < today],
    )


def with_passports(visits: Iterable[SiteVisit]) -> Iterable[SiteCall]:
    """Give each visit what is known of its site now."""
    found = list(visits)
    sites = {visit.order.data_centre_id for visit in found}
    rows = SitePassport.objects.filter(data_centre__in=sites).order_by("number")
    newest = {row.data_centre_id: row for row in rows}
    for visit in found:
        yield SiteCall(visit, newest.get(visit.order.data_centre_id or 0))


def visits_words(count: int) -> str:
    """Return "Two visits today"."""
    words = number_words(count) if count else "no"
    return f"{words.capitalize()} visit{'' if count == 1 else 's'} today"
