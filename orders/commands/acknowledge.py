"""What a person of the Party accepts or confirms on the form, and takes back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from orders import policies
from orders.commands.changes import tell_who
from orders.errors import ChangedMeanwhile
from orders.findings.eligible import require_editable, require_submitter
from orders.models import Acknowledgement, ConnectionRequest
from orders.states import AcknowledgementKind, OrderState
from parties.models import User
from records.behalf import OurSlip, person_of
from records.transitions import record_event
from records.unit import command


@command
def acknowledge(
    order_id: int,
    *,
    by: User,
    whats: Collection[str],
    asked: Collection[str] = (),
    seen: Collection[str] | None = None,
    at: datetime | None = None,
) -> None:
    """Keep who ticked what and when; what was asked again and is not ticked goes.

    What somebody ticked before keeps their name and time. Both are in the history. What
    the desk keys in from a form on paper is its sender's, from when the paper came;
    record, history and the form's PDF name who keyed it in.

    Args:
        whats: kinds that are ticked.
        asked: kinds that the page asked for; the others are left as they are.
        seen: kinds that were ticked when the writer saw them; None asks nothing.

    Raises:
        ChangedMeanwhile: a colleague ticked or unticked one after the writer saw it.
        NotEditable: the request has gone to DCC.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-1.3-7, R-4.1-4, R-4.1-6, R-5.2.1-1, R-5.2.1-4, R-5.2.2-1, R-5.2.2-4.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_submitter(order, by)
    require_editable(order, by)
    kept = set(order.acknowledgements.values_list("what", flat=True))
    added = kinds(set(whats) - kept)
    gone = kinds((kept & set(asked)) - set(whats))
    if seen is not None and {*added, *gone} & (kept ^ set(seen)):
        raise ChangedMeanwhile(order=order.reference)
    tell_who(order, [*added, *gone], by=by, at=at)
    order.acknowledgements.filter(what__in=gone).delete()
    said = said_by(order, by, at)
    Acknowledgement.objects.bulk_create(
        Acknowledgement(order=order, what=kind, **said) for kind in added
    )
    for verb, changed in (("Acknowledged", added), ("Taken back", gone)):
        tell(order, verb, changed, by=by, at=at)


def said_by(order: ConnectionRequest, by: User, at: datetime) -> dict[str, Any]:
    """Return whose an acknowledgement is and since when, and who keyed it in.

    A form that came back with questions is answered anew, so what is keyed in then
    counts from that day. What was on the paper and keyed in late is the sender's too,
    from when the paper came.
    """
    if isinstance(by, OurSlip):
        whose = {"by": by.person, "at": by.paper_came_at}
        return {**whose, "keyed_by": by.recorder, "keyed_at": at}
    if not policies.is_keyed_by_desk(order, by):
        return {"by": person_of(by), "at": at}
    came_at = order.received_at if order.state == OrderState.DRAFT else at
    sender = order.created_by
    return {"by": sender, "at": came_at, "keyed_by": by, "keyed_at": at}


def kinds(found: Collection[str]) -> list[AcknowledgementKind]:
    """Return them in the order of the form."""
    return [kind for kind in AcknowledgementKind if kind in found]


def tell(
    order: ConnectionRequest,
    verb: str,
    changed: list[AcknowledgementKind],
    *,
    by: User,
    at: datetime,
) -> None:
    if changed:
        words = "; ".join(str(kind.label) for kind in changed)
        if policies.is_keyed_by_desk(order, by):
            words = f"{words}. By {order.created_by}, on paper, and keyed in by {by}"
        record_event(order, "acknowledge", by=by, at=at, what=verb, why=words)
