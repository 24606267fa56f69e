from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from connections.commands import (
    renew_contract,
    send_renewal_notice,
    set_renewal_charge,
)
from connections.errors import ChargeNegative, NoticeAlreadySent
from connections.models import ContractPeriod
from connections.tasks import send_due_renewal_notices
from parties.models import Nomination
from records.commands import deliver_notice
from records.models import Event, Notice
from tests import journey_on_site

DUE_ON = date(2028, 11, 3)
DUE = datetime(2028, 11, 3, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def priced_period(period, operator):
    """Its notice is due on 3 November 2028 and can go."""
    return journey_on_site.set_renewal_charge(period, operator)


@pytest.fixture
def sent_period(priced_period):
    assert send_renewal_notice(priced_period.pk, now=DUE)
    return ContractPeriod.objects.get()


@pytest.fixture
def run_timer(clock):
    """Run the timer at an instant."""

    def run(instant):
        clock.move_to(instant)
        send_due_renewal_notices()

    return run


def notices():
    return Notice.objects.filter(kind="renewal_notice")


@pytest.mark.guidance("R-2.5-4")
def test_the_notice_goes_on_the_day_it_is_due_and_not_before(priced_period):
    assert not send_renewal_notice(priced_period.pk, now=DUE - MICROSECOND)
    assert send_renewal_notice(priced_period.pk, now=DUE)

    assert ContractPeriod.objects.get().notice_at == DUE


@pytest.mark.guidance("R-2.5-6")
def test_the_month_to_cancel_runs_from_the_notice(sent_period):
    assert sent_period.window_last_day == date(2028, 12, 3)


@pytest.mark.guidance("R-2.5-6", "T5")
def test_a_late_notice_moves_the_window(priced_period):
    assert send_renewal_notice(priced_period.pk, now=DUE + timedelta(days=27))

    assert ContractPeriod.objects.get().window_last_day == date(2028, 12, 30)


@pytest.mark.guidance("R-2.5-4", "R-2.5-5", "R-2.5-6")
def test_the_notice_states_its_charge_and_the_last_day(
    sent_period, authoriser, submitter
):
    assert {n.to for n in notices()} == {authoriser.email, submitter.email}
    for words in (
        "£4,250.00 excluding VAT",
        "by the end of Sunday 3 December 2028",
        "ends at the end of Friday 2 March 2029",
        "If you do nothing, the contract renews",
    ):
        assert words in notices().first().text


@pytest.mark.guidance("R-2.5-5")
def test_without_its_charge_no_notice_goes_and_it_stays_visible(period):
    later = DUE_ON + timedelta(days=1)

    assert not send_renewal_notice(period.pk, now=DUE)

    assert not notices().exists()
    assert period in ContractPeriod.objects.notice_due_by(DUE_ON)
    assert period not in ContractPeriod.objects.due_for_notice(DUE_ON)
    assert period in ContractPeriod.objects.notice_overdue(later)


def test_with_nobody_to_write_to_no_notice_is_sent_and_it_stays_overdue(priced_period):
    Nomination.objects.update(until_on=date(2027, 1, 1))

    assert not send_renewal_notice(priced_period.pk, now=DUE)

    period = ContractPeriod.objects.get()
    assert period.notice_at is period.window_last_day is None
    assert period in ContractPeriod.objects.due_for_notice(DUE_ON)


@pytest.mark.guidance("R-2.5-4")
def test_the_timer_sends_once_however_often_it_runs(priced_period, run_timer):
    for hours in (-1, 0, 0, 1, 24):
        run_timer(DUE + timedelta(hours=hours))

    assert notices().count() == 2
    assert Event.objects.filter(name="send_renewal_notice").count() == 1


@pytest.mark.guidance("R-2.5-4", "T4")
def test_each_later_period_has_its_own_notice_and_month_to_cancel(
    sent_period, operator, clock
):
    clock.move_to(datetime(2029, 3, 3, tzinfo=UTC))
    assert renew_contract(sent_period.pk, now=datetime(2029, 3, 3, tzinfo=UTC))
    second = journey_on_site.set_renewal_charge(
        ContractPeriod.objects.get(number=2), operator
    )
    assert second.renewal_due_on == date(2029, 11, 3)

    assert send_renewal_notice(second.pk, now=datetime(2029, 11, 3, tzinfo=UTC))

    second.refresh_from_db()
    assert second.window_last_day == date(2029, 12, 3)
    assert notices().count() == 2 * 2


@pytest.mark.guidance("R-2.5-4", "R-2.5-6")
def test_a_timer_that_did_not_run_is_made_good_with_the_right_dates(
    priced_period, run_timer
):
    run_timer(datetime(2028, 12, 20, 9, tzinfo=UTC))

    period = ContractPeriod.objects.get()
    assert period.renewal_due_on == DUE_ON
    assert period.window_last_day == date(2029, 1, 20)


def test_the_timer_leaves_what_is_not_due_and_what_has_no_charge(period, run_timer):
    run_timer(DUE)

    assert not notices().exists()


def test_due_on_a_uk_day_in_summer_is_an_hour_earlier_in_utc(priced_period):
    ContractPeriod.objects.update(renewal_due_on=date(2028, 7, 3))

    midnight = datetime(2028, 7, 2, 23, tzinfo=UTC)
    assert not send_renewal_notice(priced_period.pk, now=midnight - MICROSECOND)
    assert send_renewal_notice(priced_period.pk, now=midnight)


@pytest.mark.guidance("R-2.5-6", "T5")
@pytest.mark.parametrize(
    ("delivered", "last_day"),
    [
        (DUE + timedelta(minutes=5), date(2028, 12, 3)),
        (DUE + timedelta(hours=23, minutes=58), date(2028, 12, 3)),
        (DUE + timedelta(days=1), date(2028, 12, 4)),
        (DUE + timedelta(days=12), date(2028, 12, 15)),
    ],
)
def test_the_window_moves_with_a_late_delivery(clock, sent_period, delivered, last_day):
    clock.move_to(delivered)
    assert deliver_notice(notices().first().pk)

    period = ContractPeriod.objects.get()
    assert period.window_last_day == last_day
    assert abs(period.delivered_at - delivered) < timedelta(seconds=30)


def test_only_the_first_delivery_counts(clock, sent_period):
    first, second = notices()
    for notice, days in ((first, 2), (second, 9)):
        clock.move_to(DUE + timedelta(days=days))
        assert deliver_notice(notice.pk)

    assert ContractPeriod.objects.get().window_last_day == date(2028, 12, 5)
    late = Event.objects.filter(name="record_notice_delivery")
    assert [event.what for event in late] == [
        "Renewal notice went late: free to cancel until 5 December 2028"
    ]


def test_another_notice_that_is_delivered_moves_nothing(connection, period):
    for notice in Notice.objects.exclude(kind="renewal_notice"):
        deliver_notice(notice.pk)

    assert ContractPeriod.objects.get().delivered_at is None


@pytest.mark.guidance("R-2.5-5")
def test_the_charge_can_change_until_the_notice_has_gone(priced_period, operator):
    set_renewal_charge(priced_period.pk, by=operator, net=Decimal(0))
    assert ContractPeriod.objects.get().renewal_net == Decimal(0)

    send_renewal_notice(priced_period.pk, now=DUE)
    with pytest.raises(NoticeAlreadySent, match="went on 3 November 2028"):
        set_renewal_charge(priced_period.pk, by=operator, net=Decimal(1))


def test_a_negative_charge_is_refused(period, operator):
    with pytest.raises(ChargeNegative):
        set_renewal_charge(period.pk, by=operator, net=Decimal("-0.01"))


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "configurer", "authoriser"])
def test_only_operations_set_the_charge(request, period, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        set_renewal_charge(period.pk, by=person, net=Decimal(1))


def test_the_party_does_not_read_of_a_charge_before_its_notice(priced_period):
    event = Event.objects.get(name="set_renewal_charge")

    assert not event.is_public
    assert event.what == "Annual charge on renewal set to £4,250.00 excluding VAT"


@pytest.mark.guidance("R-2.5-4")
@pytest.mark.parametrize(
    ("today", "coming", "missing", "overdue"),
    [
        ("2028-10-01", False, False, False),
        ("2028-10-20", True, False, False),
        ("2028-11-02", True, False, False),
        ("2028-11-03", False, True, False),
        ("2028-11-04", False, True, True),
    ],
)
def test_dcc_sees_a_notice_coming_due_and_overdue(
    period, today, coming, missing, overdue
):
    day, rows = date.fromisoformat(today), ContractPeriod.objects
    month = day + timedelta(days=30)

    assert rows.notice_due_by(month).exists() == (coming or missing)
    assert rows.notice_due_by(day).exists() == missing
    assert not rows.due_for_notice(day).exists()
    assert rows.notice_overdue(day).exists() == overdue


def test_a_notice_that_went_is_no_longer_due_or_overdue(sent_period):
    rows, later = ContractPeriod.objects, DUE_ON + timedelta(days=9)

    assert not rows.due_for_notice(later).exists()
    assert not rows.notice_overdue(later).exists()


def test_the_timer_looks_at_notices_that_are_due_and_have_their_charge(
    priced_period, rdp_connection, clock, monkeypatch
):
    looked_at = []
    monkeypatch.setattr("connections.tasks.send", looked_at.append)
    for instant in (DUE - MICROSECOND, DUE):
        clock.move_to(instant)
        send_due_renewal_notices()

    assert looked_at == [priced_period.pk]
