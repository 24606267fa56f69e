"""What became of a visit on its day: the engineer came, and could work or not."""

from datetime import datetime, time

from django.utils import timezone

from common.clock import UK, uk_date, uk_time
from common.files import Upload
from common.wording import day_words
from orders.errors import ReasonMissing
from parties.models import User
from records.commands import store_document
from records.models import Document
from records.transitions import perform
from records.unit import command
from sites import emails
from sites.commands.change import locked_visit
from sites.commands.claim import open_claim
from sites.commands.cost import next_visit_cost
from sites.errors import ArrivalMissing, ArrivedTooEarly
from sites.models import SiteVisit
from sites.pricing import SUPPLIERS_OWN, Bearing, NotMade, who_bears
from sites.states import Happened


def require_arrived(arrived_at: datetime, at: datetime) -> None:
    if arrived_at > at:
        raise ArrivedTooEarly(moment=uk_time(arrived_at))


@command
def record_arrival(
    visit_id: int,
    *,
    by: User,
    arrived_at: datetime | None = None,
    at: datetime | None = None,
) -> SiteVisit:
    """Record that the engineer is there.

    Args:
        arrived_at: aware; now, if nobody says otherwise.

    Raises:
        ArrivedTooEarly: it is still to come.
        VisitNotYet, NotPossibleInState, PermissionDenied.

    Source: R-2.9.1-11.
    """
    at = at or timezone.now()
    arrived_at = arrived_at or at
    require_arrived(arrived_at, at)
    visit = locked_visit(visit_id)
    why = f"At {uk_time(arrived_at)}"
    if uk_date(arrived_at) != visit.on:
        why = f"{why}, not on {day_words(visit.on)} as booked"
    perform(visit.arrive, by=by, at=at, why=why, arrived_at=arrived_at)
    return visit


@command
def fail_visit(
    visit_id: int,
    *,
    by: User,
    happened: str,
    arrived_at: datetime | None = None,
    called: str = "",
    note: str = "",
    photo: Upload | None = None,
    at: datetime | None = None,
) -> SiteVisit:
    """Record what kept a visit from being made; the rule says who bears it.

    Where that is the Party, the visit failed, and a claim opens that Operations has to
    confirm. Otherwise DCC's side missed it, and nothing is ever charged for that.

    Args:
        happened: one of `Happened`.
        arrived_at: aware; when the engineer came, if that was not recorded before.
        called: whom the engineer called, and what that brought.
        note: what else the Party reads of it.

    Raises:
        ArrivalMissing: somebody was turned away, and nobody says when they came.
        ArrivedTooEarly, ReasonMissing, VisitNotYet, NotPossibleInState,
        PermissionDenied.

    Source: R-2.9.1-10, R-2.9.1-11, R-3.5-7, R-3.6-3, R-2.9.2-4, T10.
    """
    at = at or timezone.now()
    if happened not in Happened.values:
        raise ReasonMissing
    visit = locked_visit(visit_id)
    visit.happened, visit.called = happened, called
    visit.arrived_at = arrived_at or visit.arrived_at
    require_arrival(visit, at)
    bearing = bearing_of(visit, at)
    if photo is not None:
        visit.photo = kept_photo(photo, visit, by=by, at=at)
    end_unmade(visit, bearing, note, by=by, at=at)
    cost = next_visit_cost(visit.order, uk_date(at))
    emails.visit_failed(visit, bearing, cost, at)
    return visit


def end_unmade(
    visit: SiteVisit, bearing: Bearing, note: str, *, by: User, at: datetime
) -> None:
    """Let it fail, with a claim that Operations has to confirm, or be missed."""
    label = Happened(visit.happened).label
    because = ". ".join(filter(None, [label, note.strip()]))
    how = visit.fail if bearing.is_charged else visit.miss
    days = visit.on, None
    why = f"{because}\n{bearing.reasoning}"
    perform(how, by=by, at=at, why=why, days=days, because=because)
    if bearing.is_charged:
        open_claim(visit, bearing, at=at)


def require_arrival(visit: SiteVisit, at: datetime) -> None:
    """Refuse a turning away of which nobody says when it was."""
    if visit.arrived_at is None:
        if visit.happened not in SUPPLIERS_OWN:
            raise ArrivalMissing
        return
    require_arrived(visit.arrived_at, at)


def bearing_of(visit: SiteVisit, at: datetime) -> Bearing:
    """Return who bears a visit of which it is known what happened."""
    came = visit.arrived_at and visit.arrived_at.astimezone(UK)
    return who_bears(
        NotMade(
            on=visit.on,
            last_free_day=visit.last_free_day,
            told_on=uk_date(at),
            window=visit.window,
            happened=Happened(visit.happened),
            arrived_on=came.date() if came else None,
            arrived_at=to_the_minute(came.time()) if came else None,
        )
    )


def to_the_minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0)


def kept_photo(photo: Upload, visit: SiteVisit, *, by: User, at: datetime) -> Document:
    return store_document(
        photo.content,
        kind=Document.Kind.PHOTO,
        name=photo.name,
        content_type=photo.content_type,
        virus_check=photo.virus_check,
        thread=visit.thread,
        by=by,
        at=at,
    )
