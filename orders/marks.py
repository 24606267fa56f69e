"""What happened to a request before its quotation: the first steps of a timeline.

What is done is known from rows alone; which step is the one to do now is said where all
the steps of an order are put in order.
"""

from dataclasses import dataclass, replace
from datetime import date

from common.clock import uk_date
from common.time_left import working_days_left
from common.wording import day_words, plural
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.states import OrderState
from records.models import Event


@dataclass(frozen=True)
class Mark:
    """One step before it is known whether it is the one to do now.

    Args:
        done_on: the UK day it was done; None while it is not.
        by: who did it.
        who: who does it, while it is not done.
        due: the last day, or the booked day, while it is not done.
        left: the words beside `due` when it is the step to do now.
        planned: a day it is expected on, while it is to come.
        day_note: what stands under an actual day.
        absent: why the step is left out; empty when it is needed.
    """

    name: str
    done_on: date | None = None
    by: str = ""
    who: str = ""
    due: date | None = None
    left: str = ""
    is_late: bool = False
    planned: date | None = None
    day_note: str = ""
    cause: str = ""
    why: str = ""
    absent: str = ""


def submitted(file: OrderFile) -> Mark:
    sent = file.moves(ConnectionRequest.submit)
    first = uk_date(sent[0].at) if sent else None
    by = f"by {sent[0].by}" if sent else ""
    return Mark("Request submitted", first, by=by, who="you")


def checked(file: OrderFile) -> Mark:
    order = file.order
    mark = Mark("Checked for completeness", who="DCC", left="no fixed time")
    if order.accepted_at:
        why = returns(file)
        mark = replace(mark, name=f"{mark.name}, accepted", by="by DCC", why=why)
        return replace(mark, done_on=uk_date(order.accepted_at))
    if order.state == OrderState.RETURNED and order.returned_at:
        since = day_words(uk_date(order.returned_at))
        left = f"clock paused while we wait for you, since {since}"
        because = asked(file)
        return replace(mark, left=left, cause="DCC asks", why=because)
    return replace(mark, why=returns(file))


def asked(file: OrderFile) -> str:
    """Return what DCC asked when it last returned the form, on one line.

    Several questions stand in full above the timeline.
    """
    last = file.questions[-1].round_id if file.questions else None
    count = sum(row.round_id == last for row in file.questions)
    if last is not None and count > 1:
        return f"{count} questions, listed above."
    told = file.moves(ConnectionRequest.return_for_correction)
    return " ".join(told[-1].why.split()) if told else ""


def returns(file: OrderFile) -> str:
    """Say how often and when the form came back to the Party."""
    came_back = file.moves(ConnectionRequest.return_for_correction)
    if not came_back:
        return ""
    listed = " and ".join(day_words(uk_date(event.at)) for event in came_back)
    again = day_words(uk_date(file.moves(ConnectionRequest.submit)[-1].at))
    return f"Returned with questions on {listed}. You sent it again on {again}."


def reviewed(file: OrderFile) -> Mark:
    mark = Mark("Desk review", who="DCC")
    review = file.review
    if review is None:
        return until_quoted(mark, file)
    survey = "A survey of your site is needed." if review.is_survey_needed else ""
    return replace(mark, done_on=uk_date(review.at), by="by DCC", why=survey)


def until_quoted(mark: Mark, file: OrderFile) -> Mark:
    """Say of a step until when the quotation is due, in working days, while it is."""
    due = file.order.quote_due_on
    if due is None or file.order.state != OrderState.ACCEPTED:
        return mark
    left = working_days_left(due, file.today, file.calendar)
    words = f"quotation due, {left.words.lower()}"
    return replace(mark, due=due, left=words, is_late=left.is_late)


def author(event: Event) -> str:
    """Return who did it, as a contact may know them."""
    return str(event.by) if event.by else "the portal"


def late_words(day: date, due: date) -> str:
    return f", {plural((day - due).days, 'day')} late" if day > due else ""
