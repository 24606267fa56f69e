"""What pages show of an order's site and its visits. Pure: rows in, words out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from common.parts import Action, PaperLink
from common.wording import day_words, long_day_words
from common.working_days import WorkingCalendar
from orders.file import OrderFile
from orders.states import ON_SITE, OrderState
from records.sections import paper
from sites.file import SiteOfOrder, site_of
from sites.models import (
    DutyEvidence,
    InstallationStage,
    SiteAccess,
    SiteDuty,
    SitePassport,
    SiteVisit,
    StageDay,
    StageIssue,
)
from sites.states import PREVIOUS_STAGE, DayKind, StageKind, VisitPurpose

CERTIFICATE = "Completion certificate"


def access_actions(file: OrderFile) -> list[Action]:
    """Return how people get in, what is installed, and who was at the equipment.

    Before an authority there is no access, and before its installation no equipment.
    """
    site = site_of(file)
    if site.access is None:
        return []
    named = [file.order.reference]
    found = [
        Action("How people get into the site", reverse("access", args=named)),
        Action("Installation and equipment", reverse("installation", args=named)),
        Action("What has to be seen to at the site", reverse("duties", args=named)),
    ]
    if StageKind.EQUIPMENT in site.done:
        found.append(Action("Access log", reverse("access-log", args=named)))
    return found


@dataclass(frozen=True)
class DutyShown:
    """One thing to see to at a site, with the newest evidence; None: none yet."""

    duty: SiteDuty
    evidence: DutyEvidence | None
    is_valid: bool


def duties_shown(file: OrderFile) -> list[DutyShown]:
    """Return what has to be seen to for an order, each with its newest evidence.

    Source: R-5.2.1-1, R-5.2.2-1.
    """
    seen = DutyEvidence.objects.visible_to(file.user).filter(order=file.order)
    newest = {row.duty_id: row for row in seen.newest()}
    return [
        DutyShown(duty, row, row is not None and row.holds_on(file.today))
        for duty in SiteDuty.objects.of_order(file.order)
        for row in [newest.get(duty.pk)]
    ]


def completion_papers(file: OrderFile) -> list[PaperLink]:
    """Return the certificate of completion; a worker may still be making it."""
    completion = site_of(file).completion
    if completion is None:
        return []
    if completion.certificate is None:
        return [PaperLink(CERTIFICATE, "", "Its PDF is being prepared")]
    return [paper(completion.certificate, CERTIFICATE)]


def survey_papers(file: OrderFile) -> list[PaperLink]:
    """Return the report of the latest survey that has one."""
    survey = site_of(file).survey
    if survey is None or survey.report is None:
        return []
    return [paper(survey.report, "Survey report")]


def visit_actions(file: OrderFile) -> list[Action]:
    """Return the page of each visit, the latest day first, and where days are proposed.

    Source: R-2.9.1-11.
    """
    found = [
        Action(
            f"The {visit.get_purpose_display().lower()} {day_of(visit)}",
            reverse("visit", args=[visit.reference]),
        )
        for visit in site_of(file).visits
    ]
    if awaits_a_day(file):
        address = reverse("visit-propose", args=[file.order.reference])
        found.append(Action("Propose days for the next visit", address))
    return found


def awaits_a_day(file: OrderFile) -> bool:
    """Say whether either side may offer days for a visit that comes next."""
    site = site_of(file)
    if file.state not in ON_SITE or not site.is_agreed or site.booked or site.proposed:
        return False
    return bool(site.next_purpose)


def day_of(visit: SiteVisit) -> str:
    return "to be agreed" if visit.is_proposed else f"on {long_day_words(visit.on)}"


@dataclass(frozen=True)
class CountedDay:
    """A day before a visit: `css` is its look, `words` what stands below its figure."""

    day: date
    css: str
    words: str


def counted_back(
    visit: SiteVisit, calendar: WorkingCalendar, today: date
) -> list[CountedDay]:
    """Return the days from before the last free one up to the visit, in their order.

    Source: R-3.5-7.
    """
    first = visit.last_free_day - timedelta(days=1)
    span = (visit.on - first).days
    days = [first + timedelta(days=count) for count in range(span + 1)]
    return [counted(day, visit, calendar, today) for day in days]


def counted(
    day: date, visit: SiteVisit, calendar: WorkingCalendar, today: date
) -> CountedDay:
    css, words = day_label(day, visit, calendar)
    if day == today:
        return CountedDay(day, "is-today", f"Today, {words[0].lower()}{words[1:]}")
    return CountedDay(day, css, words)


def day_label(
    day: date, visit: SiteVisit, calendar: WorkingCalendar
) -> tuple[str, str]:
    if day == visit.on:
        return "is-visit", "Visit"
    if day == visit.last_free_day:
        return "is-free", "Last free day"
    if not calendar.is_working_day(day):
        return "is-off", "Does not count"
    if day < visit.last_free_day:
        return "", "Free"
    # From the day itself up to the eve of the visit.
    before = calendar.between(day - timedelta(1), visit.on - timedelta(1))
    return "", f"{before} before"


@dataclass(frozen=True)
class Ready:
    """What has to be there on the day; `is_ready` is None where nobody says so here."""

    what: str
    more: str
    is_ready: bool | None


def what_must_be_ready(
    visit: SiteVisit, passport: SitePassport | None
) -> Iterator[Ready]:
    """Yield what the Party and its site have to have ready. Source: R-3.6-2, R-3.7-2.

    Args:
        passport: the newest version; None where nobody has written one.
    """
    access = SiteAccess.of(visit.order)
    notes = access.notes if access is not None else ""
    yield Ready("Access agreed with the site", notes, SiteAccess.is_agreed_for(access))
    for item in visit.order.access_items.open():
        item.order = visit.order
        more = f"{item.owner_words} sees to it by {day_words(item.due_on)}"
        yield Ready(item.what, more, False)
    yield rack_ready(visit, passport)
    if passport is None:
        return
    yield Ready("Power", passport.power or "not said yet", bool(passport.power))
    if passport.own_documents:
        words = "Documents that the data centre raises"
        yield Ready(words, passport.own_documents, None)
    if passport.escort:
        yield Ready("Escort", passport.escort, None)


def rack_ready(visit: SiteVisit, passport: SitePassport | None) -> Ready:
    """A survey looks at the place; an installation has its space confirmed before."""
    units = visit.order.rack_units
    where = passport.rack if passport is not None else ""
    if visit.purpose == VisitPurpose.SURVEY:
        return Ready(f"The place for {units}U of equipment, open to see", where, None)
    return Ready(f"{units}U of rack space, free", where, visit.order.access.has_space)


@dataclass(frozen=True)
class StageShown:
    """A stage as its Party reads it: its days, what changed them, what was found.

    Args:
        done: its row, once it is complete.
        planned, committed: the days that were set last; None where none was.
    """

    kind: StageKind
    done: InstallationStage | None
    planned: date | None
    committed: date | None
    changes: list[StageDay]
    issues: list[StageIssue]
    is_begun: bool

    @property
    def tag(self) -> tuple[str, str]:
        """Return the words and the look of its tag."""
        if any(issue.is_open for issue in self.issues):
            return "Issue open", "late"
        if self.done is not None:
            return "Done", "done"
        return ("Under way", "state") if self.is_begun else ("To come", "grey")


def stages_shown(file: OrderFile) -> list[StageShown]:
    """Return both stages in their order; the second begins once the first is done.

    Source: R-2.12-1, R-2.12-2, R-3.7-4.
    """
    site = site_of(file)
    return [stage_shown(site, kind, file.state) for kind in StageKind]


def stage_shown(site: SiteOfOrder, kind: StageKind, state: OrderState) -> StageShown:
    days = {each: site.days_of(kind, each) for each in DayKind}
    last = {each: rows[-1].on if rows else None for each, rows in days.items()}
    before = PREVIOUS_STAGE.get(kind)
    return StageShown(
        kind,
        site.done.get(kind),
        last[DayKind.PLANNED],
        last[DayKind.COMMITTED],
        [row for row in site.days if row.stage == kind and row.cause],
        [row for row in site.issues if row.stage == kind],
        is_begun=state == OrderState.INSTALL and (not before or before in site.done),
    )
