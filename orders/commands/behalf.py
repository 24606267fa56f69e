"""What a nominated contact said by e-mail, phone or letter, recorded by the desk (T35).

It is the contact's own act and counts from when it came: the same commands do it, and
ask the same of the contact on that day. Accepting an offer is never among it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_date
from common.wording import day_words
from orders import emails
from orders.commands.ask import answer_questions
from orders.commands.fill_in import save_answers
from orders.commands.submit import submit_request, withdraw_request
from orders.errors import (
    NothingSaid,
    NotKeyedIn,
    SaidByNobodyNominated,
    SaidInFuture,
    SaidTooEarly,
)
from orders.models import ConnectionRequest
from orders.models.checking import short_name
from orders.states import Channel
from parties.models import User
from parties.policies import is_desk, was_nominated
from parties.states import Purpose
from records.behalf import How, OnBehalf, OurSlip
from records.unit import command

SUBMITTERS = (Purpose.SUBMIT,)
AUTHORISERS = (Purpose.AUTHORISE,)


# Nobody said it: the paper does, and it was keyed in otherwise.
OUR_SLIP = "our_slip"


@dataclass(frozen=True)
class Said:
    """Who said something, how, and when it came to DCC (aware)."""

    person_id: int
    how: str
    came_at: datetime

    @property
    def is_our_slip(self) -> bool:
        return self.how == OUR_SLIP


def on_behalf(
    order: ConnectionRequest,
    said: Said,
    *,
    by: User,
    purposes: Collection[str],
    since: datetime | None,
    what: str,
) -> OnBehalf:
    """Return who acts, once it is certain that they could when it came.

    Args:
        purposes: for one of which the person has to be nominated on that day.
        since: from when there was something to say it about; `what` names that.

    Raises:
        PermissionDenied: `by` is neither Service Desk nor Operations.
        SaidInFuture, SaidTooEarly: it cannot have come then.
        SaidByNobodyNominated: the person was not nominated on that day.

    Source: T35, R-2.2-5, R-2.3-3.
    """
    if not is_desk(by):
        raise PermissionDenied
    if said.came_at > timezone.now():
        raise SaidInFuture
    if since is None or said.came_at < since:
        day = day_words(uk_date(since)) if since else "later"
        raise SaidTooEarly(what=what, day=day)
    person = User.objects.get(pk=said.person_id)
    acting = OnBehalf(person, by, How(said.how), said.came_at)
    if not any(was_nominated(acting, order.party_id, one) for one in purposes):
        raise SaidByNobodyNominated(
            person=person,
            party=order.party,
            purpose=" or ".join(str(Purpose(one).label).lower() for one in purposes),
            day=day_words(uk_date(said.came_at)),
        )
    return acting


def our_slip(order: ConnectionRequest, said: Said, *, by: User) -> OurSlip:
    """Return who acts where the desk puts right what it keyed in wrongly itself.

    Raises:
        PermissionDenied: `by` is neither Service Desk nor Operations.
        NotKeyedIn: the form came through the portal, so no slip of DCC is in it.

    Source: R-1.3-7.
    """
    if not is_desk(by):
        raise PermissionDenied
    if order.channel == Channel.PORTAL:
        raise NotKeyedIn(order=order)
    # What was keyed in has a day on which it came.
    came_at = order.received_at or said.came_at
    return OurSlip(order.created_by, by, None, said.came_at, came_at)


@command
def record_withdrawal(
    order_id: int, *, by: User, said: Said, reason: str = ""
) -> ConnectionRequest:
    """Withdraw a request as a nominated contact said, from when that came.

    Raises:
        As `on_behalf`, and as `withdraw_request`.

    Source: T35, R-2.10-1, R-3.4-5.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=(*SUBMITTERS, *AUTHORISERS),
        since=order.submitted_at,
        what="DCC has had the request",
    )
    withdraw_request(order_id, by=who.actor, reason=reason, at=said.came_at)
    emails.recorded_for_you(order, who, f"the withdrawal of order {order}")
    return ConnectionRequest.objects.get(pk=order_id)


def named(corrections: dict[str, Any]) -> str:
    """Return the short names of corrected answers: "floor, rack"."""
    return ", ".join(short_name(name).lower() for name in corrections)


@command
def record_answers(
    order_id: int,
    *,
    by: User,
    said: Said,
    answers: dict[int, str],
    corrections: dict[str, Any] | None = None,
    is_sent_again: bool = False,
) -> ConnectionRequest:
    """Keep a submitter's answers and corrections of the form, from when they came.

    Args:
        answers: to DCC's questions, by their pk; what is empty was not answered.
        corrections: answers of the form, by name, that differ from what it says.
        is_sent_again: the contact said that the form can go back to DCC so.

    Raises:
        NothingSaid: no question is answered and nothing is corrected.
        As `on_behalf`, `answer_questions`, `save_answers` and `submit_request`.

    Source: T35, R-3.2-6.
    """
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    given = {pk: answer for pk, answer in answers.items() if answer.strip()}
    if not (given or corrections):
        raise NothingSaid
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=SUBMITTERS,
        since=order.returned_at,
        what="the questions have been with them",
    )
    whats = []
    if given:
        answer_questions(order_id, by=who.actor, answers=given, at=said.came_at)
        whats.append("answers to DCC’s questions")
    if corrections:
        save_answers(order_id, by=who.actor, answers=corrections, at=said.came_at)
        whats.append(f"corrections of the form ({named(corrections)})")
    what = f"{' and '.join(whats)} about order {order}"
    if is_sent_again:
        submit_request(order_id, by=who.actor, at=said.came_at)
        what = f"{what}, with which the form has gone back to DCC"
    emails.recorded_for_you(order, who, what)
    return ConnectionRequest.objects.get(pk=order_id)
