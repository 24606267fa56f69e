"""One function an e-mail about work on site. The Party's submitters get them."""

from datetime import datetime

from common.clock import uk_date
from orders.emails import tell_submitters
from records.kinds import untrue_when
from records.models import Notice
from sites.calendar import by_key, visit_entry
from sites.models import SiteVisit, SurveyResult
from sites.states import VisitState


def tell_of(visit: SiteVisit, kind: str, at: datetime, **facts: object) -> None:
    facts |= {"is_free_to_move": visit.is_free_to_move_on(uk_date(at)), "visit": visit}
    key = f"{kind.replace('_', '-')}:{visit.pk}"
    tell_submitters(kind, visit.order, at=at, key=key, **facts)


def tell_calendars(visit: SiteVisit, kind: str, at: datetime, **facts: object) -> None:
    """Send with the e-mail what puts the visit into calendars, or takes it out."""
    entry = visit_entry(visit, by_key(visit.order.visits.all()))
    tell_of(visit, kind, at, in_calendar=entry, **facts)


def visit_booked(visit: SiteVisit, at: datetime) -> None:
    """Say who comes when, and what must be ready. Source: R-3.6-2, R-3.5-7."""
    tell_calendars(visit, "visit_booked", at, access=visit.order.access)


def visit_rearranged(visit: SiteVisit, at: datetime) -> None:
    """Say which day replaces which, and whether it costs. Source: R-3.5-7."""
    facts = {"access": visit.order.access, "before": visit.replaces}
    tell_calendars(visit, "visit_rearranged", at, **facts)


@untrue_when("visit_booked", "visit_rearranged")
def visit_not_booked_any_more(notice: Notice, at: datetime) -> str:
    """Say that a visit was moved or is over; what came of it has an e-mail too."""
    visit = SiteVisit.objects.get(pk=int(notice.key.split(":")[1]))
    if visit.state == VisitState.BOOKED:
        return ""
    return f"Visit {visit} is {visit.get_state_display().lower()}."


def visit_failed(visit: SiteVisit, at: datetime) -> None:
    """Say why a visit failed and that the next is charged. Source: R-2.9.1-10."""
    tell_calendars(visit, "visit_failed", at)


def visit_called_off(visit: SiteVisit, at: datetime, *, why: str) -> None:
    """Say that nobody comes any more, since the order ended. Source: R-3.6-2."""
    tell_calendars(visit, "visit_called_off", at, why=why)


def survey_recorded(result: SurveyResult, at: datetime) -> None:
    """Give the findings, with the expected bandwidth. Source: R-3.6-1, R-2.6-7."""
    tell_of(result.visit, "survey_recorded", at, result=result)
