"""Keeping or cancelling in the month that the notice gives, and what follows."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from connections.commands import (
    answer_renewal,
    end_connection,
    renew_contract,
    request_session,
    send_renewal_notice,
    settle_renewal,
)
from connections.commands.open import begin_period
from connections.errors import AnsweredAlready, HasEnded, NotFreeYet, WindowClosed
from connections.models import Connection, ContractPeriod, RenewalAnswer
from connections.tasks import remind_of_renewals, settle_renewals
from orders.errors import NotNominated
from records.models import Event, Notice
from tests import journey_on_site
from tests.connections.test_share import share
from worklist.models import WorkItem

SENT = datetime(2028, 11, 3, 9, tzinfo=UTC)
LAST_MOMENT = datetime(2028, 12, 3, 23, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2028, 12, 4, tzinfo=UTC)
PERIOD_ENDS = date(2029, 3, 2)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def noticed(clock, period, operator):
    """Its notice went on 3 November 2028: free to leave until 3 December."""
    clock.move_to(SENT)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=SENT)
    return ContractPeriod.objects.get()


def answer(period, person, choice, at=None):
    return answer_renewal(period.pk, by=person, choice=choice, at=at)


def the_connection():
    return Connection.objects.get()


@pytest.mark.guidance("R-2.3-1", "R-2.5-7")
@pytest.mark.parametrize(("choice", "is_told"), [("cancel", True), ("keep", False)])
def test_who_shares_it_is_told_once_it_is_settled_that_it_is_not_renewed(
    noticed, authoriser, submitter, choice, is_told
):
    share(noticed.connection, submitter, name="Marsh Gas")
    answer(noticed, authoriser, choice)
    told = Notice.objects.filter(kind="shared_connection_ends")
    assert not told.exists()

    settle_renewal(noticed.pk, now=MIDNIGHT)

    assert told.exists() is is_told


@pytest.mark.guidance("R-2.5-6", "R-2.5-7", "T6")
def test_cancelled_in_its_month_it_works_to_the_end_of_its_period(noticed, authoriser):
    answer(noticed, authoriser, "cancel")

    connection = the_connection()
    assert connection.state == "ending"
    assert connection.ends_on == PERIOD_ENDS
    assert not connection.charges.filter(kind="cancellation").exists()


@pytest.mark.guidance("R-2.5-6")
@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (datetime(2028, 11, 2, 23, 59, tzinfo=UTC), NotFreeYet),
        (SENT, None),
        (LAST_MOMENT, None),
        (MIDNIGHT, WindowClosed),
    ],
)
def test_it_is_free_from_the_day_of_the_notice_to_its_last_midnight(
    noticed, authoriser, at, refusal
):
    if refusal is None:
        assert answer(noticed, authoriser, "cancel", at)
        return
    with pytest.raises(refusal):
        answer(noticed, authoriser, "cancel", at)
    assert not RenewalAnswer.objects.exists()


@pytest.mark.guidance("R-2.5-6", "T5")
def test_while_a_notice_that_is_due_has_not_gone_leaving_stays_free(period, authoriser):
    long_after = datetime(2029, 2, 20, 9, tzinfo=UTC)

    answer(period, authoriser, "cancel", long_after)

    assert the_connection().ends_on == PERIOD_ENDS


@pytest.mark.guidance("R-2.3-3", "R-2.10-1")
@pytest.mark.parametrize("who", ["submitter", "operator", "outsider"])
def test_only_who_may_authorise_for_the_party_answers(request, noticed, who):
    with pytest.raises(NotNominated):
        answer(noticed, request.getfixturevalue(who), "cancel")


@pytest.mark.guidance("R-2.5-9")
def test_each_answer_is_kept_and_the_latest_counts(noticed, authoriser):
    answer(noticed, authoriser, "cancel", SENT)
    answer(noticed, authoriser, "keep", LAST_MOMENT)

    given = RenewalAnswer.objects.values_list("choice", "by", "at")
    assert list(given) == [
        ("cancel", authoriser.pk, SENT),
        ("keep", authoriser.pk, LAST_MOMENT),
    ]
    assert the_connection().state == "installed"
    assert the_connection().ends_on is None


def test_the_same_answer_again_is_refused_in_words(noticed, authoriser):
    answer(noticed, authoriser, "keep")

    with pytest.raises(AnsweredAlready, match="still counts"):
        answer(noticed, authoriser, "keep")


@pytest.mark.guidance("R-2.5-8")
@pytest.mark.parametrize(
    ("choice", "outcome", "words"),
    [
        (None, "renewed", "It renews for 12 months"),
        ("keep", "renewed", "at £4,250.00 a year"),
        ("cancel", "ends", "ends at the end of Friday 2 March 2029"),
    ],
)
def test_once_the_month_is_over_the_party_is_told_what_holds(
    noticed, authoriser, choice, outcome, words
):
    if choice:
        answer(noticed, authoriser, choice)

    assert not settle_renewal(noticed.pk, now=MIDNIGHT - MICROSECOND)
    assert settle_renewal(noticed.pk, now=MIDNIGHT)
    assert not settle_renewal(noticed.pk, now=MIDNIGHT)

    assert ContractPeriod.objects.get().outcome == outcome
    mails = Notice.objects.filter(kind="renewal_settled")
    assert authoriser.email in {mail.to for mail in mails}
    assert words in mails.first().text


@pytest.mark.guidance("R-2.5-2", "T3")
def test_silence_renews_with_a_period_of_its_own(noticed):
    settle_renewal(noticed.pk, now=MIDNIGHT)

    first_day = datetime(2029, 3, 3, tzinfo=UTC)
    assert not renew_contract(noticed.pk, now=first_day - MICROSECOND)
    assert renew_contract(noticed.pk, now=first_day)
    assert not renew_contract(noticed.pk, now=first_day)

    row = ContractPeriod.objects.get(number=2)
    assert (row.starts_on, row.last_day) == (date(2029, 3, 3), date(2030, 3, 2))
    assert (row.months, row.annual_net) == (12, Decimal("4250.00"))
    assert row.renewal_due_on == date(2029, 11, 3)


@pytest.mark.guidance("R-2.5-7")
def test_what_is_cancelled_does_not_renew_and_ends_once(noticed, authoriser):
    answer(noticed, authoriser, "cancel")
    settle_renewal(noticed.pk, now=MIDNIGHT)
    day_after = datetime(2029, 3, 3, tzinfo=UTC)

    assert not renew_contract(noticed.pk, now=day_after)
    pk = the_connection().pk
    assert not end_connection(pk, now=day_after - MICROSECOND)
    assert end_connection(pk, now=day_after + timedelta(days=9))
    assert not end_connection(pk, now=day_after + timedelta(days=9))

    assert the_connection().state == "ended"
    assert Event.objects.get(name="end").at == day_after
    assert ContractPeriod.objects.count() == 1


def test_an_end_closes_the_sessions_and_cannot_be_taken_back(
    noticed, authoriser, submitter
):
    session = request_session(
        the_connection().pk,
        by=submitter,
        name="DUIS live",
        service="duis",
        use="live",
        addresses=["192.0.2.10"],
        is_priority_accepted=True,
    )
    answer(noticed, authoriser, "cancel")
    day_after = datetime(2029, 3, 3, tzinfo=UTC)
    end_connection(the_connection().pk, now=day_after)

    session.refresh_from_db()
    assert session.state == "closed"
    with pytest.raises(HasEnded):
        answer(noticed, authoriser, "keep", LAST_MOMENT)


@pytest.mark.guidance("T5")
def test_a_notice_later_than_the_period_leaves_a_month_and_charges_nothing_for_it(
    clock, period, operator, authoriser
):
    begun = datetime(2029, 3, 3, tzinfo=UTC)
    renew_contract(period.pk, now=begun)
    late = datetime(2029, 3, 20, 9, tzinfo=UTC)
    clock.move_to(late)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=late)

    answer(period, authoriser, "cancel", late + timedelta(days=2))
    settle_renewal(period.pk, now=datetime(2029, 4, 21, tzinfo=UTC))

    assert the_connection().ends_on == date(2029, 3, 22)
    assert ContractPeriod.objects.get(number=2).annual_net == Decimal("0.00")


@pytest.mark.guidance("T5")
def test_a_period_that_began_before_its_notice_costs_what_the_notice_said(
    clock, period, operator
):
    renew_contract(period.pk, now=datetime(2029, 3, 3, tzinfo=UTC))
    assert ContractPeriod.objects.get(number=2).annual_net == Decimal("4000.00")
    late = datetime(2029, 3, 20, 9, tzinfo=UTC)
    clock.move_to(late)
    journey_on_site.set_renewal_charge(period, operator)
    send_renewal_notice(period.pk, now=late)

    settle_renewal(period.pk, now=datetime(2029, 4, 21, tzinfo=UTC))

    assert ContractPeriod.objects.get(number=2).annual_net == Decimal("4250.00")


@pytest.mark.guidance("R-2.5-8")
def test_who_has_not_answered_is_reminded_and_never_twice(clock, noticed, authoriser):
    for day, hour in [(16, 9), (17, 9), (17, 12), (28, 9), (33, 9), (33, 11)]:
        clock.move_to(datetime(2028, 10, 31, tzinfo=UTC) + timedelta(day, hours=hour))
        remind_of_renewals()

    mails = Notice.objects.filter(kind="renewal_reminder", to=authoriser.email)
    days = [mail.key.split(":")[2] for mail in mails.order_by("owed_at")]
    assert days == ["14", "25", "30"]
    assert "today is the last day" in mails.latest("owed_at").text


def test_who_has_answered_is_not_reminded(clock, noticed, authoriser):
    answer(noticed, authoriser, "keep")
    clock.move_to(LAST_MOMENT)

    remind_of_renewals()

    assert not Notice.objects.filter(kind="renewal_reminder").exists()


@pytest.mark.guidance("R-2.5-6")
def test_the_decision_is_owed_until_somebody_has_answered(noticed, authoriser):
    owed = WorkItem.objects.running("decide_on_renewal")
    assert owed.get().due_on == date(2028, 12, 3)

    answer(noticed, authoriser, "keep")

    assert not owed.exists()


@pytest.mark.guidance("R-2.5-2", "R-2.5-4", "R-2.5-8")
@pytest.mark.parametrize("completed", [date(2028, 2, 29), date(2026, 8, 31)])
def test_twelve_years_of_timers_late_missed_and_double_drift_by_no_day(
    clock, connection, operator, completed
):
    Connection.objects.update(completed_on=completed)
    ContractPeriod.objects.all().delete()
    begin(the_connection())
    day = completed
    while day < completed + timedelta(days=12 * 366):
        # Now and then two runs, and now and then none for three months.
        day += timedelta(days=(3, 49, 70, 26, 90)[day.toordinal() % 5])
        clock.move_to(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))
        for period in ContractPeriod.objects.notice_due_by(day):
            journey_on_site.set_renewal_charge(period, operator)
            send_renewal_notice(period.pk, now=timezone.now())
        settle_renewals()
        settle_renewals()

    rows = list(ContractPeriod.objects.order_by("number"))
    assert len(rows) >= 12
    for row in rows:
        years = row.number - 1
        assert row.starts_on == corresponding(completed, years)
        assert row.last_day == corresponding(completed, years + 1) - timedelta(days=1)
    assert Notice.objects.filter(kind="renewal_settled").count() >= 2 * 11


def begin(connection):
    begin_period(connection, months=12, annual_net=Decimal("4000.00"))


def corresponding(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
