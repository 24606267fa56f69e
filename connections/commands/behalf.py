"""What an authoriser said of a renewal by e-mail, phone or letter (T35)."""

from common.clock import start_of_uk_day
from connections.commands.answer import answer_renewal
from connections.commands.renew import locked_period
from connections.models import RenewalAnswer
from connections.states import RenewalChoice
from orders import emails as order_emails
from orders.commands.behalf import AUTHORISERS, Said, on_behalf
from parties.models import User
from records.unit import command


@command
def record_renewal_answer(
    period_id: int, *, by: User, said: Said, choice: str, reason: str = ""
) -> RenewalAnswer:
    """Keep or cancel a connection as an authoriser said, from when that came.

    One that came in time counts although the time to leave is over since.

    Raises:
        As `on_behalf`, and as `answer_renewal`.

    Source: T35, R-2.5-7, R-2.5-9.
    """
    period = locked_period(period_id)
    order = period.connection.order
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=AUTHORISERS,
        since=period.notice_at or start_of_uk_day(period.renewal_due_on),
        what="the renewal notice has been due",
    )
    acting: User = who  # type: ignore[assignment]  # stands for the person
    answer = answer_renewal(
        period_id, by=acting, choice=choice, reason=reason, at=said.came_at
    )
    kept = choice == RenewalChoice.KEEP
    what = f"that {period.connection} is {'kept' if kept else 'cancelled'}"
    order_emails.recorded_for_you(order, who, what)
    return answer
