"""What a form says of others who are to use the connection, and whether it can be."""

from datetime import date

from orders.errors import SharersStillThere, SharingMissing
from orders.findings.ahead import accepted_kinds, sharer_names
from orders.findings.eligible import require_sec_party
from orders.models import ConnectionRequest
from orders.states import AcknowledgementKind


def check_sharing(order: ConnectionRequest, today: date) -> None:
    """Refuse what the form says of others who use the connection, if it cannot be.

    Asked at submission, when the form is accepted, and at authority.

    Raises:
        SharingNeedsSecParty: the Party is no SEC Party on `today` (T1).
        SharersStillThere: the form says no and names some all the same.
        SharingMissing: it says yes and names nobody, or does not accept what follows.

    Source: R-2.3-6, R-2.3-7.
    """
    names = ", ".join(sharer_names(order))
    if names and not order.is_shared:
        raise SharersStillThere(names=names)
    if not order.is_shared:
        return
    require_sec_party(order.party, today)
    what = AcknowledgementKind.SHARING
    if not names or what not in accepted_kinds(order):
        raise SharingMissing
