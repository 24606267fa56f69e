"""Starting a request and keeping its answers."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from common.clock import uk_date
from common.lines import look
from orders.commands.changes import tell_who
from orders.commands.limits import require_room_for_a_request
from orders.commands.mirror import (
    ALONE,
    lock_with_partner,
    save_mutually,
)
from orders.commands.snapshot import FormRow, answer_rows, changes_between
from orders.errors import (
    ChangedMeanwhile,
    ForeignDataCentre,
    NotNominated,
    ReferenceTaken,
)
from orders.findings.eligible import (
    capacity_of,
    check_capacity,
    require_editable,
    require_submitter,
)
from orders.models import ANSWERS, ConnectionRequest
from orders.states import OrderState
from parties.models import Party, User
from parties.policies import may_submit_for
from records.behalf import person_of
from records.commands import next_reference
from records.transitions import record_event
from records.unit import command


@command
def start_request(
    party_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Start an empty request for one connection, under the Party's own route.

    Raises:
        NotNominated: `by` is no nominated submitter of the Party.
        NoStanding: the Party is neither a SEC Party nor an RDP today.
        EnoughRequests: `by` has started as many today as one person may.

    Source: R-1.3-6, R-2.2-5, R-2.2-8.
    """
    at = at or timezone.now()
    party = Party.objects.locked().get(pk=party_id)
    if not may_submit_for(by, party_id):
        raise NotNominated(party=party)
    require_room_for_a_request(by, at)
    order = ConnectionRequest.objects.create(
        reference=next_reference("ORD"),
        party=party,
        **capacity_of(party, uk_date(at)),
        created_by=person_of(by),
        created_at=at,
        saved_at=at,
    )
    record_event(order, "start_request", by=by, at=at, what="Request started")
    return order


@command
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
    route = order.route
    for name in ANSWERS:
        setattr(order, name, getattr(source, name))
    if not order.is_capacity_asked:
        order.route = route
    order.customer_reference = ""
    # It stands alone, and who else uses it is a list of its own.
    for name, nothing in {**ALONE, "is_shared": None}.items():
        setattr(order, name, nothing)
    order.drop_needless()
    order.copied_from = source
    order.save()
    return order


@command
def save_answers(
    order_id: int,
    *,
    by: User,
    answers: dict[str, Any],
    seen: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> ConnectionRequest:
    """Keep the answers of one section of a form that is still being filled in.

    What changes after DCC has had the form is told in the history, old and new.

    Args:
        answers: by field name, already well formed; only fields of the form.
        seen: what the writer saw of them, days as ISO text; None asks nothing.

    Raises:
        ChangedMeanwhile: a colleague gave another answer after the writer saw them.
        NotEditable: the request has gone to DCC.
        NotNominated: `by` is no nominated submitter of the Party.
        ReferenceTaken: the Party uses this reference for another request.
        ForeignDataCentre: the data centre is another Party's.
        NotEligible: the Party cannot ask in that capacity.

    Source: R-2.2-2, R-2.3-4, R-2.5-10, R-2.14-2, R-3.2-6.
    """
    # Two requests of a Party cannot take the same reference at once.
    order = lock_with_partner(order_id)
    require_submitter(order, by)
    require_editable(order, by)
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise ValueError(f"No such answers: {sorted(unknown)}.")
    check_seen(order, answers, seen)
    check_capacity(order, answers.get("route", order.route))
    at = at or timezone.now()
    tell_who(order, changed_names(order, answers), by=by, at=at)
    before = answer_rows(order)
    for name, value in answers.items():
        setattr(order, name, value)
    order.drop_needless()
    check_answers_belong(order)
    order.saved_at = at
    save_mutually(order, by=by, at=at)
    if order.state != OrderState.DRAFT:
        tell_corrections(order, before, by, at)
    return order


def as_seen(value: object) -> Any:
    """Return an answer as a page sends it back."""
    return value.isoformat() if isinstance(value, date) else value


def changed_names(order: ConnectionRequest, answers: dict[str, Any]) -> list[str]:
    return [name for name, value in answers.items() if getattr(order, name) != value]


def check_seen(
    order: ConnectionRequest, answers: dict[str, Any], seen: dict[str, Any] | None
) -> None:
    """Refuse to overwrite what a colleague answered and the writer did not see.

    Source: R-3.2-1.
    """
    unseen = [
        name
        for name in changed_names(order, answers)
        if name in (seen or {}) and as_seen(getattr(order, name)) != (seen or {})[name]
    ]
    if unseen:
        raise ChangedMeanwhile(order=order.reference)


def tell_corrections(
    order: ConnectionRequest, before: list[FormRow], by: User, at: datetime
) -> None:
    """Append to the history which answers were corrected, if any. Source: R-3.2-6."""
    changes = changes_between(before, answer_rows(order))
    if changes:
        what, why = "Answers corrected", "; ".join(str(change) for change in changes)
        record_event(order, "save_answers", by=by, at=at, what=what, why=why)


def check_answers_belong(order: ConnectionRequest) -> None:
    """Refuse what only the other rows can tell: a foreign site, a reference taken."""
    site = order.data_centre
    if site is not None and site.party_id != order.party_id:
        raise ForeignDataCentre
    reference = order.customer_reference
    alike = order.party.orders.filter(customer_reference_look=look(reference))
    same = alike.exclude(pk=order.pk).exclude(state=OrderState.DISCARDED)
    other = same.first() if reference else None
    if other is not None:
        raise ReferenceTaken(reference=reference, order=other.reference)
