"""What the Party answers to a renewal notice, and what comes of it."""

from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.utils import timezone

from common.clock import start_of_uk_day, uk_date
from common.money import ZERO, pounds
from common.wording import day_words
from connections import emails, policies
from connections.commands.cancel import commitment_of
from connections.commands.failover_tests import drop_failover_tests
from connections.commands.locks import locked_with_pair
from connections.commands.open import begin_period
from connections.commands.papers import confirm_end
from connections.commands.rate import drop_open_change
from connections.commands.renew import locked_period
from connections.commands.session_wish import give_back_addresses
from connections.deadlines import ends_on
from connections.documents import Ended
from connections.errors import (
    AnsweredAlready,
    HasEnded,
    NotFreeYet,
    NotTakenBack,
    WindowClosed,
)
from connections.models import Cancellation, Connection, ContractPeriod, RenewalAnswer
from connections.states import ConnectionState, RenewalChoice, RenewalOutcome
from orders.errors import NotNominated
from parties.models import User
from records.behalf import person_of, recorded_words
from records.transitions import SYSTEM, perform, record_event
from records.unit import command


@command
def answer_renewal(
    period_id: int,
    *,
    by: User,
    choice: str,
    reason: str = "",
    at: datetime | None = None,
) -> RenewalAnswer:
    """Keep the connection past its period, or cancel it free of charge.

    The latest answer counts; each is kept. Cancelled, it works to the end of its
    period, and until the time to cancel is over that can be taken back.

    Args:
        choice: of `RenewalChoice`.
        at: aware; when it was said.

    Raises:
        NotNominated: `by` is nobody who may authorise for the Party.
        NotFreeYet, WindowClosed: it is not said in the time that the notice gives.
        AnsweredAlready: that is the answer that counts.
        HasEnded: the connection is no longer there.
        NotTakenBack: it was ended on a day of the Party's choice.

    Source: R-2.5-6, R-2.5-7, R-2.5-9, R-2.10-1, T5, T6.
    """
    at = at or timezone.now()
    period = locked_period(period_id)
    connection = period.connection
    if not policies.may_end(connection, by):
        raise NotNominated(party=connection.party)
    require_free(period, at)
    require_new(period, choice)
    if choice == RenewalChoice.CANCEL:
        last_day = ends_on(period, uk_date(at))
        why = f"Free of charge, at the end of {day_words(last_day)}"
        perform(connection.cancel, by=by, at=at, why=why, ends_on=last_day)
        drop_open_change(connection, at=at)
    elif connection.state == ConnectionState.ENDING:
        keep(connection, by=by, at=at)
    answer = RenewalAnswer.objects.create(
        period=period, choice=choice, by=person_of(by), at=at
    )
    reopen(period)
    what = f"Answer to the renewal notice: {answer.get_choice_display().lower()}"
    record_event(period, "answer_renewal", by=by, at=at, what=what, why=reason)
    confirm_answer(period, answer, recorded_words(by), reason)
    return answer


def confirm_answer(
    period: ContractPeriod, answer: RenewalAnswer, recorded: str, reason: str
) -> None:
    """Confirm an answer in writing; that it ends, on paper too.

    Source: R-2.5-9, R-2.10-3.
    """
    emails.renewal_answered(answer, answer.at, recorded=recorded)
    if answer.choice != RenewalChoice.CANCEL:
        return
    connection = period.connection
    ended = Ended(
        str(answer.by),
        recorded,
        reason,
        answer.at,
        cast("date", connection.ends_on),
        taken_back_until=period.window_last_day,
        in_window=True,
    )
    confirm_end(connection, commitment_of(connection), ended, period)


def require_free(period: ContractPeriod, at: datetime) -> None:
    """Refuse what is not said while leaving is free of charge.

    Raises:
        HasEnded, NotFreeYet, WindowClosed.
    """
    connection, day = period.connection, uk_date(at)
    if connection.state == ConnectionState.ENDED:
        raise HasEnded(connection=connection, day=day_words(connection.ends_on))
    if Cancellation.objects.filter(connection=connection).exists():
        raise NotTakenBack(connection=connection, day=day_words(connection.ends_on))
    if period.is_free_to_leave(day):
        return
    if period.window_last_day is None or day < period.window_last_day:
        raise NotFreeYet(day=day_words(period.renewal_due_on))
    is_leaving = connection.state == ConnectionState.ENDING
    raise WindowClosed(
        day=day_words(period.window_last_day),
        connection=connection,
        outcome="ends" if is_leaving else "renews",
    )


