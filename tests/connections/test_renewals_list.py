"""The renewals that are ahead, as the desk works through them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from connections.commands import (
    record_notice_delivery,
    remind_by_hand,
    remind_of_renewal,
    send_renewal_notice,
)
from connections.drawings import MonthsChart, NoticesOfMonth
from connections.errors import NothingToRemindOf, RemindedToday
from connections.models import ContractPeriod, RenewalReading
from connections.renewals import months_ahead
from records.models import Notice
from tests import journey_on_site
from tests.reading import words_of
from worklist.models import WorkItem

SENT = datetime(2028, 11, 3, 9, tzinfo=UTC)
LIST = "admin:connections_contractperiod_changelist"


@pytest.mark.guidance("R-2.5-4", "R-2.5-5")
def test_a_notice_without_its_charge_leads_to_where_it_is_set(
    client, desk, operator, period
):
    """Those who may do it are led there, and nobody else."""
    client.force_login(desk)
    seen = words_of(client.get(reverse(LIST)))
    client.force_login(operator)
    page = words_of(client.get(reverse(LIST)))

    assert "cannot go without its charge. Late: 0." in page
    assert "No charge yet" in page
    name = "admin:orders_connectionrequest_renewal-charge"
    where = reverse(name, args=[period.connection.order_id])
    assert where in page
    assert where not in seen
    assert period.connection.reference not in words_of(
        client.get(f"{reverse(LIST)}?state=ready")
    )


@pytest.mark.guidance("R-2.5-5")
def test_a_charge_far_from_the_one_before_asks_whether_it_is_right(
    client, desk, operator, period
):
    client.force_login(desk)
    journey_on_site.set_renewal_charge(period, operator, net="40.00")

    page = words_of(client.get(f"{reverse(LIST)}?state=ready"))

    assert "Ready to go" in page
    assert "£40.00" in page
    assert "£4,000.00" in page


@pytest.mark.guidance("R-2.5-9")
def test_it_says_whether_a_notice_was_read_and_by_whom_first(
    client, clock, desk, period, authoriser, *, operator, colleague
):
    clock.move_to(SENT)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=SENT)
    record_notice_delivery(period.pk, at=SENT)
    renewal = reverse("renewal", args=[period.connection.reference])
    client.force_login(desk)
    client.get(renewal)
    assert "Sent, not read" in words_of(client.get(reverse(LIST)))

    for person in (authoriser, colleague, authoriser):
        client.force_login(person)
        page = words_of(client.get(renewal))

    assert "Ada Law, 3 November 2028" in page
    client.force_login(desk)
    assert "Read by Ada Law on 3 November 2028" in words_of(client.get(reverse(LIST)))
    assert RenewalReading.objects.count() == 2


@pytest.mark.guidance("R-2.5-4", "R-2.5-5")
def test_months_are_counted_by_how_far_their_notices_are(period, operator):
    ahead = months_ahead(date(2028, 1, 20))
    assert [one.total for one in ahead] == [0] * 10 + [1, 0]
    assert (ahead[10].first, ahead[10].missing) == (date(2028, 11, 1), 1)
    assert months_ahead(date(2028, 12, 1))[0].total == 0

    journey_on_site.set_renewal_charge(period, operator)
    assert months_ahead(date(2028, 11, 30))[0].ready == 1
    assert send_renewal_notice(period.pk, now=SENT)
    assert months_ahead(date(2028, 11, 30))[0].sent == 1


def test_a_bar_is_as_high_as_its_notices_are_many():
    months = [NoticesOfMonth(date(2028, n, 1), n, 0, n) for n in (1, 2, 3)]
    chart = MonthsChart(months)

    heights = [[part.height for part in bar.parts] for bar in chart.bars]
    assert heights == [[15.0, 15.0], [30.0, 30.0], [45.0, 45.0]]
    assert [bar.top for bar in chart.bars] == [82.0, 52.0, 22.0]
    assert chart.totals.total == 12
    assert MonthsChart([NoticesOfMonth(SENT.date())]).bars[0].parts == []


@pytest.fixture
def unread(clock, period, operator):
    """Its notice went on 3 November 2028, and nobody has opened it."""
    clock.move_to(SENT)
    journey_on_site.set_renewal_charge(period, operator)
    assert send_renewal_notice(period.pk, now=SENT)
    record_notice_delivery(period.pk, at=SENT)
    return ContractPeriod.objects.get()


def calls():
    return WorkItem.objects.open().filter(kind="tell_of_renewal_notice")


@pytest.mark.guidance("R-2.5-9", "R-2.5-8")
def test_a_notice_that_nobody_opened_is_work_for_the_desk_until_somebody_knows_of_it(
    unread, clock, desk, authoriser, client
):
    assert calls().get().due_on == date(2028, 11, 13)
    clock.move_to(SENT + timedelta(days=12))
    client.force_login(desk)
    assert "Call them" in words_of(client.get(reverse(LIST)))
    step = "admin:orders_connectionrequest_renewal-told"

    client.post(
        reverse(step, args=[unread.connection.order_id]),
        {"person": authoriser.pk, "how": "phone", "came_at": "2028-11-15T08:30"},
    )

    assert not calls().exists()
    kept = RenewalReading.objects.get()
    assert (kept.by, kept.how, kept.recorded_by) == (authoriser, "phone", desk)
    page = words_of(client.get(reverse(LIST)))
    assert "Ada Law knows of it, by phone on 15 November 2028" in page
    told = Notice.objects.filter(kind="recorded_for_you").get()
    assert told.to == authoriser.email
    assert "know of the renewal notice" in told.text


@pytest.mark.guidance("R-2.5-9")
def test_opened_in_the_portal_nobody_has_to_call(unread, client, authoriser):
    client.force_login(authoriser)
    client.get(reverse("renewal", args=[unread.connection.reference]))

    assert not calls().exists()


@pytest.mark.guidance("R-2.5-8", "R-2.5-9")
def test_while_nobody_opened_it_a_reminder_goes_to_all_who_are_nominated(
    unread, client, authoriser, submitter
):
    later = SENT + timedelta(days=14)
    assert remind_of_renewal(unread.pk, now=later)
    first = list(Notice.objects.filter(kind="renewal_reminder"))
    assert {row.to for row in first} == {authoriser.email, submitter.email}
    assert "has opened the renewal notice" in first[0].text
    client.force_login(authoriser)
    client.get(reverse("renewal", args=[unread.connection.reference]))

    assert remind_of_renewal(unread.pk, now=SENT + timedelta(days=25))

    second = Notice.objects.filter(kind="renewal_reminder", owed_at__gt=later)
    assert [row.to for row in second] == [authoriser.email]


@pytest.mark.guidance("R-2.5-8")
def test_the_desk_sends_a_reminder_by_hand_once_a_day(
    unread, clock, client, desk, operator, *, submitter
):
    client.force_login(desk)
    step = "admin:orders_connectionrequest_renewal-remind"
    done = client.post(
        reverse(step, args=[unread.connection.order_id]), {}, follow=True
    )

    assert "The reminder goes now" in words_of(done)
    assert Notice.objects.filter(kind="renewal_reminder").exists()
    with pytest.raises(RemindedToday):
        remind_by_hand(unread.pk, by=operator)
    with pytest.raises(PermissionDenied):
        remind_by_hand(unread.pk, by=submitter)
    clock.move_to(SENT + timedelta(days=40))
    with pytest.raises(NothingToRemindOf):
        remind_by_hand(unread.pk, by=desk)
