"""All writes to a request: one function, one transaction."""

from datetime import date, datetime
from typing import Any

import holidays
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from common.clock import uk_date
from common.working_days import WorkingCalendar
from orders import emails, policies
from orders.deadlines import SERVICE_START, quote_due_on
from orders.errors import (
    ForeignDataCentre,
    NoStanding,
    NotEditable,
    NotEligible,
    NotNominated,
    NotOpenYet,
    OnlyUnavailableCloses,
    ReasonMissing,
    ReferenceTaken,
    RequestIncomplete,
    SiteReviewMissing,
)
from orders.models import BankHoliday, ConnectionRequest, SiteReview
from orders.signals import order_unavailable, order_withdrawn
from orders.states import ConnectionType, OrderState, Route
from parties.models import Party, User
from parties.policies import is_desk, is_operations, may_submit_for
from parties.states import Standing
from records.commands import next_reference
from records.errors import NotPossibleInState
from records.transitions import perform, record_event

ANSWERS = (
    "connection_type",
    "hv_rating_mbps",
    "minimum_period_years",
    "data_centre_id",
    "technical_contact_name",
    "technical_contact_email",
    "technical_contact_phone",
    "site_contact_name",
    "site_contact_phone",
    "uses",
    "is_registration_only",
    "customer_reference",
)
NEEDS_HIGHEST_HOLIDAY_YEAR = 2037


def working_calendar() -> WorkingCalendar:
    """Return the working days of the division that the settings name."""
    return BankHoliday.objects.calendar(settings.BANK_HOLIDAY_DIVISION)


def seed_bank_holidays() -> None:
    """Fill in each division's bank holidays from 2015, where it has none yet."""
    years = range(SERVICE_START.year, NEEDS_HIGHEST_HOLIDAY_YEAR + 1)
    for division in BankHoliday.Division.values:
        if BankHoliday.objects.filter(division=division).exists():
            continue
        days = holidays.country_holidays("GB", subdiv=division, years=years)
        BankHoliday.objects.bulk_create(
            BankHoliday(division=division, day=day, name=name)
            for day, name in sorted(days.items())
        )


def route_of(party: Party, today: date) -> Route:
    """Return the provision under which `party` may order today; H15 goes first.

    Raises:
        NoStanding: it is neither a SEC Party nor an RDP today.

    Source: R-1.1-2, R-2.2-1, R-2.2-2.
    """
    if party.is_sec_party_on(today):
        return Route.H15
    if party.is_rdp_on(today):
        return Route.E3
    raise NoStanding(party=party)


def check_eligible(order: ConnectionRequest, today: date) -> None:
    """Refuse an order whose Party does not have its route's standing on `today`.

    Asked at submission and again at authority.

    Raises:
        NotEligible: in words that name the standing.

    Source: R-2.2-1, R-2.2-2.
    """
    standing = Standing.SEC_PARTY if order.route == Route.H15 else Standing.RDP
    if not order.party.has_standing_on(standing, today):
        words = "a SEC Party" if order.route == Route.H15 else "an RDP"
        raise NotEligible(party=order.party, standing=words)


