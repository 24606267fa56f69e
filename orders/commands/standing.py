"""What follows when the Party of a shared connection is a SEC Party no longer."""

from datetime import date, datetime

from common.clock import uk_date
from orders import emails
from orders.models import ConnectionRequest
from parties.models import Party
from parties.states import Standing
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def alert_of_ended_standing(order_id: int, *, now: datetime) -> bool:
    """Alert DCC and the sharers that sharing has lost its ground; return whether.

    Once for each end of the standing. It refuses nothing by itself: what is not
    authorised yet is refused when somebody tries, and what is installed stays so until
    DCC and the Party have talked.

    Args:
        now: aware; its UK day decides.

    Source: R-2.3-7, T1.
    """
    order = ConnectionRequest.objects.locked().get(pk=order_id)
    today = uk_date(now)
    concerned = ConnectionRequest.objects.filter(pk=order.pk)
    if not concerned.shared_without_standing(today).exists():
        return False
    last_day = last_day_as_sec_party(order.party, today)
    notices = emails.standing_ended(order, now, last_day=last_day)
    if not any(notice.owed_at == now for notice in notices):
        return False
    name = "alert_of_ended_standing"
    what = f"{order.party} is no SEC Party any more, and others use the connection"
    record_event(order, name, by=SYSTEM, at=now, what=what)
    return True


def last_day_as_sec_party(party: Party, today: date) -> date | None:
    """Return the last UK day, before `today`, on which it was one, if it ever was."""
    ends = (
        row.until_on
        for row in party.standings.all()
        if row.standing == Standing.SEC_PARTY and row.until_on
    )
    return max((end for end in ends if end < today), default=None)