def require_new(period: ContractPeriod, choice: str) -> None:
    last = period.answers.last()
    if last is not None and last.choice == choice:
        raise AnsweredAlready(person=last.by, day=day_words(uk_date(last.at)))


def keep(connection: Connection, *, by: User, at: datetime) -> None:
    """Take a cancellation back; where the router is not configured, it waits again."""
    is_configured = connection.router_configured_on is not None
    perform(
        connection.keep if is_configured else connection.keep_unconfigured, by=by, at=at
    )


def reopen(period: ContractPeriod) -> None:
    """Let a period be settled anew: what came in time was recorded after its end."""
    period.outcome, period.settled_at = "", None
    period.save()


@command
def settle_renewal(period_id: int, *, now: datetime) -> bool:
    """Say how a period ends once the time to cancel is over; return whether it was.

    Silence renews. Safe to repeat.

    Source: R-2.5-2, R-2.5-7, R-2.5-8, T5, T6.
    """
    period = locked_period(period_id)
    due = ContractPeriod.objects.to_settle(uk_date(now))
    if not due.filter(pk=period_id).exists():
        return False
    last = period.answers.last()
    ends = last is not None and last.choice == RenewalChoice.CANCEL
    period.outcome = RenewalOutcome.ENDS if ends else RenewalOutcome.RENEWED
    period.settled_at = now
    period.save()
    charge_next(period)
    record_event(
        period,
        "settle_renewal",
        by=SYSTEM,
        at=now,
        what=outcome_words(period),
        tells_price=not ends,
    )
    emails.renewal_settled(period, now)
    if ends:
        emails.shared_connection_ends(period.connection, now)
    return True


def outcome_words(period: ContractPeriod) -> str:
    if period.outcome == RenewalOutcome.ENDS:
        day = day_words(period.connection.ends_on)
        return f"Not renewed: it ends on {day}, with no further charge"
    months, net = settings.RENEWAL_MONTHS, pounds(period.net_on_renewal)
    begins = day_words(period.next_begins_on)
    return f"Renewed for {months} months from {begins} at {net} a year, excluding VAT"


def charge_next(period: ContractPeriod) -> None:
    """Give a period that began before this one was settled its true charge (T5)."""
    ends = period.outcome == RenewalOutcome.ENDS
    later = period.connection.periods.filter(number=period.number + 1)
    later.update(annual_net=ZERO if ends else period.stated_net)


@command
def renew_contract(period_id: int, *, now: datetime) -> bool:
    """Begin the next period of a contract that nobody has cancelled; return whether.

    It begins when it begins, whether or not a notice has gone: until one has, at the
    charge of the period before. A change that was made after the notice counts, since
    it was accepted later. Safe to repeat.

    Source: R-2.5-2, R-2.7.2-2, T3, T5.
    """
    period = locked_period(period_id)
    over = ContractPeriod.objects.run_out(uk_date(now))
    if not over.filter(pk=period_id).exists():
        return False
    begun = begin_period(
        period.connection,
        months=settings.RENEWAL_MONTHS,
        annual_net=period.net_on_renewal,
        after=period,
    )
    at = start_of_uk_day(begun.starts_on)
    what = f"Contract renewed to {day_words(begun.last_day)}"
    record_event(begun, "renew_contract", by=SYSTEM, at=at, what=what)
    return True


@command
def end_connection(connection_id: int, *, now: datetime) -> bool:
    """End a cancelled connection once its last day is over; return whether.

    Its sessions close with it, and their addresses are free on the other of its pair,
    where nothing is left to test. Safe to repeat.

    Source: R-2.5-7, R-2.10-3.
    """
    connection = locked_with_pair(connection_id)
    last_day = connection.ends_on
    is_over = last_day is not None and last_day < uk_date(now)
    if connection.state != ConnectionState.ENDING or not is_over:
        return False
    at = start_of_uk_day(connection.first_day_without)
    why = "The connection has ended"
    for session in connection.sessions.open():
        perform(session.close, by=SYSTEM, at=at, why=why)
        give_back_addresses(session, at)
    perform(connection.end, by=SYSTEM, at=at)
    drop_failover_tests(connection, at=at)
    emails.connection_ended(connection, at)
    return True