@transaction.atomic
def start_request(
    party_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Start an empty request for one connection, under the Party's own route.

    Raises:
        NotNominated: `by` is no nominated submitter of the Party.
        NoStanding: the Party is neither a SEC Party nor an RDP today.

    Source: R-1.3-6, R-2.2-5, R-2.2-8.
    """
    at = at or timezone.now()
    party = Party.objects.locked().get(pk=party_id)
    if not may_submit_for(by, party_id):
        raise NotNominated(party=party)
    order = ConnectionRequest.objects.create(
        reference=next_reference("ORD"),
        party=party,
        route=route_of(party, uk_date(at)),
        created_by=by,
        created_at=at,
        saved_at=at,
    )
    record_event(order, "start_request", by=by, at=at, what="Request started")
    return order


@transaction.atomic
def copy_request(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Start a new request from the answers of another of the same Party.

    The old one is left as it is; the customer's own reference is not copied, since
    each request has its own.

    Source: R-3.4-6, R-2.6-8.
    """
    source = ConnectionRequest.objects.get(pk=order_id)
    order: ConnectionRequest = start_request(source.party_id, by=by, at=at)
    for name in ANSWERS:
        setattr(order, name, getattr(source, name))
    order.customer_reference = ""
    if order.route == Route.E3:
        order.minimum_period_years = None
    order.copied_from = source
    order.save()
    return order


@transaction.atomic
def save_answers(
    order_id: int, *, by: User, answers: dict[str, Any], at: datetime | None = None
) -> ConnectionRequest:
    """Keep the answers of one section of a form that is still being filled in.

    Args:
        answers: by field name, already well formed; only fields of the form.

    Raises:
        NotEditable: the request has gone to DCC.
        NotNominated: `by` is no nominated submitter of the Party.
        ReferenceTaken: the Party uses this reference for another request.
        ForeignDataCentre: the data centre is another Party's.

    Source: R-2.3-4, R-2.5-10, R-2.14-2.
    """
    # Two requests of a Party cannot take the same reference at once.
    Party.objects.locked().get(orders=order_id)
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_submitter(order, by)
    if not order.is_editable:
        raise NotEditable(state=order.get_state_display().lower())
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise ValueError(f"No such answers: {sorted(unknown)}.")
    for name, value in answers.items():
        setattr(order, name, value)
    if order.connection_type == ConnectionType.LV:
        order.hv_rating_mbps = None
    if order.route == Route.E3:
        order.minimum_period_years = None
    check_answers_belong(order)
    order.saved_at = at or timezone.now()
    order.save()
    return order


def require_submitter(order: ConnectionRequest, by: User) -> None:
    if not policies.may_submit(order, by):
        raise NotNominated(party=order.party)


def check_answers_belong(order: ConnectionRequest) -> None:
    """Refuse what only the other rows can tell: a foreign site, a reference taken."""
    site = order.data_centre
    if site is not None and site.party_id != order.party_id:
        raise ForeignDataCentre
    reference = order.customer_reference
    same = order.party.orders.filter(customer_reference=reference).exclude(pk=order.pk)
    other = same.first() if reference else None
    if other is not None:
        raise ReferenceTaken(reference=reference, order=other.reference)


@transaction.atomic
def submit_request(
    order_id: int,
    *,
    by: User,
    missing: list[str] | None = None,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Send the form to DCC, the first time or again after questions.

    Args:
        missing: titles of the sections that are not complete, as the form found.

    Raises:
        RequestIncomplete: sections are missing.
        NotNominated: `by` is no nominated submitter of the Party.
        NotEligible: the Party has lost its standing.
        NotOpenYet: dated before the service opened (T21).
        NotPossibleInState: it was sent already.

    Source: R-1.2-1, R-2.2-1, R-2.2-5, R-0-2, R-1.3-8.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_submitter(order, by)
    if uk_date(at) < SERVICE_START:
        raise NotOpenYet
    missing = missing or order.missing_answers
    if missing:
        raise RequestIncomplete(sections=", ".join(missing).lower())
    check_eligible(order, uk_date(at))
    version = settings.GUIDANCE_VERSION
    perform(order.submit, by=by, at=at, submitter=by, guidance_version=version)
    emails.request_received(order, at)
    return order


@transaction.atomic
def accept_request(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Accept a complete form; the quotation is then due in 5 working days.

    Source: R-3.2-4, R-3.2-5, R-3.2-7, R-3.3-1.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    due = quote_due_on(uk_date(at), working_calendar())
    perform(order.accept, by=by, at=at, quote_due_on=due)
    emails.request_accepted(order, at)
    return order


@transaction.atomic
def return_request(
    order_id: int, *, by: User, reason: str, at: datetime | None = None
) -> ConnectionRequest:
    """Put questions to the Party, which can then correct the form and send it again.

    Raises:
        ReasonMissing: without words the Party would not know what to do.

    Source: R-3.2-4, R-3.2-6.
    """
    at = at or timezone.now()
    if not reason.strip():
        raise ReasonMissing
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    perform(order.return_for_correction, by=by, at=at, why=reason, because=reason)
    emails.request_returned(order, at)
    return order


@transaction.atomic
def withdraw_request(
    order_id: int, *, by: User, reason: str = "", at: datetime | None = None
) -> ConnectionRequest:
    """Withdraw before authority to proceed, free of charge. Quotes go with it.

    Source: R-2.10-1, R-3.4-5.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    order_withdrawn.send(ConnectionRequest, order=order, by=by, at=at)
    perform(order.withdraw, by=by, at=at, why=reason)
    emails.request_withdrawn(order, at)
    return order


@transaction.atomic
def record_site_review(
    order_id: int,
    *,
    by: User,
    is_type_available: bool,
    is_survey_needed: bool,
    line_kind: str = "",
    notes: str = "",
    at: datetime | None = None,
) -> SiteReview:
    """Record what the Electronic Site Review found; a later review replaces it.

    Raises:
        NotPossibleInState: the order is not in desk review.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-3.2-8, R-2.6-4, R-2.6-8.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_check(order, by):
        raise PermissionDenied
    if order.state != OrderState.ACCEPTED:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    review, _ = SiteReview.objects.update_or_create(
        order=order,
        defaults={
            "is_type_available": is_type_available,
            "is_survey_needed": is_survey_needed,
            "line_kind": line_kind,
            "notes": notes,
            "by": by,
            "at": at,
        },
    )
    kind = order.get_connection_type_display()
    found = "available" if is_type_available else "not available"
    survey = "a survey is needed" if is_survey_needed else "no survey is needed"
    what = f"Site review: {kind} is {found}, {survey}"
    record_event(order, "record_site_review", by=by, at=at, what=what)
    return review


@transaction.atomic
def close_as_unavailable(
    order_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Close an LV order at whose site LV cannot be had; HV is a new request (T15).

    Raises:
        SiteReviewMissing: nobody has looked yet.
        OnlyUnavailableCloses: the review found it available, or HV was asked for.

    Source: R-2.6-8.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    review = SiteReview.objects.filter(order=order).first()
    if review is None:
        raise SiteReviewMissing
    if review.is_type_available or order.connection_type != ConnectionType.LV:
        raise OnlyUnavailableCloses
    perform(order.close_unavailable, by=by, at=at, why=review.notes)
    order_unavailable.send(ConnectionRequest, order=order, by=by, at=at)
    emails.request_unavailable(order, at)
    return order


@transaction.atomic
def assign_order(
    order_id: int, *, by: User, owner_id: int | None, at: datetime | None = None
) -> None:
    """Give an order to a colleague at DCC, or to nobody. The Party is not told."""
    if not is_desk(by):
        raise PermissionDenied
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    owner = User.objects.get(pk=owner_id, is_staff=True) if owner_id else None
    order.owner = owner
    order.save(update_fields=["owner"])
    what = f"Assigned to {owner}" if owner else "Assigned to nobody"
    at = at or timezone.now()
    record_event(order, "assign_order", by=by, at=at, what=what, is_public=False)


def keep_bank_holiday(*, division: str, day: date, name: str, by: User) -> BankHoliday:
    """Add or rename a bank holiday. Deadlines already written keep their day."""
    if not is_operations(by):
        raise PermissionDenied
    row, _ = BankHoliday.objects.update_or_create(
        division=division, day=day, defaults={"name": name}
    )
    return row
